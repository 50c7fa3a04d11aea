"""The service issues what was approved: keeps one signed file and moves the case."""

from datetime import datetime

from workflow.core.refusals import NotFound
from workflow.core.roles import SYSTEM
from workflow.core.states import Action
from workflow.core.transitions import decide
from workflow.issuing.content import NoticeContent
from workflow.issuing.signing import Signed
from workflow.store import audit, cases, documents, files, outbox
from workflow.store.contents import PDF
from workflow.store.db import transaction
from workflow.store.documents import Document
from workflow.usecases.views import review_view


def awaiting(document_id: int) -> NoticeContent | None:
    """What the page is to say; None once a signed file has been stored."""
    document = documents.get(document_id)
    return None if document.sha256 else NoticeContent.from_json(document.content)


def mark_issued(document_id: int, signed: Signed, at: datetime) -> bool:
    """Keeps the signed file as the document's and moves the case to issued, all in one.

    Delivered at least once: when a file is there already, this one is discarded and False
    returned. Its bytes are written first, so that no record ever points at nothing.
    """
    sha256 = files.put(signed.pdf)
    with transaction():
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
            outbox.add("issue_notice", document_id=document_id)


def _move_on(document: Document, signed: Signed, at: datetime) -> None:
    case = document.case
    target = decide(review_view(case, document_stored=True), Action.MARK_ISSUED, SYSTEM)
    cases.move(case.id, case.state, target, issued_at=at)
    fact = {"document": document.id, "sha256": document.sha256, "level": signed.level}
    audit.record(case.id, SYSTEM, Action.MARK_ISSUED.value, at, fact)


def issued_file(document: Document) -> bytes:
    """The signed PDF. Raises ``NotFound`` while there is none."""
    if document.sha256 is None:
        raise NotFound(document.id)
    return files.read(document.sha256)
