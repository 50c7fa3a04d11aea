"""Raises what people must look at: in the transaction of the fact, once for each new reason.

Who is told of it is a job that commits with it (``alerting``).
"""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from workflow.core.alerts import AlertKind, Proposal, Settlement
from workflow.core.days import day_of
from workflow.core.judging import Fitness, Ground, GroundKind
from workflow.store import outbox, rosterlines, standings
from workflow.store.db import db
from workflow.store.healthjson import grounds_json, grounds_of
from workflow.store.standings import Alert

TASK = "tell_of_alert"
# What might endanger others at once; a single cough proposes nothing.
CONTROLLED = frozenset({GroundKind.FEVER.value, GroundKind.CONTACT.value, GroundKind.CODE.value})


def call_back(place_id: int, entry_id: int, grounds: Iterable[Ground], at: datetime) -> None:
    """A red that came through a poster: the enterprise is to ask the person, nothing else."""
    key = f"entry/{entry_id}"
    _raise(place_id, AlertKind.CALL_BACK, key, tuple(grounds), at, entry_id=entry_id)


def alarm(place_id: int, line: int, grounds: tuple[Ground, ...], at: datetime) -> None:
    """One alert for each new reason to stop, however often it is told again. Whoever was cleared
    and is ill again is alarmed anew, so is whoever had left with it and is back, and nobody because
    an old reason has fallen away.
    """
    stopping = tuple(one for one in grounds if one.fitness == Fitness.STOP.value)
    release = standings.last_release(place_id, line, at)
    before = standings.alarmed(place_id, line, release)
    left = [one for one in before if one.settlement is Settlement.LEFT]
    if left and not rosterlines.standing_lines(place_id, [line]):
        return
    known = {
        reason for one in before if one not in left for reason in _reasons(grounds_of(one.grounds))
    }
    new = tuple(one for one in stopping if not _reasons([one]) <= known)
    if not new:
        return
    reasons = "+".join(sorted(_reasons(new)))
    digest = sha256(reasons.encode()).hexdigest()[:24]
    key = f"{line}/{release.id if release else 0}.{len(left)}/{digest}"
    _raise(place_id, AlertKind.RED, key, new, at, line=line)


def _reasons(grounds: Iterable[Ground]) -> set[str]:
    return {"/".join((one.kind, *one.facts[:1])) for one in grounds}


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
