"""Points to be corrected (补正) or mended (整改): collected, told together, answered one by one."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from workflow.core.corrections import Anchor, Fault, RequestKind
from workflow.store.db import Model, db


class CorrectionRequest(Model):
    """All that was told the enterprise at one time. ``seq`` counts those of a case."""

    __tablename__ = "correction_requests"
    __table_args__ = (Index("uq_correction_requests_seq", "case_id", "seq", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"))
    seq: Mapped[int]
    kind: Mapped[RequestKind]
    due_on: Mapped[date]
    made_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[datetime]


class CorrectionPoint(Model):
    """One thing to correct. Without a request it waits to be told, and can be dropped.

    ``late``: it could have been raised in the first round. ``answer``: the enterprise's words.
    """

    __tablename__ = "correction_points"
    __table_args__ = (
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_has_time"),
        Index("ix_correction_points_case", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    request_id: Mapped[int | None] = mapped_column(ForeignKey("correction_requests.id"))
    anchor: Mapped[Anchor]
    key: Mapped[str] = mapped_column(String(80), default="")
    fault: Mapped[Fault]
    words: Mapped[str] = mapped_column(Text)
    late: Mapped[bool] = mapped_column(default=False)
    raised_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    raised_at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(Text)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    answered_at: Mapped[datetime | None]


def requests(case_id: int) -> list[CorrectionRequest]:
    """What a case was asked to correct or mend, oldest first."""
    query = select(CorrectionRequest).where(CorrectionRequest.case_id == case_id)
    return list(db.session.scalars(query.order_by(CorrectionRequest.seq)))


def untold(case_id: int) -> list[CorrectionPoint]:
    """Points collected and not told yet, in the order they were raised."""
    return _points(CorrectionPoint.case_id == case_id, CorrectionPoint.request_id.is_(None))


def of_request(request_id: int) -> list[CorrectionPoint]:
    """The points of one request."""
    return _points(CorrectionPoint.request_id == request_id)


def open_points(case_id: int) -> list[CorrectionPoint]:
    """The points of the latest request: what the enterprise is to see to now."""
    asked = requests(case_id)
    return of_request(asked[-1].id) if asked else []


def _points(*conditions: object) -> list[CorrectionPoint]:
    query = select(CorrectionPoint).where(*conditions).order_by(CorrectionPoint.id)  # type: ignore[arg-type]
    return list(db.session.scalars(query))
