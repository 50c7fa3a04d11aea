"""签发: the issuer releases, the service signs, keeps one signed file and moves the case."""

from dataclasses import replace
from datetime import datetime

from workflow.core.letters import LetterKind
from workflow.core.refusals import NotFound
from workflow.core.roles import SYSTEM, Actor
from workflow.core.states import Action, State
from workflow.issuing.content import DocumentContent
from workflow.issuing.signing import Signed
from workflow.store import audit, cases, documents, files, outbox
from workflow.store.cases import Case
from workflow.store.contents import PDF
from workflow.store.db import transaction
from workflow.store.documents import Document
from workflow.usecases import letters
from workflow.usecases.steps import refuse_unless, step
from workflow.usecases.views import review_view

STORED = "stored"  # the event of a document that was signed without moving its case


def awaiting(document_id: int) -> DocumentContent | None:
    """What the page is to say; None once a signed file has been stored, or none is wanted."""
    document = documents.get(document_id)
    if document.sha256 or document.voided_at or not document.released_at:
        return None
    return DocumentContent.from_json(document.content)


def mark_issued(document_id: int, signed: Signed, at: datetime) -> bool:
    """Keeps the signed file as the document's and moves the case to issued, all in one.

    Delivered at least once: when a file is there already, this one is discarded and False
    returned. Its bytes are written first, so that no record ever points at nothing.
    """
    sha256 = files.put(signed.pdf)
    with transaction():
        # The case first, as everyone else does: else whoever voids it, and this, would wait for
        # each other.
        cases.get(documents.get(document_id).case_id, SYSTEM, lock=True)
        files.record(sha256, len(signed.pdf), PDF, at)
        taken = documents.take_place(document_id, sha256, signed.level, at)
        document = documents.get(document_id)
        lost = not documents.was_handed_out(sha256)
        if taken:
            _move_on(document, signed, at)
        elif lost:
            files.forget(sha256)
    if lost:
        files.discard(sha256)
    return taken


def ask_again(document_ids: list[int]) -> None:
    """Starts the job of documents that wait without one."""
    with transaction():
        for document_id in document_ids:
            outbox.add(letters.ISSUE, document_id=document_id)


def release(case_id: int, version: int, actor: Actor, at: datetime) -> str:
    """签发: the issuer lets the seal be put to an approved notice; its number."""
    with transaction():
        case = cases.get(case_id, actor, lock=True)
        return let_go(case, version, actor, at)


def let_go(case: Case, version: int, actor: Actor, at: datetime) -> str:
    """Releases the notice of a locked case, in the transaction of the caller; its number."""
    notice = documents.of_case(case.id)
    view = review_view(case, at)
    refuse_unless(view, Action.RELEASE, actor)
    assert notice is not None, "what may be released has a notice"
    step(case, view, Action.RELEASE, actor, at, version=version, fact={"document": notice.id})
    letters.release(notice, at, actor.account_id)
    return notice.full_number


def _move_on(document: Document, signed: Signed, at: datetime) -> None:
    """Tells the ledger of the file; with its notice the case is issued, and one that it changes
    is superseded.
    """
    case = cases.get(document.case_id, SYSTEM, lock=True)
    fact = {"document": document.id, "sha256": document.sha256, "level": signed.level}
    if document.kind is not LetterKind.NOTICE:
        audit.record(case.id, SYSTEM, STORED, at, fact)
        return
    if case.replaces_id is not None:
        _supersede(case.replaces_id, document, at)
    view = review_view(case, at, document_stored=True)
    step(case, view, Action.MARK_ISSUED, SYSTEM, at, fact=fact, stamps={"issued_at": at})


def _supersede(case_id: int, by: Document, at: datetime) -> None:
    """The notice that was changed counts no more; one that was voided meanwhile stays void."""
    case, before = cases.get(case_id, SYSTEM, lock=True), documents.of_case(case_id)
    if case.state is not State.ISSUED or before is None:
        return
    before.superseded_by_id = by.id
    view = replace(review_view(case, at), replaced=True)
    step(case, view, Action.SUPERSEDE, SYSTEM, at, fact={"document": before.id, "by": by.id})


def issued_file(document: Document) -> bytes:
    """The signed PDF. Raises ``NotFound`` while there is none."""
    if document.sha256 is None:
        raise NotFound(document.id)
    return files.read(document.sha256)
