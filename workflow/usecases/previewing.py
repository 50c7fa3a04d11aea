"""预览: how a document would look, before anything is decided; composed as the real one is."""

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from workflow.core.codes import grouped
from workflow.core.days import day_of
from workflow.core.letters import LetterKind
from workflow.core.refusals import Reason, Refusal, Refused
from workflow.core.roles import Actor
from workflow.core.states import Action, State
from workflow.core.transitions import refusals
from workflow.issuing.content import DocumentContent
from workflow.store import cases, corrections, documents, outbox, previews
from workflow.store.cases import Case
from workflow.store.db import transaction
from workflow.store.towns import this_town
from workflow.usecases import correcting, letters
from workflow.usecases.letters import Codes, Compose
from workflow.usecases.notices import notice_of
from workflow.usecases.refusing import adverse
from workflow.usecases.views import review_view

TASK = "lay_out_preview"
NUMBER = "〔预览〕"
MARK = "预览·未签发"
KEPT = timedelta(days=1)
ACTIONS = {
    LetterKind.NOTICE: Action.APPROVE,
    LetterKind.CORRECTION: Action.RETURN,
    LetterKind.REFUSAL: Action.REFUSE,
    LetterKind.NON_ACCEPTANCE: Action.NOT_ACCEPT,
}
# What may still be missing when one only wants to see how it would look.
STILL_OPEN = frozenset(
    {
        Reason.CHECKS_MISSING,
        Reason.NOT_INSPECTED,
        Reason.VETO_FAILED,
        Reason.OPINIONS_AWAITED,
        Reason.NOT_LAST_LEVEL,
        Reason.WORDS_NEEDED,
    }
)


def ask(
    case_id: int,
    kind: LetterKind,
    words: str,
    basis: str,
    actor: Actor,
    at: datetime,
    codes: Codes,
) -> int:
    """Has a document laid out as it would go out now; the id of the preview.

    ``words``: conditions of a notice, the facts of an adverse document. ``codes``: what a page
    that can't be verified carries in their place. Asked again with nothing changed, it is the
    same preview.
    """
    with transaction():
        case = cases.get(case_id, actor)
        if case.state is State.AWAITING_RELEASE and kind is LetterKind.NOTICE:
            content = _held(case, codes)
        else:
            _refuse_unless_theirs(case, kind, actor, at)
            town, compose = this_town(), _composed(case, kind, words, basis, at)
            content = compose(letters.heading(case, town, NUMBER, day_of(at), codes))
        text = replace(content, mark=_mark()).to_json()
        digest = sha256(text.encode()).hexdigest()
        assert actor.account_id is not None, "a preview is for somebody"
        preview_id, new = previews.add(case.id, actor.account_id, kind, digest, text, at)
        if new:
            outbox.add(TASK, preview_id=preview_id)
        return preview_id


def awaited(preview_id: int) -> DocumentContent | None:
    """What is to be laid out; None when it is done, or forgotten."""
    found = previews.waiting(preview_id)
    return DocumentContent.from_json(found.content) if found else None


def keep(preview_id: int, pdf: bytes, at: datetime) -> None:
    """Keeps the pages, unless another worker was first."""
    with transaction():
        found = previews.waiting(preview_id)
        if found is not None:
            found.pdf, found.made_at = pdf, at


def forget(now: datetime) -> int:
    """Deletes previews a day after they were asked for; how many."""
    with transaction():
        return previews.forget(now - KEPT)


def _refuse_unless_theirs(case: Case, kind: LetterKind, actor: Actor, at: datetime) -> None:
    action = ACTIONS.get(kind)
    if action is None:
        raise Refused(Refusal(Reason.NO_SUCH_STEP, (case.state.value,)))
    against = refusals(review_view(case, at), action, actor)
    real = [one for one in against if one.reason not in STILL_OPEN]
    if real:
        raise Refused(*real)


def _composed(case: Case, kind: LetterKind, words: str, basis: str, at: datetime) -> Compose:
    match kind:
        case LetterKind.NOTICE:
            return notice_of(case, review_view(case, at), words, at)
        case LetterKind.CORRECTION:
            points, until = corrections.untold(case.id), correcting.last_day(case, at)
            return correcting.notice_of(case, points, until, correcting.rounds(case.id) + 1)
    return adverse(kind, words, basis)


def _held(case: Case, codes: Codes) -> DocumentContent:
    """The notice that waits for its release, word for word, but not to be verified by."""
    notice = documents.of_case(case.id)
    assert notice is not None, "what was approved has a notice"
    content = DocumentContent.from_json(notice.content)
    return replace(
        content,
        document_id=codes.token,
        verify_url=codes.verify_url,
        typed_code=grouped(codes.typed_code),
    )


def _mark() -> str:
    mark = this_town().mark
    return f"{mark} {MARK}" if mark else MARK
