"""不是我的责任田: a place is passed on to the field it belongs to, with its open cases."""

from datetime import datetime

from sqlalchemy import select

from workflow.core.duty import HandoverReason
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.roles import Actor, liaisons_and_office_only
from workflow.core.states import UNDER_REVIEW, WRITABLE, State
from workflow.store import audit, cases
from workflow.store.cases import Case
from workflow.store.db import db, transaction
from workflow.store.duty import Handover
from workflow.store.towns import Field, held_place
from workflow.usecases import telling

HAND_OVER = "hand_over"
OPEN = UNDER_REVIEW | WRITABLE


def hand_over(
    case_id: int,
    to_field: int,
    reason: HandoverReason,
    words: str,
    version: int,
    actor: Actor,
    at: datetime,
) -> None:
    """Moves the case's place, and all its cases that nobody has decided yet, to another field.

    What was decided stays with whoever decided it. ``version`` is that of the page; ``Stale`` if
    the case has changed since. Raises ``NotFound`` for a field that does not exist.
    """
    with transaction() as session:
        # The place first of all: two handovers of its cases wait here, not for each other.
        place = held_place(cases.get(case_id, actor).place_id)
        case = cases.get(case_id, actor, lock=True)
        _may_hand_over(case, to_field, reason, words, actor)
        cases.touch(case, version)
        before, place.field_id = place.field_id, to_field
        handover = Handover(
            place_id=place.id,
            from_field=before,
            to_field=to_field,
            reason=reason.value,
            words=words.strip(),
            by=actor.account_id,
            at=at,
        )
        session.add(handover)
        session.flush()
        fact = {"handover": handover.id, "from": before, "to": to_field, "reason": reason.value}
        passed_on = _open_cases(place.id)
        for one in passed_on:
            if one.id != case.id and one.state is not State.DRAFT:  # no clerk loses what they type
                cases.touch(one, one.version)
            one.field_id = to_field
            audit.record(one.id, actor, HAND_OVER, at, fact)
        telling.of_handover(passed_on, handover.id, actor, at)


def _open_cases(place_id: int) -> list[Case]:
    query = select(Case).where(Case.place_id == place_id, Case.state.in_(OPEN)).order_by(Case.id)
    query = query.with_for_update(of=Case, key_share=True)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def _may_hand_over(
    case: Case, to_field: int, reason: HandoverReason, words: str, actor: Actor
) -> None:
    liaisons_and_office_only(actor)
    if case.state not in UNDER_REVIEW:
        raise Refused(Refusal(Reason.NO_SUCH_STEP, (case.state.value,)))
    if db.session.get(Field, to_field) is None:
        raise NotFound(to_field)
    if to_field == case.field_id:
        raise Refused(Refusal(Reason.SAME_FIELD))
    if reason is HandoverReason.OTHER and not words.strip():
        raise Refused(Refusal(Reason.WORDS_MISSING))
