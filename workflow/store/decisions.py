"""Who decided what at which level, and what departments were asked and said (会签)."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Text,
    UniqueConstraint,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflow.core.deciding import View
from workflow.core.filings import Silence
from workflow.core.states import Action
from workflow.store.accounts import Account
from workflow.store.db import Model, db
from workflow.store.departments import Department


class Decision(Model):
    """A step that needed judgement: refer, approve, refuse, send back, not accept, void.

    ``words`` are its reasons or conditions. Rows are only ever added.
    """

    __tablename__ = "decisions"
    __table_args__ = (Index("ix_decisions_case", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"))
    level: Mapped[int]
    action: Mapped[Action]
    words: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[datetime]

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)


class Opinion(Model):
    """What a department was asked about a case, until when, and what it answered.

    ``silence``: what it means when it has not answered by the end of ``due_on``.
    """

    __tablename__ = "opinions"
    __table_args__ = (
        UniqueConstraint("case_id", "department_id"),
        CheckConstraint("(view IS NULL) = (answered_at IS NULL)", name="answered_has_time"),
        CheckConstraint("(view IS NULL) = (answered_by IS NULL)", name="answered_by_someone"),
        Index("ix_opinions_department", "department_id", "due_on", "id"),
        Index(
            "ix_opinions_unanswered",
            "department_id",
            "due_on",
            "id",
            postgresql_where=text("view IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    asked_on: Mapped[date]
    due_on: Mapped[date]
    silence: Mapped[Silence]
    view: Mapped[View | None]
    words: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    answered_at: Mapped[datetime | None]

    department: Mapped[Department] = relationship(lazy="joined", innerjoin=True)

    def awaited(self, today: date) -> bool:
        """Whether the decision must wait for it."""
        if self.view is not None:
            return False
        return self.silence is Silence.WAITS or today <= self.due_on


def of_case(case_id: int) -> list[Decision]:
    """The decisions on a case, oldest first. The case must have come from a scope."""
    query = select(Decision).where(Decision.case_id == case_id).order_by(Decision.id)
    return list(db.session.scalars(query))


def deciders(case_id: int, level: int) -> frozenset[int]:
    """The accounts that decided at other levels than this one; who decides twice decides alone."""
    query = select(Decision.decided_by).where(
        Decision.case_id == case_id,
        Decision.level != level,
        Decision.action.in_((Action.REFER, Action.APPROVE, Action.REFUSE)),
    )
    return frozenset(db.session.scalars(query))


def opinions(case_id: int) -> list[Opinion]:
    """What departments were asked about a case."""
    query = select(Opinion).where(Opinion.case_id == case_id).order_by(Opinion.id)
    return list(db.session.scalars(query))


def asked(department_id: int | None, case_ids: list[int]) -> dict[int, date]:
    """By case, until when a department may say what it thinks; only where it has not yet."""
    if department_id is None:
        return {}
    open_ = Opinion.department_id == department_id, Opinion.view.is_(None)
    rows = db.session.execute(
        select(Opinion.case_id, Opinion.due_on).where(*open_, Opinion.case_id.in_(case_ids))
    )
    return {row.case_id: row.due_on for row in rows}
