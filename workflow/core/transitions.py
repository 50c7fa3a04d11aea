"""The whole life of a case as one table, read top to bottom, and the function that asks it.

A guard looks at a ``CaseView`` and an ``Actor`` and answers with a ``Refusal`` or nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from workflow.core.checklist import Verdict
from workflow.core.refusals import Reason, Refusal, Refused
from workflow.core.requirements import Held, Severity
from workflow.core.roles import Actor, Role
from workflow.core.states import Action, State


@dataclass(frozen=True, slots=True)
class CaseView:
    """What the guards may know of a case: plain values, gathered by the store.

    ``missing_facts`` and ``contradictions`` are fact keys; ``missing_evidence`` are keys of
    materials, ``missing_parts`` of parts. ``earliest`` is the first day the place may plan for,
    ``opens`` the one set for its class, in the town's days. ``decided_elsewhere`` are the rules
    by which another authority decides, in words. ``recorded_by`` are the accounts that recorded
    it on the enterprise's behalf (代录); none for its own filing.
    """

    state: State
    enterprise_id: int
    field_id: int
    missing_facts: tuple[str, ...] = ()
    contradictions: tuple[str, ...] = ()
    missing_evidence: tuple[str, ...] = ()
    missing_parts: tuple[str, ...] = ()
    roster_missing: bool = False
    closed: bool = False
    early: bool = False
    essential: bool = False
    decided_elsewhere: tuple[str, ...] = ()
    planned: date | None = None
    earliest: date | None = None
    opens: date | None = None
    held: tuple[Held, ...] = ()
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    document_stored: bool = False
    recorded_by: frozenset[int] = frozenset()
    scan_given: bool = False


Guard = Callable[[CaseView, Actor], Refusal | None]


def owns_case(case: CaseView, actor: Actor) -> Refusal | None:
    if actor.enterprise_id != case.enterprise_id:
        return Refusal(Reason.NOT_YOUR_ENTERPRISE)
    return None


def in_own_field(case: CaseView, actor: Actor) -> Refusal | None:
    if case.field_id not in actor.fields:
        return Refusal(Reason.NOT_YOUR_FIELD)
    return None


def recorded_by_office(case: CaseView, actor: Actor) -> Refusal | None:
    return None if case.recorded_by else Refusal(Reason.NOT_RECORDED_HERE)


def scan_given(case: CaseView, actor: Actor) -> Refusal | None:
    return None if case.scan_given else Refusal(Reason.SCAN_MISSING)


def not_recorded_by_me(case: CaseView, actor: Actor) -> Refusal | None:
    if actor.account_id in case.recorded_by:
        return Refusal(Reason.RECORDED_BY_YOU)
    return None


def against_reviewing(case: CaseView, actor: Actor) -> tuple[Refusal, ...]:
    """What stands against this actor checking and deciding a case, whatever was found."""
    if actor.role not in {Role.LIAISON, Role.OFFICE}:
        return (Refusal(Reason.NOT_YOUR_ROLE),)
    asked = (guard(case, actor) for guard in (in_own_field, not_recorded_by_me))
    return tuple(refusal for refusal in asked if refusal is not None)


def facts_complete(case: CaseView, actor: Actor) -> Refusal | None:
    if case.missing_facts:
        return Refusal(Reason.FACTS_MISSING, case.missing_facts)
    return None


def facts_agree(case: CaseView, actor: Actor) -> Refusal | None:
    if case.contradictions:
        return Refusal(Reason.FACTS_CONTRADICT, case.contradictions)
    return None


def evidence_given(case: CaseView, actor: Actor) -> Refusal | None:
    if case.missing_evidence:
        return Refusal(Reason.EVIDENCE_MISSING, case.missing_evidence)
    return None


def parts_written(case: CaseView, actor: Actor) -> Refusal | None:
    return Refusal(Reason.PARTS_MISSING, case.missing_parts) if case.missing_parts else None


def roster_given(case: CaseView, actor: Actor) -> Refusal | None:
    return Refusal(Reason.ROSTER_MISSING) if case.roster_missing else None


def may_open(case: CaseView, actor: Actor) -> Refusal | None:
    return Refusal(Reason.CLOSED_FOR_NOW) if case.closed else None


def early_for_a_reason(case: CaseView, actor: Actor) -> Refusal | None:
    if not case.early:
        return None
    if case.planned and case.opens and case.planned >= case.opens:
        return Refusal(Reason.NOT_EARLY, (case.opens.isoformat(),))
    return None if case.essential else Refusal(Reason.NO_REASON_TO_BE_EARLY)


def town_decides(case: CaseView, actor: Actor) -> Refusal | None:
    rules = case.decided_elsewhere
    return Refusal(Reason.DECIDED_ELSEWHERE, rules) if rules else None


def planned_in_time(case: CaseView, actor: Actor) -> Refusal | None:
    if case.planned and case.earliest and case.planned < case.earliest:
        return Refusal(Reason.TOO_SOON, (case.earliest.isoformat(),))
    return None


def all_checked(case: CaseView, actor: Actor) -> Refusal | None:
    unchecked = tuple(held.code for held in case.held if held.code not in case.verdicts)
    return Refusal(Reason.CHECKS_MISSING, unchecked) if unchecked else None


def no_veto_failed(case: CaseView, actor: Actor) -> Refusal | None:
    failed = tuple(
        held.code
        for held in case.held
        if held.severity is Severity.VETO and case.verdicts.get(held.code) is Verdict.FAIL
    )
    return Refusal(Reason.VETO_FAILED, failed) if failed else None


def document_stored(case: CaseView, actor: Actor) -> Refusal | None:
    return None if case.document_stored else Refusal(Reason.NOT_STORED)


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: who may take a case by this action from which states to which, and if what."""

    action: Action
    sources: frozenset[State]
    target: State
    by: frozenset[Role]
    guards: tuple[Guard, ...]


