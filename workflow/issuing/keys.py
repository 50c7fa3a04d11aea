"""The key that signs documents and the ledger's anchors, and what makes it unfit to sign."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, Self

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key, pkcs12

SIGNER_CERTIFICATE, SIGNER_KEY = "signer.pem", "signer.key"
_NOT_A_PAIR = "签名私钥和证书不是一对。请检查密钥文件或者密码设备，再重做这个任务。"


class KeyUnusable(Exception):
    """Nothing can be signed now; the text tells the operator why and what to mend."""


class HeldKey(Protocol):
    """A private key that stays where it is, such as in a PKCS#11 token."""

    def sign(self, data: bytes) -> bytes:
        """A raw signature with SHA-256. Raises ``KeyUnusable``."""
        ...


PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A signer's certificate, its private key, and the certificates between it and the root."""

    cert: x509.Certificate
    key: PrivateKey | HeldKey
    chain: tuple[x509.Certificate, ...]

    def load(self) -> Self:
        """This key: it is a source of itself."""
        return self

    def usable(self, at: datetime) -> Self:
        """This key. Raises ``KeyUnusable`` where what it signs at ``at`` would not be valid."""
        begin, end = self.cert.not_valid_before_utc, self.cert.not_valid_after_utc
        if at < begin:
            raise KeyUnusable(
                f"签名证书还没有生效，{begin:%Y-%m-%d} 起才能用。请检查证书和服务器时间。"
            )
        if at > end:
            raise KeyUnusable(f"签名证书已经在 {end:%Y-%m-%d} 过期。请换上新证书，再重做这个任务。")
        if not _may_sign(self.cert):
            raise KeyUnusable("签名证书的用途不含签署文件（不可否认）。请换一张签署文件用的证书。")
        return self

    def sign(self, data: bytes) -> bytes:
        """A raw signature with SHA-256: PKCS#1 v1.5 for RSA, ECDSA otherwise."""
        match self.key:
            case rsa.RSAPrivateKey():
                signature = self.key.sign(data, PKCS1v15(), SHA256())
            case ec.EllipticCurvePrivateKey():
                signature = self.key.sign(data, ec.ECDSA(SHA256()))
            case _:
                signature = self.key.sign(data)
        if not self.confirms(signature, data):  # a token may have been exchanged
            raise KeyUnusable(_NOT_A_PAIR)
        return signature

    def confirms(self, signature: bytes, data: bytes) -> bool:
        """Whether the signature over the data was made with this key."""
        public = self.cert.public_key()
        try:
            if isinstance(public, rsa.RSAPublicKey):
                public.verify(signature, data, PKCS1v15(), SHA256())
                return True
            if isinstance(public, ec.EllipticCurvePublicKey):
                public.verify(signature, data, ec.ECDSA(SHA256()))
                return True
        except InvalidSignature:
            return False
        return False

    @property
    def signature_size(self) -> int:
        """How many bytes a signature has at most."""
        public = self.cert.public_key()
        if isinstance(public, rsa.RSAPublicKey):
            return public.key_size // 8
        if isinstance(public, ec.EllipticCurvePublicKey):
            return 2 * (public.key_size // 8 + 4) + 4  # DER: two integers in a sequence
        raise KeyUnusable("签名密钥的种类不支持，只支持RSA和椭圆曲线（ECDSA）。")


class KeySource(Protocol):
    """Where the key comes from when something is to be signed."""

    def load(self) -> SigningKey:
        """The key as it is, in time or not: to verify with. Raises ``KeyUnusable``."""
        ...

    def usable(self, at: datetime) -> SigningKey:
        """The key, fit to sign at ``at``. Raises ``KeyUnusable``."""
        ...


class KeptKey:
    """A key loaded when it is first needed and kept; loaded anew after it was unusable, so that
    what the operator mended counts without a restart.
    """

    def __init__(self, read: Callable[[], SigningKey]) -> None:
        self._read = read
        self._key: SigningKey | None = None

    def load(self) -> SigningKey:
        """The key as it is, kept from now on."""
        self._key = self._key or self._read()
        return self._key

    def usable(self, at: datetime) -> SigningKey:
        """The key, fit to sign at ``at``; forgotten where it is not."""
        key, self._key = self.load(), None
        self._key = key.usable(at)
        return key


def load_signing_key(folder: Path) -> SigningKey:
    """Load signer.pem (the signer first, then any intermediates) and signer.key."""
    pem, private = _read(folder / SIGNER_CERTIFICATE), _read(folder / SIGNER_KEY)
    try:
        cert, *chain = x509.load_pem_x509_certificates(pem)
        key = load_pem_private_key(private, password=None)
    except (ValueError, TypeError) as error:
        raise KeyUnusable(f"{folder.name} 里的签名密钥或者证书已经损坏。请换上备份。") from error
    return _paired(cert, _supported(key), chain)


def load_pkcs12(path: Path, passphrase: bytes | None) -> SigningKey:
    """Load a PKCS#12 file. Raises ``KeyUnusable``."""
    data = _read(path)
    try:
        key, cert, chain = pkcs12.load_key_and_certificates(data, passphrase)
    except ValueError as error:
        raise KeyUnusable(
            f"签名密钥文件 {path.name} 打不开：口令（SIGNING_PASSPHRASE）不对，或者文件损坏。"
            "换好文件后重做这个任务；改了口令要重启服务。"
        ) from error
    if key is None or cert is None:
        raise KeyUnusable(f"签名密钥文件 {path.name} 不完整，要同时含有私钥和它的证书。")
    return _paired(cert, _supported(key), chain)


def _paired(
    cert: x509.Certificate, key: PrivateKey, chain: Sequence[x509.Certificate]
) -> SigningKey:
    if key.public_key() != cert.public_key():
        raise KeyUnusable(_NOT_A_PAIR)
    return SigningKey(cert, key, tuple(chain))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise KeyUnusable(
            f"签名密钥文件 {path.name} 读不到（{error.strerror}）。请检查文件是否在、权限对不对。"
        ) from error


def _supported(key: object) -> PrivateKey:
    if isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        return key
    raise KeyUnusable("签名密钥的种类不支持，只支持RSA和椭圆曲线（ECDSA）。")


def _may_sign(cert: x509.Certificate) -> bool:
    """Whether verification will take the certificate for a signer's."""
    try:
        usage = cert.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return usage.content_commitment
