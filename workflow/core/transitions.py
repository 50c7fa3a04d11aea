"""The whole life of a case as one table, read top to bottom, and the functions that ask it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from workflow.core import guards as g
from workflow.core.guards import CaseView, Guard
from workflow.core.refusals import Reason, Refusal, Refused
from workflow.core.requirements import Held
from workflow.core.roles import Actor, Role
from workflow.core.situations import always, by_several, from_above, once_accepted
from workflow.core.states import Action, State


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: who may take a case by this action from which states to which, and if what.

    Of rows alike the first whose ``when`` holds counts.
    """

    action: Action
    sources: frozenset[State]
    target: State
    by: frozenset[Role]
    guards: tuple[Guard, ...] = ()
    when: Callable[[CaseView], bool] = always


def _row(
    action: Action,
    sources: set[State],
    target: State,
    by: set[Role],
    *guards: Guard,
    when: Callable[[CaseView], bool] = always,
) -> Transition:
    return Transition(action, frozenset(sources), target, frozenset(by), guards, when)


# What a filing needs, whoever hands it in.
COMPLETE: tuple[Guard, ...] = (
    g.may_open,
    g.facts_complete,
    g.facts_agree,
    g.planned_in_time,
    g.early_for_a_reason,
    g.roster_given,
    g.parts_written,
    g.evidence_given,
)
RECORDED: tuple[Guard, ...] = (g.no_department, g.recorded_by_office, g.scan_given)
# What a decision on the merits needs, besides the authority to make it.
IN_FIELD: tuple[Guard, ...] = (g.no_department, g.in_own_field, g.not_recorded_by_me)
AT_LEVEL: tuple[Guard, ...] = (g.at_this_level, g.not_recorded_by_me, g.not_decided_before)
SOUND: tuple[Guard, ...] = (
    g.town_decides,
    g.inspected,
    g.all_checked,
    g.no_veto_failed,
    g.opinions_in,
)
ADVERSE: tuple[Guard, ...] = (g.words_given, g.remedies_known)

FIELD_OFFICERS = {Role.LIAISON, Role.OFFICE}  # the office where liaison and stand-in are away
ABOVE = {Role.OFFICE, Role.COMMAND}
FILERS_TURN = {State.RETURNED, State.RECTIFYING}
LIAISONS_TURN = {State.ACCEPTED, State.INSPECTING}


def _deciding(action: Action, target: State, *guards: Guard) -> Iterator[Transition]:
    """A decision as the liaison makes it in the own field, and as a level above does."""
    yield _row(action, LIAISONS_TURN, target, FIELD_OFFICERS, *IN_FIELD, *guards)
    yield _row(action, {State.REFERRED}, target, ABOVE, *AT_LEVEL, *guards)


TRANSITIONS = (
    # The enterprise, or the office on its behalf, files, corrects and takes back.
    _row(Action.SUBMIT, {State.DRAFT}, State.SUBMITTED, {Role.ENTERPRISE}, g.owns_case, *COMPLETE),
    _row(Action.SUBMIT, {State.DRAFT}, State.SUBMITTED, {Role.OFFICE}, *RECORDED, *COMPLETE),
    *(
        _row(Action.RESUBMIT, sources, target, {role}, *guards, *COMPLETE, when=when)
        for role, guards in (
            (Role.ENTERPRISE, (g.owns_case, g.points_answered)),
            (Role.OFFICE, (*RECORDED, g.points_answered)),
        )
        for sources, target, when in (
            (FILERS_TURN, State.ACCEPTED, once_accepted),
            ({State.RETURNED}, State.SUBMITTED, always),
        )
    ),
    *(
        _row(
            Action.WITHDRAW,
            {State.SUBMITTED, State.REFERRED} | FILERS_TURN | LIAISONS_TURN,
            State.WITHDRAWN,
            {role},
            *guards,
        )
        for role, guards in (
            (Role.ENTERPRISE, (g.owns_case,)),
            (Role.OFFICE, (g.no_department, g.recorded_by_office)),
        )
    ),
    # The office checks whether the filing is complete (初审).
    _row(
        Action.ACCEPT,
        {State.SUBMITTED},
        State.ACCEPTED,
        {Role.OFFICE},
        g.no_department,
        g.office_checked,
    ),
    _row(
        Action.NOT_ACCEPT,
        {State.SUBMITTED},
        State.NOT_ACCEPTED,
        {Role.OFFICE},
        g.no_department,
        g.not_recorded_by_me,
        *ADVERSE,
    ),
    _row(
        Action.RETURN,
        {State.SUBMITTED},
        State.RETURNED,
        {Role.OFFICE},
        g.no_department,
        g.points_raised,
    ),
    # The liaison inspects.
    _row(Action.RETURN, LIAISONS_TURN, State.RETURNED, FIELD_OFFICERS, *IN_FIELD, g.points_raised),
    _row(Action.INSPECT, {State.ACCEPTED}, State.INSPECTING, FIELD_OFFICERS, *IN_FIELD),
    _row(
        Action.RECTIFY,
        {State.INSPECTING},
        State.RECTIFYING,
        FIELD_OFFICERS,
        *IN_FIELD,
        g.something_failed,
    ),
    # One to three levels decide: the liaison, then those above.
    *_deciding(Action.REFER, State.REFERRED, g.level_above, *SOUND),
    *_deciding(Action.APPROVE, State.AWAITING_RELEASE, g.last_level, *SOUND),
    *_deciding(Action.REFUSE, State.REFUSED, g.last_level, g.town_decides, *ADVERSE),
    *(
        _row(Action.SEND_BACK, {State.REFERRED}, target, ABOVE, *AT_LEVEL, g.words_given, when=when)
        for target, when in ((State.REFERRED, from_above), (State.ACCEPTED, always))
    ),
    # The issuer releases the seal; where the approval itself releases it, the service does.
    *(
        _row(
            Action.SEND_BACK,
            {State.AWAITING_RELEASE},
            target,
            {Role.ISSUER},
            g.words_given,
            when=when,
        )
        for target, when in ((State.REFERRED, by_several), (State.ACCEPTED, always))
    ),
    _row(
        Action.RELEASE, {State.AWAITING_RELEASE}, State.APPROVED, {Role.ISSUER}, g.issuer_releases
    ),
    _row(
        Action.RELEASE, {State.AWAITING_RELEASE}, State.APPROVED, {Role.SYSTEM}, g.approval_releases
    ),
    _row(Action.MARK_ISSUED, {State.APPROVED}, State.ISSUED, {Role.SYSTEM}, g.document_stored),
    _row(
        Action.VOID,
        {State.AWAITING_RELEASE, State.APPROVED, State.ISSUED},
        State.VOIDED,
        {Role.ISSUER},
        g.words_given,
    ),
    _row(Action.SUPERSEDE, {State.ISSUED}, State.SUPERSEDED, {Role.SYSTEM}, g.replaced),
)


