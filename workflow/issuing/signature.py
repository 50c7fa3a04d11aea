"""Take the one signature out of a file's bytes without parsing the PDF.

A file from outside is first judged as bytes: where the signed range lies, whether it covers
everything, and whether the signature over it is right. Only what our own key has signed reaches
the PDF parser, so neither a bomb nor a malformed object of a stranger ever does.
"""

import re
from dataclasses import dataclass

from asn1crypto import cms
from pyhanko.sign.general import extract_signer_info

_BYTE_RANGE = re.compile(
    rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]"
)
# As our signer writes it, and nothing but zeros behind the signature: otherwise bytes in the gap,
# which no digest covers, could be changed without anybody noticing.
_CONTENTS = re.compile(rb"<((?:[0-9A-F]{2})+)>")
_GAP = 128 * 1024  # the signature in hex with its timestamp takes a tenth of it
_CERTIFICATES = 4  # more would let a stranger's file keep the path builder busy for days


class Unreadable(Exception):
    """The file holds no signature that can be judged; the argument is a reason's code."""


@dataclass(frozen=True, slots=True)
class DetachedSignature:
    """The bytes a file's first signature is about and the CMS structure over them.

    `flaw` is a reason's code where the file is more or less than those bytes, which reach to `end`.
    """

    covered: bytes
    cms: cms.SignedData
    flaw: str | None
    end: int


def detach(pdf: bytes) -> DetachedSignature:
    """Split a signed file.

    Raises Unreadable with the code of the reason, and whatever asn1crypto and pyHanko raise for
    a structure that is none.
    """
    ranges = _BYTE_RANGE.findall(pdf)
    if not ranges:
        raise Unreadable("unsigned")
    start, before, resume, after = map(int, ranges[0])
    end = resume + after
    if resume - before > _GAP:
        raise Unreadable("altered")
    contents = _CONTENTS.fullmatch(pdf, before, resume) if start == 0 else None
    if contents is None:
        raise Unreadable("truncated" if resume > len(pdf) else "altered")
    signed_data = _signed_data(bytes.fromhex(contents[1].decode("ascii")))
    flaw = "several_signatures" if len(ranges) > 1 else _misfit(end, len(pdf))
    return DetachedSignature(pdf[:before] + pdf[resume:end], signed_data, flaw, end)


def _misfit(end: int, length: int) -> str | None:
    if end == length:
        return None
    return "truncated" if end > length else "appended"


def strict_token(der: bytes) -> cms.SignedData:
    """A timestamp token, with zeros behind it at most. Raises as `detach` does."""
    info, signer = _tight(der, "v3")
    if len(signer["unsigned_attrs"]):
        raise Unreadable("altered")
    return info["content"]


def _signed_data(der: bytes) -> cms.SignedData:
    info, signer = _tight(der, "v1")
    unsigned = signer["unsigned_attrs"]
    if len(unsigned):
        (attribute,) = unsigned
        (token,) = attribute["values"]
        if attribute["type"].native != "signature_time_stamp_token":
            raise Unreadable("altered")
        _strict_signer(token, "v3")
    return info["content"]


def _tight(der: bytes, version: str) -> tuple[cms.ContentInfo, cms.SignerInfo]:
    info = cms.ContentInfo.load(der)
    exact = info.dump()
    signer = _strict_signer(info, version)
    # A length that was enlarged would take some of the zeros behind the signature in.
    tight = exact.endswith(signer["signature"].dump() + signer["unsigned_attrs"].dump())
    if any(der[len(exact) :]) or not tight:
        raise Unreadable("altered")
    return info, signer


def _strict_signer(info: cms.ContentInfo, version: str) -> cms.SignerInfo:
    """Take the one signer, and compare what no signature protects with what one does."""
    if info["content_type"].native != "signed_data":
        raise Unreadable("altered")
    signed_data = info["content"]
    certificates = [one.dump() for one in signed_data["certificates"]]
    revocations = signed_data["crls"]
    many = len(certificates) > _CERTIFICATES or len(set(certificates)) < len(certificates)
    if many or (revocations.native if revocations is not None else None):
        raise Unreadable("altered")
    signer = extract_signer_info(signed_data)
    versions = signed_data["version"].native, signer["version"].native
    algorithms = [algorithm.dump() for algorithm in signed_data["digest_algorithms"]]
    if versions != (version, "v1") or algorithms != [signer["digest_algorithm"].dump()]:
        raise Unreadable("altered")
    return signer
