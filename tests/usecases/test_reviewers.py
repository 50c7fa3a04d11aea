"""Who reviews: the liaison of the field, or whoever acts for it today, and nobody else."""

from collections.abc import Callable

import pytest

from tests.cast import AT, Cast, approve, checked, draft, submitted, version_of
from tests.usecases.test_recording import recorded
from workflow.core.checklist import Check, Verdict
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.reveals import RevealReason
from workflow.core.roles import SYSTEM, Actor, Role
from workflow.store import audit
from workflow.store.cases import Case, NoScope
from workflow.store.db import transaction
from workflow.usecases import review


def refusals(caught: pytest.ExceptionInfo[Refused]) -> tuple[Refusal, ...]:
    return caught.value.refusals


def confirm(case_id: int, *checks: Check, by: Actor) -> None:
    review.confirm(case_id, checks, version_of(case_id), by, AT)


def actions(case_id: int) -> list[str]:
    return [event.action for event in reversed(audit.of_case(case_id))]


# What each may do to a case of He's under inspection, which lies in Lin's field.
MAY = {
    "he": Refused,
    "zhe": NotFound,
    "lv": NotFound,
    "staff": NoScope,
    "lin": None,
    "zhou": NotFound,
    "office": Refused,
    "issuer": Refused,
    "command": Refused,
    "auditor": Refused,
    "admin": NoScope,
    "service": Refused,
}
STEPS: dict[str, Callable[[int, Actor], object]] = {
    "confirm": lambda case_id, who: confirm(case_id, Check("EP-101", Verdict.PASS), by=who),
    "approve": approve,
    "reveal": lambda case_id, who: review.reveal_contact(case_id, RevealReason.ASK, who, AT),
}


def whom(cast: Cast, who: str) -> Actor:
    return SYSTEM if who == "service" else getattr(cast, who)


def test_every_role_is_in_the_table(cast: Cast) -> None:
    assert {whom(cast, who).role for who in MAY} == set(Role)


def outcome(step: str, case_id: int, actor: Actor) -> type[Exception] | None:
    try:
        STEPS[step](case_id, actor)
    except Refused as refused:
        against = Refusal(Reason.NOT_YOUR_ROLE)
        if actor.role is Role.OFFICE:  # may review, but only in fields it has taken over
            against = Refusal(Reason.NOT_YOUR_FIELD)
        if actor.role is Role.COMMAND and step == "approve":  # what is referred to it, only
            against = Refusal(Reason.NO_SUCH_STEP, ("inspecting",))
        return Refused if refused.refusals == (against,) else None
    except (NotFound, NoScope) as nothing:
        return type(nothing)
    return None


@pytest.mark.parametrize("step", STEPS)
def test_only_the_liaison_of_the_field_reviews(cast: Cast, step: str) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    before = actions(case_id)
    others = [who for who in MAY if who != "lin"]
    outcomes = {who: outcome(step, case_id, whom(cast, who)) for who in others}
    assert actions(case_id) == before
    assert outcomes | {"lin": outcome(step, case_id, cast.lin)} == MAY
    also = ["release"] if step == "approve" else []
    assert actions(case_id) == [*before, step, *also]


@pytest.mark.parametrize("step", STEPS)
def test_a_draft_is_not_to_be_reviewed(cast: Cast, step: str) -> None:
    case_id = draft(cast.he)
    with pytest.raises(NotFound):
        STEPS[step](case_id, cast.lin)


@pytest.mark.parametrize("step", ["confirm", "approve"])
def test_a_draft_the_office_records_is_not_to_be_reviewed_either(cast: Cast, step: str) -> None:
    case_id = draft(cast.he)
    with transaction() as session:
        session.get(Case, case_id).recorded_by = cast.office.account_id
    with pytest.raises(Refused) as caught:
        STEPS[step](case_id, cast.office)
    assert refusals(caught) == (Refusal(Reason.NO_SUCH_STEP, ("draft",)),)


def test_the_liaison_decides_what_the_office_recorded_as_ever(cast: Cast) -> None:
    case_id = checked(recorded(cast.office), cast.lin)
    assert approve(case_id, cast.lin)
