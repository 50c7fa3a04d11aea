"""Personal data at rest: an encrypted text column and a keyed index to find it by.

The keys are configured once per process. A ciphertext names its key, so that keys can be
rotated: new values are written with the first key, older ones stay readable with the rest.
"""

import hashlib
import hmac
import os
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import String, Text, TypeDecorator
from sqlalchemy.engine import Dialect

NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Keys:
    """``encryption``: key id → 32 bytes, the first one writes. ``index``: 32 bytes."""

    encryption: Mapping[str, bytes]
    index: bytes


class Keyring:
    """The keys of this process."""

    _keys: ClassVar[Keys | None] = None

    @classmethod
    def configure(cls, keys: Keys) -> None:
        cls._keys = keys

    @classmethod
    def keys(cls) -> Keys:
        if cls._keys is None:
            raise RuntimeError("the keyring is not configured")
        return cls._keys


def encrypt(text: str, context: str) -> str:
    """AES-256-GCM. ``context`` (the column) is bound in: a value moved elsewhere won't open."""
    keys = Keyring.keys()
    key_id, key = next(iter(keys.encryption.items()))
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, text.encode(), context.encode())
    return f"{key_id}:{b64encode(nonce + sealed).decode()}"


def decrypt(stored: str, context: str) -> str:
    """The text again. Raises ``InvalidTag`` for a value altered or moved, KeyError without key."""
    key_id, _, body = stored.partition(":")
    raw = b64decode(body)
    key = Keyring.keys().encryption[key_id]
    return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], context.encode()).decode()


def keyed_digest(text: str, context: str) -> str:
    """HMAC-SHA256 in hex: equal texts of one context are found, nothing is learnt without key."""
    return hmac.new(Keyring.keys().index, f"{context}\0{text}".encode(), hashlib.sha256).hexdigest()


class EncryptedText(TypeDecorator[str]):
    """A text column whose database value is a ciphertext. ``context`` is "table.column"."""

    impl = Text
    cache_ok = True

    def __init__(self, context: str) -> None:
        super().__init__()
        self.context = context

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else encrypt(value, self.context)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else decrypt(value, self.context)


class KeyedIndex(TypeDecorator[str]):
    """Holds the keyed digest of a text: assign and compare the text itself, read a digest."""

    impl = String(64)
    cache_ok = True

    def __init__(self, context: str) -> None:
        super().__init__()
        self.context = context

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keyed_digest(value, self.context)
