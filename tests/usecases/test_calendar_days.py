"""The town's calendar: what was announced, and what the office enters against or before it."""

from datetime import date

import chinese_calendar
import pytest
from flask import Flask

from tests.cast import AT, Cast
from tests.core.test_clocks import CALENDAR, ROWS
from workflow.core.clocks import due_on
from workflow.core.refusals import Refused
from workflow.core.roles import Role
from workflow.store.calendar import announced, calendar, completed, entered
from workflow.usecases import calendar_days

NEW_YEAR, MONDAY, SUNDAY = date(2027, 1, 1), date(2027, 1, 4), date(2027, 1, 3)
NOTE = "2027年放假通知"


@pytest.mark.parametrize(("began", "limit", "due"), ROWS, ids=str)
def test_the_announced_year_is_the_one_typed_by_hand(began: date, limit: int, due: date) -> None:
    assert due_on(began, limit, (), announced()) == due


def test_it_says_the_same_as_the_package_of_every_day() -> None:
    days = [date.fromordinal(n) for n in range(date(2020, 1, 1).toordinal(), NEW_YEAR.toordinal())]
    assert [announced().is_working(day) for day in days] == [
        chinese_calendar.is_workday(day) for day in days
    ]
    assert CALENDAR.on == {day for day in announced().on if day.year == 2026} - {date(2026, 5, 9)}


def test_a_year_that_was_not_announced_goes_by_weekdays(app: Flask) -> None:
    with pytest.raises(NotImplementedError):
        chinese_calendar.is_workday(NEW_YEAR)
    assert calendar().is_working(NEW_YEAR)
    assert not calendar().is_working(SUNDAY)
    assert not calendar().knows(NEW_YEAR)
    assert calendar().knows(date(2026, 12, 31))


def test_what_the_office_enters_counts_at_once(app: Flask, cast: Cast) -> None:
    calendar_days.enter_days(NEW_YEAR, SUNDAY, False, NOTE, cast.office, AT)
    calendar_days.enter_days(SUNDAY, SUNDAY, True, NOTE, cast.office, AT)
    assert [one.working for one in entered(2026, 2027)] == [False, False, True]
    told = calendar()
    assert (told.is_working(NEW_YEAR), told.is_working(SUNDAY)) == (False, True)
    assert told.knows(NEW_YEAR)
    assert not told.knows(MONDAY)
    assert due_on(date(2026, 12, 31), 1, (), told) == SUNDAY
    calendar_days.remove_day(NEW_YEAR, cast.office)
    calendar_days.remove_day(NEW_YEAR, cast.office)
    assert calendar().is_working(NEW_YEAR)


def test_the_office_says_when_a_year_is_complete(app: Flask, cast: Cast) -> None:
    calendar_days.complete_year(2027, cast.office, AT)
    calendar_days.complete_year(2027, cast.office, AT)
    assert completed() == {2027}
    assert calendar().knows(MONDAY)
    calendar_days.reopen_year(2027, cast.office)
    assert not calendar().knows(MONDAY)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OFFICE, Role.SYSTEM}, key=str))
def test_nobody_else_enters_days(app: Flask, cast: Cast, role: Role) -> None:
    actor = cast.of(role)
    with pytest.raises(Refused):
        calendar_days.enter_days(NEW_YEAR, NEW_YEAR, False, NOTE, actor, AT)
    with pytest.raises(Refused):
        calendar_days.remove_day(NEW_YEAR, actor)
    with pytest.raises(Refused):
        calendar_days.complete_year(2027, actor, AT)
    with pytest.raises(Refused):
        calendar_days.reopen_year(2027, actor)


def test_days_run_forwards(app: Flask, cast: Cast) -> None:
    with pytest.raises(Refused):
        calendar_days.enter_days(SUNDAY, NEW_YEAR, False, NOTE, cast.office, AT)
