"""The signing key in a PKCS#11 token: it never leaves the token, and the token may come and go."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Self, TypeVar
from urllib.parse import parse_qs, unquote

import pkcs11
from cryptography import x509
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass, SignMixin, TokenFlag
from pkcs11.exceptions import PinIncorrect, PinInvalid, PinLenRange, PinLocked, PKCS11Error
from pkcs11.util.ec import encode_ecdsa_signature

from workflow.issuing.keys import KeyUnusable, SigningKey

_Made = TypeVar("_Made")
_PIN_REFUSED = (PinIncorrect, PinInvalid, PinLenRange, PinLocked)
_PIN_SENTENCE = (
    "密码设备不接受口令（SIGNING_PIN）。为免设备锁死，服务不再尝试。请改正口令，再重启服务。"
)


@dataclass(frozen=True, slots=True)
class KeyAddress:
    """Where a key lies: the vendor's module, the token's label and the key's label.

    Written as in RFC 7512: ``pkcs11:token=LABEL;object=LABEL?module-path=/usr/lib/…/module.so``.
    """

    module: Path
    token: str
    label: str

    @classmethod
    def parse(cls, uri: str) -> Self:
        """Raises ``ValueError`` where a part is missing."""
        scheme, _, rest = uri.partition(":")
        path, _, query = rest.partition("?")
        parts = dict(part.partition("=")[::2] for part in path.split(";"))
        modules = parse_qs(query).get("module-path", [])
        if scheme != "pkcs11" or len(modules) != 1 or not {"token", "object"} <= set(parts):
            raise ValueError("pkcs11:token=LABEL;object=LABEL?module-path=/PATH/MODULE.so")
        return cls(Path(modules[0]), unquote(parts["token"]), unquote(parts["object"]))


class HardwareKey:
    """A key source that opens its token when it is needed, and once more when the session is lost.

    The signer's certificate is the token's certificate of the same label; its other certificates
    are the intermediates. Keep one per process: opening anew starts the module again, which ends
    all its sessions. A PIN that was refused is not tried again, since tokens lock after a few.
    """

    def __init__(self, address: KeyAddress, pin: str) -> None:
        self._address, self._pin = address, pin
        self._session: pkcs11.Session | None = None
        self._private: pkcs11.Key | None = None
        self._key: SigningKey | None = None
        self._pin_refused = False

    def load(self) -> SigningKey:
        """The key with the certificates of the token, in time or not."""
        self._key = self._key or self._again(self._read)
        return self._key

    def usable(self, at: datetime) -> SigningKey:
        """The key, fit to sign at ``at``; its certificate is read anew after it was unfit."""
        key, self._key = self.load(), None
        self._key = key.usable(at)
        return key

    def sign(self, data: bytes) -> bytes:
        """A raw signature with SHA-256, as ``SigningKey.sign`` wants it. Raises ``KeyUnusable``."""
        signature = self._again(lambda: self._sign(data))
        if self._key is not None and not self._key.confirms(signature, data):
            self._key = None  # another token was put in; its certificate is read for the next job
        return signature

    def _again(self, make: Callable[[], _Made]) -> _Made:
        """What ``make`` makes, with a session opened anew if the one we had is gone."""
        try:
            with suppress(PKCS11Error):
                return make()
            self._close()
            return make()
        except PKCS11Error as error:
            self._close()
            raise KeyUnusable(
                f"用不了密码设备 {self._address.token}（{_cause(error)}）。"
                "请检查设备是否插好、是否已启动；恢复后重做这个任务，不用重启服务。"
            ) from error

    def _opened(self) -> pkcs11.Session:
        if self._session is not None:
            return self._session
        if self._pin_refused:
            raise KeyUnusable(_PIN_SENTENCE)
        try:
            library = pkcs11.lib(str(self._address.module))
        except RuntimeError as error:
            if isinstance(error, PKCS11Error):
                raise
            raise KeyUnusable(f"密码设备的驱动 {self._address.module} 装载不了。") from error
        token = library.get_token(token_label=self._address.token)
        if TokenFlag.USER_PIN_FINAL_TRY in token.flags:
            raise KeyUnusable(
                "密码设备的口令只剩最后一次机会，服务不再尝试。请先用设备的工具核对口令。"
            )
        try:
            self._session = token.open(user_pin=self._pin)
        except _PIN_REFUSED as error:
            self._pin_refused = True
            raise KeyUnusable(_PIN_SENTENCE) from error
        return self._session

    def _read(self) -> SigningKey:
        """The certificates. Those that are not the signer's stand in the order of the token."""
        found: list[tuple[bool, x509.Certificate]] = []
        for one in self._opened().get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
            cert = x509.load_der_x509_certificate(one[Attribute.VALUE])
            found.append((one[Attribute.LABEL] == self._address.label, cert))
        signers = [cert for is_signer, cert in found if is_signer]
        if len(signers) != 1:
            raise KeyUnusable(
                f"密码设备 {self._address.token} 里名为 {self._address.label} 的证书"
                f"应有一张，实有{len(signers)}张。"
            )
        return SigningKey(
            signers[0], self, tuple(cert for is_signer, cert in found if not is_signer)
        )

    def _sign(self, data: bytes) -> bytes:
        key = self._private = self._private or self._opened().get_key(
            object_class=ObjectClass.PRIVATE_KEY, label=self._address.label
        )
        if not isinstance(key, SignMixin):
            raise KeyUnusable(f"密码设备里名为 {self._address.label} 的私钥不能用来签名。")
        if key.key_type is KeyType.RSA:
            return key.sign(data, mechanism=Mechanism.SHA256_RSA_PKCS)
        return encode_ecdsa_signature(key.sign(sha256(data).digest(), mechanism=Mechanism.ECDSA))

    def _close(self) -> None:
        """Forgets the session; the module starts again, for many notice a token only then."""
        session, self._session, self._private = self._session, None, None
        with suppress(PKCS11Error):
            if session is not None:
                session.close()
        with suppress(PKCS11Error, RuntimeError):
            pkcs11.lib(str(self._address.module)).reinitialize()


def _cause(error: PKCS11Error) -> str:
    return f"{type(error).__name__} {error}".strip()
