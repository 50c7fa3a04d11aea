"""What every page stands in: assets, words, security headers, limits and the log of requests."""

from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, request
from flask_babel import Babel
from flask_bootstrap import Bootstrap5
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_talisman import Talisman
from jinja2 import StrictUndefined
from werkzeug.routing import IntegerConverter, Map
from werkzeug.wrappers import Response

from web import log
from web.labels import FILTERS
from web.refusalwords import refusal_words
from workflow.store import limits
from workflow.store.towns import Town, town

LOCALE = "zh_Hans_CN"
IDLE_TIMEOUT = timedelta(hours=8)
A_YEAR = 365 * 24 * 3600

CSP = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
DEFAULTS: dict[str, Any] = {
    "BABEL_DEFAULT_LOCALE": LOCALE,
    "BABEL_DEFAULT_TIMEZONE": "Asia/Shanghai",
    "BOOTSTRAP_SERVE_LOCAL": True,
    "PERMANENT_SESSION_LIFETIME": IDLE_TIMEOUT,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    # A form may stay open as long as the session: people fill it in between other work.
    "WTF_CSRF_TIME_LIMIT": None,
    # Limits only slow a guesser down; what stops one is the lock of the account and codes that
    # can't be guessed. So where the counters are out of reach, each process counts by itself
    # until they are back, and the one hit that noticed beside another is let through: a page
    # may fail with its own words for a database that is away, not because of a counter.
    "RATELIMIT_STORAGE_URI": limits.URI,
    "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": True,
    "RATELIMIT_SWALLOW_ERRORS": True,
}


class Headers(Talisman):
    """Talisman, except that a response with a stricter policy of its own keeps it."""

    def _set_content_security_policy_headers(
        self, headers: MutableMapping[str, str], options: dict[str, Any]
    ) -> None:
        own = headers.get("Content-Security-Policy")
        super()._set_content_security_policy_headers(headers, options)
        if own:
            headers["Content-Security-Policy"] = own

    def _set_referrer_policy_headers(self, headers: MutableMapping[str, str]) -> None:
        headers.setdefault("Referrer-Policy", self.referrer_policy)


limiter = Limiter(get_remote_address)


@dataclass(frozen=True, slots=True)
class NoTown:
    """Stands in for the town while the database is empty or does not answer."""

    name: str = ""
    issuer: str = ""
    phone: str = ""
    hearing: str = ""
    remedies: str = ""
    demo: bool = False


class IdConverter(IntegerConverter):
    """Numbers in addresses: one larger than any id could be is no address of ours."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=2**31 - 1)


def init_frame(app: Flask) -> None:
    """Must come before ``init_security`` and ``init_guards``."""
    for key, value in DEFAULTS.items():
        app.config[key] = value
    app.config["SESSION_COOKIE_SECURE"] = app.config["SECURE_COOKIES"]
    app.url_map.converters["int"] = IdConverter
    app.url_map.strict_slashes = False
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(FILTERS, refusal_words=refusal_words)
    log.init_log(app)
    app.before_request(_bounded)
    Bootstrap5(app)
    Babel(app, default_translation_directories=str(Path(app.root_path) / "translations"))
    limiter.init_app(app)
    _init_talisman(app)
    app.context_processor(_shared)
    app.url_defaults(_versioned)
    app.after_request(_cached)


def _init_talisman(app: Flask) -> None:
    secure = app.config["SECURE_COOKIES"]
    Headers(
        app,
        force_https=secure,
        strict_transport_security=secure,
        session_cookie_secure=secure,
        session_cookie_samesite="Lax",
        content_security_policy=CSP,
        content_security_policy_nonce_in=["script-src", "style-src"],
        frame_options="DENY",
        referrer_policy="same-origin",
        permissions_policy={"camera": "()", "microphone": "()", "geolocation": "()"},
    )


def this_town() -> Town | NoTown:
    """The town, read once for each request."""
    if "town" not in g:
        g.town = town() or NoTown()
    found: Town | NoTown = g.town
    return found


def _shared() -> dict[str, object]:
    return {"town": this_town(), "actor": g.get("actor")}


def _bounded() -> None:
    """A form without files is short: the library's own limit is for those with files only."""
    if request.mimetype == "application/x-www-form-urlencoded":
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]


def _versioned(endpoint: str, values: dict[str, Any]) -> None:
    """Puts the content's digest into the address of our own files, so that they keep for good."""
    if endpoint == "static":
        path = Path(current_app.static_folder or "") / values["filename"]
        if path.is_file():
            values["v"] = _digest(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _digest(path: Path, changed: int) -> str:  # noqa: ARG001 - part of the key of the cache
    return sha256(path.read_bytes()).hexdigest()[:10]


def _cached(response: Response) -> Response:
    """Pages are never kept where somebody else may find them; versioned files are kept."""
    if request.endpoint == "static" and "v" in request.args:
        response.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    elif request.endpoint == "bootstrap.static":
        response.headers["Cache-Control"] = "public, max-age=86400"
    elif g.get("actor") is not None:
        response.headers["Cache-Control"] = "no-store"
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-cache"
    return response
