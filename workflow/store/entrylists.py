"""What waits for an enterprise's word: poster entries, registrations that say less, alerts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, tuple_

from workflow.core.alerts import AlertKind, EntryState
from workflow.core.judging import Fitness
from workflow.store.accounts import Account
from workflow.store.db import db
from workflow.store.registrations import PosterEntry, RegistrationRow
from workflow.store.standings import Alert

PAGE = 50


@dataclass(frozen=True, slots=True)
class Settled:
    """An alert with the name of whoever settled it."""

    alert: Alert
    by: str


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


def unsettled(place_id: int, line: int) -> tuple[RegistrationRow | None, list[RegistrationRow]]:
    """Of one person the registration that counts, and those that wait for a word, oldest first."""
    mine = (
        RegistrationRow.place_id == place_id,
        RegistrationRow.line == line,
        RegistrationRow.dismissed_at.is_(None),
    )
    rows = db.session.scalars(select(RegistrationRow).where(*mine).order_by(RegistrationRow.id))
    found = list(rows)
    confirmed = [row for row in found if row.confirmed_at is not None]
    return (confirmed[-1] if confirmed else None), [row for row in found if not row.confirmed_at]


def lines_unsettled(place_id: int) -> list[int]:
    """Whose registrations wait for a word."""
    query = select(RegistrationRow.line).where(
        RegistrationRow.place_id == place_id,
        RegistrationRow.confirmed_at.is_(None),
        RegistrationRow.dismissed_at.is_(None),
    )
    return list(db.session.scalars(query.distinct().order_by(RegistrationRow.line).limit(PAGE)))


def registered_of(place_id: int, line: int) -> list[RegistrationRow]:
    """The registrations of one person, newest first: who told when, not what."""
    mine = RegistrationRow.place_id == place_id, RegistrationRow.line == line
    query = select(RegistrationRow).where(*mine).order_by(RegistrationRow.id.desc())
    return list(db.session.scalars(query.limit(10)))


def alerts(place_id: int, since: datetime) -> list[Settled]:
    """The red alerts of a place that are open, or were settled since; the newest first."""
    query = (
        select(Alert, Account.name)
        .outerjoin(Account, Account.id == Alert.settled_by)
        .where(
            Alert.place_id == place_id,
            Alert.kind == AlertKind.RED,
            or_(Alert.settled_at.is_(None), Alert.settled_at >= since),
        )
    )
    query = query.order_by(Alert.settled_at.is_not(None), Alert.id.desc()).limit(PAGE)
    return [Settled(alert, by or "") for alert, by in db.session.execute(query)]
