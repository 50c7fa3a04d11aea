"""What happened to cases since somebody last looked at them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, or_, select

from workflow.store.audit import AuditEvent
from workflow.store.db import db
from workflow.store.talk import Look, Message


def last_looks(
    account_id: int | None, case_ids: Collection[int]
) -> dict[int, tuple[int, datetime]]:
    """By case, the version seen last and when; those never looked at are left out."""
    rows = db.session.execute(
        select(Look.case_id, Look.version, Look.last_at).where(
            Look.account_id == account_id, Look.case_id.in_(case_ids)
        )
    )
    return {row.case_id: (row.version, row.last_at) for row in rows}


def since_looked(
    account_id: int | None, case_ids: Collection[int]
) -> dict[int, list[tuple[str, str]]]:
    """By case, what others did since, newest first: action and role as the ledger has them."""
    rows = db.session.execute(
        select(AuditEvent.case_id, AuditEvent.action, AuditEvent.role)
        .join(Look, Look.case_id == AuditEvent.case_id)
        .where(
            Look.account_id == account_id,
            AuditEvent.case_id.in_(case_ids),
            AuditEvent.at > Look.last_at,
            or_(AuditEvent.actor_id.is_(None), AuditEvent.actor_id != account_id),
        )
        .order_by(AuditEvent.case_id, AuditEvent.seq.desc())
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append((row.action, row.role))
    return found


def messages_since(account_id: int | None, case_ids: Collection[int]) -> dict[int, int]:
    """By case, how many messages others wrote since; those without are left out."""
    rows = db.session.execute(
        select(Message.case_id, func.count())
        .join(Look, Look.case_id == Message.case_id)
        .where(
            Look.account_id == account_id,
            Message.case_id.in_(case_ids),
            Message.at > Look.last_at,
            Message.author_id != account_id,
        )
        .group_by(Message.case_id)
    )
    return {row[0]: row[1] for row in rows}
