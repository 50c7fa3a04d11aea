"""Each guard refuses with its facts, lets pass what is just allowed, and hides none beside it."""

from dataclasses import replace
from datetime import date

import pytest

from tests.core.asked import ASKED, AT_TWO, COM, ENT, ISS, LIA, OFF, A, S, Spoilt
from tests.core.ready import READY, actor, against, held
from workflow.core.checklist import Verdict
from workflow.core.refusals import Reason, Refusal, Refused
from workflow.core.requirements import CheckedBy, Severity
from workflow.core.roles import Actor, Role
from workflow.core.transitions import decide

EACH = [
    pytest.param(*one[:4], *spoilt, id=f"{one[0].value}-{one[1].value}-{one[2].value}-{n}")
    for one in ASKED
    for n, spoilt in enumerate(one[4])
]


@pytest.mark.parametrize(("action", "role", "state", "how", "spoil", "reason", "facts"), EACH)
def test_each_guard_refuses_with_its_facts(
    action: A,
    role: Role,
    state: S,
    how: dict[str, object],
    spoil: dict[str, object],
    reason: Reason,
    facts: tuple[str, ...],
) -> None:
    assert against(action, role, state, **how) == ()
    assert against(action, role, state, **how | spoil) == (Refusal(reason, facts),)


@pytest.mark.parametrize(
    ("action", "role", "state", "harmless"),
    [
        (A.SUBMIT, ENT, S.DRAFT, {"planned": date(2026, 11, 24)}),
        (A.SUBMIT, ENT, S.DRAFT, {"planned": None}),
        (A.SUBMIT, ENT, S.DRAFT, {"recorded_by": frozenset(), "scan_given": False}),
        (A.SUBMIT, ENT, S.DRAFT, {"unanswered": ("4",)}),
        (
            A.SUBMIT,
            ENT,
            S.DRAFT,
            {"early": True, "essential": True, "opens": date(2026, 12, 1)},
        ),
        (A.ACCEPT, OFF, S.SUBMITTED, {"verdicts": {"C": Verdict.FAIL}}),
        (A.ACCEPT, OFF, S.SUBMITTED, {"field_id": 4, "recorded_by": frozenset({1})}),
        (A.RETURN, OFF, S.SUBMITTED, {"field_id": 4, "recorded_by": frozenset({1})}),
        (A.APPROVE, LIA, S.INSPECTING, {"held": ()}),
        (A.APPROVE, LIA, S.INSPECTING, {"points": 2, "words_given": False}),
        (A.APPROVE, LIA, S.INSPECTING, {"deciders": frozenset({1})}),
        (A.REFUSE, LIA, S.ACCEPTED, {"verdicts": {}, "inspected": False, "awaited": ("甲",)}),
        (A.VOID, ISS, S.ISSUED, {"remedies_known": False}),
    ],
)
def test_a_guard_lets_pass_what_is_just_allowed(
    action: A, role: Role, state: S, harmless: dict[str, object]
) -> None:
    assert against(action, role, state, **harmless) == ()


VERDICTS = {"A": Verdict.PASS, "B": Verdict.PASS, "C": Verdict.PASS}


@pytest.mark.parametrize(
    "harmless",
    [VERDICTS | {"A": Verdict.NOT_APPLICABLE}, VERDICTS | {"X": Verdict.FAIL}],
)
def test_only_a_failed_veto_of_the_list_blocks(harmless: dict[str, Verdict]) -> None:
    assert against(A.APPROVE, LIA, S.INSPECTING, verdicts=harmless) == ()


def test_a_veto_without_a_confirmed_basis_does_not_block() -> None:
    lenient, failed = (held("A", basis_needed=True),), {"A": Verdict.FAIL}
    assert against(A.APPROVE, LIA, S.INSPECTING, held=lenient, verdicts=failed) == ()


def test_an_uncertain_requirement_must_be_checked_too() -> None:
    unsure = held("D")._replace(certain=False)
    missing = (Refusal(Reason.CHECKS_MISSING, ("D",)),)
    assert against(A.APPROVE, LIA, S.INSPECTING, held=(unsure,)) == missing
    of_office = held("D", Severity.MAJOR, CheckedBy.OFFICE)._replace(certain=False)
    assert against(A.ACCEPT, OFF, S.SUBMITTED, held=(of_office,)) == missing


@pytest.mark.parametrize(("action", "role", "state", "how", "spoils"), ASKED)
def test_all_refusals_are_given_and_not_only_the_first(
    action: A, role: Role, state: S, how: dict[str, object], spoils: list[Spoilt]
) -> None:
    whole, expected = dict(how), set()
    for spoil, reason, facts in spoils:
        if not spoil.keys() & whole.keys():
            whole |= spoil
            expected.add(Refusal(reason, facts))
    found = against(action, role, state, **whole)
    assert set(found) == expected
    assert len(found) == len(expected)


def test_deciding_raises_every_refusal() -> None:
    spoilt = replace(READY, missing_facts=("headcount",), missing_evidence=("EP-101",))
    with pytest.raises(Refused, match="facts_missing, evidence_missing") as caught:
        decide(spoilt, A.SUBMIT, actor(ENT))
    assert caught.value.refusals == (
        Refusal(Reason.FACTS_MISSING, ("headcount",)),
        Refusal(Reason.EVIDENCE_MISSING, ("EP-101",)),
    )


def test_nobody_without_an_enterprise_owns_a_case() -> None:
    stray = Actor(1, ENT, "某人")
    mine = (Refusal(Reason.NOT_YOUR_ENTERPRISE),)
    assert against(A.SUBMIT, ENT, S.DRAFT, stray) == mine


def test_who_decided_below_does_not_decide_above_whoever_else_may() -> None:
    other = replace(actor(COM), account_id=8)
    twice = (Refusal(Reason.DECIDED_BY_YOU),)
    assert against(A.APPROVE, COM, S.REFERRED, other, **AT_TWO) == twice
