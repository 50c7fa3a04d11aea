"""Working-day clocks: typed out by hand against a wall calendar, and what must always hold."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.core.clocks import (
    OF_ENTERPRISE,
    Calendar,
    Escalation,
    Stage,
    Turn,
    due_on,
    escalations_due,
    left,
    uncertain,
    used,
)


def days(first: str, last: str) -> frozenset[date]:
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    return frozenset(begin + timedelta(days=n) for n in range((end - begin).days + 1))


# The State Council's notice for 2026, as far as these tests reach; of 2027 nothing is known.
CALENDAR = Calendar(
    off=days("2026-01-01", "2026-01-03")
    | days("2026-02-15", "2026-02-23")
    | days("2026-09-25", "2026-09-27")
    | days("2026-10-01", "2026-10-07"),
    on=frozenset(map(date.fromisoformat, ["2026-01-04", "2026-02-14", "2026-02-28", "2026-09-20"]))
    | {date(2026, 10, 10)},
    years=frozenset({2026}),
)

SPRING = [  # began, due with a limit of 1, 2, 3 and 5 working days
    # Wed 11 Feb: Thu 12, Fri 13, Sat 14 is worked; then nothing until Tue 24.
    ("2026-02-11", "2026-02-12", "2026-02-13", "2026-02-14", "2026-02-25"),
    ("2026-02-12", "2026-02-13", "2026-02-14", "2026-02-24", "2026-02-26"),
    ("2026-02-13", "2026-02-14", "2026-02-24", "2026-02-25", "2026-02-27"),
    ("2026-02-14", "2026-02-24", "2026-02-25", "2026-02-26", "2026-02-28"),
    # Filed on the holiday: the next working day is the first that counts.
    ("2026-02-17", "2026-02-24", "2026-02-25", "2026-02-26", "2026-02-28"),
    ("2026-02-23", "2026-02-24", "2026-02-25", "2026-02-26", "2026-02-28"),
    ("2026-02-24", "2026-02-25", "2026-02-26", "2026-02-27", "2026-03-02"),
    # Sat 28 is worked, Sun 1 March is not.
    ("2026-02-27", "2026-02-28", "2026-03-02", "2026-03-03", "2026-03-05"),
    ("2026-02-28", "2026-03-02", "2026-03-03", "2026-03-04", "2026-03-06"),
]
AUTUMN = [
    ("2026-09-18", "2026-09-20", "2026-09-21", "2026-09-22", "2026-09-24"),
    ("2026-09-24", "2026-09-28", "2026-09-29", "2026-09-30", "2026-10-09"),
    ("2026-09-29", "2026-09-30", "2026-10-08", "2026-10-09", "2026-10-12"),
    ("2026-09-30", "2026-10-08", "2026-10-09", "2026-10-10", "2026-10-13"),
    ("2026-10-04", "2026-10-08", "2026-10-09", "2026-10-10", "2026-10-13"),
    ("2026-10-09", "2026-10-10", "2026-10-12", "2026-10-13", "2026-10-15"),
]
TURN_OF_THE_YEAR = [  # 2027 by weekdays: New Year's Day is a Friday, and taken for worked
    ("2025-12-31", "2026-01-04", "2026-01-05", "2026-01-06", "2026-01-08"),
    ("2026-12-28", "2026-12-29", "2026-12-30", "2026-12-31", "2027-01-04"),
    ("2026-12-30", "2026-12-31", "2027-01-01", "2027-01-04", "2027-01-06"),
    ("2026-12-31", "2027-01-01", "2027-01-04", "2027-01-05", "2027-01-07"),
    ("2027-01-02", "2027-01-04", "2027-01-05", "2027-01-06", "2027-01-08"),
]
ROWS = [
    (date.fromisoformat(began), limit, date.fromisoformat(due))
    for began, *dues in SPRING + AUTUMN + TURN_OF_THE_YEAR
    for limit, due in zip((1, 2, 3, 5), dues, strict=True)
]


@pytest.mark.parametrize(("began", "limit", "due"), ROWS, ids=str)
def test_a_clock_without_stops_is_due_as_on_the_wall_calendar(
    began: date, limit: int, due: date
) -> None:
    assert due_on(began, limit, (), CALENDAR) == due


def turn(came: str, went: str) -> Turn:
    return Turn(date.fromisoformat(came), date.fromisoformat(went))


STOPPED = [  # turns that ended, the last one began, limit, used, due
    # Came Wed 11, returned Fri 13 before the holiday (Thu counted), back on Sat 14.
    ([turn("2026-02-11", "2026-02-13")], "2026-02-14", 3, 1, "2026-02-25"),
    # The same, back while everybody is off.
    ([turn("2026-02-11", "2026-02-13")], "2026-02-19", 3, 1, "2026-02-25"),
    # The same, back after the holiday.
    ([turn("2026-02-11", "2026-02-13")], "2026-02-25", 3, 1, "2026-02-27"),
    # Returned during the holiday: Thu, Fri and Sat 14 were used.
    ([turn("2026-02-11", "2026-02-18")], "2026-02-20", 5, 3, "2026-02-25"),
    # Returned on the first day after it: the same three, the 24th is the enterprise's.
    ([turn("2026-02-11", "2026-02-24")], "2026-02-25", 5, 3, "2026-02-27"),
    # Came and went on one day: nothing used.
    ([turn("2026-02-11", "2026-02-11")], "2026-02-11", 2, 0, "2026-02-13"),
    # Returned and handed in again on one day: that day is nobody's.
    ([turn("2026-02-11", "2026-02-13")], "2026-02-13", 3, 1, "2026-02-24"),
    # Returned after the limit: one working day all the same.
    ([turn("2026-02-09", "2026-02-25")], "2026-02-27", 2, 6, "2026-02-28"),
    ([turn("2026-02-11", "2026-02-13")], "2026-02-14", 1, 1, "2026-02-24"),
    # Two returns, one on each side of the holiday: Thu 12; then Wed 25.
    (
        [turn("2026-02-11", "2026-02-13"), turn("2026-02-24", "2026-02-26")],
        *("2026-02-27", 5, 2, "2026-03-03"),
    ),
    # Two returns within National Day: Tue 29, Wed 30; nothing on the holiday.
    (
        [turn("2026-09-28", "2026-10-02"), turn("2026-10-03", "2026-10-06")],
        *("2026-10-09", 3, 2, "2026-10-10"),
    ),
    # Into the unknown year: Wed 30, Thu 31 used; then Fri 1 January, by weekdays.
    ([turn("2026-12-29", "2027-01-01")], "2027-01-02", 3, 2, "2027-01-04"),
]


@pytest.mark.parametrize(("turns", "began", "limit", "gone", "due"), STOPPED)
def test_days_with_the_enterprise_are_not_counted(
    turns: list[Turn], began: str, limit: int, gone: int, due: str
) -> None:
    assert used(turns, CALENDAR) == gone
    since = date.fromisoformat(began)
    assert due_on(since, limit, turns, CALENDAR) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("today", "days_left", "told"),
    [
        ("2026-02-10", 4, []),
        ("2026-02-12", 2, []),
        ("2026-02-13", 1, []),
        ("2026-02-14", 0, ["approaching"]),
        ("2026-02-15", 0, ["approaching"]),
        ("2026-02-23", 0, ["approaching"]),
        ("2026-02-24", -1, ["overdue"]),
        ("2026-02-25", -2, ["overdue", "office"]),
        ("2026-02-26", -3, ["overdue", "office", "command"]),
        ("2026-03-01", -5, ["overdue", "office", "command"]),
    ],
)
def test_what_was_due_before_the_holiday_is_overdue_after_it(
    today: str, days_left: int, told: list[str]
) -> None:
    due, day = date(2026, 2, 14), date.fromisoformat(today)
    assert left(due, day, CALENDAR) == days_left
    assert [one.value for one in escalations_due(due, day, CALENDAR)] == told


@pytest.mark.parametrize(
    ("began", "due", "expected"),
    [
        ("2026-12-28", "2026-12-31", False),
        ("2026-12-31", "2027-01-01", True),
        ("2025-12-31", "2026-01-04", True),
        ("2027-03-01", "2027-03-02", True),
    ],
)
def test_a_span_that_touches_an_unknown_year_is_uncertain(
    began: str, due: str, expected: bool
) -> None:
    span = date.fromisoformat(began), date.fromisoformat(due)
    assert uncertain(*span, CALENDAR) is expected


def test_what_the_town_enters_overrides_the_rest() -> None:
    new_year, tuesday, spring = date(2027, 1, 1), date(2026, 11, 24), date(2026, 2, 17)
    told = CALENDAR.entering({new_year: False, tuesday: False, spring: True})
    assert [told.is_working(day) for day in (new_year, tuesday, spring)] == [False, False, True]
    assert due_on(date(2026, 12, 31), 1, (), told) == date(2027, 1, 4)
    assert not uncertain(date(2026, 12, 31), new_year, told)
    assert uncertain(date(2026, 12, 31), date(2027, 1, 4), told)
    back = told.entering({tuesday: True}, years=[2027])
    assert back.is_working(tuesday)
    assert not uncertain(date(2026, 12, 31), date(2027, 1, 4), back)


def test_two_stages_are_the_enterprises() -> None:
    assert {Stage.CORRECT, Stage.RECTIFY} == OF_ENTERPRISE


some_days = st.dates(date(2025, 11, 1), date(2027, 3, 31))
limits = st.integers(1, 20)
calendars = st.builds(
    CALENDAR.entering, st.dictionaries(some_days, st.booleans(), max_size=30), st.just(())
)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Turn], date]:
    """Turns one after the other, and the day the last one began; each day may be several."""
    marks = draw(st.lists(some_days, min_size=1, max_size=9).filter(lambda all_: len(all_) % 2))
    *ended, began = sorted(marks)
    return [Turn(*pair) for pair in zip(ended[::2], ended[1::2], strict=True)], began


@given(some_days, limits, calendars)
def test_due_days_are_worked_and_lie_ahead(began: date, limit: int, calendar: Calendar) -> None:
    due = due_on(began, limit, (), calendar)
    assert calendar.is_working(due)
    assert due > began
    assert left(due, began, calendar) == limit


@given(histories(), limits, calendars)
def test_a_longer_limit_is_never_due_earlier(
    history: tuple[list[Turn], date], limit: int, calendar: Calendar
) -> None:
    turns, began = history
    shorter = due_on(began, limit, turns, calendar)
    assert due_on(began, limit + 1, turns, calendar) >= shorter


@given(histories(), limits, calendars)
def test_a_stop_never_brings_the_due_day_forward(
    history: tuple[list[Turn], date], limit: int, calendar: Calendar
) -> None:
    turns, began = history
    first = turns[0].came if turns else began
    assert due_on(began, limit, turns, calendar) >= due_on(first, limit, (), calendar)


@given(histories(), limits, calendars)
def test_nobody_gets_more_than_the_limit(
    history: tuple[list[Turn], date], limit: int, calendar: Calendar
) -> None:
    turns, began = history
    due = due_on(began, limit, turns, calendar)
    last = used([Turn(began, due + timedelta(days=1))], calendar)
    assert last == max(1, limit - used(turns, calendar))


@given(some_days, some_days, calendars)
def test_escalations_only_ever_grow_once_it_is_overdue(
    due: date, today: date, calendar: Calendar
) -> None:
    now = escalations_due(due, today, calendar)
    later = escalations_due(due, today + timedelta(days=1), calendar)
    assert set(now) - {Escalation.APPROACHING} <= set(later)
    assert bool(now) == (today >= due)
    assert (Escalation.OVERDUE in now) == (left(due, today, calendar) < 0)
