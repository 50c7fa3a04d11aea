"""Who may give verdicts: the office at its desk, whoever acts for the field at the place."""

from dataclasses import replace
from itertools import product

import pytest

from tests.core.ready import READY, actor
from workflow.core.refusals import Reason, Refusal, Refused
from workflow.core.roles import Role
from workflow.core.states import State
from workflow.core.transitions import against_reviewing, against_writing, checkable

FIELD = {Role.LIAISON, Role.OFFICE}
MAY_NOT = {
    "role": Refusal(Reason.NOT_YOUR_ROLE),
    "field": Refusal(Reason.NOT_YOUR_FIELD),
    "recorded": Refusal(Reason.RECORDED_BY_YOU),
}


@pytest.mark.parametrize("role", Role)
def test_who_may_inspect_and_decide(role: Role) -> None:
    other_role = () if role in FIELD else (MAY_NOT["role"],)
    assert against_reviewing(READY, actor(role)) == other_role
    elsewhere = replace(READY, field_id=4, recorded_by=frozenset({1}))
    both = (MAY_NOT["field"], MAY_NOT["recorded"])
    assert against_reviewing(elsewhere, actor(role)) == (both if role in FIELD else other_role)


def test_a_department_neither_inspects_nor_decides() -> None:
    of_department = replace(actor(Role.OFFICE), department_id=4)
    assert against_reviewing(READY, of_department) == (MAY_NOT["role"],)


def may_check(state: State, role: Role, **spoilt: object) -> list[str] | tuple[Refusal, ...]:
    department_id = spoilt.pop("department_id", None)
    who = replace(actor(role), department_id=department_id)
    try:
        return [one.code for one in checkable(replace(READY, state=state, **spoilt), who)]
    except Refused as refused:
        return refused.refusals


@pytest.mark.parametrize(("state", "role"), list(product(State, Role)))
def test_verdicts_are_given_at_the_desk_and_at_the_place(state: State, role: Role) -> None:
    found = may_check(state, role)
    if state is State.SUBMITTED and role is Role.OFFICE:
        assert found == ["C"]
    elif role not in FIELD:
        assert found == (MAY_NOT["role"],)
    elif state is State.INSPECTING:
        assert found == ["A", "B", "C"]
    else:
        assert found == (Refusal(Reason.NO_SUCH_STEP, (state.value,)),)


def test_the_office_checks_what_it_recorded_itself_but_does_not_inspect_it() -> None:
    mine = {"recorded_by": frozenset({1}), "field_id": 4}
    assert may_check(State.SUBMITTED, Role.OFFICE, **mine) == ["C"]
    both = (MAY_NOT["field"], MAY_NOT["recorded"])
    assert may_check(State.INSPECTING, Role.OFFICE, **mine) == both


@pytest.mark.parametrize("state", [State.SUBMITTED, State.INSPECTING])
def test_a_department_gives_no_verdicts(state: State) -> None:
    assert may_check(state, Role.OFFICE, department_id=4) == (MAY_NOT["role"],)


MINE = frozenset({1})
WRITTEN_IN = {State.DRAFT, State.RETURNED, State.RECTIFYING}


@pytest.mark.parametrize(("state", "role"), list(product(State, Role)))
def test_only_whose_filing_it_is_writes_in_it_and_only_at_their_turn(
    state: State, role: Role
) -> None:
    found = against_writing(replace(READY, state=state, recorded_by=MINE), actor(role))
    if role not in {Role.ENTERPRISE, Role.OFFICE}:
        assert found == (MAY_NOT["role"],)
    else:
        assert found == (() if state in WRITTEN_IN else (Refusal(Reason.NOT_A_DRAFT),))


def test_nobody_writes_in_anothers_filing() -> None:
    returned = replace(READY, state=State.RETURNED, recorded_by=frozenset())
    other = replace(actor(Role.ENTERPRISE), enterprise_id=8)
    assert against_writing(returned, other) == (Refusal(Reason.NOT_YOUR_ENTERPRISE),)
    not_in_hand = (Refusal(Reason.NOT_RECORDED_HERE),)
    colleagues = replace(returned, recorded_by=frozenset({9}))
    for case in (returned, colleagues):
        assert against_writing(case, actor(Role.OFFICE)) == not_in_hand
    of_department = replace(actor(Role.OFFICE), department_id=4)
    mine = replace(returned, recorded_by=MINE)
    assert against_writing(mine, of_department) == (MAY_NOT["role"],)
