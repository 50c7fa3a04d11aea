"""The fast lane: a green check-in is answered before the application, by one statement.

At eight in the morning everybody checks in within minutes. A form that says nothing but "well",
with a session and a token of ours, is kept by ``store.greens`` and answered just as the ordinary
view answers it. Whatever is not plainly that goes on to the ordinary view, body and all.
"""

import time
from collections.abc import Callable, Iterable
from http.cookies import CookieError, SimpleCookie
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from flask import Flask, make_response, redirect

from forms import checkin
from web import log
from web.settings import Settings
from web.staff.seals import COOKIE
from web.staff.session import private, seals_of
from workflow.store.greens import Greens

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATH, DONE, ENDPOINT = "/staff/check-in", "/staff/done", "staff.keep"
FORM = "application/x-www-form-urlencoded"
LONGEST = 1024  # a green form is a quarter of that
STATUS = "303 SEE OTHER"


class FastLane:
    """The application with a short cut in front of it."""

    def __init__(self, app: Flask) -> None:
        settings: Settings = app.config["SETTINGS"]
        self._ordinary: WSGIApplication = app.wsgi_app
        self._app = app
        self._scheme = "https" if settings.secure_cookies else "http"
        self._seals = seals_of(settings.secret_key)
        self._greens = app.extensions["greens"] = Greens(settings.database_url)
        self._headers: list[tuple[str, str]] = []

    def __call__(self, environ: "WSGIEnvironment", answer: "StartResponse") -> Iterable[bytes]:
        if environ["PATH_INFO"] != PATH or environ["REQUEST_METHOD"] != "POST":
            return self._ordinary(environ, answer)
        began = time.perf_counter()
        body = _short_form(environ)
        if body is None:
            return self._ordinary(environ, answer)
        if not self._kept(environ, body):
            environ["wsgi.input"] = BytesIO(body)
            return self._ordinary(environ, answer)
        number = log.new_request_id()
        answer(STATUS, [*self._usual(), ("X-Request-Id", number)])
        log.write(number, "POST", ENDPOINT, 303, began)
        return ()

    def _kept(self, environ: "WSGIEnvironment", body: bytes) -> bool:
        """Whether this was a green check-in that is now kept."""
        if environ["wsgi.url_scheme"] != self._scheme:
            return False
        at = self._app.config["CLOCK"]()
        session = self._seals.opened(_cookie(environ.get("HTTP_COOKIE", "")), at)
        if session is None:
            return False
        try:
            said = parse_qsl(body.decode("ascii"), strict_parsing=True, max_num_fields=8)
        except ValueError:
            return False
        told = checkin.green(said, at)
        if told is None or not self._seals.is_token(dict(said)[checkin.TOKEN], session.text):
            return False
        return self._greens.keep(session.link_id, told, at)

    def _usual(self) -> list[tuple[str, str]]:
        """The headers that the application gives to the same answer, asked for once."""
        if not self._headers:
            base = f"{self._scheme}://localhost"
            with self._app.test_request_context("/healthz", base_url=base):
                made = self._app.process_response(make_response(private(redirect(DONE, 303))))
            own = {"content-length", "content-type", "x-request-id"}
            kept = [(name, value) for name, value in made.headers if name.lower() not in own]
            self._headers = [*kept, ("Content-Length", "0")]
        return self._headers


def init_fast_lane(app: Flask) -> None:
    """Puts the lane in front of the application. Must come after everything that adds headers."""
    app.wsgi_app = FastLane(app)  # type: ignore[assignment, method-assign]


def _short_form(environ: "WSGIEnvironment") -> bytes | None:
    """The body of a form that may be a green one; None, and nothing read, for any other."""
    length = environ.get("CONTENT_LENGTH") or ""
    if environ.get("CONTENT_TYPE") != FORM or not length.isdecimal() or int(length) > LONGEST:
        return None
    read: Callable[[int], bytes] = environ["wsgi.input"].read
    return read(int(length))


def _cookie(header: str) -> str:
    """Our cookie of a header, which seldom holds another one."""
    name, _, value = header.partition("=")
    if name == COOKIE and ";" not in value:
        return value
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""
