"""Working-day clocks (工作日): how long whoever has the ball may keep it, and who hears when.

The day on which the ball arrives is not counted (当日不计). A working day counts if it ends with
the ball where it is; so the days on which it came and went don't, nor does any day on which the
other side had it. Days are the town's (``core/days.day_of``).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

SATURDAY = 5
A_DAY = timedelta(days=1)


class Stage(Enum):
    """What the one who has the ball is to do with it; each has a limit of its own."""

    ACCEPT = "accept"
    INSPECT = "inspect"
    DECIDE = "decide"
    RELEASE = "release"
    CORRECT = "correct"
    RECTIFY = "rectify"


OF_ENTERPRISE = frozenset({Stage.CORRECT, Stage.RECTIFY})


class Escalation(Enum):
    """Who hears of a clock that runs out, one after the other."""

    APPROACHING = "approaching"  # whoever has the ball
    OVERDUE = "overdue"  # the same, and the stand-in
    OFFICE = "office"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked. Where nothing is said, Monday to Friday are.

    ``off``: holidays. ``on``: days worked to make up for them (调休). ``years``: those whose
    arrangement is known in full. ``entered``: days that somebody entered one by one.
    """

    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()
    entered: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        return day in self.on or (day.weekday() < SATURDAY and day not in self.off)

    def knows(self, day: date) -> bool:
        """Whether it is more than a guess that the day is worked, or not."""
        return day.year in self.years or day in self.entered

    def entering(self, days: Mapping[date, bool], years: Iterable[int] = ()) -> "Calendar":
        """With these days worked or not, whatever was known of them; and these years complete."""
        on = frozenset(day for day, working in days.items() if working)
        off = frozenset(days) - on
        return replace(
            self,
            off=self.off - on | off,
            on=self.on - off | on,
            years=self.years.union(years),
            entered=self.entered.union(days),
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """From the day the ball came to one side to the day it went to the other."""

    came: date
    went: date


def used(turns: Iterable[Turn], calendar: Calendar) -> int:
    """The working days that ended turns have used up: none for the days they began and ended."""
    return sum(_count(turn.came, turn.went - A_DAY, calendar) for turn in turns)


def due_on(began: date, limit: int, earlier: Iterable[Turn], calendar: Calendar) -> date:
    """The last day of the turn that ``began`` on a day, after ``earlier`` turns of the same stage.

    There is always one working day at least, however much was used up before.
    """
    day = began
    for _ in range(max(1, limit - used(earlier, calendar))):
        day = _next(day, calendar)
    return day


def left(due: date, today: date, calendar: Calendar) -> int:
    """Working days left: 0 on the day it is due, and on days off right after; negative then."""
    return _count(today, due, calendar) - _count(due, today, calendar)


def escalations_due(due: date, today: date, calendar: Calendar) -> tuple[Escalation, ...]:
    """Every step that should have been taken by ``today``; the caller skips those that were.

    APPROACHING on the due day and the days off right after it, and no more once it is overdue;
    then OVERDUE from the first working day after, OFFICE from the second, COMMAND from the third.
    """
    if today < due:
        return ()
    late = -left(due, today, calendar)
    if not late:
        return (Escalation.APPROACHING,)
    return (Escalation.OVERDUE, Escalation.OFFICE, Escalation.COMMAND)[:late]


def uncertain(began: date, due: date, calendar: Calendar) -> bool:
    """Whether a due day may still move: a day up to it lies in a year not yet arranged."""
    span = range((due - began).days + 1)
    return not all(calendar.knows(began + timedelta(days=n)) for n in span)


def _next(day: date, calendar: Calendar) -> date:
    """The first working day after a day."""
    day += A_DAY
    while not calendar.is_working(day):
        day += A_DAY
    return day


def _count(after: date, last: date, calendar: Calendar) -> int:
    """Working days after a day, up to the last one; none if that lies before."""
    days = (after + timedelta(days=n) for n in range(1, (last - after).days + 1))
    return sum(calendar.is_working(day) for day in days)
