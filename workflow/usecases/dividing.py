"""The office divides the town: its villages, and which field answers for which of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert

from workflow.core.claims import ChangeKind
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.roles import Actor, Role, office_only
from workflow.store import catalogues, duty, enterprises
from workflow.store.accounts import Account
from workflow.store.db import db, transaction
from workflow.store.towns import Field, Village, held_place


@dataclass(frozen=True, slots=True)
class FieldWords:
    """A field as the office lays it out. No class named means all of them."""

    name: str
    villages: frozenset[str]
    classes: frozenset[str]
    liaison_id: int | None
    stand_in_id: int | None


def add_village(name: str, code: str | None, actor: Actor) -> int:
    """Makes a village of the town; its id."""
    with transaction():
        office_only(actor)
        row = {"name": name, "code": code or None}
        made = insert(Village).values(row).on_conflict_do_nothing().returning(Village.id)
        village_id = db.session.scalar(made)
        if village_id is None:
            raise Refused(Refusal(Reason.NAME_TAKEN, (name,)))
        return village_id


def assign_tier(place_id: int, tier: int | None, actor: Actor, at: datetime) -> None:
    """Puts a place into a tier (批次) of its class, from 1, or into none: the last day holds."""
    with transaction():
        office_only(actor)
        place = held_place(place_id)
        if place.tier == tier:
            return
        enterprises.record(
            place.enterprise_id,
            ChangeKind.TIER_SET,
            actor,
            at,
            place_id=place.id,
            was=str(place.tier or ""),
            became=str(tier or ""),
        )
        place.tier = tier


def save_field(field_id: int | None, words: FieldWords, actor: Actor) -> int:
    """Lays out a new field (None) or an existing one anew; its id.

    Places stay where they are: they change hands by handover, one by one and with a reason.
    Raises ``Refused`` when another field covers the same class of a village.
    """
    with transaction() as session:
        office_only(actor)
        duty.hold_fields()
        field = Field() if field_id is None else session.get(Field, field_id)
        if field is None:
            raise NotFound(field_id)
        _may_be_named(field, words.name)
        _may_answer(words)
        _must_be_known(words.villages, {one.name for one in duty.villages()})
        _must_be_known(words.classes, catalogues.classes())
        field.name, field.liaison_id, field.stand_in_id = (
            words.name,
            words.liaison_id,
            words.stand_in_id,
        )
        field.villages, field.classes = sorted(words.villages), sorted(words.classes)
        session.add(field)
        session.flush()
        duty.refuse_overlap(field)
        return field.id


def _may_be_named(field: Field, name: str) -> None:
    if any(one.name == name and one.id != field.id for one in duty.fields()):
        raise Refused(Refusal(Reason.NAME_TAKEN, (name,)))


def _may_answer(words: FieldWords) -> None:
    for account_id in (words.liaison_id, words.stand_in_id):
        account = db.session.get(Account, account_id) if account_id is not None else None
        if account_id is not None and (account is None or account.role is not Role.LIAISON):
            raise Refused(Refusal(Reason.NOT_A_LIAISON))
    if words.liaison_id is not None and words.liaison_id == words.stand_in_id:
        raise Refused(Refusal(Reason.OWN_STAND_IN))


def _must_be_known(given: frozenset[str], known: Iterable[str]) -> None:
    unknown = given - set(known)
    if unknown:
        raise NotFound(sorted(unknown))
