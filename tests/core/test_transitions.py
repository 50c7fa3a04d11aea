"""The table of transitions: what is written exists, and nothing else does."""

from collections import Counter
from dataclasses import replace
from itertools import product

import pytest
from sqlalchemy import CheckConstraint

from tests.core.ready import READY, actor
from tests.core.table import WRITTEN, Situation, allowed, situations
from workflow.core.guards import CaseView
from workflow.core.refusals import Reason, Refusal, Refused
from workflow.core.roles import ACCOUNT_ROLES, SYSTEM, Role
from workflow.core.states import CLOSED, DECIDED, UNDER_REVIEW, WRITABLE, Action, State
from workflow.core.transitions import decide, refusals
from workflow.store.accounts import Account

EVERY_COMBINATION = list(product(State, Action, Role))
STEPS = {(state, action, role) for state, action, role, _ in WRITTEN}
DOES = {(action, role) for _, action, role in STEPS}


def case_in(state: State, one: Situation) -> CaseView:
    return replace(
        READY,
        state=state,
        accepted=one.accepted,
        levels=one.levels,
        level=one.level,
        issuer_releases=one.issuer_releases,
    )


def outcome(case: CaseView, action: Action, role: Role) -> State | None:
    try:
        return decide(case, action, actor(role))
    except Refused:
        return None


@pytest.mark.parametrize(("state", "action", "role"), EVERY_COMBINATION)
def test_only_the_written_transitions_exist(state: State, action: Action, role: Role) -> None:
    for one in situations(state):
        found = outcome(case_in(state, one), action, role)
        assert found == allowed(state, action, role, one), one


def not_now(state: State, action: Action, role: Role, one: Situation) -> set[Reason]:
    """Why a step that exists is not to be taken in this situation."""
    against = set()
    if state is State.REFERRED and action is not Action.WITHDRAW and one.turn is not role:
        against.add(Reason.NOT_YOUR_LEVEL)
    if action is Action.REFER and one.last:
        against.add(Reason.LAST_LEVEL)
    if action in {Action.APPROVE, Action.REFUSE} and not one.last:
        against.add(Reason.NOT_LAST_LEVEL)
    if action is Action.RELEASE and role is Role.ISSUER and not one.issuer_releases:
        against.add(Reason.RELEASED_BY_APPROVAL)
    if action is Action.RELEASE and role is Role.SYSTEM and one.issuer_releases:
        against.add(Reason.RELEASED_BY_ISSUER)
    return against


@pytest.mark.parametrize(("state", "action", "role"), EVERY_COMBINATION)
def test_what_is_not_written_is_refused_with_its_reason(
    state: State, action: Action, role: Role
) -> None:
    for one in situations(state):
        against = refusals(case_in(state, one), action, actor(role))
        if (action, role) not in DOES:
            assert against == (Refusal(Reason.NOT_YOUR_ROLE),)
        elif (state, action, role) not in STEPS:
            assert against == (Refusal(Reason.NO_SUCH_STEP, (state.value,)),)
        else:
            assert {refusal.reason for refusal in against} == not_now(state, action, role, one)


def test_every_line_of_the_table_counts_somewhere() -> None:
    found = Counter(
        (state, action, role, allowed(state, action, role, one))
        for state, action, role in STEPS
        for one in situations(state)
    )
    lines = {(state, action, role, target) for (state, action, role, _), target in WRITTEN.items()}
    assert {line for line in lines if not found[line]} == set()


@pytest.mark.parametrize(("state", "action", "role"), EVERY_COMBINATION)
def test_an_officer_of_a_department_takes_no_step(state: State, action: Action, role: Role) -> None:
    """There are none but of the office; whatever else such an account were, it decides nothing."""
    if role in {Role.ENTERPRISE, Role.ISSUER, Role.SYSTEM}:
        return
    of_department = replace(actor(role), department_id=4)
    for one in situations(state):
        assert refusals(case_in(state, one), action, of_department), one


@pytest.mark.parametrize("state", sorted(CLOSED, key=lambda state: state.value))
def test_nothing_happens_to_a_closed_case(state: State) -> None:
    for one, (action, role) in product(situations(state), DOES):
        against = refusals(case_in(state, one), action, actor(role))
        assert against == (Refusal(Reason.NO_SUCH_STEP, (state.value,)),)


def test_every_state_is_someones_turn_or_none() -> None:
    """Each state stands in one of the groups that pages and clocks go by."""
    groups = (WRITABLE, CLOSED, UNDER_REVIEW, {State.APPROVED, State.ISSUED})
    assert Counter(state for group in groups for state in group) == Counter(State)
    assert {State.AWAITING_RELEASE, State.APPROVED, State.ISSUED} == DECIDED


def reached(one: Situation) -> set[State]:
    """All states a case can come to from its draft, whatever is done to it."""
    seen, ahead = set(), {(State.DRAFT, False, 0)}
    while ahead:
        state, accepted, level = here = ahead.pop()
        seen.add(here)
        now = one._replace(accepted=accepted, level=level)
        for action, role in DOES:
            target = outcome(case_in(state, now), action, role)
            if target is None:
                continue
            above = level + 1 if action is Action.REFER else level
            if action is Action.SEND_BACK and state is State.REFERRED:
                above = level - 1
            passed = above if target not in {State.ACCEPTED} else 0
            then = (target, accepted or target is State.ACCEPTED, passed)
            ahead |= {then} - seen
    return {state for state, _, _ in seen}


@pytest.mark.parametrize("one", {one._replace(level=0) for one in situations(State.REFERRED)})
def test_every_state_can_be_reached_where_several_decide(one: Situation) -> None:
    assert reached(one) == set(State)


def test_where_the_liaison_decides_alone_nothing_is_referred() -> None:
    alone = Situation(accepted=False, levels=(Role.LIAISON,), level=0, issuer_releases=False)
    assert reached(alone) == set(State) - {State.REFERRED}


def test_no_account_can_be_the_service() -> None:
    assert Role.SYSTEM not in ACCOUNT_ROLES
    assert set(ACCOUNT_ROLES) | {Role.SYSTEM} == set(Role)
    assert SYSTEM.account_id is None
    checks = [one for one in Account.__table__.constraints if isinstance(one, CheckConstraint)]
    assert "role <> 'system'" in {str(one.sqltext) for one in checks}
