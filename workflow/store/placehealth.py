"""The people of one place on one day: numbers and lists, by where they stand and what they told.

Whoever calls has made sure that the place is theirs to see (``rosters.place_of``). Nothing here
names a place somebody has been to, or whom they met.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    Subquery,
    and_,
    case,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by
from sqlalchemy.orm import InstrumentedAttribute

from workflow.core.alerts import AlertKind
from workflow.core.health import Absence, Half
from workflow.core.judging import Fitness
from workflow.store import healthcampaigns
from workflow.store.checkins import CheckInRow
from workflow.store.db import db
from workflow.store.healthlines import Line, columns, line_of, registered
from workflow.store.rosters import Engagement, standing
from workflow.store.standings import Alert, HealthStanding, Release

# Said once, they hold for the whole day; whoever is ill or observed tells twice all the same.
AWAY = (Absence.REST, Absence.LEAVE, Absence.NOT_BACK)
PAGE = 50


class Shown(Enum):
    """Which people a list shows."""

    ALL = "all"
    HELD = "held"  # may not simply work: stopped, observed, or to be asked
    MISSING = "missing"
    UNWELL = "unwell"
    ABSENT = "absent"
    UNREGISTERED = "unregistered"
    OBSERVED = "observed"
    STOPPED = "stopped"
    ASKED = "asked"
    REST = "rest"  # neither held nor missing


@dataclass(frozen=True, slots=True)
class Numbers:
    """A place on a day. ``expected``: on the roster, neither held nor absent. ``told``: who told
    anything of the day; ``at_work``: and was not absent. ``missing``: who has not told for the
    half day, and did not say that they are away. ``unwell``: told of being so, and not released
    since. ``troubled``: unwell or stopped, counted once, and whoever has left the roster while
    something red of them is open.
    """

    people: int
    expected: int
    morning: int
    afternoon: int
    told: int
    at_work: int
    troubled: int
    missing: int
    unwell: int
    absent: int
    unregistered: int
    observed: int
    stopped: int
    held: int

    @property
    def asked(self) -> int:
        """Who is to be asked: held, and neither observed nor stopped."""
        return self.held - self.observed - self.stopped


def numbers(place_id: int, seq: int, day: date, half: Half) -> Numbers:
    """The place in numbers, in one statement."""
    told = _told(place_id, day)
    which = _which(told, day, half)
    counted = (
        func.count(),
        func.count().filter(~which[Shown.HELD], ~which[Shown.ABSENT]),
        func.count(told.c.morning),
        func.count(told.c.afternoon),
        func.count(told.c.line),
        func.count(told.c.line).filter(told.c.absence.is_(None)),
        func.count().filter(or_(which[Shown.UNWELL], which[Shown.STOPPED])) + _gone(place_id, seq),
        *(
            func.count().filter(which[one])
            for one in (
                Shown.MISSING,
                Shown.UNWELL,
                Shown.ABSENT,
                Shown.UNREGISTERED,
                Shown.OBSERVED,
                Shown.STOPPED,
                Shown.HELD,
            )
        ),
    )
    query = _joined(place_id, seq, told).with_only_columns(*counted)
    found: Sequence[int] = db.session.execute(query).one()
    return Numbers(*found)


def people(
    place_id: int,
    seq: int,
    day: date,
    half: Half,
    shown: Shown = Shown.ALL,
    *,
    after: int = 0,
    limit: int = PAGE,
    employer: str = "",
) -> list[Line]:
    """A page of people, by line; ``after`` is the last one seen. ``employer``: of this one only."""
    told = _told(place_id, day)
    query = _joined(place_id, seq, told).where(Engagement.line > after)
    query = query.where(_which(told, day, half)[shown])
    if employer:
        query = query.where(Engagement.employer == employer)
    query = query.with_only_columns(*columns(told, day)).order_by(Engagement.line).limit(limit)
    return [line_of(*row) for row in db.session.execute(query)]


def pressing(
    place_id: int, seq: int, day: date, half: Half, limits: tuple[int, int, int]
) -> tuple[list[Line], list[Line], list[Line]]:
    """The beginning of three lists that share nobody, in one statement: who is held, of the others
    who is missing, and the rest.
    """
    told = _told(place_id, day)
    which = _which(told, day, half)
    group = case((which[Shown.HELD], 0), (which[Shown.MISSING], 1), else_=2)
    order = func.row_number().over(partition_by=group, order_by=Engagement.line)
    lines = _joined(place_id, seq, told).with_only_columns(
        Engagement.id, group.label("grp"), order.label("n")
    )
    chosen = lines.subquery()
    most = case(*((chosen.c.grp == at, limit) for at, limit in enumerate(limits)))
    shown = select(chosen.c.id, chosen.c.grp).where(chosen.c.n <= most).subquery()
    query = _joined(place_id, seq, told).join(shown, shown.c.id == Engagement.id)
    query = query.with_only_columns(shown.c.grp, *columns(told, day))
    query = query.order_by(Engagement.line)
    found: tuple[list[Line], list[Line], list[Line]] = ([], [], [])
    for at, *row in db.session.execute(query):
        found[at].append(line_of(*row))
    return found


def _gone(place_id: int, seq: int) -> ScalarSelect[int]:
    """How many are no longer on the roster though a red alert of theirs is open."""
    here = standing(place_id, seq).with_only_columns(Engagement.line)
    query = select(func.count(Alert.line.distinct())).where(
        Alert.place_id == place_id,
        Alert.kind == AlertKind.RED,
        Alert.settled_at.is_(None),
        Alert.line.not_in(here),
    )
    return query.scalar_subquery()


def to_judge_anew(place_id: int, day: date) -> list[int]:
    """Lines whose last judgement was made on an earlier day and may read otherwise today: whoever
    was not fit, and everybody who was judged by the rules of an earlier campaign.
    """
    older = HealthStanding.judged_on < healthcampaigns.first_day(day)
    query = select(HealthStanding.line).where(
        HealthStanding.place_id == place_id,
        HealthStanding.judged_on < day,
        or_(HealthStanding.fitness != Fitness.MAY_WORK, older),
    )
    return list(db.session.scalars(query.order_by(HealthStanding.line)))


def _told(place_id: int, day: date) -> Subquery:
    """The last word of a day, a row for each person; no temperature of a half told unwell in it."""
    row = CheckInRow
    released = exists().where(
        Release.place_id == row.place_id, Release.line == row.line, Release.at >= row.told_at
    )
    ill = and_(row.unwell, ~released)
    halves = [(one.value, row.half == one) for one in Half]
    return (
        select(
            row.line,
            *(func.max(row.told_at).filter(of).label(name) for name, of in halves),
            *(
                case((func.bool_or(ill).filter(of), None), else_=_last(row.temperature, of)).label(
                    f"at_{name}"
                )
                for name, of in halves
            ),
            func.bool_or(ill).label("unwell"),
            _last(row.absence).label("absence"),
        )
        .where(row.day == day, row.place_id == place_id)
        .group_by(row.line)
        .subquery()
    )


def _last(said: InstrumentedAttribute[Any], of: ColumnElement[bool] | None = None) -> Any:
    """What was said last of each person, if of that."""
    order = CheckInRow.told_at.desc(), CheckInRow.seq.desc()
    told = func.array_agg(aggregate_order_by(said, *order), type_=ARRAY(said.type))
    return (told if of is None else told.filter(of))[1]


def _joined(place_id: int, seq: int, told: Subquery) -> Select[Any]:
    mine = and_(HealthStanding.place_id == place_id, HealthStanding.line == Engagement.line)
    query: Select[Any] = standing(place_id, seq)
    return query.outerjoin(HealthStanding, mine).outerjoin(told, told.c.line == Engagement.line)


def _which(told: Subquery, day: date, half: Half) -> dict[Shown, ColumnElement[bool]]:
    fitness, ever = HealthStanding.fitness, HealthStanding.registered_at.is_not(None)
    stopped = func.coalesce(fitness == Fitness.STOP, False)
    observed = func.coalesce(fitness == Fitness.OBSERVE, False)
    asked = func.coalesce((fitness == Fitness.ASK) & ever, False)
    not_back = func.coalesce(Engagement.returns_on > day, False)
    away = func.coalesce(told.c.absence.in_(AWAY), False)
    silent = (told.c.morning if half is Half.MORNING else told.c.afternoon).is_(None)
    held, missing = or_(stopped, observed, asked), and_(silent, ~away, ~not_back)
    return {
        Shown.ALL: Engagement.line > 0,
        Shown.HELD: held,
        Shown.MISSING: missing,
        Shown.REST: and_(~held, ~missing),
        Shown.UNWELL: func.coalesce(told.c.unwell, False),
        Shown.ABSENT: or_(told.c.absence.is_not(None), and_(told.c.line.is_(None), not_back)),
        Shown.UNREGISTERED: ~registered(day),
        Shown.OBSERVED: observed,
        Shown.STOPPED: stopped,
        Shown.ASKED: asked,
    }
