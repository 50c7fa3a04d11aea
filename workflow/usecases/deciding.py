"""The decision: refer it upwards, approve (同意), refuse, send back, void."""

from datetime import datetime

from workflow.core.letters import LetterKind
from workflow.core.roles import SYSTEM, Actor
from workflow.core.states import Action, State
from workflow.core.transitions import decide
from workflow.store import cases, documents, proofs
from workflow.store.cases import Case
from workflow.store.db import transaction
from workflow.usecases import confirming, letters
from workflow.usecases.letters import NewCodes
from workflow.usecases.notices import notice_of
from workflow.usecases.refusing import adverse
from workflow.usecases.steps import (
    note_decision,
    refuse_unless,
    step,
    with_words,
)
from workflow.usecases.views import review_view
from workflow.usecases.visits import written_down


def refer(
    case_id: int, words: str, version: int, actor: Actor, at: datetime, new_codes: NewCodes
) -> None:
    """Agrees, and leaves the decision to the level above."""
    with transaction():
        case = cases.get(case_id, actor, lock=True)
        view = review_view(case, at)
        refuse_unless(view, Action.REFER, actor)
        confirming.keep(case, view, actor, at)
        fact = written_down(case, "同意，报上一级审定。", at, new_codes, [])
        fact |= proofs.of_checked(case.submission)
        fact |= note_decision(case, Action.REFER, words, actor, at)
        level = case.level + 1
        step(
            case, view, Action.REFER, actor, at, version=version, fact=fact, stamps={"level": level}
        )


def approve(
    case_id: int,
    words: str,
    version: int,
    actor: Actor,
    at: datetime,
    new_codes: NewCodes,
) -> str:
    """Approves and numbers the notice without a gap; its number. It is signed at once where the
    approval releases it, otherwise it waits for the issuer. ``words``: conditions, a line each.

    ``version`` is that of the page the officer saw; ``Stale`` if the case has changed since.
    """
    with transaction():
        case = cases.get(case_id, actor, lock=True)
        view = review_view(case, at)
        refuse_unless(view, Action.APPROVE, actor)
        confirming.keep(case, view, actor, at)
        compose = notice_of(case, view, words, at)
        notice = letters.write(case, LetterKind.NOTICE, compose, at, new_codes(), hold=True)
        fact = written_down(case, "同意复工。", at, new_codes, [notice])
        fact |= proofs.of_checked(case.submission)
        fact["document"] = notice.id
        fact |= note_decision(case, Action.APPROVE, words, actor, at)
        stamps = {"approved_at": at, "approved_by": actor.account_id}
        step(case, view, Action.APPROVE, actor, at, version=version, fact=fact, stamps=stamps)
        if not case.kind.issuer_releases:
            step(case, review_view(case, at), Action.RELEASE, SYSTEM, at)
            letters.release(notice, at, None)
        return notice.full_number


def refuse(
    case_id: int,
    words: str,
    basis: str,
    version: int,
    actor: Actor,
    at: datetime,
    new_codes: NewCodes,
) -> str:
    """暂不同意复工: with facts, basis, and how to be heard and appeal; the document's number."""
    with transaction():
        case = cases.get(case_id, actor, lock=True)
        view = with_words(review_view(case, at), words)
        refuse_unless(view, Action.REFUSE, actor)
        confirming.keep(case, view, actor, at)
        compose = adverse(LetterKind.REFUSAL, words, basis)
        made = letters.write(case, LetterKind.REFUSAL, compose, at, new_codes())
        fact = written_down(case, "暂不同意复工。", at, new_codes, [made])
        fact |= proofs.of_checked(case.submission)
        fact |= note_decision(case, Action.REFUSE, words, actor, at)
        step(case, view, Action.REFUSE, actor, at, version=version, fact=fact)
        return made.full_number


def send_back(case_id: int, words: str, version: int, actor: Actor, at: datetime) -> None:
    """Gives the case back to the level before, with reasons. A notice that waited for its release
    is void, and so is its number.
    """
    with transaction():
        case = cases.get(case_id, actor, lock=True)
        view = with_words(review_view(case, at), words)
        target = decide(view, Action.SEND_BACK, actor)
        fact = note_decision(case, Action.SEND_BACK, words, actor, at)
        below = case.level
        if case.state is State.AWAITING_RELEASE:
            fact["voided"] = _void_notice(case, at)  # the level that approved has it again
        else:
            below -= 1
        level = below if target is State.REFERRED else 0
        stamps = {"approved_at": None, "approved_by": None, "level": level}
        step(case, view, Action.SEND_BACK, actor, at, version=version, fact=fact, stamps=stamps)


def void(case_id: int, words: str, version: int, actor: Actor, at: datetime) -> None:
    """作废: the notice counts no more, and its number is never given again."""
    with transaction():
        case = cases.get(case_id, actor, lock=True)
        view = with_words(review_view(case, at), words)
        refuse_unless(view, Action.VOID, actor)
        fact = note_decision(case, Action.VOID, words, actor, at)
        fact["voided"] = _void_notice(case, at)
        step(case, view, Action.VOID, actor, at, version=version, fact=fact)


def _void_notice(case: Case, at: datetime) -> int:
    notice = documents.of_case(case.id)
    assert notice is not None, "what was approved has a notice"
    notice.voided_at = at
    return notice.id
