"""What was typed into a form by somebody whose session had run out: encrypted, kept for an hour.

Strangers can have something kept too. So it is little, it is bounded for each address and in all,
and it comes back only to the browser that sent it, by a token that only that browser has.
"""

from datetime import datetime, timedelta

from sqlalchemy import Index, String, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.crypto import EncryptedText, KeyedIndex
from workflow.store.db import Model, db

KEPT = timedelta(hours=1)
MOST_BYTES = 256 * 1024
MOST_OF_ADDRESS = 20  # a whole office may share one
MOST_IN_ALL = 64 * 1024 * 1024


class KeptForm(Model):
    """The fields of one form, as JSON. ``token`` and ``address`` are keyed digests."""

    __tablename__ = "kept_forms"
    __table_args__ = (Index("ix_kept_forms_of_address", "address", "made_at"),)

    token: Mapped[str] = mapped_column(KeyedIndex("kept_forms.token"), primary_key=True)
    path: Mapped[str] = mapped_column(String(200), primary_key=True)
    fields: Mapped[str] = mapped_column(EncryptedText("kept_forms.fields"))
    size: Mapped[int]
    address: Mapped[str] = mapped_column(KeyedIndex("kept_forms.address"))
    made_at: Mapped[datetime] = mapped_column(index=True)


def has_room(address: str, size: int) -> bool:
    """Whether this address may have so much more kept."""
    its = select(func.count()).select_from(KeptForm).where(KeptForm.address == address)
    full = db.session.scalar(select(func.coalesce(func.sum(KeptForm.size), 0))) or 0
    return (
        size <= MOST_BYTES
        and (db.session.scalar(its) or 0) < MOST_OF_ADDRESS
        and full + size <= MOST_IN_ALL
    )


def keep(token: str, path: str, fields: str, address: str, at: datetime) -> None:
    """Keeps a form; the later of two on the same path counts."""
    row = {"fields": fields, "size": len(fields.encode()), "address": address, "made_at": at}
    new = insert(KeptForm).values(token=token, path=path, **row)
    same = [KeptForm.token, KeptForm.path]
    db.session.execute(new.on_conflict_do_update(index_elements=same, set_=row))


def take(token: str, path: str, at: datetime) -> str | None:
    """The fields that were kept, once; None if there are none, or they are too old."""
    found = db.session.execute(
        delete(KeptForm)
        .where(KeptForm.token == token, KeptForm.path == path)
        .returning(KeptForm.fields, KeptForm.made_at)
    ).one_or_none()
    return found.fields if found and found.made_at > at - KEPT else None


def forget(before: datetime) -> int:
    """Deletes what was kept before that instant; how many forms that were."""
    gone = db.session.execute(delete(KeptForm).where(KeptForm.made_at <= before))
    return int(getattr(gone, "rowcount", 0))
