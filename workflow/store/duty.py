"""Who answers for which field today, which field a place belongs to, and how it changed hands."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, select, text
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Mapped, mapped_column

from workflow.core.duty import (
    Acting,
    Area,
    Duty,
    HandoverReason,
    away_until,
    overlaps,
    responsible,
)
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.store import absences
from workflow.store.accounts import Account, away_on
from workflow.store.db import Model, db
from workflow.store.towns import Field, Village


class Handover(Model):
    """A place passed on to another field (转办). Rows are only ever added."""

    __tablename__ = "handovers"
    __table_args__ = (
        CheckConstraint("from_field <> to_field", name="changes_hands"),
        Index("ix_handovers_place", "place_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    from_field: Mapped[int] = mapped_column(ForeignKey("fields.id"))
    to_field: Mapped[int] = mapped_column(ForeignKey("fields.id"))
    reason: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]

    @property
    def why(self) -> HandoverReason:
        return HandoverReason(self.reason)


@dataclass(frozen=True, slots=True)
class Person:
    """An officer as everyone may know them."""

    id: int
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class OnDuty:
    """A field on one day: who is responsible, who stands in, and which of them acts.

    ``until`` is the last day of the liaison's absence; None when the liaison is there, has no end
    of absence known (an account that is off), or nobody is named.
    """

    field: Field
    liaison: Person | None
    stand_in: Person | None
    duty: Duty
    until: date | None

    @property
    def acting(self) -> Person | None:
        """Who acts; None for the office."""
        who = {Acting.LIAISON: self.liaison, Acting.STAND_IN: self.stand_in}
        return who.get(self.duty.acting)


def duty_of(field_id: int, day: date) -> OnDuty:
    """Who answers for one field on a day. Raises ``NotFound``."""
    field = db.session.get(Field, field_id)
    if field is None:
        raise NotFound(field_id)
    return _on_duty([field], day)[0]


def duties(day: date, field_ids: Collection[int] | None = None) -> list[OnDuty]:
    """Every field of the town, or these of them, by name, and who answers for it on a day."""
    asked = [one for one in fields() if field_ids is None or one.id in field_ids]
    return _on_duty(asked, day)


def _on_duty(fields: list[Field], day: date) -> list[OnDuty]:
    people = _people({one.liaison_id for one in fields} | {one.stand_in_id for one in fields})
    absent, noted = away_on(day), [one.away for one in absences.on(day)]
    return [
        OnDuty(
            one,
            people.get(one.liaison_id),
            people.get(one.stand_in_id),
            responsible(one.liaison_id, one.stand_in_id, absent),
            away_until(noted, one.liaison_id, day) if one.liaison_id else None,
        )
        for one in fields
    ]


def _people(ids: Collection[int | None]) -> dict[int | None, Person]:
    rows = db.session.execute(
        select(Account.id, Account.name, Account.phone).where(Account.id.in_(ids - {None}))  # type: ignore[operator]
    )
    return {row.id: Person(row.id, row.name, row.phone) for row in rows}


def fields() -> list[Field]:
    """Every field of the town, by name."""
    return list(db.session.scalars(select(Field).order_by(Field.name)))


def field_for(village: str, place_class: str) -> Field | None:
    """The one field that covers this class in this village; None where there is a gap."""
    found = (one for one in fields() if area_of(one).covers(village, place_class))
    return next(found, None)


def area_of(field: Field) -> Area:
    """What a field covers, as the rules see it."""
    return Area(field.name, frozenset(field.villages), frozenset(field.classes))


def villages() -> list[Village]:
    """The villages of the town: by their code, those without one last."""
    query = select(Village).order_by(Village.code.nulls_last(), Village.id)
    return list(db.session.scalars(query))


def hold_fields() -> None:
    """Nobody else may lay out fields until the commit: two at once could overlap."""
    db.session.execute(text("LOCK TABLE fields IN SHARE ROW EXCLUSIVE MODE"))


def refuse_overlap(field: Field) -> None:
    """Raises ``Refused`` for the first village that another field covers too, in the same class.

    The facts: the village and the other field's name.
    """
    for other in fields():
        if other.id == field.id:
            continue
        for clash in overlaps((area_of(other), area_of(field))):
            raise Refused(Refusal(Reason.FIELDS_OVERLAP, (clash.village, other.name)))


def last_handovers(place_ids: Iterable[int]) -> dict[int, Handover]:
    """How each of these places last changed hands, by place; those that never did are left out."""
    rows = db.session.scalars(
        select(Handover)
        .ext(distinct_on(Handover.place_id))
        .where(Handover.place_id.in_(set(place_ids)))
        .order_by(Handover.place_id, Handover.id.desc())
    )
    return {one.place_id: one for one in rows}


def handovers(ids: Iterable[int]) -> dict[int, Handover]:
    """Handovers by their ids, as the ledger names them."""
    rows = db.session.scalars(select(Handover).where(Handover.id.in_(set(ids))))
    return {one.id: one for one in rows}
