"""Take the one signature out of a file's bytes without parsing the PDF.

A file from outside is first judged as bytes: where the signed range lies, whether it covers
everything, and whether the signature over it is right. Only what our own key has signed reaches
the PDF parser, so neither a bomb nor a malformed object of a stranger ever does.
"""

import asyncio
import re
from dataclasses import dataclass

from asn1crypto import cms
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation.generic_cms import collect_timing_info
from pyhanko_certvalidator import ValidationContext

_BYTE_RANGE = re.compile(
    rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]"
)
# One case only, and nothing but zeros behind the signature: otherwise bytes in the gap, which no
# digest covers, could be changed without anybody noticing.
_CONTENTS = re.compile(rb"<((?:[0-9A-F]{2})+|(?:[0-9a-f]{2})+)>")


class Unreadable(Exception):
    """The file holds no signature that can be judged; the argument is a reason's code."""


@dataclass(frozen=True, slots=True)
class DetachedSignature:
    """The bytes that were signed and the CMS structure over them."""

    covered: bytes
    cms: cms.SignedData


def detach(pdf: bytes) -> DetachedSignature:
    """Split a signed file.

    Raises Unreadable with the code of the reason, and whatever asn1crypto and pyHanko raise for
    a structure that is none.
    """
    ranges = _BYTE_RANGE.findall(pdf)
    if not ranges:
        raise Unreadable("unsigned")
    if len(ranges) > 1:
        raise Unreadable("several_signatures")
    start, before, resume, after = map(int, ranges[0])
    end = resume + after
    if end > len(pdf):
        raise Unreadable("truncated")
    if end < len(pdf):
        raise Unreadable("appended")
    contents = _CONTENTS.fullmatch(pdf, before, resume) if start == 0 else None
    if contents is None:
        raise Unreadable("altered")
    signed_data = _signed_data(bytes.fromhex(contents[1].decode("ascii")))
    return DetachedSignature(pdf[:before] + pdf[resume:], signed_data)


def has_sound_timestamp(pdf: bytes) -> bool:
    """Tell whether the signature carries a timestamp token that is about this signature."""
    signer_info = extract_signer_info(detach(pdf).cms)
    # No roots: whom to trust is the verifier's question. None would mean the machine's own list.
    nobody = ValidationContext(trust_roots=[], allow_fetching=False)
    timing = asyncio.run(collect_timing_info(signer_info, nobody, raw_digest=lambda _: b""))
    token = timing.get("timestamp_validity")
    return token is not None and token.intact and token.valid


def _signed_data(der: bytes) -> cms.SignedData:
    info = cms.ContentInfo.load(der)
    if any(der[len(info.dump()) :]) or info["content_type"].native != "signed_data":
        raise Unreadable("altered")
    signed_data: cms.SignedData = info["content"]
    signer = extract_signer_info(signed_data)
    # No signature protects these: they only repeat what the signed attributes say.
    versions = {signed_data["version"].native, signer["version"].native}
    algorithms = [algorithm.dump() for algorithm in signed_data["digest_algorithms"]]
    if versions != {"v1"} or algorithms != [signer["digest_algorithm"].dump()]:
        raise Unreadable("altered")
    return signed_data
