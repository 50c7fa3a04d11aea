"""Judge a file that somebody brings back: is it a notice of ours, whole and unchanged?

Only what the file itself proves is judged here. Whether a newer revision exists, or the notice
was revoked, the database knows.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from io import BytesIO

from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
from pyhanko.sign.validation.pdf_embedded import read_certification_data
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel, StandardCMSSignatureStatus
from pyhanko_certvalidator import ValidationContext

from workflow.issuing.signature import DetachedSignature, Unreadable, detach

MAX_BYTES = 20 * 1024 * 1024

# A hostile file is an answer here and not an incident: its tracebacks would fill the log.
for _name in ("pyhanko.sign.validation", "pyhanko_certvalidator", "pyhanko.sign.general"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


class Reason(StrEnum):
    """Why a file is refused, or, for the last one, what a valid file does not prove."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_PDF = "not_pdf"
    ENCRYPTED = "encrypted"
    UNSIGNED = "unsigned"
    SEVERAL_SIGNATURES = "several_signatures"
    TRUNCATED = "truncated"
    APPENDED = "appended"
    ALTERED = "altered"
    STRANGER = "stranger"
    OUTSIDE_VALIDITY = "outside_validity"
    NOT_CERTIFIED = "not_certified"
    TIMESTAMP_BROKEN = "timestamp_broken"
    TIMESTAMP_UNTRUSTED = "timestamp_untrusted"

    @property
    def sentence(self) -> str:
        """Say it to the person who brought the file."""
        return _SENTENCES[self]


