"""The ledger is anchored once a day, and verified whenever anyone wants to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from workflow.core.chain import GENESIS, Event, first_broken
from workflow.core.days import day_of
from workflow.issuing.authority import SigningKey
from workflow.issuing.statements import sign_statement, statement_holds
from workflow.store import audit
from workflow.store.audit import LedgerAnchor
from workflow.store.db import transaction


@dataclass(frozen=True, slots=True)
class Break:
    """Where the ledger does not hold: a case and event, or the day of an anchor."""

    what: str
    case_id: int | None = None
    seq: int | None = None
    day: date | None = None

    def as_json(self) -> dict[str, object]:
        """Plain values for the command line."""
        day = self.day.isoformat() if self.day else None
        return {"what": self.what, "case": self.case_id, "seq": self.seq, "day": day}


def anchor(key: SigningKey, at: datetime) -> bool:
    """Signs the state of all chains for the last day that has ended, in the town's days.

    False if that day has its anchor already. Each anchor signs the one before it, too.
    """
    with transaction() as session:
        day = day_of(at) - timedelta(days=1)
        last, digest = audit.freeze_and_digest()
        if session.get(LedgerAnchor, day) is not None:
            return False
        before = audit.anchors()
        previous = _mark(before[-1]) if before else GENESIS
        signature = sign_statement(key, _statement(day, last, digest, previous))
        session.add(
            LedgerAnchor(
                day=day,
                last_event_id=last,
                heads_digest=digest,
                previous=previous,
                signature=signature,
                made_at=at,
            )
        )
        return True


def breaks(key: SigningKey) -> Iterator[Break]:
    """Recomputes every chain and every anchor; yields what is broken, the first of each chain."""
    for head, events in audit.chains():
        broken = first_broken(events)
        if broken is not None:
            yield Break("event", broken.case_id, broken.seq)
        elif (head.seq, head.digest) != _end(events):
            yield Break("head", head.case_id, head.seq)
    yield from (Break("head missing", case_id) for case_id in audit.orphans())
    previous = GENESIS
    for one in audit.anchors():
        holds = audit.heads_digest(one.last_event_id) == one.heads_digest
        statement = _statement(one.day, one.last_event_id, one.heads_digest, one.previous)
        follows = one.previous == previous
        if not holds or not follows or not statement_holds(key, one.signature, statement):
            yield Break("anchor", day=one.day)
        previous = _mark(one)


def counted() -> tuple[int, int]:
    """How many chains and anchors there are."""
    return sum(1 for _ in audit.chains()), len(audit.anchors())


def _end(events: list[Event]) -> tuple[int, str]:
    return (events[-1].seq, events[-1].digest) if events else (0, GENESIS)


def _statement(day: date, last: int, digest: str, previous: str) -> bytes:
    return f"ledger {day.isoformat()} {last} {digest} {previous}".encode()


def _mark(anchor: LedgerAnchor) -> str:
    """What the next anchor signs of this one."""
    return sha256(anchor.signature).hexdigest()
