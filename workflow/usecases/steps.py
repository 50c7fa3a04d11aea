"""How a use case takes a case a step further: decided by the rules, moved, timed and recorded."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from workflow.core.days import day_of
from workflow.core.guards import CaseView
from workflow.core.refusals import Refusal, Refused
from workflow.core.roles import Actor
from workflow.core.states import CLOSED, Action, State
from workflow.core.transitions import against_writing, decide, refusals
from workflow.store import audit, cases, proofs, turns
from workflow.store.calendar import calendar
from workflow.store.cases import Case
from workflow.store.db import db
from workflow.store.decisions import Decision
from workflow.usecases import telling


def may_write(case: Case, actor: Actor) -> bool:
    """Whether this filing, from the actor's scope, is theirs to fill in now: the enterprise's own,
    or a recorded one by the officer who has it in hand.
    """
    return not _against_writing(case, actor)


def writable(case_id: int, actor: Actor) -> Case:
    """The case, locked, if this actor may change what it tells. Raises ``Refused``."""
    case = cases.get(case_id, actor, lock=True)
    against = _against_writing(case, actor)
    if against:
        raise Refused(*against)
    return case


def _against_writing(case: Case, actor: Actor) -> tuple[Refusal, ...]:
    in_hand = frozenset({case.recorded_by} if case.recorded_by else ())
    view = CaseView(case.state, case.enterprise_id, case.field_id, recorded_by=in_hand)
    return against_writing(view, actor)


def refuse_unless(view: CaseView, action: Action, actor: Actor) -> None:
    """Raises ``Refused`` with everything that stands against the action."""
    against = refusals(view, action, actor)
    if against:
        raise Refused(*against)


def step(
    case: Case,
    view: CaseView,
    action: Action,
    actor: Actor,
    at: datetime,
    *,
    version: int | None = None,
    due: date | None = None,
    fact: Mapping[str, object] | None = None,
    stamps: Mapping[str, object] | None = None,
) -> State:
    """Takes the case to where the action leads, in the transaction of the caller.

    ``version`` is that of the page the actor saw, ``due`` the last day of the turn that begins
    where somebody set it, ``fact`` what the ledger is told, ``stamps`` further columns of the
    case. Raises ``Refused`` and ``Stale``.
    """
    target, before = decide(view, action, actor), telling.standing_of(case)
    values = dict(stamps or {})
    values["due_on"] = turns.pass_on(case, target, day_of(at), calendar(), due)
    if target in CLOSED:
        values["closed_at"] = at
    cases.move(case.id, case.state, target, version=version, **values)
    db.session.refresh(case)
    audit.record(case.id, actor, action.value, at, {**(fact or {}), **standing(case, actor)})
    telling.of_step(case, action, before, actor, at)
    return target


def standing(case: Case, actor: Actor) -> dict[str, object]:
    """What the ledger notes of somebody who acts for another: the history says so."""
    return {"stands_in": True} if case.field_id in actor.standing_in else {}


def note_decision(
    case: Case, action: Action, words: str, actor: Actor, at: datetime
) -> dict[str, object]:
    """Keeps who decided, at which level and why; what the ledger is told of it."""
    made = Decision(
        case_id=case.id,
        submission_id=case.submission.id,
        level=case.level,
        action=action,
        words=words,
        decided_by=actor.account_id,
        decided_at=at,
    )
    db.session.add(made)
    db.session.flush()
    return proofs.of_decision(made)


def with_words(view: CaseView, words: str) -> CaseView:
    """The case as an action with these words would find it."""
    return replace(view, words_given=bool(words.strip()))
