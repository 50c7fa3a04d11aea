"""Judge a file that somebody brings back: is it a notice of ours, whole and unchanged?

Only what the file itself proves is judged here. Whether a newer revision exists, or the notice
was revoked, the database knows.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from cryptography.x509 import Certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
from pyhanko.sign.validation.pdf_embedded import read_certification_data
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import (
    SignatureCoverageLevel,
    StandardCMSSignatureStatus,
    TimestampSignatureStatus,
)

from workflow.issuing import stamping
from workflow.issuing.reasons import Reason
from workflow.issuing.signature import DetachedSignature, Unreadable, detach
from workflow.issuing.stamping import LateStamp
from workflow.issuing.timestamps import as_asn1, judge_token, trusting

__all__ = ["MAX_BYTES", "Reason", "Verdict", "verify"]

MAX_BYTES = 20 * 1024 * 1024

# A hostile file is an answer here and not an incident: its tracebacks would fill the log.
for _name in ("pyhanko.sign.validation", "pyhanko_certvalidator", "pyhanko.sign.general"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement. `signer`, `level` and `timestamp` are given only where they are proven.

    A refused file with a `signer` carries a genuine signature of ours, but is no longer the file
    that was signed. `level` is B-T for a trusted timestamp, in the signature or appended as a
    document timestamp (EN 319 142-1 takes either), and B-B without one. It is never called B-LT or
    B-LTA: no revocation data is kept. A valid file may still carry the remark
    `timestamp_untrusted`.
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
    if not status.valid:
        return _refused(Reason.ALTERED)
    if not _chained(status) and not trust.was_ours(signature):
        return _refused(Reason.STRANGER)
    # From here on what was signed is our own signer's, and a parser may see it: not what follows.
    base = pdf[: signature.end]
    late = _late(pdf, base, status)
    proof = trust.late(late) if late else _inside(status)
    if not _chained(status) and not (proof.time and _chained(trust.judge(signature, proof.time))):
        return _refused(Reason.OUTSIDE_VALIDITY)
    signer = status.signing_cert.subject.native.get("common_name")
    if (signature.flaw is not None and late is None) or not status.intact:
        return _refused(Reason(signature.flaw or Reason.ALTERED), signer)
    if proof.refusal is not None:
        return _refused(proof.refusal, signer)
    if not _is_certified(base):
        return _refused(Reason.NOT_CERTIFIED, signer)
    return Verdict(
        valid=True,
        signer=signer,
        level="B-T" if proof.time else "B-B",
        timestamp=proof.time,
        covers_whole_file=True,
        reasons=(Reason.TIMESTAMP_UNTRUSTED,) if proof.claimed and not proof.time else (),
    )


@dataclass(frozen=True, slots=True)
class _Proof:
    """What a timestamp proves: the time, or the claim of one, or that the file is to be refused."""

    time: datetime | None = None
    claimed: bool = False
    refusal: Reason | None = None


def _inside(status: StandardCMSSignatureStatus) -> _Proof:
    """The proof inside the signature, where nothing a page shows can be: an untrusted one only
    proves nothing.
    """
    token = status.timestamp_validity
    if token is None:
        return _Proof()
    if not (token.intact and token.valid):
        return _Proof(claimed=True, refusal=Reason.TIMESTAMP_BROKEN)
    return _Proof(token.timestamp if token.trusted else None, claimed=True)


def _late(pdf: bytes, base: bytes, status: StandardCMSSignatureStatus) -> LateStamp | None:
    """The timestamp appended to a genuine file without one, if that is all that was appended."""
    if len(base) >= len(pdf) or not status.intact or status.timestamp_validity is not None:
        return None
    return stamping.appended(base, pdf[len(base) :])


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
        self._anchors, self._timestamps = as_asn1(anchors), as_asn1(timestamps)
        self._at = at

    def judge(
        self, signature: DetachedSignature, moment: datetime | None
    ) -> StandardCMSSignatureStatus:
        """Validate the signature with the signer's chain seen at `moment`, or now."""
        return asyncio.run(
            async_validate_detached_cms(
                signature.covered,
                signature.cms,
                signer_validation_context=trusting(self._anchors, moment or self._at),
                ts_validation_context=trusting(self._timestamps, self._at),
                key_usage_settings=KeyUsageConstraints(key_usage={"non_repudiation"}),
            )
        )

    def was_ours(self, signature: DetachedSignature) -> bool:
        """Tell a certificate of ours outside its time from a stranger's."""
        certs = [choice.chosen for choice in signature.cms["certificates"]]
        number = extract_signer_info(signature.cms)["sid"].chosen["serial_number"].native
        return any(
            cert.serial_number == number and _chained(self.judge(signature, cert.not_valid_before))
            for cert in certs
        )

    def late(self, stamp: LateStamp) -> _Proof:
        """Judge an appended timestamp. Unlike one inside it is no part of what we signed: only one
        of our service may be there, though it proves nothing any more once its certificate ended.
        """
        now = self._token(stamp, self._at)
        if not (now.intact and now.valid):
            return _Proof(refusal=Reason.TIMESTAMP_BROKEN)
        if now.trusted:
            return _Proof(now.timestamp, claimed=True)
        if self._token(stamp, now.timestamp).trusted:
            return _Proof(claimed=True)
        return _Proof(refusal=Reason.TIMESTAMP_UNTRUSTED)

    def _token(self, stamp: LateStamp, moment: datetime) -> TimestampSignatureStatus:
        context = trusting(self._timestamps, moment)
        return asyncio.run(judge_token(stamp.token, stamp.digest, context))
