"""Registering by a personal link, and by a clerk: what is asked, kept and shown."""

import gzip
import re

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import Cast
from tests.conftest import Clock
from tests.health.town import (
    AT,
    NUMBERS,
    TODAY,
    came_from,
    hire,
    link_of,
    open_campaign,
    place_of,
)
from tests.pages import Visitor
from workflow.core.alerts import HealthReason, Reached
from workflow.core.health import CheckIn, Half, Registration, ToldBy
from workflow.core.reveals import PersonReason
from workflow.core.roles import Capability, Role
from workflow.store import stafflinks
from workflow.store.db import db
from workflow.store.healthjson import registration_of
from workflow.store.registrations import HealthReveal, RegistrationRow, ReturnCall
from workflow.usecases.health import checking_in, declaring, links

REGISTER, MINE = "/staff/register", "/staff/mine"
AT_HOME = {
    "away": "no",
    "met_any": "no",
    "temperature": "36.5",
    "lodging": "own_home",
    "together": "0",
    "code": "none",
}
AWAY = AT_HOME | {
    "away": "yes",
    "stays-0-words": "湖北武汉江岸区",
    "stays-0-since": "2026-11-10",
    "stays-0-until": "2026-11-22",
    "arrived": "2026-11-22",
    "transport": "train",
    "number": "G1234",
    "code": "green",
    "code_source": "自己手机上",
}


@pytest.fixture
def line(cast: Cast) -> int:
    open_campaign(cast)
    return hire(cast, "赵甲", NUMBERS[0])


@pytest.fixture
def zhao(app: Flask, cast: Cast, line: int) -> Visitor:
    visitor = Visitor(app)
    visitor.get(f"/s/{stafflinks.code_of(link_of(cast, line))}", 303)
    return visitor


def told() -> list[Registration]:
    rows = db.session.scalars(select(RegistrationRow).order_by(RegistrationRow.id))
    return [registration_of(row.answers) for row in rows]


def plain(html: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html))


def test_who_has_not_left_needs_few_answers_and_sees_the_answer_at_once(zhao: Visitor) -> None:
    answer = zhao.post(REGISTER, AT_HOME, page=REGISTER)
    assert (answer.status_code, answer.location) == (303, f"{MINE}?told=1")
    assert "今天可以上班" in zhao.get(f"{MINE}?told=1").text
    assert [one.temperature for one in told()] == [365]


def test_who_comes_from_a_risky_area_reads_why_and_until_when(zhao: Visitor) -> None:
    zhao.post(REGISTER, AWAY, page=REGISTER)
    page = plain(zhao.get(MINE).text)
    assert all(
        words in page for words in ("观察中", "观察到12月6日（周日）", "湖北武汉江岸区", "D1")
    )
    assert told()[0].stays[0].code == "420102"


@pytest.mark.parametrize(
    ("words", "choice", "kept"),
    [
        ("鼓楼区", "320106", ("320106", "江苏省南京市鼓楼区")),
        ("鼓楼区", "as-typed", ("", "鼓楼区")),
        ("没有的地方", "as-typed", ("", "没有的地方")),
    ],
)
def test_an_unclear_place_is_asked_about_and_nothing_is_lost(
    zhao: Visitor, words: str, choice: str, kept: tuple[str, str]
) -> None:
    filled = AWAY | {"stays-0-words": words}
    page = zhao.post(REGISTER, filled, page=REGISTER)
    assert page.status_code == 422
    assert 'name="stays-0-code" id="stays-0-code-0"' in page.text
    assert all(f'value="{one}"' in page.text for one in (words, "2026-11-10", "G1234"))
    assert not told()
    answer = zhao.post(REGISTER, filled | {"stays-0-code": choice}, page=REGISTER)
    assert answer.status_code == 303
    assert (told()[0].stays[0].code, told()[0].stays[0].words) == kept


def test_a_choice_for_other_words_is_none(zhao: Visitor) -> None:
    filled = AWAY | {"stays-0-words": "鼓楼区", "stays-0-code": "420102"}
    assert zhao.post(REGISTER, filled, page=REGISTER).status_code == 422


def test_one_more_place_keeps_everything_typed_and_judges_nothing(zhao: Visitor) -> None:
    typed = AWAY | {"more": "stay", "temperature": "365", "address": "虚构路 3 号"}
    page = zhao.post(REGISTER, typed, page=REGISTER)
    assert page.status_code == 200
    assert 'name="stays-1-words"' in page.text
    assert all(one in page.text for one in ("虚构路 3 号", 'value="365"', "湖北武汉江岸区"))
    assert "errsum" not in page.text
    assert not told()


def test_the_next_time_only_what_changed_is_asked(zhao: Visitor, clock: Clock) -> None:
    assert re.search(r'value="own_home"[^>]* checked', zhao.get(REGISTER).text)
    zhao.post(REGISTER, AWAY | {"address": "虚构路 3 号"}, page=REGISTER)
    clock.forward(hours=3)
    page = zhao.get(REGISTER).text
    assert all(one in page for one in ("虚构路 3 号", "湖北武汉江岸区", 'value="2026-11-22"'))
    assert 'value="36.5"' not in page
    assert not re.search(r'name="code"[^>]* checked', page)


