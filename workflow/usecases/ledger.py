"""The ledger is anchored once a day, and verified whenever anyone wants to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from workflow.core.chain import GENESIS, Event, first_broken
from workflow.core.days import day_of
from workflow.issuing.keys import SigningKey
from workflow.issuing.statements import sign_statement, statement_holds
from workflow.store import audit, proofs
from workflow.store.audit import AuditHead, LedgerAnchor
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
    """Recomputes every chain, what its decisions rest on, and every anchor; yields what is broken,
    of each case the first.
    """
    broken = set()
    for head, events in audit.chains():
        found = _break_of(head, events)
        if found is not None:
            broken.add(head.case_id)
            yield found
    for case_id in audit.without_chain():
        broken.add(case_id)
        yield Break("chain missing", case_id)
    for event in proofs.misfits():
        if event.case_id not in broken:
            yield Break("fact", event.case_id, event.seq)
    yield from _broken_anchors(key)


def _break_of(head: AuditHead, events: list[Event]) -> Break | None:
    event = first_broken(events)
    if event is not None:
        return Break("event", event.case_id, event.seq)
    end = (events[-1].seq, events[-1].digest) if events else (0, GENESIS)
    return None if (head.seq, head.digest) == end else Break("head", head.case_id, head.seq)


def _broken_anchors(key: SigningKey) -> Iterator[Break]:
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


def _statement(day: date, last: int, digest: str, previous: str) -> bytes:
    return f"ledger {day.isoformat()} {last} {digest} {previous}".encode()


def _mark(anchor: LedgerAnchor) -> str:
    """What the next anchor signs of this one."""
    return sha256(anchor.signature).hexdigest()
