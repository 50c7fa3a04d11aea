"""What the office may do to a case: hand in what it recorded, decide what it has taken over."""

from dataclasses import replace
from datetime import date

import pytest

from tests.core.test_transitions import READY, actor, asked
from workflow.core.refusals import Reason, Refusal
from workflow.core.roles import Actor, Role
from workflow.core.states import Action
from workflow.core.transitions import against_reviewing

OFFICE = Actor(1, Role.OFFICE, "某人", fields=frozenset({3}))


@pytest.mark.parametrize(
    ("action", "spoil", "refusal"),
    [
        (Action.SUBMIT, {"recorded_by": frozenset()}, Refusal(Reason.NOT_RECORDED_HERE)),
        (Action.SUBMIT, {"scan_given": False}, Refusal(Reason.SCAN_MISSING)),
        (
            Action.SUBMIT,
            {"missing_facts": ("headcount",)},
            Refusal(Reason.FACTS_MISSING, ("headcount",)),
        ),
        (
            Action.SUBMIT,
            {"contradictions": ("first_batch_count",)},
            Refusal(Reason.FACTS_CONTRADICT, ("first_batch_count",)),
        ),
        (
            Action.SUBMIT,
            {"planned": date(2026, 11, 23)},
            Refusal(Reason.TOO_SOON, ("2026-11-24",)),
        ),
        (
            Action.SUBMIT,
            {"missing_evidence": ("EP-101",)},
            Refusal(Reason.EVIDENCE_MISSING, ("EP-101",)),
        ),
        (Action.APPROVE, {"field_id": 4}, Refusal(Reason.NOT_YOUR_FIELD)),
        (Action.APPROVE, {"recorded_by": frozenset({1, 9})}, Refusal(Reason.RECORDED_BY_YOU)),
    ],
)
def test_the_office_is_asked_the_same_and_more(
    action: Action, spoil: dict[str, object], refusal: Refusal
) -> None:
    assert asked(READY, action, OFFICE) == ()
    assert asked(replace(READY, **spoil), action, OFFICE) == (refusal,)


def test_an_enterprise_needs_no_scan_of_its_own_filing() -> None:
    own = replace(READY, recorded_by=frozenset(), scan_given=False)
    assert asked(own, Action.SUBMIT) == ()


@pytest.mark.parametrize("role", Role)
def test_who_may_check_and_decide(role: Role) -> None:
    allowed = role in {Role.LIAISON, Role.OFFICE}
    other_role = () if allowed else (Refusal(Reason.NOT_YOUR_ROLE),)
    assert against_reviewing(READY, actor(role)) == other_role
    elsewhere = replace(READY, field_id=4, recorded_by=frozenset({1}))
    both = (Refusal(Reason.NOT_YOUR_FIELD), Refusal(Reason.RECORDED_BY_YOU))
    assert against_reviewing(elsewhere, actor(role)) == (both if allowed else other_role)
