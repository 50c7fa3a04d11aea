"""Settings: one frozen object, read from environment variables once, at the start.

Production refuses to start without its secrets. Development keeps its own in ``instance/``.
"""

import json
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workflow.issuing.hardware import KeyAddress
from workflow.notify.mail import Post

ROOT = Path(__file__).parent.parent
DEVELOPMENT = "development"
PRODUCTION = "production"


class SettingsError(Exception):
    """The environment is not fit to start with; the message says what to set."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between installations.

    ``signing`` is a folder made by the development authority, a PKCS#12 file with
    ``signing_passphrase``, or a key in a PKCS#11 token with ``signing_pin``; ``anchors`` the folder
    of the certificates we trust, ``tsa_anchors`` of those that may state the time. ``proxies`` is
    how many reverse proxies stand in front and may say who is asking. ``mail_url``
    (``smtp[s]://…``) is empty where no mail is sent; ``mail_from`` is the address it comes from.
    """

    environment: str
    secret_key: str
    password_salt: str
    database_url: str
    file_store: str
    encryption_keys: Mapping[str, bytes]
    index_key: bytes
    signing: Path | KeyAddress
    signing_passphrase: str = field(repr=False)
    signing_pin: str = field(repr=False)
    anchors: Path
    tsa_url: str | None
    tsa_anchors: Path | None
    public_url: str
    proxies: int
    mail_url: str = ""
    mail_from: str = ""

    @property
    def production(self) -> bool:
        return self.environment == PRODUCTION

    @property
    def secure_cookies(self) -> bool:
        return self.public_url.startswith("https://")

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """Reads the environment. Raises ``SettingsError`` naming every variable that is missing."""
        needed = (
            "SECRET_KEY",
            "SECURITY_PASSWORD_SALT",
            "DATABASE_URL",
            "FILE_STORE",
            "ENCRYPTION_KEYS",
            "INDEX_KEY",
            "SIGNING",
            "ANCHORS",
            "PUBLIC_URL",
        )
        missing = [name for name in needed if not env.get(name)]
        if missing:
            raise SettingsError(f"set these environment variables: {', '.join(missing)}")
        environment = env.get("FUGONG_ENV", PRODUCTION)
        if environment not in {PRODUCTION, DEVELOPMENT}:
            raise SettingsError(f"FUGONG_ENV is {PRODUCTION} or {DEVELOPMENT}")
        return cls(
            environment=environment,
            secret_key=env["SECRET_KEY"],
            password_salt=env["SECURITY_PASSWORD_SALT"],
            database_url=_driver(env["DATABASE_URL"]),
            file_store=env["FILE_STORE"],
            encryption_keys=_keys(env["ENCRYPTION_KEYS"]),
            index_key=_key("INDEX_KEY", env["INDEX_KEY"]),
            signing=_signing(env["SIGNING"]),
            signing_passphrase=env.get("SIGNING_PASSPHRASE", ""),
            signing_pin=env.get("SIGNING_PIN", ""),
            anchors=Path(env["ANCHORS"]),
            tsa_url=_tsa_url(env),
            tsa_anchors=Path(env["TSA_ANCHORS"]) if env.get("TSA_ANCHORS") else None,
            public_url=env["PUBLIC_URL"].rstrip("/"),
            proxies=int(env.get("PROXIES") or 0),
            **_mail(env),
        )


def _mail(env: Mapping[str, str]) -> dict[str, str]:
    """Both or none: mail without a sender is mail that nobody takes."""
    url, sender = env.get("MAIL_URL", ""), env.get("MAIL_FROM", "")
    if bool(url) != bool(sender):
        raise SettingsError("set both MAIL_URL and MAIL_FROM, or neither")
    if url:
        try:
            Post.at(url, sender)
        except ValueError as error:
            raise SettingsError(f"MAIL_URL, MAIL_FROM: {error}") from error
    return {"mail_url": url, "mail_from": sender}


def _driver(url: str) -> str:
    """Any PostgreSQL address, for psycopg 3."""
    scheme, _, rest = url.partition("://")
    if scheme.split("+")[0] not in {"postgresql", "postgres"}:
        raise SettingsError("DATABASE_URL must be a postgresql:// address")
    return f"postgresql+psycopg://{rest}"


def _signing(text: str) -> Path | KeyAddress:
    if not text.startswith("pkcs11:"):
        return Path(text)
    try:
        return KeyAddress.parse(text)
    except ValueError as error:
        raise SettingsError(f"SIGNING has to look like {error}") from error


def _tsa_url(env: Mapping[str, str]) -> str | None:
    url = env.get("TSA_URL") or None
    if url is not None and not url.startswith(("http://", "https://")):
        raise SettingsError("TSA_URL is an http:// or https:// address")
    if url is not None and not env.get("TSA_ANCHORS"):
        raise SettingsError("TSA_URL needs TSA_ANCHORS: whose word for the time is believed")
    return url


def _keys(text: str) -> dict[str, bytes]:
    """``{"k2": "base64", "k1": "base64"}``: the first one writes, the others still read."""
    try:
        pairs = json.loads(text)
    except ValueError as error:
        raise SettingsError("ENCRYPTION_KEYS must be a JSON object of base64 keys") from error
    return {key_id: _key("ENCRYPTION_KEYS", value) for key_id, value in pairs.items()}


def _key(name: str, text: str) -> bytes:
    try:
        key = urlsafe_b64decode(text)
    except ValueError as error:
        raise SettingsError(f"{name} is not base64") from error
    if len(key) != 32:
        raise SettingsError(f"{name} needs 32 bytes")
    return key
