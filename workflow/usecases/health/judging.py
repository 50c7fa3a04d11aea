"""Judges a person anew, in the transaction in which something was told or released.

The functions belong into the transaction of the fact. What a red fitness sets off is a job that
commits with it.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hashlib import sha256

from workflow.core.alerts import AlertKind, Proposal
from workflow.core.days import day_of
from workflow.core.health import Registration
from workflow.core.judging import (
    Fitness,
    Ground,
    GroundKind,
    Judgement,
    Record,
    Telling,
    judge,
)
from workflow.core.milder import is_milder
from workflow.core.risk import RiskRules
from workflow.store import checkins, healthcampaigns, outbox, registrations, riskrules, standings
from workflow.store.db import db
from workflow.store.healthjson import grounds_json, registration_of
from workflow.store.registrations import RegistrationRow
from workflow.store.standings import Alert, HealthStanding

LOOKED_BACK = timedelta(days=14)
TASK = "tell_of_alert"
# What might endanger others at once; a single cough proposes nothing.
CONTROLLED = frozenset({GroundKind.FEVER.value, GroundKind.CONTACT.value, GroundKind.CODE.value})


def record_as_of(place_id: int, line: int, at: datetime) -> Record:
    """All that was known of a person at an instant; told later, it does not change this.

    Of two check-ins for the same half day both count, and a fever counts however long ago it was:
    whoever puts one right is not believed before somebody entitled to it has released them.
    """
    release = standings.last_release(place_id, line, at)
    day = day_of(at)
    rows = checkins.of_person(place_id, line, day - LOOKED_BACK, day)
    rows += checkins.unwell_before(place_id, line, day - LOOKED_BACK)
    since = release.at if release else None
    rows = [row for row in rows if row.told_at <= at and (not since or row.told_at > since)]
    rows_told = registrations.told_of(place_id, line, at, dismissed=True)
    counted, waiting = _counting(rows_told, at)
    cleared = None
    if since is not None:
        cleared, _ = _counting([row for row in rows_told if row.told_at <= since], since)
    told = [row for row in rows_told if not since or row.told_at > since]
    waiting = [row for row in waiting if row in told]
    return Record(
        registration=registration_of(counted.answers) if counted else None,
        told_on=day_of(counted.told_at) if counted else None,
        check_ins=tuple(checkins.as_told(row) for row in rows),
        milder=bool(waiting),
        released=bool(counted and since and counted.told_at <= since),
        waiting=tuple(_telling(row) for row in waiting),
        earlier=tuple(_telling(row) for row in told if row not in (counted, *waiting)),
        cleared=registration_of(cleared.answers) if cleared else None,
    )


def rejudge(place_id: int, line: int, at: datetime) -> Judgement:
    """Judges a person, keeps the fitness, and raises an alert if it stops them for a new reason."""
    day = day_of(at)
    campaign = healthcampaigns.needed(day)
    db.session.flush()
    record = record_as_of(place_id, line, at)
    found = judge(record, day, riskrules.rules(campaign.id))
    standing = standings.of_line(place_id, line, lock=True)
    if standing is None:
        standing = HealthStanding(place_id=place_id, line=line)
        db.session.add(standing)
    standing.fitness, standing.until = found.fitness, found.until
    standing.grounds, standing.judged_on = grounds_json(found.grounds), day
    if record.registration is not None and standing.registered_at is None:
        standing.registered_at = at
    if found.fitness is Fitness.STOP:
        release = standings.last_release(place_id, line, at)
        _alarm(place_id, line, found.grounds, release.id if release else 0, at)
    db.session.flush()
    return found


def call_back(place_id: int, entry_id: int, grounds: Iterable[Ground], at: datetime) -> None:
    """A red that came through a poster: the enterprise is to ask the person, nothing else."""
    key = f"entry/{entry_id}"
    _raise(place_id, AlertKind.CALL_BACK, key, tuple(grounds), at, entry_id=entry_id)


def says_less(place_id: int, line: int, told: Registration, at: datetime) -> bool:
    """Whether a registration leaves out what the one that counts says; somebody must confirm it."""
    counted, _ = _counting(registrations.told_of(place_id, line, at), at)
    return counted is not None and is_milder(registration_of(counted.answers), told)


def judged(told: Registration, day: date, rules: RiskRules) -> Judgement:
    """What a registration by itself would mean."""
    return judge(Record(told, day), day, rules)


def _telling(row: RegistrationRow) -> Telling:
    return Telling(registration_of(row.answers), day_of(row.told_at))


def _counting(
    rows: list[RegistrationRow], at: datetime
) -> tuple[RegistrationRow | None, list[RegistrationRow]]:
    """The registration that counted at an instant, and those after it that waited then."""
    confirmed = [row for row in rows if row.confirmed_at and row.confirmed_at <= at]
    counted = confirmed[-1] if confirmed else None
    after = rows[rows.index(counted) + 1 :] if counted else rows
    return counted, [row for row in after if not (row.dismissed_at and row.dismissed_at <= at)]


def _alarm(
    place_id: int, line: int, grounds: tuple[Ground, ...], release_id: int, at: datetime
) -> None:
    """One alert for each set of stopping grounds since a release, however often it is told."""
    stopping = tuple(one for one in grounds if one.fitness == Fitness.STOP.value)
    reasons = sorted({"/".join((one.kind, *one.facts[:1])) for one in stopping})
    told = "+".join((str(release_id), *reasons))
    key = f"{line}/{sha256(told.encode()).hexdigest()[:24]}"
    _raise(place_id, AlertKind.RED, key, stopping, at, line=line)


def _raise(
    place_id: int,
    kind: AlertKind,
    key: str,
    grounds: tuple[Ground, ...],
    at: datetime,
    *,
    line: int | None = None,
    entry_id: int | None = None,
) -> None:
    if standings.has_alert(place_id, key):
        return
    proposed = kind is AlertKind.RED and any(one.kind in CONTROLLED for one in grounds)
    alert = Alert(
        place_id=place_id,
        line=line,
        entry_id=entry_id,
        kind=kind,
        key=key,
        day=day_of(at),
        grounds=grounds_json(grounds),
        raised_at=at,
        proposal=Proposal.OPEN if proposed else Proposal.NONE,
    )
    db.session.add(alert)
    db.session.flush()
    outbox.add(TASK, alert_id=alert.id)