_WRITERS: dict[Role, tuple[Guard, ...]] = {
    Role.ENTERPRISE: (g.owns_case,),
    Role.OFFICE: (g.no_department, g.in_my_hands),
}


def refusals(case: CaseView, action: Action, actor: Actor) -> tuple[Refusal, ...]:
    """Everything that stands against the action now; empty if it may be done."""
    if not any(row.action is action and actor.role in row.by for row in TRANSITIONS):
        return (Refusal(Reason.NOT_YOUR_ROLE),)
    row = _row_for(case, action, actor)
    if row is None:
        return (Refusal(Reason.NO_SUCH_STEP, (case.state.value,)),)
    return tuple(_asked(row.guards, case, actor))


def decide(case: CaseView, action: Action, actor: Actor) -> State:
    """The state the action leads to. Raises ``Refused`` with every refusal, not only the first."""
    against = refusals(case, action, actor)
    if against:
        raise Refused(*against)
    row = _row_for(case, action, actor)
    assert row is not None, "what nothing stands against has a row"
    return row.target


def checkable(case: CaseView, actor: Actor) -> tuple[Held, ...]:
    """The requirements on which this actor may now give a verdict: the office's own at its desk,
    all while the place is inspected; none that data answer. ``Refused`` where none may be given.
    """
    if case.state is State.SUBMITTED and actor.runs_office:
        return _by_hand(case, g.at_the_desk(case))
    against = against_reviewing(case, actor)
    if against:
        raise Refused(*against)
    if case.state is not State.INSPECTING:
        raise Refused(Refusal(Reason.NO_SUCH_STEP, (case.state.value,)))
    return _by_hand(case, case.held)


def against_reviewing(case: CaseView, actor: Actor) -> tuple[Refusal, ...]:
    """What stands against this actor inspecting and deciding a case, whatever was found."""
    if actor.role not in FIELD_OFFICERS:
        return (Refusal(Reason.NOT_YOUR_ROLE),)
    return tuple(_asked(IN_FIELD, case, actor))


def against_writing(case: CaseView, actor: Actor) -> tuple[Refusal, ...]:
    """What stands against this actor changing what a filing tells: only whose filing it is may,
    or the officer who has it in hand, and only while it is the enterprise's turn.
    """
    asked = _WRITERS.get(actor.role)
    if asked is None:
        return (Refusal(Reason.NOT_YOUR_ROLE),)
    return tuple(_asked((*asked, g.writable), case, actor))


def _by_hand(case: CaseView, held: tuple[Held, ...]) -> tuple[Held, ...]:
    return tuple(one for one in held if one.code not in case.from_data)


def _row_for(case: CaseView, action: Action, actor: Actor) -> Transition | None:
    found = (row for row in TRANSITIONS if row.action is action and case.state in row.sources)
    return next((row for row in found if actor.role in row.by and row.when(case)), None)


def _asked(guards: tuple[Guard, ...], case: CaseView, actor: Actor) -> Iterator[Refusal]:
    for guard in guards:
        refusal = guard(case, actor)
        if refusal is not None:
            yield refusal
