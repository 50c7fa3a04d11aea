"""Issued documents: numbers without gaps, frozen contents, every revision ever handed out."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflow.core.codes import document_number
from workflow.core.letters import LetterKind
from workflow.core.refusals import NotFound
from workflow.store.cases import Case
from workflow.store.db import Model, db


class Series(Model):
    """The last number given in one series of one year; the row is locked until commit."""

    __tablename__ = "series"

    agency: Mapped[str] = mapped_column(String(20), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class Document(Model):
    """One official document (文书). ``content`` is all the page is made of.

    It is signed once it is released (签发): ``sha256`` is None until the file is stored. A number
    that was voided is never given again; a voided document says so to whoever verifies it.
    ``superseded_by_id`` is the notice of a change filing that took its place.
    """

    __tablename__ = "documents"
    __table_args__ = (
        UniqueConstraint("agency", "year", "number"),
        CheckConstraint("(sha256 IS NULL) = (stored_at IS NULL)", name="stored_has_time"),
        CheckConstraint("(sha256 IS NULL) = (level IS NULL)", name="stored_has_level"),
        CheckConstraint("sha256 IS NULL OR released_at IS NOT NULL", name="released_first"),
        Index(
            "ix_documents_waiting",
            "released_at",
            postgresql_where=text(
                "sha256 IS NULL AND released_at IS NOT NULL AND voided_at IS NULL"
            ),
        ),
        Index("ix_documents_case", "case_id", "id"),
        Index("ix_documents_untimed", "id", postgresql_where=text("level = 'B-B'")),
        Index(
            "uq_documents_notice",
            "case_id",
            unique=True,
            postgresql_where=text("kind = 'notice' AND voided_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    kind: Mapped[LetterKind]
    agency: Mapped[str] = mapped_column(String(20))
    year: Mapped[int]
    number: Mapped[int]
    token: Mapped[str] = mapped_column(String(64), unique=True)
    typed_code: Mapped[str] = mapped_column(String(12), unique=True)
    issued_on: Mapped[date]
    content: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    released_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    voided_at: Mapped[datetime | None]
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_files.sha256"), unique=True)
    level: Mapped[str | None] = mapped_column(String(10))
    stored_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship(lazy="joined", innerjoin=True)
    superseded_by: Mapped["Document | None"] = relationship(remote_side="Document.id")

    @property
    def full_number(self) -> str:
        return document_number(self.agency, self.year, self.number)


class DocumentRevision(Model):
    """The hash of a file that was handed out."""

    __tablename__ = "document_revisions"

    sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    level: Mapped[str] = mapped_column(String(10))
    stored_at: Mapped[datetime]


def next_number(agency: str, year: int) -> int:
    """The next number of a series. Rolled back with the transaction, so there are no gaps."""
    statement = insert(Series).values(agency=agency, year=year, last=1)
    return db.session.scalars(
        statement.on_conflict_do_update(
            index_elements=[Series.agency, Series.year], set_={"last": Series.last + 1}
        ).returning(Series.last)
    ).one()


def of_case(case_id: int) -> Document | None:
    """The notice of a case, if it has one: the latest, whatever became of it. The case must have
    come from a scope.
    """
    query = select(Document).where(Document.case_id == case_id, Document.kind == LetterKind.NOTICE)
    return db.session.scalar(query.order_by(Document.id.desc()).limit(1))


def all_of_case(case_id: int) -> list[Document]:
    """Every document of a case, oldest first. The case must have come from a scope."""
    query = select(Document).where(Document.case_id == case_id).order_by(Document.id)
    return list(db.session.scalars(query))


def get(document_id: int) -> Document:
    """One document, for the jobs. Raises ``NotFound``."""
    return _one(Document.id == document_id)


def by_token(token: str) -> Document:
    """The document of a QR code. Raises ``NotFound``."""
    return _one(Document.token == token)


def by_typed_code(code: str) -> Document:
    """The document of a typed code, normalised. Raises ``NotFound``."""
    return _one(Document.typed_code == code)


def by_revision(sha256: str) -> Document:
    """The document that a file was ever handed out as. Raises ``NotFound``."""
    return _one(
        Document.id
        == select(DocumentRevision.document_id)
        .where(DocumentRevision.sha256 == sha256)
        .scalar_subquery()
    )


def was_handed_out(sha256: str) -> bool:
    """Whether a file is, or ever was, the file of a document."""
    return db.session.get(DocumentRevision, sha256) is not None


def take_place(document_id: int, sha256: str, level: str, at: datetime) -> bool:
    """Makes a signed file the document's, unless another already is. True if it was taken."""
    taken = db.session.scalar(
        update(Document)
        .where(
            Document.id == document_id,
            Document.sha256.is_(None),
            Document.released_at.is_not(None),
            Document.voided_at.is_(None),
        )
        .values(sha256=sha256, level=level, stored_at=at)
        .returning(Document.id)
    )
    if taken is None:
        return False
    db.session.add(
        DocumentRevision(sha256=sha256, document_id=document_id, level=level, stored_at=at)
    )
    return True


def next_revision(document_id: int, before: str, sha256: str, level: str, at: datetime) -> bool:
    """Makes another file the document's in place of ``before``. False if it has another by now."""
    taken = db.session.scalar(
        update(Document)
        .where(Document.id == document_id, Document.sha256 == before)
        .values(sha256=sha256, level=level)
        .returning(Document.id)
    )
    if taken is None:
        return False
    db.session.add(
        DocumentRevision(sha256=sha256, document_id=document_id, level=level, stored_at=at)
    )
    return True


def without_timestamp(limit: int = 50) -> list[int]:
    """Documents in force whose file has no timestamp, the newest first."""
    query = select(Document.id).where(Document.level == "B-B", Document.voided_at.is_(None))
    return list(db.session.scalars(query.order_by(Document.id.desc()).limit(limit)))


def _one(condition: Any) -> Document:
    found = db.session.scalar(
        select(Document).where(condition).execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found
