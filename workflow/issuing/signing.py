"""Seal and sign: a PAdES certification signature that allows no later change."""

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Literal

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from workflow.issuing.authority import SigningKey
from workflow.issuing.rendering import Rendered, SealSpot
from workflow.issuing.signature import has_sound_timestamp

Level = Literal["B-B", "B-T"]

FIELD_NAME = "Seal"
_REASON = "签发"
_CMS_ROOM = 1536  # bytes of a signature without its certificates: 650 and the key's own 72 to 512
_TSA_TIMEOUT = 5  # seconds
_TSA_REST = timedelta(minutes=5)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Signed:
    """A finished file. `level` says B-T only where the file carries a sound timestamp."""

    pdf: bytes
    sha256: str
    level: Level


class KeptKeySigner(Signer):
    """Signs with a key object kept in memory: pyHanko's own signer loads it twice per file."""

    def __init__(self, signing_key: SigningKey) -> None:
        store = SimpleCertificateStore()
        store.register_multiple(_asn1(cert) for cert in signing_key.chain)
        super().__init__(
            signing_cert=_asn1(signing_key.cert), cert_registry=store, embed_roots=False
        )
        self._key = signing_key.key

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        """Sign; a dry run only answers how long a signature may become."""
        digest = getattr(hashes, digest_algorithm.upper())()
        if isinstance(self._key, RSAPrivateKey):
            size = self._key.key_size // 8
            return bytes(size) if dry_run else self._key.sign(data, PKCS1v15(), digest)
        size = 2 * (self._key.key_size // 8 + 4) + 4  # DER: two integers in a sequence
        return bytes(size) if dry_run else self._key.sign(data, ECDSA(digest))


class Sealer:
    """Turns rendered pages into signed files with one key and one drawn seal.

    Keep one per process. `tsa_url` is the RFC 3161 service, or None. A service that fails is left
    alone for five minutes, so that it does not slow down every document of a batch.
    """

    def __init__(self, key: SigningKey, seal: PdfContent, tsa_url: str | None) -> None:
        self._signer = KeptKeySigner(key)
        # Known beforehand: pyHanko would sign a second time only to measure. Hexadecimal digits.
        certificates = (key.cert, *key.chain)
        self._room = 2 * (_CMS_ROOM + sum(len(c.public_bytes(Encoding.DER)) for c in certificates))
        self._name = _attribute(key.cert, NameOID.COMMON_NAME)
        self._place = _attribute(key.cert, NameOID.ORGANIZATION_NAME)
        self._stamp = StaticStampStyle(
            background=seal,
            border_width=0,
            background_opacity=0.88,  # the text under the seal stays readable
            background_layout=SimpleBoxLayoutRule(
                x_align=AxisAlignment.ALIGN_MID,
                y_align=AxisAlignment.ALIGN_MID,
                margins=Margins.uniform(0),
            ),
        )
        self._tsa: TimeStamper | None = None
        if tsa_url is not None:
            self._tsa = HTTPTimeStamper(tsa_url, timeout=_TSA_TIMEOUT)
        self._tsa_rests_until: datetime | None = None

    def sign(self, rendered: Rendered, at: datetime) -> Signed:
        """Seal and certify. Without an answer from the timestamp service the level is B-B."""
        pdf = self._timestamped(rendered, at)
        level: Level = "B-T"
        if pdf is None:
            pdf, level = self._certify(rendered, at, None), "B-B"
        return Signed(pdf, hashlib.sha256(pdf).hexdigest(), level)

    def _timestamped(self, rendered: Rendered, at: datetime) -> bytes | None:
        resting = self._tsa_rests_until is not None and at < self._tsa_rests_until
        if self._tsa is None or resting:
            return None
        try:
            pdf = self._certify(rendered, at, self._tsa)
            if has_sound_timestamp(pdf):
                return pdf
            _log.warning("the timestamp service answered with an unsound token")
        except Exception as error:
            # A foreign server may answer anything. An error of our own comes up again at once,
            # when the same page is signed without it.
            _log.warning("no timestamp: %s", error)
        self._tsa_rests_until = at + _TSA_REST
        return None

    def _certify(self, rendered: Rendered, at: datetime, tsa: TimeStamper | None) -> bytes:
        metadata = PdfSignatureMetadata(
            field_name=FIELD_NAME,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
            name=self._name,
            location=self._place,
            reason=_REASON,
        )
        signer = _DatedSigner(metadata, self._signer, tsa, self._stamp, _field(rendered.seal), at)
        signed: BytesIO = signer.sign_pdf(
            IncrementalPdfFileWriter(BytesIO(rendered.pdf)),
            bytes_reserved=self._room if tsa is None else None,
        )
        return signed.getvalue()


class _DatedSigner(PdfSigner):
    """Signs with a given time instead of the machine's clock."""

    def __init__(
        self,
        metadata: PdfSignatureMetadata,
        signer: Signer,
        tsa: TimeStamper | None,
        stamp: StaticStampStyle,
        field: SigFieldSpec,
        at: datetime,
    ) -> None:
        super().__init__(metadata, signer, timestamper=tsa, stamp_style=stamp, new_field_spec=field)
        self._at = at

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


def _field(spot: SealSpot) -> SigFieldSpec:
    left, bottom = round(spot.x - spot.size / 2), round(spot.y - spot.size / 2)
    box = (left, bottom, left + round(spot.size), bottom + round(spot.size))
    return SigFieldSpec(FIELD_NAME, on_page=spot.page, box=box)


def _attribute(cert: x509.Certificate, oid: x509.ObjectIdentifier) -> str | None:
    found = cert.subject.get_attributes_for_oid(oid)
    return str(found[0].value) if found else None


def _asn1(cert: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(cert.public_bytes(Encoding.DER))