_SENTENCES = {
    Reason.EMPTY: "文件是空的。",
    Reason.TOO_LARGE: "文件超过20MB，不是本单位签发的文件。",
    Reason.NOT_PDF: "文件不是PDF。",
    Reason.ENCRYPTED: "文件被加密，本单位签发的文件不加密。",
    Reason.UNSIGNED: "文件没有数字签名。",
    Reason.SEVERAL_SIGNATURES: "文件有不止一个数字签名，本单位签发的文件只有一个。",
    Reason.TRUNCATED: "文件不完整，末尾缺失。",
    Reason.APPENDED: "文件签署后被添加了内容。",
    Reason.ALTERED: "文件签署后被改动。",
    Reason.STRANGER: "签名人不在受信任的证书之下，文件不是本单位签发的。",
    Reason.OUTSIDE_VALIDITY: "签名证书不在有效期内，文件也没有可信时间戳证明签署时间。",
    Reason.NOT_CERTIFIED: "签名没有锁定文件内容，与本单位签发的文件不符。",
    Reason.TIMESTAMP_BROKEN: "文件中的时间戳已损坏。",
    Reason.TIMESTAMP_UNTRUSTED: "时间戳不是受信任的机构签发的，签署时间未经证明。",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement. `signer`, `level` and `timestamp` are given only where they are proven.

    A refused file with a `signer` carries a genuine signature of ours, but is no longer the file
    that was signed. `level` is B-T for a trusted timestamp and B-B without one. A valid file may
    still carry the remark `timestamp_untrusted`.
    """

    valid: bool
    signer: str | None = None
    level: str | None = None
    timestamp: datetime | None = None
    covers_whole_file: bool = False
    reasons: tuple[Reason, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Give plain values for the command line and the API."""
        return {
            "valid": self.valid,
            "signer": self.signer,
            "level": self.level,
            "timestamp": self.timestamp.isoformat() if self.timestamp else None,
            "covers_whole_file": self.covers_whole_file,
            "reasons": [{"code": str(r), "sentence": r.sentence} for r in self.reasons],
        }


def verify(
    pdf: bytes,
    anchors: Sequence[Certificate],
    at: datetime,
    timestamp_anchors: Sequence[Certificate] = (),
) -> Verdict:
    """Judge a file at a moment. Never raises on account of the file's contents.

    Certificates are judged at the time of a trusted timestamp, otherwise at `at`: a signer's own
    word for the time proves nothing. `timestamp_anchors` are kept apart from `anchors`, because
    an authority that may state the time may not therefore sign notices.
    """
    try:
        _look(pdf)
        signature = detach(pdf)
        return _judge(pdf, signature, _Trust(anchors, timestamp_anchors, at))
    except Unreadable as found:
        return _refused(Reason(found.args[0]))
    except Exception:
        # The parsers below were not written for hostile input: whatever they stumble over,
        # the bytes are not the ones we signed.
        return _refused(Reason.ALTERED)


def _look(pdf: bytes) -> None:
    if not pdf:
        raise Unreadable(Reason.EMPTY)
    if len(pdf) > MAX_BYTES:
        raise Unreadable(Reason.TOO_LARGE)
    if not pdf.startswith(b"%PDF-"):
        raise Unreadable(Reason.NOT_PDF)
    if b"/Encrypt " in pdf:
        raise Unreadable(Reason.ENCRYPTED)


def _judge(pdf: bytes, signature: DetachedSignature, trust: "_Trust") -> Verdict:
    status = trust.judge(signature, None)
    token = status.timestamp_validity
    sound = token is not None and token.intact and token.valid
    proven = token.timestamp if token is not None and sound and token.trusted else None
    if not status.valid:
        return _refused(Reason.ALTERED)
    if not _chained(status) and not (proven and _chained(trust.judge(signature, proven))):
        return _refused(trust.why_not(signature))
    signer = status.signing_cert.subject.native.get("common_name")
    if signature.flaw is not None or not status.intact:
        return _refused(Reason(signature.flaw or Reason.ALTERED), signer)
    if token is not None and not sound:
        return _refused(Reason.TIMESTAMP_BROKEN, signer)
    # From here on the bytes are our own signer's, and the parser may see them.
    if not _is_certified(pdf):
        return _refused(Reason.NOT_CERTIFIED, signer)
    return Verdict(
        valid=True,
        signer=signer,
        level="B-T" if proven else "B-B",
        timestamp=proven,
        covers_whole_file=True,
        reasons=(Reason.TIMESTAMP_UNTRUSTED,) if token is not None and not proven else (),
    )


def _chained(status: StandardCMSSignatureStatus) -> bool:
    """Whether the signer chains to an anchor; pyHanko's own word also asks for an intact file."""
    return status.validation_path is not None and status.trust_problem_indic is None


def _refused(reason: Reason, signer: str | None = None) -> Verdict:
    return Verdict(valid=False, signer=signer, reasons=(reason,))


def _is_certified(pdf: bytes) -> bool:
    """Whether the only signature certifies the whole file and forbids every change."""
    reader = PdfFileReader(BytesIO(pdf), strict=True)
    (signature,) = reader.embedded_signatures
    certification = read_certification_data(reader)
    return (
        certification is not None
        and certification.permission == MDPPerm.NO_CHANGES
        and signature.evaluate_signature_coverage() == SignatureCoverageLevel.ENTIRE_FILE
    )


class _Trust:
    """Our anchors at a moment, and no other source of trust: nothing is fetched."""

    def __init__(
        self, anchors: Sequence[Certificate], timestamps: Sequence[Certificate], at: datetime
    ) -> None:
        self._anchors, self._timestamps, self._at = _asn1(anchors), _asn1(timestamps), at

    def judge(
        self, signature: DetachedSignature, moment: datetime | None
    ) -> StandardCMSSignatureStatus:
        """Validate the signature with the signer's chain seen at `moment`, or now."""
        return asyncio.run(
            async_validate_detached_cms(
                signature.covered,
                signature.cms,
                signer_validation_context=self._context(self._anchors, moment or self._at),
                ts_validation_context=self._context(self._timestamps, self._at),
                key_usage_settings=KeyUsageConstraints(key_usage={"non_repudiation"}),
            )
        )

    def why_not(self, signature: DetachedSignature) -> Reason:
        """Tell a certificate of ours outside its time from a stranger's."""
        certs = [choice.chosen for choice in signature.cms["certificates"]]
        number = extract_signer_info(signature.cms)["sid"].chosen["serial_number"].native
        for cert in certs:
            issued = cert.not_valid_before
            if cert.serial_number == number and _chained(self.judge(signature, issued)):
                return Reason.OUTSIDE_VALIDITY
        return Reason.STRANGER

    @staticmethod
    def _context(anchors: list[asn1_x509.Certificate], moment: datetime) -> ValidationContext:
        return ValidationContext(trust_roots=anchors, allow_fetching=False, moment=moment)


def _asn1(certificates: Sequence[Certificate]) -> list[asn1_x509.Certificate]:
    return [asn1_x509.Certificate.load(c.public_bytes(Encoding.DER)) for c in certificates]
