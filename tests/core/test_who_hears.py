"""Who is told what: every step a case can take, typed out by hand."""

import pytest

from workflow.core.clocks import Escalation
from workflow.core.roles import Role
from workflow.core.states import Action, State
from workflow.core.telling import (
    OF_THE_TURN,
    Audience,
    News,
    escalated,
    holder,
    other_side,
    settled,
    steps_of,
    told,
)
from workflow.core.transitions import TRANSITIONS

A, S, N, P = Action, State, News, Audience
OFFICE, COMMAND = Role.OFFICE, Role.COMMAND
NOBODY: tuple[tuple[News, Audience], ...] = ()

# Action, from, to, who decides at the level before and after: who is told what.
STEPS = [
    (A.SUBMIT, S.DRAFT, S.SUBMITTED, None, None, [(N.TO_ACCEPT, P.OFFICE)]),
    (A.RESUBMIT, S.RETURNED, S.SUBMITTED, None, None, [(N.TO_ACCEPT, P.OFFICE)]),
    (A.RESUBMIT, S.RETURNED, S.ACCEPTED, None, None, [(N.TO_INSPECT, P.ACTING)]),
    (A.RESUBMIT, S.RECTIFYING, S.ACCEPTED, None, None, [(N.TO_INSPECT, P.ACTING)]),
    (
        *(A.ACCEPT, S.SUBMITTED, S.ACCEPTED, None, None),
        [(N.TO_INSPECT, P.ACTING), (N.TO_ADVISE, P.DEPARTMENTS)],
    ),
    (A.NOT_ACCEPT, S.SUBMITTED, S.NOT_ACCEPTED, None, None, [(N.NOT_ACCEPTED, P.ENTERPRISE)]),
    (A.RETURN, S.SUBMITTED, S.RETURNED, None, None, [(N.TO_CORRECT, P.ENTERPRISE)]),
    (A.RETURN, S.ACCEPTED, S.RETURNED, None, None, [(N.TO_CORRECT, P.ENTERPRISE)]),
    (A.RETURN, S.INSPECTING, S.RETURNED, None, None, [(N.TO_CORRECT, P.ENTERPRISE)]),
    (A.INSPECT, S.ACCEPTED, S.INSPECTING, None, None, []),
    (A.RECTIFY, S.INSPECTING, S.RECTIFYING, None, None, [(N.TO_RECTIFY, P.ENTERPRISE)]),
    (A.REFER, S.ACCEPTED, S.REFERRED, None, COMMAND, [(N.TO_DECIDE, P.COMMAND)]),
    (A.REFER, S.INSPECTING, S.REFERRED, None, OFFICE, [(N.TO_DECIDE, P.OFFICE)]),
    (A.REFER, S.REFERRED, S.REFERRED, OFFICE, COMMAND, [(N.TO_DECIDE, P.COMMAND)]),
    (A.APPROVE, S.ACCEPTED, S.AWAITING_RELEASE, None, None, [(N.TO_RELEASE, P.ISSUERS)]),
    (A.APPROVE, S.INSPECTING, S.AWAITING_RELEASE, None, None, [(N.TO_RELEASE, P.ISSUERS)]),
    (A.APPROVE, S.REFERRED, S.AWAITING_RELEASE, COMMAND, COMMAND, [(N.TO_RELEASE, P.ISSUERS)]),
    (A.REFUSE, S.ACCEPTED, S.REFUSED, None, None, [(N.REFUSED, P.ENTERPRISE)]),
    (A.REFUSE, S.INSPECTING, S.REFUSED, None, None, [(N.REFUSED, P.ENTERPRISE)]),
    (A.REFUSE, S.REFERRED, S.REFUSED, COMMAND, COMMAND, [(N.REFUSED, P.ENTERPRISE)]),
    (A.SEND_BACK, S.REFERRED, S.REFERRED, COMMAND, OFFICE, [(N.SENT_BACK, P.OFFICE)]),
    (A.SEND_BACK, S.REFERRED, S.ACCEPTED, OFFICE, None, [(N.SENT_BACK, P.ACTING)]),
    (A.SEND_BACK, S.AWAITING_RELEASE, S.REFERRED, COMMAND, COMMAND, [(N.SENT_BACK, P.COMMAND)]),
    (A.SEND_BACK, S.AWAITING_RELEASE, S.ACCEPTED, None, None, [(N.SENT_BACK, P.ACTING)]),
    (A.RELEASE, S.AWAITING_RELEASE, S.APPROVED, None, None, []),
    (A.MARK_ISSUED, S.APPROVED, S.ISSUED, None, None, [(N.ISSUED, P.ENTERPRISE)]),
    (A.VOID, S.AWAITING_RELEASE, S.VOIDED, None, None, [(N.VOIDED, P.ENTERPRISE)]),
    (A.VOID, S.APPROVED, S.VOIDED, None, None, [(N.VOIDED, P.ENTERPRISE)]),
    (A.VOID, S.ISSUED, S.VOIDED, None, None, [(N.VOIDED, P.ENTERPRISE)]),
    (A.SUPERSEDE, S.ISSUED, S.SUPERSEDED, None, None, [(N.SUPERSEDED, P.ENTERPRISE)]),
    (A.WITHDRAW, S.SUBMITTED, S.WITHDRAWN, None, None, [(N.WITHDRAWN, P.OFFICE)]),
    (A.WITHDRAW, S.ACCEPTED, S.WITHDRAWN, None, None, [(N.WITHDRAWN, P.ACTING)]),
    (A.WITHDRAW, S.INSPECTING, S.WITHDRAWN, None, None, [(N.WITHDRAWN, P.ACTING)]),
    (A.WITHDRAW, S.REFERRED, S.WITHDRAWN, OFFICE, OFFICE, [(N.WITHDRAWN, P.OFFICE)]),
    (A.WITHDRAW, S.REFERRED, S.WITHDRAWN, COMMAND, COMMAND, [(N.WITHDRAWN, P.COMMAND)]),
    (A.WITHDRAW, S.RETURNED, S.WITHDRAWN, None, None, [(N.WITHDRAWN, P.ENTERPRISE)]),
    (A.WITHDRAW, S.RECTIFYING, S.WITHDRAWN, None, None, [(N.WITHDRAWN, P.ENTERPRISE)]),
]


