"""The database is restarted, a disk is full: nothing is half saved, and nothing typed is lost."""

import errno
from collections.abc import Callable
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.cast import PAPER, Cast, draft
from tests.conftest import DATABASE, Server
from tests.pages import Visitor, check
from tests.rosters import lists
from tests.whole import answer as fill_in
from tests.whole import open_whole
from workflow.store import cases, drafts, files, rosterimports
from workflow.store.db import db
from workflow.store.files import StoredFile, Vault

TEXT = "第一条 每天早晚测温。\n" * 20
ENDED = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{DATABASE}'"


class _Again(HTMLParser):
    """The fields of the form that a page offers to send again, as a browser would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._writing = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "textarea":
            self._writing = told["name"]
            self.fields[self._writing] = ""
        elif tag == "input":
            self.fields[told["name"]] = told.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._writing:
            self.fields[self._writing] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.fields[self._writing] = self.fields[self._writing].removeprefix("\n")
            self._writing = ""


def offered(page: str) -> dict[str, str]:
    found = _Again()
    found.feed(page.partition("<main")[2])
    return found.fields


@pytest.fixture
def restart(app: Flask, server: Server, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Once: when an answer is being written, the server ends every connection."""

    def arrange() -> None:
        db.session.remove()
        record = drafts.record

        def ended(*args: object) -> None:
            monkeypatch.undo()
            server.run(ENDED)
            record(*args)

        monkeypatch.setattr(drafts, "record", ended)

    return arrange


def test_a_section_sent_while_the_database_restarts_can_be_sent_again(
    app: Flask, cast: Cast, restart: Callable[[], None]
) -> None:
    case_id = draft(cast.he)
    path = f"/enterprise/cases/{case_id}/sections/plan"
    clerk = Visitor(app, "yunque")
    restart()
    answer = clerk.post(path, {"version": "1", "headcount": "212"}, path)
    assert answer.status_code == 503
    assert "没存上" in answer.text
    assert "再存一次" in answer.text
    assert answer.headers["Retry-After"]
    assert answer.headers["Cache-Control"] == "no-store"
    check(answer.text)
    again = offered(answer.text)
    assert again["headcount"] == "212"
    assert cases.get(case_id, cast.he).answers == {}
    assert clerk.post_bare(path, again, path).status_code == 302
    db.session.rollback()
    assert cases.get(case_id, cast.he).answers == {"headcount": 212}


def test_a_part_stays_readable_and_can_be_sent_again(
    app: Flask, cast: Cast, restart: Callable[[], None]
) -> None:
    case_id = open_whole(cast.he)
    fill_in(case_id, cast.he)
    path = f"/enterprise/cases/{case_id}/parts/card"
    clerk = Visitor(app, "yunque")
    restart()
    answer = clerk.post(path, {"version": "2", "text": TEXT + "<b>“甲”&"}, path)
    assert answer.status_code == 503
    again = offered(answer.text)
    assert again["text"] == TEXT + "<b>“甲”&"
    assert "<b>“甲" not in answer.text
    assert clerk.post_bare(path, again, path).status_code == 302
    db.session.rollback()
    assert cases.get(case_id, cast.he).answers["part.card"].startswith(TEXT)


def test_the_script_hears_that_it_was_not_saved(
    app: Flask, cast: Cast, restart: Callable[[], None]
) -> None:
    case_id = draft(cast.he)
    path = f"/enterprise/cases/{case_id}/sections/plan"
    clerk = Visitor(app, "yunque")
    restart()
    answer = clerk.send(path, {"version": "1", "headcount": "212"}, path)
    assert answer.status_code == 503
    assert answer.json["error"] == "没存上"
    assert clerk.send(path, {"version": "1", "headcount": "212"}, path).json["version"] == 2


