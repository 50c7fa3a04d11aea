"""Judges a person anew, in the transaction in which something was told or released.

The functions belong into the transaction of the fact. What a red fitness sets off is a job that
commits with it.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from workflow.core.days import TOWN, day_of
from workflow.core.health import Registration
from workflow.core.judging import (
    NOT_RELEASED,
    Fitness,
    Ground,
    Judgement,
    Record,
    Telling,
    judge,
)
from workflow.core.milder import is_milder
from workflow.core.risk import RiskRules
from workflow.store import (
    checkins,
    healthcampaigns,
    outbox,
    registrations,
    riskrules,
    rosterlines,
    stamps,
    standings,
)
from workflow.store.db import db
from workflow.store.healthjson import grounds_json, grounds_of, registration_of
from workflow.store.registrations import RegistrationRow
from workflow.store.standings import HealthStanding
from workflow.usecases.health import alarming

LOOKED_BACK = timedelta(days=14)
NEVER = datetime.min.replace(tzinfo=UTC)
ELSEWHERE = "rejudge_elsewhere"


def record_as_of(place_id: int, line: int, at: datetime) -> Record:
    """All that was known of a person at an instant; told later, it does not change this."""
    here = _record_here(place_id, line, at)
    return replace(here, open_elsewhere=_open_elsewhere(place_id, line, at))


def _open_elsewhere(place_id: int, line: int, at: datetime) -> bool:
    """Whether the same person, by what was told of them at another line of the same enterprise,
    may not simply work: whoever is put on a second roster does not begin anew there.
    """
    lines = standings.lines_elsewhere(place_id, line)
    if not lines:
        return False
    day = day_of(at)
    rules = riskrules.rules(healthcampaigns.needed(day).id)
    found = (judge(_record_here(*one, at), day, rules) for one in lines)
    return any(_holds(one.grounds) for one in found)


def _holds(grounds: Iterable[Ground]) -> bool:
    """Whether something that was told of the person at this line keeps them from simply working."""
    return any(one.kind not in NOT_RELEASED for one in grounds)


def _record_here(place_id: int, line: int, at: datetime) -> Record:
    """What was known by this line alone.

    Of two check-ins for the same half day both count, and a fever counts however long ago it was:
    whoever puts one right is not believed before somebody entitled to it has released them.
    """
    since, well = _cleared(place_id, line, at)
    day = day_of(at)
    rows = checkins.of_person(place_id, line, day - LOOKED_BACK, day)
    rows += checkins.unwell_before(place_id, line, day - LOOKED_BACK)
    told = registrations.told_of(place_id, line, at)
    counted, waiting = counting(told, at)
    others = [row for row in told if row not in (counted, *waiting)]
    return Record(
        registration=_said(counted, well) if counted else None,
        told_on=day_of(counted.told_at) if counted else None,
        check_ins=tuple(checkins.as_told(row) for row in rows if well < row.told_at <= at),
        released=bool(counted and counted.known_at <= since),
        waiting=_tellings((row for row in waiting if row.known_at > since), well),
        earlier=_tellings((row for row in others if row.known_at > since), well),
        cleared=_tellings((row for row in told if row.known_at <= since), well),
    )


def record_now(place_id: int, line: int, at: datetime) -> Record:
    """All that is kept of a person now."""
    return record_as_of(place_id, line, stamps.reached(place_id, line, at))


def rejudge(place_id: int, line: int, at: datetime) -> Judgement:
    """Judges a person by all that is kept, and raises an alert if it stops them for a new reason.

    Holds their line: what somebody tells at the same time is judged with it, or after it.
    """
    rosterlines.hold_line(place_id, line)
    day, at = day_of(at), stamps.reached(place_id, line, at)
    campaign = healthcampaigns.needed(day)
    record = record_as_of(place_id, line, at)
    found = judge(record, day, riskrules.rules(campaign.id))
    standing = standings.of_line(place_id, line, lock=True)
    if standing is None:
        standing = HealthStanding(place_id=place_id, line=line)
        db.session.add(standing)
    held = _holds(grounds_of(standing.grounds) if standing.grounds else ())
    standing.fitness, standing.until = found.fitness, found.until
    standing.grounds, standing.judged_on = grounds_json(found.grounds), day
    standing.registered_at = _registered(standing.registered_at, record, campaign.starts_on, at)
    if found.fitness is Fitness.STOP:
        alarming.alarm(place_id, line, found.grounds, at)
    if held is not _holds(found.grounds):
        _ask_elsewhere(place_id, line)
    db.session.flush()
    return found


def _registered(
    known: datetime | None, record: Record, first: date, at: datetime
) -> datetime | None:
    """When somebody first registered in this campaign, or else before it; None: nothing of it is
    left.
    """
    on = record.told_on
    if on is None or (known is not None and (day_of(known) >= first) == (on >= first)):
        return known if on else None
    return at if on >= first else datetime.combine(on, time.min, TOWN)


def _ask_elsewhere(place_id: int, line: int) -> None:
    """Asks, in the caller's transaction, to judge the same person anew at the enterprise's other
    lines: in a job, for nobody holds two lines at once.
    """
    if standings.lines_elsewhere(place_id, line):
        outbox.add(ELSEWHERE, place_id=place_id, line=line)


def leaves_out(told: Registration, place_id: int, line: int, at: datetime) -> bool:
    """Whether a new telling leaves out something of one that stands, or waits: then it waits for a
    release as well. What was told before a release no longer needs to be said.
    """
    day = day_of(at)
    rules = riskrules.rules(healthcampaigns.needed(day).id)
    since, well = _cleared(place_id, line, at)
    counted, waiting = counting(registrations.told_of(place_id, line, at), at)
    return any(
        row.known_at > since and is_milder(_said(row, well), told, day, rules)
        for row in (*([counted] if counted else []), *waiting)
    )


def judged(told: Registration, day: date, rules: RiskRules) -> Judgement:
    """What a registration by itself would mean."""
    return judge(Record(told, day), day, rules)


def counting(
    rows: list[RegistrationRow], at: datetime
) -> tuple[RegistrationRow | None, list[RegistrationRow]]:
    """The registration that counts, and those told after it that wait for a release."""
    confirmed = [row for row in rows if row.confirmed_at and row.confirmed_at <= at]
    counted = confirmed[-1] if confirmed else None
    waiting = [row for row in rows if row not in confirmed]
    return counted, [row for row in waiting if not counted or row.known_at >= counted.known_at]


def well_since(place_id: int, line: int, at: datetime) -> datetime:
    """Until when what was felt is cleared: by a false alarm, or with all the rest. What is told
    after it is told anew.
    """
    release = standings.last_release(place_id, line, at)
    return release.at if release else NEVER


def _cleared(place_id: int, line: int, at: datetime) -> tuple[datetime, datetime]:
    """Until when all that was told is cleared, and until when what was felt is."""
    release = standings.last_release(place_id, line, at, of_all=True)
    return release.at if release else NEVER, well_since(place_id, line, at)


def _said(row: RegistrationRow, well: datetime) -> Registration:
    """What a registration says, without what was felt if a false alarm has cleared that."""
    told = registration_of(row.answers)
    return told if row.known_at > well else replace(told, temperature=None, symptoms=frozenset())


def _tellings(rows: Iterable[RegistrationRow], well: datetime) -> tuple[Telling, ...]:
    return tuple((_said(row, well), day_of(row.told_at)) for row in rows)
