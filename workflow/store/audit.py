"""The ledger: every transition and every reveal of personal data, hash-chained per case."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, func, select, text
from sqlalchemy.dialects.postgresql import JSONB, distinct_on, insert
from sqlalchemy.orm import Mapped, mapped_column

from workflow.core import chain
from workflow.core.roles import Actor
from workflow.store.cases import Case
from workflow.store.db import Model, db


class AuditEvent(Model):
    """One event. Rows are only ever added; a trigger refuses anything else."""

    __tablename__ = "audit_events"
    __table_args__ = (UniqueConstraint("case_id", "seq"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    seq: Mapped[int]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    role: Mapped[str] = mapped_column(String(20))
    action: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


class AuditHead(Model):
    """The end of one case's chain; locked while an event is added."""

    __tablename__ = "audit_heads"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(default=0)
    digest: Mapped[str] = mapped_column(String(64), default=chain.GENESIS)


class LedgerAnchor(Model):
    """A signed digest over the heads of all chains as they were at one moment of a day."""

    __tablename__ = "ledger_anchors"

    day: Mapped[date] = mapped_column(primary_key=True)
    last_event_id: Mapped[int]
    heads_digest: Mapped[str] = mapped_column(String(64))
    previous: Mapped[str] = mapped_column(String(64))
    signature: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]


def record(
    case_id: int, actor: Actor, action: str, at: datetime, payload: Mapping[str, object]
) -> None:
    """Adds an event in the transaction of the fact. ``payload``: identifiers and digests only."""
    db.session.execute(
        insert(AuditHead)
        .values(case_id=case_id, seq=0, digest=chain.GENESIS)
        .on_conflict_do_nothing()
    )
    head = db.session.scalars(
        select(AuditHead)
        .where(AuditHead.case_id == case_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    known: dict[str, Any] = {
        "case_id": case_id,
        "seq": head.seq + 1,
        "actor_id": actor.account_id,
        "role": actor.role.value,
        "action": action,
        "at": at,
        "payload": dict(payload),
    }
    digest = chain.digest_of(head.digest, **known)
    db.session.add(AuditEvent(**known, previous=head.digest, digest=digest))
    head.seq, head.digest = head.seq + 1, digest


def of_case(case_id: int) -> list[AuditEvent]:
    """The events of one case, newest first."""
    query = select(AuditEvent).where(AuditEvent.case_id == case_id).order_by(AuditEvent.seq.desc())
    return list(db.session.scalars(query))


def who_did(case_id: int, action: str) -> frozenset[int]:
    """The accounts that ever did this to a case."""
    same = AuditEvent.case_id == case_id, AuditEvent.action == action
    found = db.session.scalars(select(AuditEvent.actor_id).where(*same))
    return frozenset(one for one in found if one is not None)


def chains() -> Iterator[tuple[AuditHead, list[chain.Event]]]:
    """Every chain with its head, case by case, in constant memory."""
    heads = db.session.scalars(
        select(AuditHead).order_by(AuditHead.case_id).execution_options(yield_per=500)
    )
    for head in heads:
        rows = db.session.scalars(
            select(AuditEvent).where(AuditEvent.case_id == head.case_id).order_by(AuditEvent.seq)
        )
        yield head, [_event(row) for row in rows]


def without_chain() -> list[int]:
    """Cases without the head of a chain: each has one from the moment it is opened."""
    query = (
        select(Case.id)
        .outerjoin(AuditHead, AuditHead.case_id == Case.id)
        .where(AuditHead.case_id.is_(None))
        .order_by(Case.id)
    )
    return list(db.session.scalars(query))


def freeze_and_digest() -> tuple[int, str]:
    """The last event's id and the digest of all heads now; no event can come between."""
    db.session.execute(text("LOCK TABLE audit_events IN SHARE MODE"))
    last = db.session.scalar(select(func.coalesce(func.max(AuditEvent.id), 0))) or 0
    return last, heads_digest(last)


def heads_digest(last_event_id: int) -> str:
    """SHA-256, in hex, over the heads of all chains as they were at that event."""
    rows = db.session.execute(
        select(AuditEvent.case_id, AuditEvent.seq, AuditEvent.digest)
        .ext(distinct_on(AuditEvent.case_id))
        .where(AuditEvent.id <= last_event_id)
        .order_by(AuditEvent.case_id, AuditEvent.seq.desc())
    )
    whole = sha256()
    for case_id, seq, digest in rows:
        whole.update(f"{case_id}:{seq}:{digest}\n".encode())
    return whole.hexdigest()


def anchors() -> list[LedgerAnchor]:
    """All anchors, oldest first."""
    return list(db.session.scalars(select(LedgerAnchor).order_by(LedgerAnchor.day)))


def _event(row: AuditEvent) -> chain.Event:
    return chain.Event(
        case_id=row.case_id,
        seq=row.seq,
        actor_id=row.actor_id,
        role=row.role,
        action=row.action,
        at=row.at,
        payload=row.payload,
        previous=row.previous,
        digest=row.digest,
    )
