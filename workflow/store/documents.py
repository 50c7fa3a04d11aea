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
    """One document. ``content`` is all the page is made of; ``sha256`` None until it is stored."""

    __tablename__ = "documents"
    __table_args__ = (
        UniqueConstraint("agency", "year", "number"),
        CheckConstraint("(sha256 IS NULL) = (stored_at IS NULL)", name="stored_has_time"),
        CheckConstraint("(sha256 IS NULL) = (level IS NULL)", name="stored_has_level"),
        Index("ix_documents_waiting", "created_at", postgresql_where=text("sha256 IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), unique=True)
    agency: Mapped[str] = mapped_column(String(20))
    year: Mapped[int]
    number: Mapped[int]
    token: Mapped[str] = mapped_column(String(64), unique=True)
    typed_code: Mapped[str] = mapped_column(String(12), unique=True)
    issued_on: Mapped[date]
    content: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_files.sha256"), unique=True)
    level: Mapped[str | None] = mapped_column(String(10))
    stored_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship(lazy="joined", innerjoin=True)

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
    """The document of a case, if it has one. The case must have come from a scope."""
    return db.session.scalar(select(Document).where(Document.case_id == case_id))


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
        .where(Document.id == document_id, Document.sha256.is_(None))
        .values(sha256=sha256, level=level, stored_at=at)
        .returning(Document.id)
    )
    if taken is None:
        return False
    db.session.add(
        DocumentRevision(sha256=sha256, document_id=document_id, level=level, stored_at=at)
    )
    return True


def _one(condition: Any) -> Document:
    found = db.session.scalar(
        select(Document).where(condition).execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found
