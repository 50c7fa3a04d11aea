"""Catalogue versions: every pack that was ever in force, kept as it was."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Mapped, mapped_column

from workflow.catalogue.loading import load
from workflow.core.facts import CLASS
from workflow.core.packs import Pack
from workflow.core.refusals import NotFound
from workflow.store.db import Model, db


class CatalogueVersion(Model):
    """One published version of a campaign's catalogue. Rows are added, never changed."""

    __tablename__ = "catalogue_versions"
    __table_args__ = (UniqueConstraint("campaign", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))

    @property
    def pack(self) -> Pack:
        return load(self.content)


def newest() -> list[CatalogueVersion]:
    """The newest version of each campaign."""
    query = select(CatalogueVersion).ext(distinct_on(CatalogueVersion.campaign))
    return list(
        db.session.scalars(query.order_by(CatalogueVersion.campaign, CatalogueVersion.id.desc()))
    )


def classes() -> dict[str, str]:
    """The classes of places that the newest packs know, with their words."""
    return {key: word for one in newest() for key, word in one.pack.fact(CLASS).choices}


def in_force(campaign: str) -> CatalogueVersion:
    """The newest published version of a campaign. Raises ``NotFound``."""
    found = db.session.scalar(
        select(CatalogueVersion)
        .where(CatalogueVersion.campaign == campaign)
        .order_by(CatalogueVersion.id.desc())
        .limit(1)
    )
    if found is None:
        raise NotFound(campaign)
    return found


def is_published(campaign: str, version: str) -> bool:
    """Whether a version of a campaign's catalogue is or was in force."""
    same = CatalogueVersion.campaign == campaign, CatalogueVersion.version == version
    return bool(db.session.scalar(select(CatalogueVersion.id).where(*same)))
