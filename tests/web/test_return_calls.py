"""The labour office calls who is to come back: one person at a time, and nobody twice at once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from tests.cast import Cast
from tests.conftest import PASSWORD, Clock
from tests.health.alarms import labour
from tests.health.town import (
    AT,
    NUMBERS,
    TODAY,
    entry,
    hire,
    last_line,
    link_of,
    open_campaign,
    place_of,
)
from tests.pages import Visitor
from workflow.core.alerts import Reached
from workflow.core.days import day_of
from workflow.core.health import Absence, CheckIn, Half
from workflow.core.refusals import NotFound
from workflow.core.roles import Role
from workflow.store import returncalls
from workflow.store.accounts import actor_of, named
from workflow.store.cases import NoScope
from workflow.store.db import db
from workflow.store.registrations import HealthReveal, ReturnCall
from workflow.usecases import founding, rostering
from workflow.usecases.health import calls, checking_in, looking

LIST = "/office/health/calls"
A_DAY = timedelta(days=1)


def returning(cast: Cast, on: date | None, name: str = "赵甲", number: str = NUMBERS[0]) -> int:
    """Somebody on the roster who is to come back that day; their line."""
    one = entry(name, number)
    rostering.add_person(
        place_of(cast), replace(one, told=replace(one.told, returns_on=on)), cast.he, AT
    )
    return last_line(place_of(cast))


def colleague():
    """A second caller."""
    founding.add_account(Role.OFFICE, "杨示例", "laodong2", PASSWORD, department="镇劳动保障所")
    return actor_of(named("laodong2"), day_of(AT))


def test_from_the_next_person_to_the_record(app: Flask, cast: Cast, clock: Clock) -> None:
    open_campaign(cast)
    line = returning(cast, TODAY + A_DAY)
    caller = Visitor(app, "laodong")
    assert f'href="{LIST}"' in caller.get("/office/queue").text
    assert "今天还没打" in caller.get(LIST).text
    there = caller.post(f"{LIST}/next", {}, LIST).location
    assert there == f"{LIST}/{place_of(cast)}/{line}"
    page = caller.get(there).text
    assert "赵*" in page
    assert "13900000001" not in page
    shown = caller.post(f"{there}/number", {}, there)
    assert "13900000001" in shown.text
    assert "赵甲" in shown.text
    assert [one.reason for one in db.session.query(HealthReveal)] == ["return"]
    db.session.rollback()
    told = {"reached": "talked", "returns_on": "2026-11-26", "worries": "怕路上要隔离"}
    assert caller.post(there, told, there).location == LIST
    page = caller.get(LIST).text
    assert "今天您打了 1 个" in page
    assert "赵*" in page
    assert "怕路上要隔离" in page
    (call,) = returncalls.of_line(place_of(cast), line)
    assert (call.reached, call.returns_on, call.worries) == (
        "talked",
        date(2026, 11, 26),
        "怕路上要隔离",
    )
    stored = db.session.execute(db.text("SELECT worries FROM return_calls")).scalar_one()
    assert "隔离" not in stored, "kept encrypted"
    db.session.rollback()
    mine = Visitor(app, "yunque").get(f"/enterprise/places/{place_of(cast)}/roster/people/{line}")
    assert "说11月26日（周四）回来" in mine.text
    assert "怕路上要隔离" not in mine.text, "not for the employer"
    assert caller.post(f"{LIST}/next", {}, LIST).location == LIST, "nobody is left"


def test_what_was_typed_and_shown_stays_during_a_call(app: Flask, cast: Cast, clock: Clock) -> None:
    open_campaign(cast)
    returning(cast, TODAY + A_DAY)
    caller = Visitor(app, "laodong")
    there = caller.post(f"{LIST}/next", {}, LIST).location
    assert "13900000001" in caller.post(f"{there}/number", {}, there).text
    assert caller.post(there, {"reached": ""}, there).status_code == 422
    past = {"reached": "talked", "returns_on": "2026-11-01"}
    wrong = caller.post(there, past, there).text
    assert "已经过去了" in wrong
    assert "13900000001" in wrong, "they are still talking"
    typed = caller.post(f"{there}/number", {"reached": "talked", "worries": "怕路上"}, there).text
    assert "怕路上" in typed
    assert 'value="talked" checked' in typed
    assert db.session.query(HealthReveal).count() == 1, "one call, looked at once"
    db.session.rollback()
    clock.forward(minutes=16)
    assert "13900000001" not in caller.get(there).text


def test_two_callers_are_never_given_the_same_person(app: Flask, cast: Cast) -> None:
    open_campaign(cast)
    lines = {returning(cast, TODAY), returning(cast, TODAY, "钱乙", NUMBERS[1])}
    other = colleague()
    first, second = calls.next_person(labour(), AT), calls.next_person(other, AT)
    assert {first[1], second[1]} == lines
    assert calls.next_person(labour(), AT) == first, "until it is told how it ended"
    with pytest.raises(NotFound):
        looking.reveal_mobile(*second, labour(), AT)
    with pytest.raises(NotFound):
        calls.note_call(*second, Reached.TALKED, None, "", labour(), AT)
    later = AT + timedelta(minutes=16)
    calls.note_call(*second, Reached.NO_ANSWER, None, "", other, AT)
    assert calls.next_person(other, later) == first, "whoever does not say is not waited for"


def test_a_number_is_shown_only_while_the_call_is_under_way(app: Flask, cast: Cast) -> None:
    open_campaign(cast)
    line = returning(cast, TODAY)
    mine = calls.next_person(labour(), AT)
    assert mine == (place_of(cast), line)
    looking.reveal_mobile(*mine, labour(), AT + timedelta(minutes=14))
    later = AT + timedelta(minutes=15)
    with pytest.raises(NotFound):
        looking.reveal_mobile(*mine, labour(), later)
    assert calls.next_person(labour(), later) == mine
    looking.reveal_mobile(*mine, labour(), later)
    long_after = later + timedelta(hours=1)
    calls.note_call(*mine, Reached.TALKED, TODAY, "", labour(), long_after)


@pytest.mark.parametrize(
    ("on", "due"),
    [(-4, False), (-3, True), (0, True), (9, True), (None, False)],
)
def test_who_is_to_be_called(app: Flask, cast: Cast, on: int | None, due: bool) -> None:
    open_campaign(cast)
    returning(cast, None if on is None else TODAY + on * A_DAY)
    assert (calls.next_person(labour(), AT) is not None) == due


def test_who_says_not_to_be_back_is_called_and_who_works_is_not(app: Flask, cast: Cast) -> None:
    open_campaign(cast)
    away, there = hire(cast, "赵甲", NUMBERS[0]), returning(cast, TODAY, "钱乙", NUMBERS[1])
    not_back = CheckIn(TODAY, Half.MORNING, None, absence=Absence.NOT_BACK)
    checking_in.check_in(link_of(cast, away), not_back, AT)
    checking_in.check_in(link_of(cast, there), CheckIn(TODAY, Half.MORNING, 365), AT)
    assert calls.next_person(labour(), AT) == (place_of(cast), away)


@pytest.mark.parametrize(
    ("reached", "hours", "again"),
    [
        (Reached.NO_ANSWER, 2, False),
        (Reached.NO_ANSWER, 4, True),
        (Reached.WRONG_NUMBER, 48, False),
        (Reached.WILL_NOT_RETURN, 48, False),
        (Reached.TALKED, 48, False),
        (Reached.TALKED, 73, True),
    ],
)
def test_when_somebody_is_called_again(
    app: Flask, cast: Cast, reached: Reached, hours: int, again: bool
) -> None:
    open_campaign(cast)
    returning(cast, TODAY + 9 * A_DAY)
    found = calls.next_person(labour(), AT)
    calls.note_call(*found, reached, None, "", labour(), AT)
    assert (calls.next_person(labour(), AT + timedelta(hours=hours)) is not None) == again


def test_the_roster_stays_the_enterprises_own_word(app: Flask, cast: Cast) -> None:
    open_campaign(cast)
    line = returning(cast, TODAY)
    found = calls.next_person(labour(), AT)
    calls.note_call(*found, Reached.TALKED, TODAY + 3 * A_DAY, "", labour(), AT)
    kept = db.session.execute(db.text("SELECT returns_on FROM engagements")).scalars().all()
    assert kept == [TODAY]
    assert returncalls.last_calls(place_of(cast), [line])[line].returns_on == TODAY + 3 * A_DAY


def test_nobody_else_calls(app: Flask, cast: Cast) -> None:
    open_campaign(cast)
    returning(cast, TODAY)
    clinic = actor_of(named("weisheng"), day_of(AT))
    for actor in (cast.office, cast.lin, cast.he, cast.auditor, cast.admin, clinic):
        with pytest.raises(NoScope):
            calls.next_person(actor, AT)
    Visitor(app, "qiyeban").get(LIST, 404)
    assert db.session.query(ReturnCall).count() == 0
    db.session.rollback()
