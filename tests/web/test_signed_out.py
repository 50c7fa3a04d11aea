"""A form sent by somebody who is signed out meanwhile: shown again after sign-in, never saved."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.cast import AT, Cast, draft
from tests.conftest import PASSWORD, Clock
from tests.pages import Visitor, check
from tests.usecases.pictures import halves, saved
from tests.whole import answer as fill_in
from tests.whole import open_whole
from workflow.store import cases, keptforms
from workflow.store.db import db
from workflow.store.keptforms import KeptForm
from workflow.usecases import filing, keeping

WORDS = "这是您退出前填的，还没存。请看一遍再存下。"
KEPT = "您刚才填的先替您留着"
TEXT = "第一条 <b>每天</b>测温。😷\n" * 9


def sign_in(visitor: Visitor, username: str, location: str = "/sign-in") -> str:
    """Signs in on the page that one was led to; where that leads."""
    told = {"email": username, "password": PASSWORD}
    answer = visitor.post(location, told, location)
    assert answer.status_code == 302
    return answer.location


def kept() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(KeptForm)) or 0


def sent_too_late(visitor: Visitor, path: str, **told: str) -> str:
    """Sends a form after the session has run out; the page to sign in on."""
    visitor.lose_session()
    answer = visitor.post_bare(path, {"csrf_token": "old", "version": "1"} | told, path)
    assert answer.status_code == 302
    return answer.location


def test_a_section_comes_back_after_signing_in(app: Flask, cast: Cast) -> None:
    case_id = draft(cast.he)
    path = f"/enterprise/cases/{case_id}/sections/plan"
    clerk = Visitor(app, "yunque")
    told = {"headcount": "212", "first_batch_count": "很多", "planned_reopen_date": "2026-12-01"}
    location = sent_too_late(clerk, path, **told)
    assert KEPT in clerk.get(location).text
    assert sign_in(clerk, "yunque", location) == path
    page = clerk.get(path).text
    check(page)
    assert WORDS in page
    for field, typed in told.items():
        assert typed in re.search(rf'<input[^>]*id="{field}"[^>]*>', page)[0]
    assert cases.get(case_id, cast.he).answers == {}
    assert kept() == 0
    mended = told | {"version": "1", "first_batch_count": "186"}
    assert clerk.post(path, mended, path).status_code == 302
    db.session.rollback()
    assert cases.get(case_id, cast.he).answers["headcount"] == 212
    assert WORDS not in clerk.get(path).text


def test_what_others_saved_meanwhile_is_not_overwritten(app: Flask, cast: Cast) -> None:
    case_id = draft(cast.he)
    path = f"/enterprise/cases/{case_id}/sections/plan"
    clerk = Visitor(app, "yunque")
    location = sent_too_late(clerk, path, headcount="212")
    filing.save_answers(case_id, {"headcount": 9}, 1, cast.he, AT)
    sign_in(clerk, "yunque", location)
    version = re.search(r'name="version"[^>]*value="(\d+)"', clerk.get(path).text)[1]
    answer = clerk.post(path, {"version": version, "headcount": "212"}, path)
    assert answer.status_code == 409
    assert "把这里改成了“9 人”" in answer.text


def test_a_part_comes_back_too(app: Flask, cast: Cast) -> None:
    case_id = open_whole(cast.he)
    fill_in(case_id, cast.he)
    path = f"/enterprise/cases/{case_id}/parts/card"
    clerk = Visitor(app, "yunque")
    location = sent_too_late(clerk, path, text=TEXT)
    sign_in(clerk, "yunque", location)
    page = clerk.get(path).text
    assert WORDS in page
    assert TEXT.strip().replace("<", "&lt;").replace(">", "&gt;") in page


def test_after_signing_out_in_another_tab(app: Flask, cast: Cast) -> None:
    path = f"/enterprise/cases/{draft(cast.he)}/sections/plan"
    clerk = Visitor(app, "yunque")
    clerk.post("/sign-out", {}, path)
    answer = clerk.post_bare(path, {"version": "1", "headcount": "212"}, path)
    sign_in(clerk, "yunque", answer.location)
    assert 'value="212"' in clerk.get(path).text


def test_signed_in_again_in_another_tab_the_old_page_is_shown_anew(app: Flask, cast: Cast) -> None:
    case_id = draft(cast.he)
    path = f"/enterprise/cases/{case_id}/sections/plan"
    clerk = Visitor(app, "yunque")
    old = clerk.token(path)
    clerk.lose_session()
    sign_in(clerk, "yunque")
    answer = clerk.post_bare(path, {"csrf_token": old, "version": "1", "headcount": "212"}, path)
    assert (answer.status_code, answer.location) == (302, path)
    page = clerk.get(path).text
    assert WORDS in page
    assert 'value="212"' in page
    assert cases.get(case_id, cast.he).answers == {}


def test_it_is_shown_to_nobody_who_may_not_write_the_case(app: Flask, cast: Cast) -> None:
    path = f"/enterprise/cases/{draft(cast.he)}/sections/plan"
    browser = Visitor(app, "yunque")
    location = sent_too_late(browser, path, headcount="212")
    sign_in(browser, "boli", location)
    browser.get(path, status=404)
    assert kept() == 1
    browser.post("/sign-out", {}, "/privacy")
    sign_in(browser, "yunque", location)
    assert 'value="212"' in browser.get(path).text


def test_another_browser_never_sees_it(app: Flask, cast: Cast) -> None:
    path = f"/enterprise/cases/{draft(cast.he)}/sections/plan"
    sent_too_late(Visitor(app, "yunque"), path, headcount="212")
    assert 'value="212"' not in Visitor(app, "yunque").get(path).text


def test_it_is_forgotten_after_an_hour(app: Flask, cast: Cast, clock: Clock) -> None:
    path = f"/enterprise/cases/{draft(cast.he)}/sections/plan"
    clerk = Visitor(app, "yunque")
    location = sent_too_late(clerk, path, headcount="212")
    clock.forward(minutes=61)
    sign_in(clerk, "yunque", location)
    assert WORDS not in clerk.get(path).text
    sent_too_late(clerk, path, headcount="212")
    clock.forward(minutes=61)
    assert keeping.forget_forms(clock()) == 1


def test_it_lies_encrypted(app: Flask, cast: Cast) -> None:
    path = f"/enterprise/cases/{draft(cast.he)}/sections/plan"
    sent_too_late(Visitor(app, "yunque"), path, industry="机密业务")
    db.session.rollback()
    row = db.session.execute(db.text("SELECT * FROM kept_forms")).mappings().one()
    assert "机密业务" not in str(dict(row))
    assert "127.0.0.1" not in str(dict(row))


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_a_form_from_another_site_is_not_kept(app: Flask, cast: Cast, origin: str) -> None:
    path = f"/enterprise/cases/{draft(cast.he)}/sections/plan"
    headers = {"Origin": origin, "Referer": "http://localhost/x"} if origin else {}
    Visitor(app)._open(path, method="POST", data={"headcount": "1"}, headers=headers)
    assert kept() == 0


def test_nothing_else_is_kept(app: Flask, cast: Cast) -> None:
    case_id = draft(cast.he)
    stranger = Visitor(app)
    base = f"/enterprise/cases/{case_id}"
    for path in (f"{base}/submit", f"{base}/materials/commitment", "/enterprise/cases"):
        assert stranger.post_bare(path, {"version": "1"}, path).status_code == 302
    assert stranger.send(f"{base}/sections/plan", {"headcount": "1"}, "/sign-in").status_code == 302
    assert kept() == 0


def test_strangers_cannot_fill_the_table(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = [("text", "长" * 100)]
    huge = [("text", "x" * keptforms.MOST_BYTES)]
    assert not keeping.keep_form("t", "/a", huge, "10.0.0.1", AT)
    for number in range(keptforms.MOST_OF_ADDRESS):
        assert keeping.keep_form(f"t{number}", "/a", fields, "10.0.0.1", AT)
    assert not keeping.keep_form("t", "/a", fields, "10.0.0.1", AT)
    assert keeping.keep_form("t", "/a", fields, "10.0.0.2", AT)
    monkeypatch.setattr(keptforms, "MOST_IN_ALL", 1000)
    assert not keeping.keep_form("u", "/a", fields, "10.0.0.3", AT)
    later = AT + timedelta(minutes=61)
    assert keeping.keep_form("u", "/a", fields, "10.0.0.1", later)
    assert kept() == 1


def test_a_photo_is_not_kept_and_the_page_says_so(app: Flask, cast: Cast) -> None:
    path = f"/enterprise/cases/{draft(cast.he)}/materials"
    clerk = Visitor(app, "yunque")
    clerk.lose_session()
    photo = {"file": (BytesIO(saved(halves(), "PNG")), "x.png")}
    answer = clerk.post_bare(f"{path}/commitment", photo, path)
    assert "刚才的没有收到" in clerk.get(answer.location).text
    assert kept() == 0
