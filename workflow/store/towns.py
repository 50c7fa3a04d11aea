"""The town, its fields (责任田), the enterprises and their places (复工单元)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflow.core.letters import LetterKind
from workflow.core.opening import opens_on
from workflow.core.refusals import NotFound
from workflow.store.crypto import EncryptedText, KeyedIndex
from workflow.store.db import Model, db

SERIES = {
    LetterKind.ACCEPTANCE: "受",
    LetterKind.CORRECTION: "补",
    LetterKind.INSPECTION: "核",
    LetterKind.NOTICE: "",
    LetterKind.REFUSAL: "缓",
    LetterKind.NON_ACCEPTANCE: "不受",
}


class Town(Model):
    """The one town this database belongs to.

    ``demo`` and ``mark``, the word printed on everything it issues ("演示"), are set when the
    row is made and can never be changed (a trigger refuses it); a real town has an empty mark.
    ``agency`` and ``agency_filed`` are the 机关代字 of notices and of filing numbers. ``hearing``
    and ``remedies`` are the words an adverse document must carry: how to be heard, where to have
    it reviewed; while they are empty none can be issued.
    """

    __tablename__ = "town"
    __table_args__ = (
        CheckConstraint("id = 1", name="only_one"),
        CheckConstraint("demo = (mark <> '')", name="demo_is_marked"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    issuer: Mapped[str] = mapped_column(String(80))
    agency: Mapped[str] = mapped_column(String(20))
    agency_filed: Mapped[str] = mapped_column(String(20))
    phone: Mapped[str] = mapped_column(String(40))
    clinic_phone: Mapped[str] = mapped_column(String(40), default="")
    hearing: Mapped[str] = mapped_column(Text, default="")
    remedies: Mapped[str] = mapped_column(Text, default="")
    demo: Mapped[bool]
    mark: Mapped[str] = mapped_column(String(20))

    def series(self, kind: LetterKind) -> str:
        """The 机关代字 of a kind of document: each is numbered by itself."""
        return f"{self.agency}{SERIES[kind]}"

    @property
    def agency_local(self) -> str:
        """The series of numbers for enterprises without a credit code: 样镇个."""
        return f"{self.agency[:1]}{self.name[-1:]}个"


class Village(Model):
    """A village (行政村、社区) of the town; ``code`` is its official one, where it is known."""

    __tablename__ = "villages"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    code: Mapped[str | None] = mapped_column(String(20), unique=True)


class Field(Model):
    """责任田: an area with exactly one accountable liaison, and one who stands in.

    It covers ``villages`` in ``classes``; no class named means all of them. No two fields cover
    the same class of a village: whoever writes these columns asks ``store.duty.refuse_overlap``.
    """

    __tablename__ = "fields"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    liaison_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id", use_alter=True), index=True
    )
    stand_in_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id", use_alter=True), index=True
    )
    villages: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list)
    classes: Mapped[list[str]] = mapped_column(ARRAY(String(20)), default=list)


class Enterprise(Model):
    """主体: answers for its places. The credit code is an attribute, never a key.

    One without a credit code has a number the town gave it. One that was merged stays, for what
    it filed before, and names the enterprise that took its places over.
    """

    __tablename__ = "enterprises"
    __table_args__ = (
        CheckConstraint("credit_code IS NOT NULL OR town_number IS NOT NULL", name="is_numbered"),
        CheckConstraint("merged_into_id <> id", name="merged_into_another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    credit_code: Mapped[str | None] = mapped_column(String(18), unique=True)
    town_number: Mapped[str | None] = mapped_column(String(60), unique=True)
    legal_rep: Mapped[str | None] = mapped_column(EncryptedText("enterprises.legal_rep"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("enterprises.id"))

    @property
    def number(self) -> str:
        """The code or number it is known by."""
        return self.credit_code or self.town_number or ""


class Place(Model):
    """复工单元: a plant, site, road section or shop; what is filed, inspected and approved."""

    __tablename__ = "places"

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprises.id"), index=True)
    field_id: Mapped[int] = mapped_column(ForeignKey("fields.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    place_class: Mapped[str] = mapped_column(String(20))
    village: Mapped[str] = mapped_column(String(40))
    address: Mapped[str] = mapped_column(String(200))
    contact_name: Mapped[str] = mapped_column(EncryptedText("places.contact_name"))
    contact_mobile: Mapped[str] = mapped_column(EncryptedText("places.contact_mobile"))
    contact_index: Mapped[str] = mapped_column(KeyedIndex("places.contact_mobile"), index=True)
    tier: Mapped[int | None]  # 批次, from 1, assigned by the office

    enterprise: Mapped[Enterprise] = relationship(lazy="joined", innerjoin=True)
    field: Mapped[Field] = relationship(lazy="joined", innerjoin=True)


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """A place as its enterprise would describe it."""

    name: str
    place_class: str
    village: str
    address: str
    contact_name: str
    contact_mobile: str


class Stop(Model):
    """The stop that places reopen after; its campaign's catalogue says by what rules.

    ``told`` are the facts that the town tells (risk level …), as JSON. ``opening`` holds for each
    class of places its days by tier, in ISO form. ``local_names`` are how people write that they
    come from here, ``severe_names`` the areas gravely hit: both are looked for in rosters.
    """

    __tablename__ = "stops"

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(80))
    began_on: Mapped[date]
    open: Mapped[bool] = mapped_column(default=True)
    told: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    opening: Mapped[dict[str, list[str]]] = mapped_column(JSONB, default=dict)
    local_names: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list)
    severe_names: Mapped[list[str]] = mapped_column(ARRAY(String(40)), default=list)

    def days_of(self, place_class: str) -> list[date]:
        """The days set for a class, by tier; none where the town has set none."""
        return [date.fromisoformat(one) for one in self.opening.get(place_class, ())]

    def opens_on(self, place: Place) -> date | None:
        """The day set for a place, or None."""
        return opens_on(self.days_of(place.place_class), place.tier)


def town() -> Town | None:
    """The town, or None while the database is empty."""
    return db.session.get(Town, 1)


def this_town() -> Town:
    """The town of a database that has been set up."""
    found = town()
    assert found is not None, "the town has not been set up"
    return found


def open_stops() -> list[Stop]:
    """The stops that can be filed for, newest first."""
    return list(db.session.scalars(select(Stop).where(Stop.open).order_by(Stop.id.desc())))


def enterprise(enterprise_id: int) -> Enterprise:
    """One enterprise, for its own people. The id must have come from an actor."""
    return db.session.get_one(Enterprise, enterprise_id)


def held_place(place_id: int) -> Place:
    """A place that nobody moves to another field until the commit. Raises ``NotFound``.

    Locked by its row alone: joined with its field, a place that was moved while the lock was
    waited for would seem to be gone.
    """
    query = select(Place.id).where(Place.id == place_id)
    locked = query.with_for_update(key_share=True)
    if db.session.scalar(locked) is None:
        raise NotFound(place_id)
    return db.session.get_one(Place, place_id, populate_existing=True)


def new_place(enterprise_id: int, field_id: int, words: PlaceWords) -> int:
    """Adds a place in the transaction of the fact; its id."""
    place = Place(
        enterprise_id=enterprise_id,
        field_id=field_id,
        name=words.name,
        place_class=words.place_class,
        village=words.village,
        address=words.address,
        contact_name=words.contact_name,
        contact_mobile=words.contact_mobile,
        contact_index=words.contact_mobile,
    )
    db.session.add(place)
    db.session.flush()
    return place.id


def places_of(enterprise_id: int) -> list[Place]:
    """The places of one enterprise."""
    query = select(Place).where(Place.enterprise_id == enterprise_id).order_by(Place.id)
    return list(db.session.scalars(query))
