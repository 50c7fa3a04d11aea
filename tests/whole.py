"""The shipped catalogue in the town of the tests, and a shop that answers all it asks."""

from datetime import date

from sqlalchemy import select

from tests.cast import AT, PAPER, version_of
from tests.rosters.keeping import PERSON
from workflow.catalogue.loading import shipped
from workflow.core.roles import Actor
from workflow.store import cases
from workflow.store.db import db, transaction
from workflow.store.towns import Place, Stop
from workflow.usecases import filing, founding, rostering
from workflow.usecases.views import draft_facts

NOTHING: frozenset[str] = frozenset()
SHOP: dict[str, object] = {
    "industry": "日用品零售",
    "above_scale": False,
    "planned_reopen_date": date(2026, 12, 2),
    "headcount": 30,
    "first_batch_count": 20,
    "work_scope": "全部",
    "shift_count": 1,
    "has_contractors": False,
    "gate_count": 1,
    "attendance_method": frozenset({"paper"}),
    "has_dorm": False,
    "has_canteen": False,
    "central_ac": False,
    "has_elevator": False,
    "shuttle_bus_count": 0,
    "isolation_rooms": 0,
    "receives_public": True,
    "dine_in": False,
    "sells_animals": False,
    "closed_kind": "none",
    "stock_masks": 200,
    "stock_disinfectant_l": 5,
    "stock_alcohol_l": 0,
    "thermometers": 1,
    "hazards": NOTHING,
    "special_equipment": NOTHING,
}
SHOP_FACTORY = {
    key: SHOP[key]
    for key in SHOP
    if key not in {"receives_public", "dine_in", "sells_animals", "closed_kind"}
} | {"has_clinic": False}


def open_whole(actor: Actor, place_class: str = "shop", kind: str = "ep_reopen") -> int:
    """A case of the actor's place, made a place of that class, under the shipped catalogue."""
    publish()
    return open_place(actor, place_class, kind)


def publish() -> None:
    founding.publish_catalogue(shipped("epidemic"), None, AT)


def open_place(actor: Actor, place_class: str = "shop", kind: str = "ep_reopen") -> int:
    """The same once the shipped catalogue is published."""
    with transaction() as session:
        place = session.scalars(
            select(Place).where(Place.enterprise_id == actor.enterprise_id)
        ).first()
        assert place is not None
        place.place_class = place_class
        place_id = place.id
    stop_id = db.session.scalars(select(Stop.id)).one()
    return filing.open_case(place_id, stop_id, kind, actor, AT)


def answer(case_id: int, actor: Actor, **answers: object) -> None:
    """Answers everything the shop is asked, or what is given."""
    told = SHOP | answers
    filing.save_answers(case_id, told, version_of(case_id), actor, AT)  # type: ignore[arg-type]


def complete(case_id: int, actor: Actor) -> None:
    """Writes every part, lists one person and gives every material that the case asks."""
    case = cases.get(case_id, actor)
    pack, facts = case.catalogue.pack, draft_facts(case)
    for part in pack.parts(case.kind, facts):
        filing.save_part(case_id, part.key, "照此办", version_of(case_id), actor, AT)
    rostering.add_person(case.place_id, PERSON, actor, AT)
    for material in pack.lacking(case.kind, facts, ()):
        content = PAPER + material.key.encode()
        filing.attach(case_id, "x.pdf", content, frozenset({material.key}), actor, AT)
