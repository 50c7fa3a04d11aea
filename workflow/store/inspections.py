"""Inspections (现场核查) of a place: when, where, by whom and how, with photographs."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflow.core.refusals import NotFound
from workflow.core.visits import Mode
from workflow.store.accounts import Account
from workflow.store.db import Model, db
from workflow.store.files import StoredFile


class Inspection(Model):
    """One inspection of a submission. It is open until a decision ends it; the verdicts are those
    of the submission. ``others``: who was there beside the inspector, as offices, not as people.
    """

    __tablename__ = "inspections"
    __table_args__ = (
        UniqueConstraint("case_id", "seq"),
        CheckConstraint("ended_at IS NULL OR ended_at >= began_at", name="ends_after_it_begins"),
        Index(
            "uq_inspections_open", "case_id", unique=True, postgresql_where=text("ended_at IS NULL")
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"))
    seq: Mapped[int]
    mode: Mapped[Mode]
    began_at: Mapped[datetime]
    where: Mapped[str] = mapped_column(String(200))
    others: Mapped[str] = mapped_column(String(200), default="")
    inspector_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    ended_at: Mapped[datetime | None]

    inspector: Mapped[Account] = relationship(lazy="joined", innerjoin=True)
    photos: Mapped[list["InspectionPhoto"]] = relationship(order_by="InspectionPhoto.id")


class InspectionPhoto(Model):
    """A photograph of an inspection, of one requirement or of the place as a whole ("")."""

    __tablename__ = "inspection_photos"
    __table_args__ = (UniqueConstraint("inspection_id", "code", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspections.id"))
    code: Mapped[str] = mapped_column(String(20), default="")
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"))
    name: Mapped[str] = mapped_column(String(255))
    added_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    added_at: Mapped[datetime]

    file: Mapped[StoredFile] = relationship(lazy="joined", innerjoin=True)


def of_case(case_id: int) -> list[Inspection]:
    """The inspections of a case, oldest first. The case must have come from a scope."""
    query = select(Inspection).where(Inspection.case_id == case_id).order_by(Inspection.seq)
    return list(db.session.scalars(query))


def open_one(case_id: int) -> Inspection:
    """The inspection under way. Raises ``NotFound``."""
    query = select(Inspection).where(Inspection.case_id == case_id, Inspection.ended_at.is_(None))
    found = db.session.scalar(query)
    if found is None:
        raise NotFound(case_id)
    return found


def has_photo(sha256: str) -> bool:
    """Whether any inspection has this file."""
    same = select(InspectionPhoto.id).where(InspectionPhoto.sha256 == sha256).limit(1)
    return db.session.scalar(same) is not None
