"""What hangs on a case beside its papers: messages, and who has looked."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflow.core.roles import Role
from workflow.store.accounts import Account
from workflow.store.db import Model, db


class Message(Model):
    """One message between the enterprise and the officers of a case. Only ever added."""

    __tablename__ = "messages"
    __table_args__ = (Index("ix_messages_case", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    role: Mapped[Role]
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]

    author: Mapped[Account] = relationship(lazy="joined", innerjoin=True)


class Look(Model):
    """The last time somebody opened a case, and its version then."""

    __tablename__ = "looks"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    version: Mapped[int]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)


def messages(case_id: int) -> list[Message]:
    """The messages of a case, oldest first. The case must have come from a scope."""
    query = select(Message).where(Message.case_id == case_id).order_by(Message.id)
    return list(db.session.scalars(query))


def written_since(case_id: int, account_id: int | None, since: datetime) -> int:
    """How many messages somebody wrote on a case since then."""
    mine = Message.case_id == case_id, Message.author_id == account_id, Message.at > since
    return db.session.scalar(select(func.count()).select_from(Message).where(*mine)) or 0


def note_look(case_id: int, account_id: int, version: int, at: datetime) -> None:
    """Notes that somebody has the case open."""
    row = {"case_id": case_id, "account_id": account_id, "version": version, "last_at": at}
    statement = insert(Look).values(**row, first_at=at)
    db.session.execute(
        statement.on_conflict_do_update(index_elements=[Look.case_id, Look.account_id], set_=row)
    )


def looks(case_id: int) -> list[Look]:
    """Who has looked, the latest first."""
    query = select(Look).where(Look.case_id == case_id).order_by(Look.last_at.desc())
    return list(db.session.scalars(query))


def seen(account_id: int, case_ids: list[int]) -> dict[int, int]:
    """By case, the version that somebody saw last; those never looked at are left out."""
    rows = db.session.execute(
        select(Look.case_id, Look.version).where(
            Look.account_id == account_id, Look.case_id.in_(case_ids)
        )
    )
    return {row.case_id: row.version for row in rows}
