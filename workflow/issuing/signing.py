"""Seal and sign: a PAdES certification signature that allows no later change."""

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from workflow.issuing import stamping
from workflow.issuing.keys import KeySource, SigningKey
from workflow.issuing.rendering import Rendered, SealSpot
from workflow.issuing.timestamps import TimestampService, as_asn1

Level = Literal["B-B", "B-T"]

FIELD_NAME = "Seal"
_REASON = "签发"
_CMS_ROOM = 1536  # bytes of a signature without its certificates: 650 and the key's own 72 to 512


@dataclass(frozen=True, slots=True)
class Signed:
    """A finished file. `level` says B-T only where the file carries a sound timestamp.

    By EN 319 142-1 that is one inside the signature, or one of the document appended later. It is
    no more than B-T: what a certificate's revocation says is kept nowhere in the file.
    """

    pdf: bytes
    sha256: str
    level: Level


class KeptKeySigner(Signer):
    """Signs with a key that is loaded already: pyHanko's own signer loads it twice per file."""

    def __init__(self, signing_key: SigningKey) -> None:
        store = SimpleCertificateStore()
        cert, *chain = as_asn1((signing_key.cert, *signing_key.chain))
        store.register_multiple(chain)
        super().__init__(signing_cert=cert, cert_registry=store, embed_roots=False)
        self._key = signing_key

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        """Sign; a dry run only answers how long a signature may become."""
        if digest_algorithm != "sha256":
            raise ValueError(f"a signing key signs with sha256, not {digest_algorithm}")
        return bytes(self._key.signature_size) if dry_run else self._key.sign(data)


class Sealer:
    """Turns rendered pages into signed files with one key and one drawn seal.

    Keep one per process. Both ways raise `KeyUnusable` where the key cannot be used.
    """

    def __init__(self, keys: KeySource, seal: PdfContent, tsa: TimestampService | None) -> None:
        self._keys, self._tsa = keys, tsa
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

    def sign(self, rendered: Rendered, at: datetime) -> Signed:
        """Seal and certify. Without an answer from the timestamp service the level is B-B."""
        key = self._keys.usable(at)
        pdf = None
        if self._tsa is not None:
            pdf = self._tsa.attempt(
                at, lambda tsa, room: self._certify(rendered, key, at, tsa, room)
            )
        if pdf is None:
            return _signed(self._certify(rendered, key, at, None, 0), "B-B")
        return _signed(pdf, "B-T")

    @property
    def has_timestamps(self) -> bool:
        """Whether there is a service to ask."""
        return self._tsa is not None

    def stamp(self, pdf: bytes, at: datetime) -> Signed | None:
        """A B-B file of ours with a document timestamp appended: the next revision of the file.

        None without a service, or without a sound answer from it: try again later. Raises
        `Unstampable` for a file that our signer did not make or that has a timestamp already.
        """
        if self._tsa is None:
            return None
        stamping.refuse_stamped(pdf)

        def append(tsa: TimeStamper, room: int) -> bytes:
            layout = stamping.with_room(pdf, room)
            token = asyncio.run(tsa.async_timestamp(layout.digest, "sha256"))
            return layout.filled(token.dump())

        stamped = self._tsa.attempt(at, append)
        return None if stamped is None else _signed(stamped, "B-T")

    def _certify(
        self, rendered: Rendered, key: SigningKey, at: datetime, tsa: TimeStamper | None, room: int
    ) -> bytes:
        metadata = PdfSignatureMetadata(
            field_name=FIELD_NAME,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
            name=_attribute(key.cert, NameOID.COMMON_NAME),
            location=_attribute(key.cert, NameOID.ORGANIZATION_NAME),
            reason=_REASON,
        )
        signer = _DatedSigner(
            metadata, KeptKeySigner(key), tsa, self._stamp, _field(rendered.seal), at
        )
        writer = IncrementalPdfFileWriter(BytesIO(rendered.pdf))
        stamping.prepare(writer, rendered.seal.page)
        # Known beforehand: pyHanko would sign a second time only to measure. Hexadecimal digits.
        certificates = sum(len(c.public_bytes(Encoding.DER)) for c in (key.cert, *key.chain))
        signed: BytesIO = signer.sign_pdf(
            writer, bytes_reserved=2 * (_CMS_ROOM + certificates + room)
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


def _signed(pdf: bytes, level: Level) -> Signed:
    return Signed(pdf, hashlib.sha256(pdf).hexdigest(), level)


def _field(spot: SealSpot) -> SigFieldSpec:
    left, bottom = round(spot.x - spot.size / 2), round(spot.y - spot.size / 2)
    box = (left, bottom, left + round(spot.size), bottom + round(spot.size))
    return SigFieldSpec(FIELD_NAME, on_page=spot.page, box=box)


def _attribute(cert: x509.Certificate, oid: x509.ObjectIdentifier) -> str | None:
    found = cert.subject.get_attributes_for_oid(oid)
    return str(found[0].value) if found else None
