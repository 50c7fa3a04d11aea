"""One person in a list of a place, from the row of a query."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Subquery, func

from workflow.core.health import Absence, Half
from workflow.core.judging import Fitness, Ground
from workflow.store import healthcampaigns
from workflow.store.healthjson import grounds_of
from workflow.store.rosters import Engagement
from workflow.store.standings import HealthStanding


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


def columns(told: Subquery, day: date) -> tuple[Any, ...]:
    """What ``line_of`` makes a person of; ``told``: what was told of the day, a row a person."""
    return (
        *(Engagement.line, Engagement.name, Engagement.post, Engagement.employer),
        *(HealthStanding.fitness, HealthStanding.until, HealthStanding.grounds),
        registered(day),
        *(told.c.at_morning, told.c.at_afternoon, told.c.morning, told.c.afternoon),
        *(told.c.unwell, told.c.absence),
    )


def registered(day: date) -> ColumnElement[bool]:
    """Whether somebody has registered in the campaign of a day."""
    return func.coalesce(HealthStanding.registered_at >= healthcampaigns.begun(day), False)


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
