"""What waits for an enterprise's word: poster entries, and what it is to know: alerts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, or_, select, tuple_

from workflow.core.alerts import AlertKind, EntryState
from workflow.core.judging import Fitness
from workflow.store import rosterlines
from workflow.store.accounts import Account
from workflow.store.db import db
from workflow.store.registrations import PosterEntry, RegistrationRow
from workflow.store.rosters import Engagement
from workflow.store.standings import Alert

PAGE = 50


@dataclass(frozen=True, slots=True)
class Settled:
    """An alert, of whom, whether they have left the roster since, and by whom it was settled."""

    alert: Alert
    by: str
    name: str
    gone: bool


def waiting(place_id: int, after: tuple[int, int] = (0, 0)) -> list[PosterEntry]:
    """Entries that wait, the red ones first, then in the order in which they came; ``after``:
    whether the last one seen was red (0) or not (1), and its number.
    """
    mild = (PosterEntry.fitness != Fitness.STOP).cast(PosterEntry.id.type)
    query = select(PosterEntry).where(
        PosterEntry.place_id == place_id,
        PosterEntry.state == EntryState.WAITING,
        tuple_(mild, PosterEntry.id) > after,
    )
    return list(db.session.scalars(query.order_by(mild, PosterEntry.id).limit(PAGE + 1)))


def count_waiting(place_id: int) -> int:
    """How many entries wait, up to a hundred."""
    mine = PosterEntry.place_id == place_id, PosterEntry.state == EntryState.WAITING
    some = select(PosterEntry.id).where(*mine).limit(100).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def asked_about(place_id: int, number: str) -> bool:
    """Whether the enterprise is still to call back somebody with that document number."""
    open_now = Alert.place_id == place_id, Alert.settled_at.is_(None)
    theirs = Alert.entry_id == PosterEntry.id, PosterEntry.number_index == number
    return bool(db.session.scalar(select(exists().where(*open_now, *theirs))))


def red_of(place_id: int, number: str) -> PosterEntry | None:
    """The first red entry with that document number that waits."""
    query = select(PosterEntry).where(
        PosterEntry.place_id == place_id,
        PosterEntry.number_index == number,
        PosterEntry.state == EntryState.WAITING,
        PosterEntry.fitness == Fitness.STOP,
    )
    return db.session.scalar(query.order_by(PosterEntry.id).limit(1))


def registered_of(place_id: int, line: int) -> list[RegistrationRow]:
    """The registrations of one person, newest first: who told when, not what."""
    mine = RegistrationRow.place_id == place_id, RegistrationRow.line == line
    query = select(RegistrationRow).where(*mine).order_by(RegistrationRow.id.desc())
    return list(db.session.scalars(query.limit(10)))


def alerts(place_id: int, since: datetime) -> list[Settled]:
    """The red alerts of a place that are open, or were settled since; the newest first."""
    query = (
        select(Alert, Account.name, Engagement.name, Engagement.until_seq)
        .outerjoin(Account, Account.id == Alert.settled_by)
        .join(Engagement, rosterlines.newest(Alert.place_id, Alert.line))
        .where(
            Alert.place_id == place_id,
            Alert.kind == AlertKind.RED,
            or_(Alert.settled_at.is_(None), Alert.settled_at >= since),
        )
    )
    query = query.order_by(Alert.settled_at.is_not(None), Alert.id.desc()).limit(PAGE)
    return [
        Settled(alert, by or "", name, until is not None)
        for alert, by, name, until in db.session.execute(query)
    ]