def test_saying_less_is_said_plainly_and_nothing_is_overwritten(
    zhao: Visitor, clock: Clock
) -> None:
    zhao.post(REGISTER, AWAY, page=REGISTER)
    clock.forward(minutes=3)
    zhao.post(REGISTER, AT_HOME, page=REGISTER)
    page = plain(zhao.get(MINE).text)
    assert all(one in page for one in ("比先前少", "观察中", "等专员核实", "现在算数"))
    assert len(told()) == 2


def test_my_record_shows_the_office_s_calls_and_who_looked(
    cast: Cast, zhao: Visitor, line: int
) -> None:
    mine = {"place_id": place_of(cast), "line": line, "at": AT}
    called = {"called_by": cast.office.account_id, "reached": Reached.TALKED.value}
    db.session.add(ReturnCall(**mine, **called, returns_on=TODAY, worries="没有车"))
    looked = {"account_id": cast.lin.account_id, "role": Role.LIAISON.value}
    db.session.add(HealthReveal(**mine, **looked, reason=HealthReason.ALERT.value))
    for role, reason in (
        (Capability.CLINIC, HealthReason.CLINIC),
        (Capability.LABOUR, HealthReason.RETURN),
        (Role.ENTERPRISE, PersonReason.CONTACT),
    ):
        looked |= {"role": role.value}
        db.session.add(HealthReveal(**mine, **looked, reason=reason.value))
    db.session.commit()
    page = plain(zhao.get(MINE).text)
    assert all(one in page for one in ("镇卫生院，", "镇劳动保障所，", "企业，联系本人"))
    assert all(one in page for one in ("企业专员，核实这条预警", "还没有登记"))
    assert "没有车" not in page, "whoever gave the link may open it, too"
    assert "林" not in page.partition("谁看过")[2]


def test_my_record_shows_every_check_in_and_who_told_it(
    cast: Cast, zhao: Visitor, line: int
) -> None:
    told_for = {line: CheckIn(TODAY, Half.MORNING, 366)}
    checking_in.check_in_for(place_of(cast), told_for, cast.he, AT)
    own = CheckIn(TODAY, Half.MORNING, 371)
    checking_in.check_in(link_of(cast, line), own, AT)
    page = plain(zhao.get(MINE).text)
    assert "每天报的体温，2次" in page
    assert page.index("37.1") < page.index("36.6"), "the newest first"
    assert "36.6℃，没有不舒服。（单位代报）" in page


@pytest.mark.parametrize("path", [REGISTER, MINE])
def test_without_a_link_that_counts_nobody_reads_or_writes(
    app: Flask, cast: Cast, zhao: Visitor, line: int, path: str
) -> None:
    stranger = Visitor(app).get(path, 404).text
    links.revoke_link(place_of(cast), line, cast.he, AT)
    assert zhao.get(path, 404).text == stranger
    assert zhao.post(REGISTER, AT_HOME, page="/sign-in").status_code == 404
    assert not told()


def test_a_session_shows_and_keeps_only_its_own(app: Flask, cast: Cast, line: int) -> None:
    other = hire(cast, "钱乙", NUMBERS[1])
    declaring.register(link_of(cast, other), came_from("420102", "江岸区", TODAY), AT)
    visitor = Visitor(app)
    visitor.get(f"/s/{stafflinks.code_of(link_of(cast, line))}", 303)
    assert "江岸" not in visitor.get(MINE).text + visitor.get(REGISTER).text
    visitor.post(REGISTER, AT_HOME | {"line": str(other)}, page=REGISTER)
    rows = db.session.scalars(select(RegistrationRow.line).order_by(RegistrationRow.id))
    assert list(rows) == [other, line]


def test_a_clerk_tells_for_somebody_and_it_is_marked(
    app: Flask, cast: Cast, zhao: Visitor, line: int, clock: Clock
) -> None:
    zhao.post(REGISTER, AWAY, page=REGISTER)
    clerk = Visitor(app, "yunque")
    path = f"/enterprise/places/{place_of(cast)}/roster/people/{line}/register"
    assert "武汉" not in clerk.get(path).text, "what the person told is not the clerk's to read"
    clock.forward(minutes=1)
    assert clerk.post(path, AT_HOME, page=path).status_code == 302
    rows = list(db.session.scalars(select(RegistrationRow).order_by(RegistrationRow.id)))
    assert [row.told_by for row in rows] == [ToldBy.SELF, ToldBy.ENTERPRISE]
    assert rows[1].confirmed_at is None
    assert "单位代报，等专员核实" in plain(zhao.get(MINE).text)


def test_nobody_else_s_clerk_tells_for_somebody(app: Flask, cast: Cast, line: int) -> None:
    path = f"/enterprise/places/{place_of(cast)}/roster/people/{line}/register"
    stranger = Visitor(app, "boli")
    stranger.get(path, 404)
    assert stranger.post(path, AT_HOME).status_code == 404
    Visitor(app, "yunque").get(path.replace(f"/{line}/", "/9999/"), 404)


def test_without_a_campaign_there_is_no_registration(app: Flask, cast: Cast) -> None:
    line = hire(cast, "赵甲", NUMBERS[0])
    Visitor(app).get("/staff/notice", 404)
    path = f"/enterprise/places/{place_of(cast)}/roster/people/{line}/register"
    Visitor(app, "yunque").get(path, 404)


def test_a_registration_weighs_little(zhao: Visitor) -> None:
    assert len(gzip.compress(zhao.get(REGISTER).data)) < 10_000
