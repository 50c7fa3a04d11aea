"""Visitors of the tests. Every page they open is also checked as a page."""

import re
from contextvars import Context
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import PASSWORD

LABELLED = {"text", "password", "date", "file", "email", "tel", "number", "search"}


class Visitor:
    """One person with cookies of their own, signed in or not."""

    def __init__(self, app: Flask, username: str = "") -> None:
        self._client: FlaskClient = app.test_client()
        if username:
            answer = self.post("/sign-in", {"email": username, "password": PASSWORD})
            assert answer.status_code == 302, answer.text

    def get(self, path: str, status: int = 200) -> TestResponse:
        answer = self._open(path, method="GET")
        assert answer.status_code == status, (path, answer.status_code)
        if answer.mimetype == "text/html" and status != 302:
            check(answer.text)
        return answer

    def post(self, path: str, fields: dict[str, Any] | None = None, page: str = "") -> TestResponse:
        """Posts with the token of ``page`` (the sign-in page if none): any page's will do."""
        page = page or "/sign-in"
        token = self.token(page)
        return self._open(
            path,
            method="POST",
            data={"csrf_token": token} | (fields or {}),
            headers={"Referer": f"http://localhost{page}"},
        )

    def decide(self, path: str, fields: dict[str, Any], page: str) -> TestResponse:
        """Posts as somebody who has read ``page``, with what it says that they have seen."""
        return self.post(path, fields | self.seen(page), page)

    def seen(self, page: str) -> dict[str, str]:
        """What ``page`` says that whoever has it open has seen."""
        found = re.search(r'name="seen"[^>]*value="([0-9]+)"', self.get(page).text)
        assert found, page
        return {"seen": found[1]}

    def send(self, path: str, fields: dict[str, Any], page: str) -> TestResponse:
        """Posts as the script of ``page`` does, which stays where it is and wants JSON."""
        return self._open(
            path,
            method="POST",
            data={"csrf_token": self.token(page)} | fields,
            content_type="multipart/form-data",
            headers={
                "Referer": f"http://localhost{page}",
                "X-Autosave": "1",
                "Accept": "application/json",
            },
        )

    def lose_session(self) -> None:
        """As after a night: the browser has thrown its cookie away."""
        self._client.delete_cookie("session")

    def post_bare(
        self, path: str, fields: dict[str, Any] | None = None, page: str = ""
    ) -> TestResponse:
        """Posts without a token."""
        headers = {"Referer": f"http://localhost{page}"} if page else {}
        return self._open(path, method="POST", data=fields or {}, headers=headers)

    def call(self, method: str, path: str) -> TestResponse:
        return self._open(path, method=method)

    def take_cookies_of(self, other: "Visitor") -> None:
        self._client._cookies = dict(other._client._cookies)

    def token(self, page: str) -> str:
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self._open(page).text)
        if found is None:  # signed in: the sign-in page leads on
            found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self._open("/privacy").text)
        assert found is not None, f"{page} has no form"
        return found[1]

    def _open(self, path: str, **how: Any) -> TestResponse:
        # A context of its own, as a server has: the test's application context would lend its g.
        answer = Context().run(lambda: self._client.open(path, **how))
        answer.request.environ["wsgi.input"].close()  # a large upload lies in a temporary file
        return answer


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.headings = 0
        self.ids: list[str] = []
        self.inputs: list[dict[str, str]] = []
        self.labels: set[str] = set()
        self.posts_without_token = 0
        self._open_form = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if "id" in told:
            self.ids.append(told["id"])
        if tag == "h1":
            self.headings += 1
        if tag == "label":
            self.labels.add(told.get("for", ""))
        if tag == "form" and told.get("method", "").lower() == "post":
            self.posts_without_token += 1
        if tag == "input":
            if told.get("name") == "csrf_token":
                self.posts_without_token -= 1
            self.inputs.append(told)


def check(html: str) -> None:
    """One h1, unique ids, labelled inputs, a token in every form, no bare None."""
    seen = _Seen()
    seen.feed(html)
    assert seen.headings <= 1 if "<html" not in html else seen.headings == 1
    assert len(seen.ids) == len(set(seen.ids)), "an id stands twice"
    for told in seen.inputs:
        if told.get("type", "text") in LABELLED:
            assert told.get("id") in seen.labels, f"{told} has no label"
    assert seen.posts_without_token == 0, "a form without token"
    assert ">None<" not in html
