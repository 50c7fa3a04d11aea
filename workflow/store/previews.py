"""Previews (预览): what a document would look like, laid out without a signature."""

from datetime import datetime

from sqlalchemy import (
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    delete,
    select,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, deferred, mapped_column

from workflow.core.letters import LetterKind
from workflow.core.refusals import NotFound
from workflow.store.db import Model, db


class DocumentPreview(Model):
    """One look of a document that does not exist yet; kept for a day.

    ``digest`` is that of the content: asked again, the same is shown again.
    """

    __tablename__ = "document_previews"
    __table_args__ = (
        UniqueConstraint("case_id", "asked_by", "digest"),
        Index("ix_document_previews_asked_at", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    asked_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    asked_at: Mapped[datetime]
    kind: Mapped[LetterKind]
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime | None]
    pdf: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))


def add(
    case_id: int, asked_by: int, kind: LetterKind, digest: str, content: str, at: datetime
) -> tuple[int, bool]:
    """The id of the preview of this content, and whether it is a new one."""
    row = {"case_id": case_id, "asked_by": asked_by, "digest": digest}
    statement = insert(DocumentPreview).values(**row, kind=kind, content=content, asked_at=at)
    made = db.session.scalar(statement.on_conflict_do_nothing().returning(DocumentPreview.id))
    if made is not None:
        return made, True
    same = (getattr(DocumentPreview, key) == value for key, value in row.items())
    return db.session.scalars(select(DocumentPreview.id).where(*same)).one(), False


def of(preview_id: int, case_id: int, account_id: int | None) -> DocumentPreview:
    """A preview of a case, for the one who asked. Raises ``NotFound``."""
    mine = DocumentPreview.case_id == case_id, DocumentPreview.asked_by == account_id
    found = db.session.scalar(
        select(DocumentPreview).where(DocumentPreview.id == preview_id, *mine)
    )
    if found is None:
        raise NotFound(preview_id)
    return found


def waiting(preview_id: int) -> DocumentPreview | None:
    """A preview that is still to be laid out; None when it is there, or forgotten."""
    todo = DocumentPreview.id == preview_id, DocumentPreview.made_at.is_(None)
    return db.session.scalar(select(DocumentPreview).where(*todo))


def forget(before: datetime) -> int:
    """Deletes what was asked for earlier; how many."""
    gone = delete(DocumentPreview).where(DocumentPreview.asked_at < before)
    return len(db.session.scalars(gone.returning(DocumentPreview.id)).all())
