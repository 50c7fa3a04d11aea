"""A PKCS#11 token in a folder (SoftHSM), which can be taken out and put back."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pkcs11
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pkcs11 import Attribute
from pkcs11.util.ec import decode_ec_private_key
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate

from workflow.issuing.hardware import KeyAddress
from workflow.issuing.keys import PrivateKey, SigningKey

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN, LABEL = "demo-pin", "公章"
DER = (Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())


@dataclass(frozen=True)
class SoftToken:
    """A token; its address is what SIGNING names."""

    folder: Path
    label: str

    @property
    def uri(self) -> str:
        return f"pkcs11:token={self.label};object={LABEL}?module-path={MODULE}"

    @property
    def address(self) -> KeyAddress:
        return KeyAddress.parse(self.uri)

    def put(self, key: SigningKey) -> None:
        """Lays a key and its certificates onto the token."""
        with self._open() as session:
            _lay_key(session, key.key)
            _lay_certificate(session, key.cert, LABEL)
            for place, cert in enumerate(key.chain):
                _lay_certificate(session, cert, f"chain {place}")

    def clear(self) -> None:
        with self._open() as session:
            for one in list(session.get_objects()):
                one.destroy()

    @contextmanager
    def taken_out(self) -> Iterator[None]:
        away = self.folder.with_name("away")
        self.folder.rename(away)
        self.folder.mkdir()
        try:
            yield
        finally:
            self.folder.rmdir()
            away.rename(self.folder)

    def _open(self) -> pkcs11.Session:
        library = pkcs11.lib(str(MODULE))
        library.reinitialize()  # as after a start: sees every token, has no session
        token = library.get_token(token_label=self.label)
        return token.open(rw=True, user_pin=PIN)


def made(folder: Path, label: str) -> SoftToken:
    """A new token. The module reads its settings only when it starts."""
    tokens = folder / "tokens"
    tokens.mkdir(parents=True)
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {tokens}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    words = ["--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "so-pin"]
    subprocess.run(["softhsm2-util", *words], check=True, capture_output=True)
    pkcs11.lib(str(MODULE)).reinitialize()
    return SoftToken(tokens, label)


def _lay_key(session: pkcs11.Session, key: PrivateKey) -> None:
    decode = decode_rsa_private_key if isinstance(key, RSAPrivateKey) else decode_ec_private_key
    words = decode(key.private_bytes(*DER))
    kept = {Attribute.TOKEN: True, Attribute.PRIVATE: True, Attribute.SENSITIVE: True}
    session.create_object(words | kept | {Attribute.SIGN: True, Attribute.LABEL: LABEL})


def _lay_certificate(session: pkcs11.Session, cert: x509.Certificate, label: str) -> None:
    words = decode_x509_certificate(cert.public_bytes(Encoding.DER))
    session.create_object(words | {Attribute.TOKEN: True, Attribute.LABEL: label})
