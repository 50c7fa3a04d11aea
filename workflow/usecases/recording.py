"""代录: the office records a paper filing for an enterprise that has no account, scan attached.

Whoever recorded it never decides it; the enterprise answers for what its paper says.
"""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.roles import Actor, office_only
from workflow.core.states import WRITABLE, State
from workflow.store import audit, cases, catalogues, duty
from workflow.store.cases import Case
from workflow.store.db import db, transaction
from workflow.store.enterprises import has_account
from workflow.store.towns import Enterprise, PlaceWords, Stop, held_place, new_place
from workflow.usecases.entries import next_town_number
from workflow.usecases.views import RECORD


def add_enterprise(name: str, credit_code: str | None, actor: Actor, at: datetime) -> int:
    """Makes an enterprise; its id. Without a credit code the town gives it a number."""
    with transaction():
        office_only(actor)
        row = {"name": name, "credit_code": credit_code or None}
        if not credit_code:
            row["town_number"] = next_town_number(at)
        made = insert(Enterprise).values(row).on_conflict_do_nothing().returning(Enterprise.id)
        enterprise_id = db.session.scalar(made)
        if enterprise_id is None:
            raise Refused(Refusal(Reason.CODE_TAKEN, (credit_code or "",)))
        return enterprise_id


def add_place(enterprise_id: int, words: PlaceWords, actor: Actor) -> int:
    """Makes a place in the field that covers its village and class; its id.

    Raises ``Refused`` where no field does, or the enterprise keeps its own affairs here.
    """
    with transaction():
        office_only(actor)
        _without_account(enterprise_id)
        field = duty.field_for(words.village, words.place_class)
        if field is None:
            raise Refused(Refusal(Reason.NO_FIELD, (words.village,)))
        return new_place(enterprise_id, field.id, words)


def open_recorded(place_id: int, stop_id: int, actor: Actor, at: datetime) -> int:
    """Opens the filing of a place on its behalf; its id. The second call finds the first one's.

    One that a colleague began, and that is to be filled in or corrected, is taken over; both have
    then recorded it, and neither decides.
    """
    with transaction() as session:
        office_only(actor)
        place, stop = held_place(place_id), session.get(Stop, stop_id)
        if not stop or not stop.open:
            raise NotFound(stop_id)
        _without_account(place.enterprise_id)
        found = cases.alive(place.id, stop.id)  # of whatever kind it is by now
        if found is not None:
            return _taken_over(found, actor, at)
        catalogue = catalogues.in_force(stop.campaign)
        row = {
            "place_id": place.id,
            "enterprise_id": place.enterprise_id,
            "field_id": place.field_id,
            "stop_id": stop.id,
            "filing": catalogue.pack.ordinary.key,
            "catalogue_id": catalogue.id,
            "state": State.DRAFT,
            "version": 1,
            "answers": {},
            "saved_at": at,
            "recorded_by": actor.account_id,
        }
        case = Case(**row)
        session.add(case)
        session.flush()
        audit.record(case.id, actor, RECORD, at, {"place": place.id, "stop": stop.id})
        return case.id


def _taken_over(case: Case, actor: Actor, at: datetime) -> int:
    if case.state not in WRITABLE or case.recorded_by is None:
        raise Refused(Refusal(Reason.FILED_ALREADY))
    taken = db.session.scalar(
        update(Case)
        .where(Case.id == case.id, Case.state == case.state)
        .where(Case.recorded_by != actor.account_id)
        .values(recorded_by=actor.account_id, version=Case.version + 1)
        .returning(Case.id)
    )
    if taken is not None:
        fact = {"place": case.place_id, "stop": case.stop_id}
        audit.record(case.id, actor, RECORD, at, fact)
    return case.id


def _without_account(enterprise_id: int) -> None:
    """An enterprise that can sign in files for itself."""
    if db.session.get(Enterprise, enterprise_id) is None:
        raise NotFound(enterprise_id)
    if has_account(enterprise_id):
        raise Refused(Refusal(Reason.HAS_ACCOUNT))
