"""A visitor without a browser: follows the pages' own forms and links over HTTP."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

TIMEOUT = 30
File = tuple[str, bytes]


class Visitor:
    """One person with cookies of their own."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._opener: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> "Page":
        return self._ask(Request(urljoin(self.address, path)))

    def post(
        self, path: str, fields: Sequence[tuple[str, str]], files: Mapping[str, File]
    ) -> "Page":
        body, kind = _multipart(fields, files) if files else _plain(fields)
        headers = {"Content-Type": kind, "Referer": self.address}
        return self._ask(Request(urljoin(self.address, path), body, headers))

    def sign_in(self, username: str, password: str) -> "Page":
        return self.get("/sign-in").submit("", email=username, password=password)

    def _ask(self, request: Request) -> "Page":
        with self._opener.open(request, timeout=TIMEOUT) as answer:
            return Page(self, urlsplit(answer.url).path, answer.read())


@dataclass
class Form:
    """A form of a page: where it goes, what is hidden in it, its radio groups."""

    action: str
    hidden: list[tuple[str, str]] = field(default_factory=list)
    radios: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """A page as it was answered. Raises ``LookupError`` for a form or link it does not have."""

    def __init__(self, visitor: Visitor, path: str, body: bytes) -> None:
        super().__init__()
        self._visitor, self.path, self.body = visitor, path, body
        self.text = body.decode("utf-8", "replace")
        self._forms: list[Form] = []
        self._links: list[str] = []
        self.feed(self.text)

    def submit(
        self,
        action: str,
        *,
        files: Mapping[str, File] | None = None,
        fields: Mapping[str, str] | None = None,
        to: str = "",
        **told: str | list[str],
    ) -> "Page":
        """Sends the form whose action ends so ("" for one that posts to its own page).

        ``to`` is another address to send it to, as a button may name one.
        """
        form = next((one for one in self._forms if self._goes_to(one, action)), None)
        if form is None:
            raise LookupError(f"{self.path} has no form to {action!r}")
        filled = [
            (name, one)
            for name, value in (dict(fields or {}) | told).items()
            for one in ([value] if isinstance(value, str) else value)
        ]
        return self._visitor.post(to or form.action or self.path, form.hidden + filled, files or {})

    def radios(self) -> list[str]:
        """The names of all radio groups."""
        return list(dict.fromkeys(name for form in self._forms for name in form.radios))

    def link(self, start: str) -> str:
        """The first link whose path begins so."""
        for link in self._links:
            if urlsplit(link).path.startswith(start):
                return link
        raise LookupError(f"{self.path} has no link to {start}")

    def _goes_to(self, form: Form, action: str) -> bool:
        path = urlsplit(form.action).path
        return path.endswith(action) if action else path in {"", self.path}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form" and told.get("method", "").lower() == "post":
            self._forms.append(Form(told.get("action", "")))
        elif tag == "input" and self._forms:
            form, name = self._forms[-1], told.get("name", "")
            if told.get("type") == "hidden":
                form.hidden.append((name, told.get("value", "")))
            elif told.get("type") == "radio":
                form.radios.append(name)
        elif tag == "a":
            self._links.append(told.get("href", ""))


def _plain(fields: Sequence[tuple[str, str]]) -> tuple[bytes, str]:
    return urlencode(list(fields)).encode(), "application/x-www-form-urlencoded"


def _multipart(fields: Sequence[tuple[str, str]], files: Mapping[str, File]) -> tuple[bytes, str]:
    border = uuid.uuid4().hex
    parts = [
        f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields
    ]
    parts += [
        f'--{border}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n".encode()
        + content
        + b"\r\n"
        for name, (file, content) in files.items()
    ]
    return b"".join(parts) + f"--{border}--\r\n".encode(), f"multipart/form-data; boundary={border}"
