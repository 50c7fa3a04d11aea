"""The table of transitions: what is written exists, and nothing else does."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from sqlalchemy import CheckConstraint

from workflow.core.checklist import Verdict
from workflow.core.refusals import Reason, Refusal, Refused
from workflow.core.requirements import (
    CheckedBy,
    EvidenceKind,
    Held,
    Phase,
    Requirement,
    Severity,
)
from workflow.core.roles import ACCOUNT_ROLES, SYSTEM, Actor, Role
from workflow.core.states import Action, State
from workflow.core.transitions import CaseView, decide, refusals
from workflow.store.accounts import Account

WRITTEN = {
    (State.DRAFT, Action.SUBMIT, Role.ENTERPRISE): State.SUBMITTED,
    (State.DRAFT, Action.SUBMIT, Role.OFFICE): State.SUBMITTED,
    (State.SUBMITTED, Action.APPROVE, Role.LIAISON): State.APPROVED,
    (State.SUBMITTED, Action.APPROVE, Role.OFFICE): State.APPROVED,
    (State.APPROVED, Action.MARK_ISSUED, Role.SYSTEM): State.ISSUED,
}
DOES = {
    Action.SUBMIT: Role.ENTERPRISE,
    Action.APPROVE: Role.LIAISON,
    Action.MARK_ISSUED: Role.SYSTEM,
}
ALSO_DOES = {(Action.SUBMIT, Role.OFFICE), (Action.APPROVE, Role.OFFICE)}
EVERY_COMBINATION = list(product(State, Action, Role))


def held(code: str, severity: Severity = Severity.VETO, *, basis_needed: bool = False) -> Held:
    requirement = Requirement(
        code=code,
        group="组",
        text="文",
        classes=frozenset({"factory"}),
        severity=severity,
        phase=Phase.BEFORE,
        checked_by=CheckedBy.LIAISON,
        evidence=EvidenceKind.PHOTO,
        evidence_text="照片",
        basis_needed=basis_needed,
    )
    return Held(requirement, certain=True, because=())


READY = CaseView(
    state=State.DRAFT,
    enterprise_id=7,
    field_id=3,
    planned=date(2026, 11, 30),
    earliest=date(2026, 11, 24),
    held=(held("A"), held("B", Severity.MAJOR)),
    verdicts={"A": Verdict.PASS, "B": Verdict.PASS},
    document_stored=True,
    recorded_by=frozenset({9}),
    scan_given=True,
)


def actor(role: Role) -> Actor:
    """Somebody of that role to whom the case belongs in every way."""
    if role is Role.SYSTEM:
        return SYSTEM
    return Actor(1, role, "某人", enterprise_id=7, fields=frozenset({3}))


def asked(case: CaseView, action: Action, who: Actor | None = None) -> tuple[Refusal, ...]:
    state = next(source for source, written, _ in WRITTEN if written is action)
    return refusals(replace(case, state=state), action, who or actor(DOES[action]))


def outcome(state: State, action: Action, role: Role) -> State | None:
    try:
        return decide(replace(READY, state=state), action, actor(role))
    except Refused:
        return None


@pytest.mark.parametrize(("state", "action", "role"), EVERY_COMBINATION)
def test_only_the_written_transitions_exist(state: State, action: Action, role: Role) -> None:
    assert outcome(state, action, role) == WRITTEN.get((state, action, role))


@pytest.mark.parametrize(("state", "action", "role"), EVERY_COMBINATION)
def test_what_is_not_written_is_refused_with_its_reason(
    state: State, action: Action, role: Role
) -> None:
    against = refusals(replace(READY, state=state), action, actor(role))
    if (state, action, role) in WRITTEN:
        assert against == ()
    elif role is not DOES[action] and (action, role) not in ALSO_DOES:
        assert against == (Refusal(Reason.NOT_YOUR_ROLE),)
    else:
        assert against == (Refusal(Reason.NO_SUCH_STEP, (state.value,)),)


@pytest.mark.parametrize(
    ("action", "spoil", "refusal"),
    [
        (Action.SUBMIT, {"enterprise_id": 8}, Refusal(Reason.NOT_YOUR_ENTERPRISE)),
        (
            Action.SUBMIT,
            {"missing_facts": ("headcount", "hazards")},
            Refusal(Reason.FACTS_MISSING, ("headcount", "hazards")),
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
        (
            Action.APPROVE,
            {"verdicts": {"A": Verdict.PASS}},
            Refusal(Reason.CHECKS_MISSING, ("B",)),
        ),
        (
            Action.APPROVE,
            {"verdicts": {"A": Verdict.FAIL, "B": Verdict.FAIL}},
            Refusal(Reason.VETO_FAILED, ("A",)),
        ),
        (Action.MARK_ISSUED, {"document_stored": False}, Refusal(Reason.NOT_STORED)),
    ],
)
def test_each_guard_refuses_with_its_facts(
    action: Action, spoil: dict[str, object], refusal: Refusal
) -> None:
    assert asked(READY, action) == ()
    assert asked(replace(READY, **spoil), action) == (refusal,)


@pytest.mark.parametrize(
    ("action", "harmless"),
    [
        (Action.SUBMIT, {"planned": date(2026, 11, 24)}),
        (Action.SUBMIT, {"planned": None}),
        (Action.APPROVE, {"held": ()}),
        (Action.APPROVE, {"verdicts": {"A": Verdict.PASS, "B": Verdict.FAIL}}),
        (Action.APPROVE, {"verdicts": {"A": Verdict.NOT_APPLICABLE, "B": Verdict.PASS}}),
        (Action.APPROVE, {"verdicts": {"A": Verdict.PASS, "B": Verdict.PASS, "X": Verdict.FAIL}}),
    ],
)
def test_a_guard_lets_pass_what_is_just_allowed(
    action: Action, harmless: dict[str, object]
) -> None:
    assert asked(replace(READY, **harmless), action) == ()


def test_a_veto_without_a_confirmed_basis_does_not_block() -> None:
    waiting = replace(READY, held=(held("A", basis_needed=True),), verdicts={"A": Verdict.FAIL})
    assert asked(waiting, Action.APPROVE) == ()


def test_an_uncertain_requirement_must_be_checked_too() -> None:
    unsure = held("C")._replace(certain=False)
    assert asked(replace(READY, held=(unsure,)), Action.APPROVE) == (
        Refusal(Reason.CHECKS_MISSING, ("C",)),
    )


@pytest.mark.parametrize(
    ("action", "spoilt", "reasons"),
    [
        (
            Action.SUBMIT,
            replace(
                READY,
                enterprise_id=8,
                missing_facts=("headcount",),
                contradictions=("first_batch_count",),
                planned=date(2026, 1, 1),
                missing_evidence=("EP-101",),
            ),
            [
                Reason.NOT_YOUR_ENTERPRISE,
                Reason.FACTS_MISSING,
                Reason.FACTS_CONTRADICT,
                Reason.TOO_SOON,
                Reason.EVIDENCE_MISSING,
            ],
        ),
        (
            Action.APPROVE,
            replace(READY, field_id=4, verdicts={"A": Verdict.FAIL}),
            [Reason.NOT_YOUR_FIELD, Reason.CHECKS_MISSING, Reason.VETO_FAILED],
        ),
    ],
)
def test_all_refusals_are_given_and_not_only_the_first(
    action: Action, spoilt: CaseView, reasons: list[Reason]
) -> None:
    assert [refusal.reason for refusal in asked(spoilt, action)] == reasons


def test_deciding_raises_every_refusal() -> None:
    spoilt = replace(READY, missing_facts=("headcount",), missing_evidence=("EP-101",))
    with pytest.raises(Refused, match="facts_missing, evidence_missing") as caught:
        decide(spoilt, Action.SUBMIT, actor(Role.ENTERPRISE))
    assert caught.value.refusals == asked(spoilt, Action.SUBMIT)


def test_nobody_without_an_enterprise_owns_a_case() -> None:
    stray = Actor(1, Role.ENTERPRISE, "某人")
    assert asked(READY, Action.SUBMIT, stray) == (Refusal(Reason.NOT_YOUR_ENTERPRISE),)


def test_no_account_can_be_the_service() -> None:
    assert Role.SYSTEM not in ACCOUNT_ROLES
    assert set(ACCOUNT_ROLES) | {Role.SYSTEM} == set(Role)
    assert SYSTEM.account_id is None
    checks = [one for one in Account.__table__.constraints if isinstance(one, CheckConstraint)]
    assert "role <> 'system'" in {str(one.sqltext) for one in checks}


def attempt(case: CaseView, action: Action) -> Callable[[], State]:
    return lambda: decide(case, action, actor(DOES[action]))


def test_the_path_leads_from_draft_to_issued_and_ends_there() -> None:
    state = State.DRAFT
    for action in (Action.SUBMIT, Action.APPROVE, Action.MARK_ISSUED):
        state = attempt(replace(READY, state=state), action)()
    assert state is State.ISSUED
    for action in Action:
        with pytest.raises(Refused, match="no_such_step"):
            attempt(replace(READY, state=state), action)()