def test_a_database_that_is_away_altogether_loses_nothing_either(
    app: Flask, cast: Cast, server: Server
) -> None:
    case_id = draft(cast.he)
    path = f"/enterprise/cases/{case_id}/sections/plan"
    clerk = Visitor(app, "yunque")
    told = {"version": "1", "headcount": "212", "csrf_token": clerk.token(path)}
    db.session.remove()
    server.run(f"ALTER DATABASE {DATABASE} ALLOW_CONNECTIONS false")
    try:
        server.run(ENDED)
        assert "现在打不开" in clerk.get(path, status=503).text
        clerk.get("/static/theme.css").close()
        answer = clerk.post_bare(path, told, path)
        strange = clerk.post_bare(path, told | {"csrf_token": "x"}, path)
    finally:
        server.run(f"ALTER DATABASE {DATABASE} ALLOW_CONNECTIONS true")
    assert (answer.status_code, offered(answer.text)) == (503, told)
    assert (strange.status_code, offered(strange.text)) == (503, {})
    assert clerk.post_bare(path, offered(answer.text), path).status_code == 302


def test_a_password_is_never_handed_back(app: Flask, cast: Cast, server: Server) -> None:
    visitor = Visitor(app)
    told = {"email": "yunque", "password": "secret", "csrf_token": visitor.token("/sign-in")}
    db.session.remove()
    server.run(f"ALTER DATABASE {DATABASE} ALLOW_CONNECTIONS false")
    try:
        server.run(ENDED)
        answer = visitor.post_bare("/sign-in", told, "/sign-in")
    finally:
        server.run(f"ALTER DATABASE {DATABASE} ALLOW_CONNECTIONS true")
    assert answer.status_code == 503
    assert "secret" not in answer.text


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file store takes the first bytes of a file, and has no room for the rest."""
    write = Vault.filesystem().open

    def opened(path: str, mode: str = "rb", **other: object) -> object:
        out = write(path, mode, **other)
        if "w" in mode:
            out.write(b"half")
            out.flush()
            monkeypatch.setattr(out, "write", _no_room, raising=False)
        return out

    monkeypatch.setattr(Vault.filesystem(), "open", opened)


def _no_room(_: bytes) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


def stored() -> tuple[int, list[Path]]:
    db.session.rollback()
    rows = db.session.scalar(select(func.count()).select_from(StoredFile)) or 0
    return rows, [one for one in Path(Vault.root()).rglob("*") if one.is_file()]


@pytest.mark.parametrize("script", [False, True])
def test_no_room_for_a_file_is_said_beside_it_and_leaves_nothing(
    app: Flask, cast: Cast, full_disk: None, script: bool
) -> None:
    case_id = draft(cast.he)
    path = f"/enterprise/cases/{case_id}/materials"
    clerk = Visitor(app, "yunque")
    upload = {"file": (BytesIO(PAPER), "承诺书.pdf")}
    how = clerk.send if script else clerk.post
    answer = how(f"{path}/commitment", upload, path)
    assert answer.status_code == 503
    assert "现在存不下文件" in (answer.json["error"] if script else answer.text)
    assert script or 'id="file-commitment-error"' in answer.text
    assert stored() == (0, [])
    assert cases.get(case_id, cast.he).attachments == []
    assert cases.get(case_id, cast.he).version == 1


def test_no_room_while_a_large_upload_comes_in_is_said_too(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/enterprise/cases/{draft(cast.he)}/materials"
    clerk = Visitor(app, "yunque")
    told = {"csrf_token": clerk.token(path), "file": (BytesIO(PAPER * 9000), "x.pdf")}

    def spool(*_: object, **__: object) -> object:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(app.request_class, "_get_file_stream", spool)
    answer = clerk.post_bare(f"{path}/commitment", told, path)
    assert answer.status_code == 503
    assert "现在存不下文件" in answer.text


def test_no_room_in_the_database_hands_a_pasted_roster_back(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = cases.get(draft(cast.he), cast.he).place_id
    path = f"/enterprise/places/{place}/roster/import"
    text = lists.text(lists.rows(1, 2, 3))
    clerk = Visitor(app, "yunque")

    def full(*_: object) -> int:
        db.session.execute(db.text("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE='53100'; END $$"))
        return 0

    monkeypatch.setattr(rosterimports, "keep", full)
    answer = clerk.post(path, {"text": text}, path)
    monkeypatch.undo()
    assert answer.status_code == 503
    assert offered(answer.text)["text"] == text
    assert clerk.post_bare(path, offered(answer.text), path).status_code == 302


def test_half_a_file_is_taken_away_again(app: Flask, cast: Cast, full_disk: None) -> None:
    with pytest.raises(files.NotKept):
        files.put(PAPER)
    assert stored() == (0, [])