@pytest.mark.parametrize(("action", "source", "target", "was", "now", "expected"), STEPS)
def test_a_step_tells_whom_the_table_names(
    action: Action,
    source: State,
    target: State,
    was: Role | None,
    now: Role | None,
    expected: list[tuple[News, Audience]],
) -> None:
    assert list(told(action, source, target, (was, now))) == expected


def test_the_table_has_every_step_there_is() -> None:
    possible = {(row.action, one, row.target) for row in TRANSITIONS for one in row.sources}
    assert possible == {step[:3] for step in STEPS}


def test_who_has_begun_to_inspect_still_has_the_ball() -> None:
    assert settled(A.INSPECT, S.INSPECTING) == frozenset()


def test_a_step_ends_what_was_asked_of_the_turn_before() -> None:
    assert settled(A.ACCEPT, S.ACCEPTED) == OF_THE_TURN
    assert N.TO_ACCEPT in OF_THE_TURN
    assert {N.MESSAGE, N.ISSUED, N.REFUSED, N.VOIDED, N.TO_ADVISE} & OF_THE_TURN == set()


@pytest.mark.parametrize("target", [S.AWAITING_RELEASE, S.REFUSED, S.WITHDRAWN])
def test_departments_are_not_asked_about_what_is_decided(target: State) -> None:
    assert N.TO_ADVISE in settled(A.APPROVE, target)


@pytest.mark.parametrize(
    ("by", "state", "accepted", "hears"),
    [
        (Role.LIAISON, S.ACCEPTED, True, P.ENTERPRISE),
        (Role.OFFICE, S.SUBMITTED, False, P.ENTERPRISE),
        (Role.ENTERPRISE, S.SUBMITTED, False, P.OFFICE),
        (Role.ENTERPRISE, S.RETURNED, False, P.OFFICE),
        (Role.ENTERPRISE, S.RETURNED, True, P.ACTING),
        (Role.ENTERPRISE, S.INSPECTING, True, P.ACTING),
        (Role.ENTERPRISE, S.ISSUED, True, P.ACTING),
    ],
)
def test_a_message_goes_to_the_other_side(
    by: Role, state: State, accepted: bool, hears: Audience
) -> None:
    assert other_side(by, state, accepted) is hears


E = Escalation
ALL = (E.OVERDUE, E.OFFICE, E.COMMAND)
CLOCKS = [
    (P.ACTING, (E.APPROACHING,), {(N.APPROACHING, P.ACTING)}),
    (P.ACTING, (E.OVERDUE,), {(N.OVERDUE, P.ACTING), (N.REMIND, P.STAND_IN)}),
    (P.ACTING, (E.OFFICE,), {(N.ESCALATED, P.OFFICE)}),
    (P.ACTING, (E.COMMAND,), {(N.ESCALATED, P.COMMAND)}),
    (
        *(P.ACTING, ALL),  # after an outage
        {
            (N.OVERDUE, P.ACTING),
            (N.REMIND, P.STAND_IN),
            (N.ESCALATED, P.OFFICE),
            (N.ESCALATED, P.COMMAND),
        },
    ),
    (P.OFFICE, (E.OVERDUE,), {(N.OVERDUE, P.OFFICE)}),
    (P.OFFICE, (E.OFFICE,), {(N.OVERDUE, P.OFFICE)}),
    (P.OFFICE, (E.COMMAND,), {(N.ESCALATED, P.COMMAND)}),
    (P.COMMAND, (E.COMMAND,), {(N.OVERDUE, P.COMMAND)}),
    (P.ISSUERS, (E.OVERDUE,), {(N.OVERDUE, P.ISSUERS)}),
    (P.ISSUERS, (E.OFFICE,), {(N.ESCALATED, P.OFFICE)}),
    (P.ENTERPRISE, (E.APPROACHING,), {(N.APPROACHING, P.ENTERPRISE)}),
    (P.ENTERPRISE, (E.OVERDUE,), {(N.OVERDUE, P.ENTERPRISE), (N.FILER_LATE, P.ACTING)}),
    (P.ENTERPRISE, (), set()),
]


@pytest.mark.parametrize(("has", "taken", "expected"), CLOCKS)
def test_a_clock_is_heard_by_whom_the_table_names(
    has: Audience, taken: tuple[Escalation, ...], expected: set[tuple[News, Audience]]
) -> None:
    assert set(escalated(has, taken)) == expected


def test_an_enterprise_that_is_late_is_nobodys_business_above_the_liaison() -> None:
    assert steps_of(P.ENTERPRISE, ALL) == (E.OVERDUE,)
    assert steps_of(P.ISSUERS, ALL) == ALL


@pytest.mark.parametrize("state", State)
def test_nobody_has_the_ball_of_what_is_over(state: State) -> None:
    open_ones = {S.SUBMITTED, S.ACCEPTED, S.INSPECTING, S.REFERRED, S.AWAITING_RELEASE}
    has_ball = state in open_ones | {S.RETURNED, S.RECTIFYING}
    assert (holder(state, COMMAND) is not None) is has_ball
