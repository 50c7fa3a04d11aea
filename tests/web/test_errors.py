"""Every failure is a page in plain words, in the frame, with one heading."""

import json
import re
from errno import ENOSPC

import pytest
from flask import abort
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoConnection

from tests.web.small import add_view, small_app
from web.guards import public
from workflow.core.refusals import NotFound, Reason, Refusal, Refused, Stale
from workflow.core.roles import Role
from workflow.store.cases import NoScope
from workflow.store.files import NotKept


@pytest.fixture
def app(monkeypatch):
    monkeypatch.setattr("web.frame.town", lambda: None)
    return small_app()


def raising(error):
    def view():
        raise error

    return public(view)


CASES = [
    (Refused(Refusal(Reason.NOT_STORED)), 409, "这一步现在还办不了"),
    (Stale(1), 409, "有人先办了一步"),
    (NotFound(), 404, "没有这一页"),
    (NoScope(Role.ADMIN), 404, "没有这一页"),
    (RuntimeError("13800000000"), 500, "没办成，我们记下了"),
    (ProgrammingError("SELECT 13800000000", {}, Exception()), 500, "没办成，我们记下了"),
    (IntegrityError("INSERT 13800000000", {}, Exception()), 500, "没办成，我们记下了"),
    (OperationalError("SELECT 13800000000", {}, Exception()), 503, "现在打不开"),
    (NoConnection(), 503, "现在打不开"),
    (NotKept("13800000000"), 503, "存不下了"),
    (OSError(ENOSPC, "13800000000"), 503, "存不下了"),
    (FileNotFoundError("13800000000"), 500, "没办成，我们记下了"),
]


@pytest.mark.parametrize(("error", "status", "title"), CASES, ids=lambda v: str(v)[:20])
def test_what_is_raised_becomes_a_page(app, error, status, title):
    add_view(app, "/it", raising(error))
    answer = app.test_client().get("/it")
    assert answer.status_code == status
    assert re.findall(r"<h1>(.*?)</h1>", answer.text) == [title]
    assert "13800000000" not in answer.text


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 429, 418])
def test_http_errors_become_pages(app, status):
    add_view(app, "/it", public(lambda: abort(status)))
    answer = app.test_client().get("/it")
    assert answer.status_code == status
    assert len(re.findall(r"<h1>", answer.text)) == 1


def test_a_failure_shows_the_number_that_stands_in_the_log(app, capsys):
    add_view(app, "/it/secret", raising(RuntimeError("13800000000")))
    answer = app.test_client().get("/it/secret?token=abc")
    number = answer.headers["X-Request-Id"]
    logged = capsys.readouterr().out
    lines = [json.loads(line) for line in logged.splitlines()]
    assert f"<b>{number}</b>" in answer.text
    assert [line["event"] for line in lines] == ["failure", "request"]
    assert {line["request_id"] for line in lines} == {number}
    assert "13800000000" not in logged
    assert "token" not in logged


def test_a_dead_database_still_gives_a_page(app, monkeypatch):
    monkeypatch.undo()
    answer = app.test_client().get("/")
    assert answer.status_code == 503
    assert "现在打不开" in answer.text
    assert answer.headers["Retry-After"]
    assert app.test_client().get("/readyz").status_code == 503
    assert app.test_client().get("/healthz").status_code == 200


def test_who_asks_for_json_gets_json(app):
    add_view(app, "/it", raising(Stale(1)))
    answer = app.test_client().get("/it", headers={"Accept": "application/json"})
    assert answer.json["error"] == "有人先办了一步"
    assert "没有生效" in answer.json["advice"]
    assert answer.json["reasons"] == []


def test_the_way_back_stays_on_this_site(app):
    add_view(app, "/it", raising(Stale(1)))
    ours = app.test_client().get("/it", headers={"Referer": "http://localhost/cases/7?x=1"})
    theirs = app.test_client().get("/it", headers={"Referer": "https://elsewhere.example/cases"})
    assert 'href="/cases/7"' in ours.text
    assert "elsewhere" not in theirs.text