# What a filing needs, whoever hands it in.
COMPLETE: tuple[Guard, ...] = (
    may_open,
    facts_complete,
    facts_agree,
    planned_in_time,
    early_for_a_reason,
    roster_given,
    parts_written,
    evidence_given,
)

TRANSITIONS = (
    Transition(
        Action.SUBMIT,
        frozenset({State.DRAFT}),
        State.SUBMITTED,
        by=frozenset({Role.ENTERPRISE}),
        guards=(
            owns_case,
            *COMPLETE,
        ),
    ),
    Transition(
        Action.SUBMIT,
        frozenset({State.DRAFT}),
        State.SUBMITTED,
        by=frozenset({Role.OFFICE}),
        guards=(
            recorded_by_office,
            scan_given,
            *COMPLETE,
        ),
    ),
    Transition(
        Action.APPROVE,
        frozenset({State.SUBMITTED}),
        State.APPROVED,
        by=frozenset({Role.LIAISON, Role.OFFICE}),
        guards=(in_own_field, not_recorded_by_me, town_decides, all_checked, no_veto_failed),
    ),
    Transition(
        Action.MARK_ISSUED,
        frozenset({State.APPROVED}),
        State.ISSUED,
        by=frozenset({Role.SYSTEM}),
        guards=(document_stored,),
    ),
)


def refusals(case: CaseView, action: Action, actor: Actor) -> tuple[Refusal, ...]:
    """Everything that stands against the action now; empty if it may be done."""
    rows = [row for row in TRANSITIONS if row.action is action]
    if not any(actor.role in row.by for row in rows):
        return (Refusal(Reason.NOT_YOUR_ROLE),)
    row = next((row for row in rows if case.state in row.sources and actor.role in row.by), None)
    if row is None:
        return (Refusal(Reason.NO_SUCH_STEP, (case.state.value,)),)
    return tuple(_asked(row, case, actor))


def decide(case: CaseView, action: Action, actor: Actor) -> State:
    """The state the action leads to. Raises ``Refused`` with every refusal, not only the first."""
    against = refusals(case, action, actor)
    if against:
        raise Refused(*against)
    return next(
        row.target for row in TRANSITIONS if row.action is action and case.state in row.sources
    )


def _asked(row: Transition, case: CaseView, actor: Actor) -> Iterator[Refusal]:
    for guard in row.guards:
        refusal = guard(case, actor)
        if refusal is not None:
            yield refusal
