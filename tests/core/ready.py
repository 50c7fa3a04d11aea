"""A case that lacks nothing for any step, and somebody to whom it belongs in every way."""

from dataclasses import replace
from datetime import date

from workflow.core.checklist import Verdict
from workflow.core.guards import CaseView
from workflow.core.refusals import Refusal
from workflow.core.requirements import (
    CheckedBy,
    EvidenceKind,
    Held,
    Phase,
    Requirement,
    Severity,
)
from workflow.core.roles import SYSTEM, Actor, Role
from workflow.core.states import Action, State
from workflow.core.transitions import refusals


def held(
    code: str,
    severity: Severity = Severity.VETO,
    checked_by: CheckedBy = CheckedBy.LIAISON,
    *,
    basis_needed: bool = False,
) -> Held:
    requirement = Requirement(
        code=code,
        group="组",
        text="文",
        classes=frozenset({"factory"}),
        severity=severity,
        phase=Phase.BEFORE,
        checked_by=checked_by,
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
    held=(held("A"), held("B", Severity.MAJOR), held("C", Severity.MINOR, CheckedBy.OFFICE)),
    verdicts={"A": Verdict.PASS, "B": Verdict.FAIL, "C": Verdict.PASS},
    document_stored=True,
    recorded_by=frozenset({9}),
    scan_given=True,
    deciders=frozenset({8}),
    inspected=True,
    points=2,
    words_given=True,
    remedies_known=True,
    replaced=True,
)


def actor(role: Role) -> Actor:
    """Somebody of that role to whom the case belongs in every way."""
    if role is Role.SYSTEM:
        return SYSTEM
    return Actor(1, role, "某人", enterprise_id=7, fields=frozenset({3}))


def against(
    action: Action, role: Role, state: State, who: Actor | None = None, **spoilt: object
) -> tuple[Refusal, ...]:
    """What stands against it, once the case is spoilt in that way."""
    return refusals(replace(READY, state=state, **spoilt), action, who or actor(role))
