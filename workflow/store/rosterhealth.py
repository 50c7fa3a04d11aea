"""A roster with what staff told, line by line and without names: what data checks go by."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, Select, func, or_, select

from workflow.core.confirming import Member
from workflow.core.health import Registration
from workflow.core.judging import Fitness, Ground, GroundKind, Judgement
from workflow.core.rostering import Lodging, is_local
from workflow.store import healthcampaigns
from workflow.store.checkins import CheckInRow
from workflow.store.db import db
from workflow.store.healthjson import grounds_of, registration_of
from workflow.store.registrations import RegistrationRow, in_order
from workflow.store.rosters import Engagement, standing
from workflow.store.standings import HealthStanding

OBSERVED = frozenset(
    {GroundKind.OBSERVED.value, GroundKind.STAYED.value, GroundKind.RELEASE_DUE.value}
)


@dataclass(frozen=True, slots=True)
class Names:
    """How the rosters of a stop write where people come from."""

    local: Collection[str]
    severe: Collection[str]


def overdue(place_id: int, seq: int, day: date) -> list[int]:
    """Lines that were judged on an earlier day, and not as fit: the days have counted since; or
    before this campaign began, by other rules.
    """
    older = HealthStanding.judged_on < healthcampaigns.first_day(day)
    query = _joined(place_id, seq).where(
        HealthStanding.judged_on < day, or_(HealthStanding.fitness != Fitness.MAY_WORK, older)
    )
    return list(db.session.scalars(query.with_only_columns(Engagement.line)))


def members(
    place_id: int,
    seq: int,
    names: Names,
    at: datetime,
    day: date,
    anew: dict[int, Judgement],
    *,
    inside: bool,
) -> list[Member]:
    """Everyone on a version of a roster as of an instant of that day, by line.

    ``anew`` are judgements that take the place of those kept; ``inside``: with what their
    registrations say, which takes a decryption each.
    """
    query = _joined(place_id, seq).with_only_columns(
        Engagement.line,
        Engagement.origin,
        Engagement.lodging,
        HealthStanding.fitness,
        HealthStanding.until,
        func.coalesce(HealthStanding.registered_at >= healthcampaigns.begun(day), False).label(
            "registered"
        ),
    )
    rows = db.session.execute(query.order_by(Engagement.line)).all()
    there = _there(place_id, day, at)
    told = _told(place_id, day, at) if inside else {}
    grounds = _grounds(place_id, seq)
    return [_member(row, names, there, told, grounds, anew.get(row.line)) for row in rows]


def _member(
    row: Row[int, str, Lodging, Fitness, date | None, bool],
    names: Names,
    there: dict[int, list[bool]],
    told: dict[int, Registration],
    grounds: dict[int, tuple[Ground, ...]],
    anew: Judgement | None,
) -> Member:
    day = there.get(row.line, [])
    because = anew.grounds if anew else grounds.get(row.line, ())
    return Member(
        line=row.line,
        outside=not is_local(row.origin, names.local),
        from_severe=any(name in row.origin for name in names.severe if name),
        renting=row.lodging is Lodging.RENTED,
        registered=row.registered,
        fitness=anew.fitness if anew else row.fitness,
        observed=any(one.kind in OBSERVED for one in because),
        coded=any(one.kind == GroundKind.CODE.value for one in because),
        until=anew.until if anew else row.until,
        at_work=day[-1:] == [True],
        worked=any(day),
        told=told.get(row.line),
    )


def _joined(place_id: int, seq: int) -> Select[Engagement]:
    same = (HealthStanding.place_id == Engagement.place_id) & (
        HealthStanding.line == Engagement.line
    )
    return standing(place_id, seq).outerjoin(HealthStanding, same)


def _grounds(place_id: int, seq: int) -> dict[int, tuple[Ground, ...]]:
    """Why those who are not fit are not; most are, and need no decryption."""
    query = _joined(place_id, seq).where(HealthStanding.fitness != Fitness.MAY_WORK)
    rows = db.session.execute(query.with_only_columns(Engagement.line, HealthStanding.grounds))
    return {line: grounds_of(text) for line, text in rows}


def _there(place_id: int, day: date, at: datetime) -> dict[int, list[bool]]:
    """Of each telling of the day, by line and in order, whether it says no absence."""
    query = (
        select(CheckInRow.line, CheckInRow.absence.is_(None))
        .where(CheckInRow.day == day, CheckInRow.place_id == place_id, CheckInRow.told_at <= at)
        .order_by(CheckInRow.told_at, CheckInRow.seq)
    )
    found: dict[int, list[bool]] = {}
    for line, there in db.session.execute(query):
        found.setdefault(line, []).append(there)
    return found


def _told(place_id: int, day: date, at: datetime) -> dict[int, Registration]:
    """The registration of each line that counts at an instant, told in the campaign of the day."""
    query = select(RegistrationRow).where(
        RegistrationRow.place_id == place_id,
        RegistrationRow.told_at >= healthcampaigns.begun(day),
        RegistrationRow.known_at <= at,
        RegistrationRow.confirmed_at <= at,
    )
    rows = in_order(db.session.scalars(query))
    return {row.line: registration_of(row.answers) for row in rows}
