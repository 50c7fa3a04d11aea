"""When officers are away (请假、出差): what decides who acts for a field today."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from workflow.core.duty import AbsenceReason, Away
from workflow.store.db import Model, db


class Absence(Model):
    """Somebody's absence, both days counted. Kept for good; who is back early is noted on it."""

    __tablename__ = "absences"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        CheckConstraint("(back_on IS NULL) = (back_noted_by IS NULL)", name="back_noted"),
        Index("ix_absences_days", "last_day", "first_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    reason: Mapped[str] = mapped_column(String(20))
    noted_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    noted_at: Mapped[datetime]
    back_on: Mapped[date | None]
    back_noted_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))

    @property
    def why(self) -> AbsenceReason:
        return AbsenceReason(self.reason)

    @property
    def away(self) -> Away:
        """The same as the rules see it."""
        return Away(self.account_id, self.first_day, self.last_day, self.back_on)


def on(day: date) -> list[Absence]:
    """Everyone's absences on a day."""
    return list(
        db.session.scalars(
            select(Absence).where(
                Absence.first_day <= day,
                Absence.last_day >= day,
                or_(Absence.back_on.is_(None), Absence.back_on > day),
            )
        )
    )


def coming(day: date, account_ids: Iterable[int] | None = None) -> list[Absence]:
    """Absences that have not ended on a day, nearest first; of these accounts, or everyone's."""
    query = select(Absence).where(
        Absence.last_day >= day, or_(Absence.back_on.is_(None), Absence.back_on > day)
    )
    if account_ids is not None:
        query = query.where(Absence.account_id.in_(account_ids))
    return list(db.session.scalars(query.order_by(Absence.first_day, Absence.id)))
