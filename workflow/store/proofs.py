"""Keyed digests of what was decided on, for the ledger: a row altered later no longer fits."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from workflow.core.states import Action
from workflow.store.audit import AuditEvent
from workflow.store.cases import CheckResult, Submission
from workflow.store.crypto import keyed_digest
from workflow.store.db import db
from workflow.store.documents import Document


def of_submission(submission: Submission) -> str:
    """Over the answers of a submission, what roster and town told with them, and its files."""
    whole: list[object] = [submission.answers, submission.attachments]
    if submission.told or submission.roster_seq is not None:  # earlier submissions know neither
        whole += [submission.told, submission.roster_seq]
    return _digest("submission", whole)


def of_checks(checks: list[CheckResult]) -> str:
    """Over the verdicts and notes an approval rests on."""
    rows = sorted((one.code, one.verdict.value, one.note) for one in checks)
    return _digest("checks", rows)


def of_document(document: Document) -> str:
    """Over all that a document says and is found by."""
    return _digest("document", [document.content, document.token, document.typed_code])


def of_approval(document: Document, submission: Submission) -> dict[str, object]:
    """What the event of an approval says: what was decided on, and what was decided."""
    return {
        "document": document.id,
        "submission": submission.id,
        "checks": of_checks(submission.checks),
        "content": of_document(document),
    }


def misfits() -> Iterator[AuditEvent]:
    """Events whose facts are no longer what they were when the event was recorded."""
    query = select(AuditEvent).order_by(AuditEvent.id).execution_options(yield_per=500)
    decided = AuditEvent.action.in_((Action.SUBMIT.value, Action.APPROVE.value))
    for event in db.session.scalars(query.where(decided)):
        if any(event.payload.get(name) != digest for name, digest in _now(event).items()):
            yield event


def _now(event: AuditEvent) -> dict[str, object]:
    """The part of an event's payload that can be worked out again from the rows."""
    submission = db.session.get(Submission, event.payload.get("submission", 0))
    if submission is None:
        return {"submission": None}
    if event.action == Action.SUBMIT.value:
        return {"digest": of_submission(submission)}
    document = db.session.get(Document, event.payload.get("document", 0))
    return of_approval(document, submission) if document else {"document": None}


def _digest(what: str, value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return keyed_digest(text, f"proof.{what}")
