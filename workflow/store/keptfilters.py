"""Filters of a list that somebody keeps under a name (常用筛选)."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select, text, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from workflow.core.refusals import NotFound
from workflow.store.db import Model, db

MOST_KEPT = 20
LONGEST_NAME = 20


class KeptFilter(Model):
    """What a list is narrowed to. ``page`` is the endpoint of the list, ``preset``: it opens so."""

    __tablename__ = "kept_filters"
    __table_args__ = (
        UniqueConstraint("account_id", "page", "name"),
        Index(
            "uq_kept_filters_preset",
            "account_id",
            "page",
            unique=True,
            postgresql_where=text("preset"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    page: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    asked: Mapped[dict[str, str]] = mapped_column(JSONB)
    preset: Mapped[bool] = mapped_column(default=False)


def of_page(account_id: int | None, page: str) -> list[KeptFilter]:
    """Those of one list, by name."""
    mine = KeptFilter.account_id == account_id, KeptFilter.page == page
    return list(db.session.scalars(select(KeptFilter).where(*mine).order_by(KeptFilter.name)))


def get(kept_id: int, account_id: int | None, page: str) -> KeptFilter:
    """One of them. Raises ``NotFound``."""
    found = next((one for one in of_page(account_id, page) if one.id == kept_id), None)
    if found is None:
        raise NotFound(kept_id)
    return found


def unset(account_id: int | None, page: str) -> None:
    """The list opens without a filter."""
    mine = KeptFilter.account_id == account_id, KeptFilter.page == page
    db.session.execute(update(KeptFilter).where(*mine).values(preset=False))
