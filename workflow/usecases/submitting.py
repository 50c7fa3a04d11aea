"""The enterprise hands in: for the first time, corrected or mended, or takes it back."""

from datetime import datetime

from workflow.core.codes import document_number
from workflow.core.corrections import Anchor
from workflow.core.days import day_of
from workflow.core.facts import to_json
from workflow.core.refusals import NotFound
from workflow.core.roles import Actor
from workflow.core.states import Action, State
from workflow.store import cases, corrections, documents, proofs, rosters
from workflow.store.cases import Case
from workflow.store.db import db, transaction
from workflow.store.submissions import Attachment, CheckResult, Submission
from workflow.store.towns import this_town
from workflow.usecases.steps import refuse_unless, step, writable
from workflow.usecases.views import draft_facts, draft_view, review_view, told_with_it
from workflow.usecases.visits import close


def submit(case_id: int, version: int, actor: Actor, at: datetime) -> str:
    """Hands the filing in: an immutable submission and a filing number (申报号), which it returns.

    What was returned or is to be mended is handed in again under its number.
    """
    with transaction():
        case = cases.get(case_id, actor, lock=True)
        action = Action.SUBMIT if case.state is State.DRAFT else Action.RESUBMIT
        view = draft_view(case, draft_facts(case), at)
        refuse_unless(view, action, actor)
        stamps: dict[str, object] = {}
        if case.filing_number is None:
            stamps = {"filing_number": _next_number(at), "submitted_at": at}
        submission = _snapshot(case, actor, at)
        fact = proofs.of_handed_in(submission)
        step(case, view, action, actor, at, version=version, fact=fact, stamps=stamps)
        return str(case.filing_number)


def answer_point(case_id: int, point_id: int, words: str, actor: Actor, at: datetime) -> None:
    """Says what was done about a point; said again, the later words count."""
    with transaction():
        case = writable(case_id, actor)
        found = next((one for one in corrections.open_points(case.id) if one.id == point_id), None)
        if found is None:
            raise NotFound(point_id)
        said = words.strip() or None
        found.answer = said
        found.answered_by = actor.account_id if said else None
        found.answered_at = at if said else None


def withdraw(case_id: int, version: int, actor: Actor, at: datetime) -> None:
    """撤回: nothing more is done about the filing; the place may file anew."""
    with transaction():
        case = cases.get(case_id, actor, lock=True)
        view = review_view(case, at)
        refuse_unless(view, Action.WITHDRAW, actor)
        close(case, at)
        step(case, view, Action.WITHDRAW, actor, at, version=version)


def _next_number(at: datetime) -> str:
    series, year = this_town().agency_filed, day_of(at).year
    return document_number(series, year, documents.next_number(series, year))


def _snapshot(case: Case, actor: Actor, at: datetime) -> Submission:
    """The submission of the case as it is now, with the verdicts that still hold."""
    before = case.submissions[-1] if case.submissions else None
    seq = rosters.latest_seq(case.place_id)
    made = Submission(
        case_id=case.id,
        seq=before.seq + 1 if before else 1,
        answers=case.answers,
        told=to_json(told_with_it(case, seq)),
        roster_seq=seq,
        attachments=[_file(one) for one in case.attachments],
        submitted_by=actor.account_id,
        submitted_at=at,
    )
    db.session.add(made)
    db.session.flush()
    if before:
        db.session.add_all(_carried_over(case, before, made))
        db.session.flush()
    db.session.refresh(case, ["submissions"])
    return made


def _carried_over(case: Case, before: Submission, made: Submission) -> list[CheckResult]:
    """What was found before counts on, but for what was to be corrected or mended."""
    again = {
        one.key for one in corrections.open_points(case.id) if one.anchor is Anchor.REQUIREMENT
    }
    return [
        CheckResult(
            submission_id=made.id,
            code=one.code,
            verdict=one.verdict,
            note=one.note,
            checked_by=one.checked_by,
            checked_at=one.checked_at,
        )
        for one in before.checks
        if one.code not in again
    ]


def _file(attachment: Attachment) -> dict[str, object]:
    return {
        "sha256": attachment.sha256,
        "name": attachment.name,
        "codes": attachment.codes,
        "media_type": attachment.file.media_type,
        "size": attachment.file.size,
    }
