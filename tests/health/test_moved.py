"""Whoever is taken off one roster and put on another does not begin anew."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import Cast
from tests.conftest import Clock
from tests.health.alarms import LATER, alarm, fever, newest
from tests.health.town import (
    AT,
    NUMBERS,
    STAYED_HOME,
    TODAY,
    came_from,
    entry,
    hire,
    last_line,
    link_of,
    open_campaign,
    place_of,
)
from tests.pages import Visitor
from workflow.core.alerts import Settlement
from workflow.core.health import CheckIn, Half, HealthCode, Registration
from workflow.core.judging import Fitness, GroundKind
from workflow.core.papers import Document, DocumentKind
from workflow.core.refusals import Reason, Refused
from workflow.jobs.telling import TELLING
from workflow.store import placecounts, rosters, standings
from workflow.store.db import db
from workflow.store.healthjson import grounds_of
from workflow.store.standings import Alert
from workflow.store.towns import Place
from workflow.usecases import rostering
from workflow.usecases.health import checking_in, declaring, reporting, settling

GONE = "已不在名册上，还没办结"


@pytest.fixture(autouse=True)
def later(clock: Clock) -> None:
    """Jobs run after what is told here."""
    clock.forward(hours=3)


def second_place(cast: Cast, *, enterprise_id: int | None = None) -> int:
    """One more place, like the first."""
    first = db.session.get_one(Place, place_of(cast))
    told = {one.name: getattr(first, one.key) for one in Place.__table__.columns if one.key != "id"}
    told |= {"name": "二厂", "enterprise_id": enterprise_id or first.enterprise_id}
    found = db.session.scalar(Place.__table__.insert().values(told).returning(Place.id))
    db.session.commit()
    assert found
    return found


def leave(cast: Cast, line: int) -> None:
    place_id = place_of(cast)
    seq = rosters.one(place_id, line).from_seq
    rostering.remove_person(place_id, line, seq, cast.he, LATER)


def join(cast: Cast, place_id: int) -> int:
    """Puts the same person on another roster, and says that nothing is the matter."""
    rostering.add_person(place_id, entry("赵甲", NUMBERS[0]), cast.he, LATER)
    line = last_line(place_id)
    declaring.register_for(place_id, line, STAYED_HOME, cast.he, LATER)
    return line


def stands(place_id: int, line: int) -> tuple[Fitness, list[str]]:
    db.session.expire_all()
    found = standings.of_line(place_id, line)
    assert found
    return found.fitness, [one.kind for one in grounds_of(found.grounds)]


ASKED = Fitness.ASK, [GroundKind.OPEN_ELSEWHERE.value]


@pytest.mark.parametrize("stays", [True, False])
def test_what_is_open_at_one_place_is_asked_about_at_another(
    cast: Cast, drain, *, stays: bool
) -> None:
    red, other = alarm(cast), second_place(cast)
    if not stays:
        leave(cast, red.line or 0)
    line = join(cast, other)
    assert stands(other, line) == ASKED
    with pytest.raises(Refused) as refused:
        settling.release_person(other, line, "好了", cast.lin, LATER)
    assert refused.value.refusals[0].reason is Reason.NOTHING_TO_RELEASE
    settling.settle(red.id, Settlement.RELEASED, "量错了", cast.lin, LATER)
    drain(TELLING)
    assert stands(other, line) == (Fitness.MAY_WORK, [])


def test_with_the_clinic_is_not_yet_free_elsewhere(cast: Cast, drain) -> None:
    red, other = alarm(cast), second_place(cast)
    line = join(cast, other)
    settling.settle(red.id, Settlement.TO_CLINIC, "去了医院", cast.lin, LATER)
    drain(TELLING)
    assert stands(other, line) == ASKED
    settling.release_person(place_of(cast), red.line or 0, "看过", cast.lin, LATER)
    drain(TELLING)
    assert stands(other, line) == (Fitness.MAY_WORK, [])


def test_a_new_red_is_asked_about_where_the_person_already_works(cast: Cast, drain) -> None:
    open_campaign(cast)
    other = second_place(cast)
    line = join(cast, other)
    assert stands(other, line) == (Fitness.MAY_WORK, [])
    fever(cast, join(cast, place_of(cast)), LATER)
    drain(TELLING)
    assert stands(other, line) == ASKED
    checking_in.check_in_for(other, {line: CheckIn(TODAY, Half.MORNING, 365)}, cast.he, LATER)
    assert stands(other, line) == ASKED


@pytest.mark.parametrize(
    "told",
    [
        came_from("420112", "甲市东区", TODAY),
        replace(STAYED_HOME, code=HealthCode.YELLOW, code_source="手机"),
        came_from("", "某地", TODAY),
    ],
)
@pytest.mark.parametrize("stays", [True, False])
def test_whoever_is_not_free_at_one_place_is_not_at_another(
    app: Flask, cast: Cast, drain, told: Registration, *, stays: bool
) -> None:
    open_campaign(cast)
    other = second_place(cast)
    line = hire(cast, "赵甲", NUMBERS[0])
    declaring.register(link_of(cast, line), told, AT)
    if not stays:
        leave(cast, line)
    again = join(cast, other)
    assert stands(other, again) == ASKED
    page = Visitor(app, "zhuanyuan").get(f"/liaison/health/places/{other}/people/{again}").text
    assert f"/liaison/health/places/{place_of(cast)}/people/{line}" in page, "where it is settled"
    settling.release_person(place_of(cast), line, "核实过", cast.lin, LATER)
    drain(TELLING)
    assert stands(other, again) == (Fitness.MAY_WORK, [])


def test_what_comes_up_at_one_place_is_asked_about_at_another(cast: Cast, drain) -> None:
    open_campaign(cast)
    other = second_place(cast)
    line, again = hire(cast, "赵甲", NUMBERS[0]), join(cast, other)
    declaring.register(link_of(cast, line), came_from("420112", "甲市东区", TODAY), AT)
    drain(TELLING)
    assert stands(other, again) == ASKED


def test_a_fever_of_somebody_unregistered_is_asked_about_at_another_place(
    cast: Cast, drain
) -> None:
    open_campaign(cast)
    other = second_place(cast)
    line, again = hire(cast, "赵甲", NUMBERS[0]), join(cast, other)
    checking_in.check_in_for(place_of(cast), {line: CheckIn(TODAY, Half.MORNING, 365)}, cast.he, AT)
    drain(TELLING)
    assert stands(other, again) == (Fitness.MAY_WORK, []), "that somebody has not registered is all"
    fever(cast, line, LATER)
    drain(TELLING)
    assert stands(other, again) == ASKED


def test_settled_as_left_they_are_not_free_elsewhere(cast: Cast, drain) -> None:
    red, other = alarm(cast), second_place(cast)
    leave(cast, red.line or 0)
    settling.settle(red.id, Settlement.LEFT, "走了", cast.lin, LATER)
    drain(TELLING)
    assert stands(other, join(cast, other)) == ASKED


def test_settled_as_left_and_back_with_it_somebody_is_alarmed(cast: Cast, drain) -> None:
    red = alarm(cast)
    leave(cast, red.line or 0)
    settling.settle(red.id, Settlement.LEFT, "走了", cast.lin, LATER)
    drain(TELLING)
    assert newest().settled_at, "not while they are gone"
    line = join(cast, place_of(cast))
    assert stands(place_of(cast), line)[0] is Fitness.STOP
    assert newest().settled_at is None


def test_another_enterprise_learns_nothing(cast: Cast) -> None:
    alarm(cast)
    theirs = second_place(cast, enterprise_id=cast.zhe.enterprise_id)
    rostering.add_person(theirs, entry("赵甲", NUMBERS[0]), cast.zhe, LATER)
    line = last_line(theirs)
    declaring.register_for(theirs, line, STAYED_HOME, cast.zhe, LATER)
    assert stands(theirs, line) == (Fitness.MAY_WORK, [])


def test_whoever_has_left_with_a_red_is_not_hidden(app: Flask, cast: Cast) -> None:
    """Put on again under another document they are somebody else, but the alert stays in sight."""
    red, place_id = alarm(cast), place_of(cast)
    leave(cast, red.line or 0)
    clerk, liaison = Visitor(app, "yunque"), Visitor(app, "zhuanyuan")
    health = f"/enterprise/places/{place_id}/health"
    assert "有 1 条停岗预警没办结" in clerk.get(health).text, "though nobody is left on the roster"
    told = entry("赵甲", NUMBERS[0])
    other = type(told)(Document(DocumentKind.PASSPORT, "E12345678"), told.told)
    rostering.add_person(place_id, other, cast.he, LATER)
    page = clerk.get(f"{health}/entries").text
    assert GONE in page
    assert "赵甲" in page
    assert "交日报：有异常，1 人" in clerk.get(health).text
    with pytest.raises(Refused) as refused:
        reporting.report_day(place_id, 0, cast.he, LATER)
    assert refused.value.refusals[0].reason is Reason.MORE_UNWELL
    assert "已不在名册上" in liaison.get("/liaison/health").text
    assert "已不在名册上" in liaison.get(f"/liaison/health/places/{place_id}").text
    settling.settle(red.id, Settlement.FALSE_ALARM, "量错了", cast.lin, LATER)
    assert reporting.numbers_now(place_id, LATER).troubled == 0
    assert list(db.session.scalars(select(Alert.settlement))) == [Settlement.FALSE_ALARM]
    page = clerk.get(f"{health}/entries").text
    assert GONE not in page


def test_a_place_with_the_red_of_somebody_who_left_is_not_quiet(app: Flask, cast: Cast) -> None:
    red, liaison = alarm(cast), Visitor(app, "zhuanyuan")
    leave(cast, red.line or 0)
    assert '还没有名册</span>，<b class="lacking">没办结的预警 1' in brief(liaison)
    declaring.register(link_of(cast, hire(cast, "钱乙", NUMBERS[1])), STAYED_HOME, LATER)
    assert "没办结的预警 1" in brief(liaison)
    told = placecounts.of_place(place_of(cast), TODAY)
    assert not told.quiet
    settling.settle(red.id, Settlement.LEFT, "走了", cast.lin, LATER)
    assert placecounts.of_place(place_of(cast), TODAY).quiet
    assert "没有异常" not in brief(liaison), "for nobody has told"


def brief(liaison: Visitor) -> str:
    """The list of places, as far as a phone shows it."""
    return re.sub(r"\s*\n\s*", "", liaison.get("/liaison/health").text)
