"""One person in a list of a place, from the row of a query."""

from dataclasses import dataclass
from datetime import date, datetime

from workflow.core.health import Absence, Half
from workflow.core.judging import Fitness, Ground
from workflow.store.healthjson import grounds_of


@dataclass(frozen=True, slots=True)
class Line:
    """One person in a list. ``fitness`` is None for somebody who was never judged;
    temperatures, in tenths, are those of whoever is well.
    """

    line: int
    name: str
    post: str
    employer: str
    fitness: Fitness | None
    until: date | None
    grounds: tuple[Ground, ...]
    registered: bool
    morning: int | None
    afternoon: int | None
    told: frozenset[Half]
    unwell: bool
    absence: Absence | None


def line_of(
    line: int,
    name: str,
    post: str,
    employer: str,
    fitness: Fitness | None,
    until: date | None,
    grounds: str | None,
    registered: bool,
    morning: int | None,
    afternoon: int | None,
    told_morning: datetime | None,
    told_afternoon: datetime | None,
    unwell: bool | None,
    absence: Absence | None,
) -> Line:
    """The person of a row of ``placehealth``."""
    told = {Half.MORNING: told_morning, Half.AFTERNOON: told_afternoon}
    return Line(
        line,
        name,
        post,
        employer,
        fitness,
        until,
        grounds_of(grounds) if grounds else (),
        registered,
        morning,
        afternoon,
        frozenset(half for half, at in told.items() if at is not None),
        bool(unwell),
        absence,
    )
