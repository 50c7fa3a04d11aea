"""What the rules may know of a case, and every guard: each answers with a refusal or nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from workflow.core.checklist import Verdict
from workflow.core.confirming import Finding
from workflow.core.refusals import Reason, Refusal
from workflow.core.requirements import CheckedBy, Held, Severity
from workflow.core.roles import Actor, Role
from workflow.core.states import WRITABLE, State


@dataclass(frozen=True, slots=True)
class CaseView:
    """What the guards may know of a case: plain values, gathered by the store.

    ``missing_facts`` and ``contradictions`` are fact keys; ``missing_evidence`` are keys of
    materials, ``missing_parts`` of parts. ``earliest`` is the first day the place may plan for,
    ``opens`` the one set for its class, in the town's days. ``decided_elsewhere`` are the rules
    by which another authority decides, in words. ``recorded_by`` are the accounts that recorded
    it on the enterprise's behalf (代录); none for its own filing.

    ``levels`` are the roles that decide, one after the other, ``level`` counts those passed;
    ``deciders`` are the accounts that decided at the others. ``points`` counts what is to be
    corrected and has not been told yet, ``unanswered`` what the enterprise has not answered.
    ``awaited`` names the departments whose opinion must be waited for. ``words_given``: the
    reason that an action needs is written; ``remedies_known``: the town's settings hold the words
    on being heard and on review that an adverse document must carry. ``from_data`` are the
    requirements that what staff told answers now, by code; their ``verdicts`` are the data's.
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
    accepted: bool = False
    levels: tuple[Role, ...] = (Role.LIAISON,)
    level: int = 0
    deciders: frozenset[int] = frozenset()
    issuer_releases: bool = False
    inspected: bool = False
    points: int = 0
    unanswered: tuple[str, ...] = ()
    awaited: tuple[str, ...] = ()
    words_given: bool = False
    remedies_known: bool = False
    replaced: bool = False
    from_data: dict[str, Finding] = field(default_factory=dict)


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


def in_my_hands(case: CaseView, actor: Actor) -> Refusal | None:
    """A colleague takes it in hand first: else whoever filled it in could decide it too."""
    return None if actor.account_id in case.recorded_by else Refusal(Reason.NOT_RECORDED_HERE)


def scan_given(case: CaseView, actor: Actor) -> Refusal | None:
    return None if case.scan_given else Refusal(Reason.SCAN_MISSING)


def not_recorded_by_me(case: CaseView, actor: Actor) -> Refusal | None:
    if actor.account_id in case.recorded_by:
        return Refusal(Reason.RECORDED_BY_YOU)
    return None


def writable(case: CaseView, actor: Actor) -> Refusal | None:
    return None if case.state in WRITABLE else Refusal(Reason.NOT_A_DRAFT)


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


def no_department(case: CaseView, actor: Actor) -> Refusal | None:
    """An officer of a department gives opinions, and takes no step of a case."""
    return Refusal(Reason.NOT_YOUR_ROLE) if actor.department_id else None


def office_checked(case: CaseView, actor: Actor) -> Refusal | None:
    unchecked = tuple(one.code for one in at_the_desk(case) if one.code not in case.verdicts)
    return Refusal(Reason.CHECKS_MISSING, unchecked) if unchecked else None


def at_the_desk(case: CaseView) -> tuple[Held, ...]:
    """The requirements that the office confirms at its completeness check."""
    return tuple(one for one in case.held if one.requirement.checked_by is CheckedBy.OFFICE)


def inspected(case: CaseView, actor: Actor) -> Refusal | None:
    return None if case.inspected else Refusal(Reason.NOT_INSPECTED)


def something_failed(case: CaseView, actor: Actor) -> Refusal | None:
    failed = any(case.verdicts.get(one.code) is Verdict.FAIL for one in case.held)
    return None if failed else Refusal(Reason.NOTHING_FAILED)


def points_raised(case: CaseView, actor: Actor) -> Refusal | None:
    return None if case.points else Refusal(Reason.NO_POINTS)


def points_answered(case: CaseView, actor: Actor) -> Refusal | None:
    return Refusal(Reason.POINTS_UNANSWERED, case.unanswered) if case.unanswered else None


def level_above(case: CaseView, actor: Actor) -> Refusal | None:
    return None if case.level + 1 < len(case.levels) else Refusal(Reason.LAST_LEVEL)


def last_level(case: CaseView, actor: Actor) -> Refusal | None:
    return None if case.level + 1 >= len(case.levels) else Refusal(Reason.NOT_LAST_LEVEL)


def at_this_level(case: CaseView, actor: Actor) -> Refusal | None:
    mine = case.levels[case.level] is actor.role and not actor.department_id
    return None if mine else Refusal(Reason.NOT_YOUR_LEVEL)


def not_decided_before(case: CaseView, actor: Actor) -> Refusal | None:
    return Refusal(Reason.DECIDED_BY_YOU) if actor.account_id in case.deciders else None


def opinions_in(case: CaseView, actor: Actor) -> Refusal | None:
    return Refusal(Reason.OPINIONS_AWAITED, case.awaited) if case.awaited else None


def words_given(case: CaseView, actor: Actor) -> Refusal | None:
    return None if case.words_given else Refusal(Reason.WORDS_NEEDED)


def remedies_known(case: CaseView, actor: Actor) -> Refusal | None:
    return None if case.remedies_known else Refusal(Reason.REMEDIES_UNKNOWN)


def issuer_releases(case: CaseView, actor: Actor) -> Refusal | None:
    return None if case.issuer_releases else Refusal(Reason.RELEASED_BY_APPROVAL)


def approval_releases(case: CaseView, actor: Actor) -> Refusal | None:
    return Refusal(Reason.RELEASED_BY_ISSUER) if case.issuer_releases else None


def replaced(case: CaseView, actor: Actor) -> Refusal | None:
    return None if case.replaced else Refusal(Reason.NOT_REPLACED)
