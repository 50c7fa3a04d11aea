"""The staff's door: by a personal link, for a short time, and nothing stays behind."""

import pytest
from flask import Flask

from tests.cast import Cast
from tests.conftest import Clock
from tests.health.town import NUMBERS, hire, link_of, open_campaign, place_of
from tests.pages import Visitor
from workflow.store import rosters, stafflinks
from workflow.store.db import db
from workflow.usecases import rostering
from workflow.usecases.health import links

GONE = "这个链接用不了了"


@pytest.fixture
def line(cast: Cast) -> int:
    open_campaign(cast)
    return hire(cast, "赵甲", NUMBERS[0])


def code(cast: Cast, line: int) -> str:
    return stafflinks.code_of(link_of(cast, line))


def come_in(app: Flask, cast: Cast, line: int) -> Visitor:
    visitor = Visitor(app)
    answer = visitor.get(f"/s/{code(cast, line)}", 303)
    assert answer.location == "/staff/check-in"
    return visitor


def test_the_cookie_tells_nobody_the_code(app: Flask, cast: Cast, line: int) -> None:
    secret = code(cast, line)
    cookie = Visitor(app).get(f"/s/{secret}", 303).headers["Set-Cookie"]
    assert secret[8:] not in cookie
    assert all(word in cookie for word in ("HttpOnly", "SameSite=Lax", "Path=/staff", "Expires="))


def test_a_link_leads_in_and_nothing_is_kept(app: Flask, cast: Cast, line: int) -> None:
    answer = come_in(app, cast, line).get("/staff/register")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in answer.headers


def test_every_link_that_leads_nowhere_gets_the_same_page(
    app: Flask, cast: Cast, line: int, clock: Clock
) -> None:
    real = code(cast, line)
    guesses = ["x", "00000001aaaaaaaaaaaaaaaa", "99999999" + real[8:], real[:-1] + "A", "０" * 24]
    pages = {Visitor(app).get(f"/s/{guess}", 404).text for guess in guesses}
    links.revoke_link(place_of(cast), line, cast.he, clock())
    pages.add(Visitor(app).get(f"/s/{real}", 404).text)
    pages.add(Visitor(app).get("/staff/check-in", 404).text)
    assert len(pages) == 1
    assert GONE in pages.pop()


def test_a_revoked_link_ends_its_sessions_at_once(
    app: Flask, cast: Cast, line: int, clock: Clock
) -> None:
    visitor = come_in(app, cast, line)
    links.revoke_link(place_of(cast), line, cast.he, clock())
    assert GONE in visitor.get("/staff/check-in", 404).text


def test_whoever_left_the_place_comes_in_no_more(
    app: Flask, cast: Cast, line: int, clock: Clock
) -> None:
    visitor = come_in(app, cast, line)
    seq = rosters.latest_seq(place_of(cast)) or 0
    rostering.remove_person(place_of(cast), line, seq, cast.he, clock())
    assert GONE in visitor.get("/staff/check-in", 404).text


@pytest.mark.parametrize("hours", [12.1, 15])
def test_a_session_ends_with_the_day(
    app: Flask, cast: Cast, line: int, clock: Clock, hours: float
) -> None:
    visitor = come_in(app, cast, line)
    clock.forward(hours=hours)
    visitor.get("/staff/check-in", 404)


def test_a_forged_session_is_none(app: Flask, cast: Cast, line: int) -> None:
    cookie = Visitor(app).get(f"/s/{code(cast, line)}", 303).headers["Set-Cookie"]
    text = cookie.partition(";")[0].partition("=")[2]
    number, until, seal = text.split(".")
    for forged in (f"{number}.{int(until) + 1}.{seal}", f"2.{until}.{seal}", "", "..", "ä.1.x"):
        client = app.test_client()
        client.set_cookie("staff", forged, path="/staff")
        assert client.get("/staff/check-in").status_code == 404


def test_the_next_person_finds_nothing(app: Flask, cast: Cast, line: int) -> None:
    visitor = come_in(app, cast, line)
    answer = visitor.post("/staff/leave", page="/staff/register")
    assert (answer.status_code, answer.location) == (303, "/staff/left")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert "已退出" in visitor.get("/staff/left").text
    visitor.get("/staff/check-in", 404)


def test_an_officer_stays_signed_in_beside_it(app: Flask, cast: Cast, line: int) -> None:
    clerk = Visitor(app, "yunque")
    clerk.get(f"/s/{code(cast, line)}", 303)
    clerk.post("/staff/leave", page="/staff/check-in")
    clerk.get("/enterprise/")


def test_without_a_campaign_there_is_no_door(app: Flask, cast: Cast, line: int) -> None:
    link = code(cast, line)
    db.session.execute(db.text("UPDATE health_campaigns SET ends_on = '2026-11-22'"))
    db.session.commit()
    assert GONE not in Visitor(app).get(f"/s/{link}", 404).text
