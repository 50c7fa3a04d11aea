"""The notice and its verification through HTTP, and signing in."""

import re
from io import BytesIO

import pytest
from flask import Flask

from tests.cast import Cast, approved, draft
from tests.conftest import Clock
from tests.pages import Visitor
from web.frame import limiter
from workflow.core.states import State
from workflow.store import cases, documents


def test_the_notice_is_found_once_it_is_issued(app: Flask, cast: Cast, drain) -> None:
    case_id = approved(cast.he, cast.lin)
    clerk = Visitor(app, "yunque")
    waiting = clerk.get(f"/enterprise/cases/{case_id}/progress").text
    assert "data-progress-url" in waiting
    clerk.get(f"/enterprise/cases/{case_id}/notice.pdf", 404)
    drain()
    ready = clerk.get(f"/enterprise/cases/{case_id}/progress").text
    assert "data-progress-url" not in ready
    pdf = clerk.get(f"/enterprise/cases/{case_id}/notice.pdf").data
    assert pdf.startswith(b"%PDF-")
    assert clerk.get(f"/enterprise/cases/{case_id}/notice.png").data.startswith(b"\x89PNG")
    assert cases.get(case_id, cast.he).state is State.ISSUED
    upload = {"file": (BytesIO(pdf), "x.pdf"), "code": ""}
    assert "文件是真的" in Visitor(app).post("/verify", upload, "/verify").text
    upload = {"file": (BytesIO(pdf.replace(b"/Type", b"/Tipe", 1)), "x.pdf"), "code": ""}
    assert "被改过" in Visitor(app).post("/verify", upload, "/verify").text


def test_verification_says_nothing_about_people(app: Flask, cast: Cast, drain) -> None:
    case_id = approved(cast.he, cast.lin)
    drain()
    document = documents.of_case(case_id)
    page = Visitor(app).get(f"/v/{document.token}").text
    assert document.full_number in page
    for person in ("何样本", "林示例", "00000000052", "何*"):
        assert person not in page


def test_every_miss_looks_alike(app: Flask, cast: Cast) -> None:
    approved(cast.he, cast.lin)
    anyone = Visitor(app)
    pages = {
        re.sub(r'value="[^"]+"|nonce="[^"]+"', "", anyone.get(f"/v/{token}", 404).text)
        for token in ("0" * 32, "x", "1' OR '1'='1", "%F0%9F%98%80")
    }
    assert len(pages) == 1


def test_an_account_locks_after_five_wrong_passwords(app: Flask, cast: Cast, clock: Clock) -> None:
    for _ in range(5):
        Visitor(app).post("/sign-in", {"email": "yunque", "password": "wrong"})
    right = {"email": "yunque", "password": "correct-horse"}
    assert Visitor(app).post("/sign-in", right).status_code != 302
    clock.forward(minutes=16)
    assert Visitor(app).post("/sign-in", right).status_code == 302


def test_signing_out_ends_a_session_that_was_copied(app: Flask, cast: Cast) -> None:
    clerk, thief = Visitor(app, "yunque"), Visitor(app)
    thief.take_cookies_of(clerk)
    thief.get("/enterprise/")
    assert clerk.post("/sign-out", {}, "/privacy").status_code == 302
    assert thief.call("GET", "/enterprise/").status_code == 302


def test_what_was_sent_after_the_session_ended_is_said_to_be_lost(app: Flask, cast: Cast) -> None:
    page = f"/enterprise/cases/{draft(cast.he)}/check"
    gone = Visitor(app)
    answer = gone.post_bare(page.replace("check", "submit"), {"version": "1"}, page=page)
    assert answer.location == f"/sign-in?next={page}"
    assert "刚才的没有收到" in gone.get("/sign-in").text


@pytest.mark.parametrize(
    ("path", "fields"),
    [("/sign-in", {"email": "x", "password": "y"}), ("/verify", {"code": "ABCD-ABCD-ABCD"})],
)
def test_guessing_is_slowed_down(app: Flask, path: str, fields: dict[str, str]) -> None:
    guesser = Visitor(app)
    told = fields | {"csrf_token": guesser.token(path)}
    limiter.reset()
    limiter.enabled = True
    codes = [guesser.post_bare(path, told).status_code for _ in range(70)]
    limiter.enabled = False
    limiter.reset()
    assert codes[0] != 429
    assert codes[-1] == 429
