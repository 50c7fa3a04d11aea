"""Keyed digests of what was decided on, for the ledger: a row altered later no longer fits."""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import or_, select

from workflow.store.audit import AuditEvent
from workflow.store.crypto import keyed_digest
from workflow.store.db import db
from workflow.store.decisions import Decision, Opinion
from workflow.store.documents import Document
from workflow.store.inspections import Inspection
from workflow.store.submissions import CheckResult, Submission


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


def of_handed_in(submission: Submission) -> dict[str, object]:
    """What the event of a submission says of it."""
    return {"submission": submission.id, "digest": of_submission(submission)}


def of_letters(written: Iterable[Document]) -> dict[str, object]:
    """What an event says of the documents it gave rise to, each by its id."""
    return {"letters": {str(one.id): of_document(one) for one in written}}


def of_checked(submission: Submission) -> dict[str, object]:
    """What the event of a verdict or a decision says of what was found by then."""
    return {"submission": submission.id, "checks": of_checks(submission.checks)}


def of_decision(made: Decision) -> dict[str, object]:
    """What the event of a decision says of it: who decided, and why."""
    whole = [made.action.value, made.level, made.decided_by, made.words]
    return {"decision": made.id, "decided": _digest("decision", whole)}


def of_opinion(given: Opinion) -> dict[str, object]:
    """What the event of an answer says of it: which department thinks what."""
    view = given.view.value if given.view else None
    whole = [given.department_id, view, given.words, given.answered_by]
    return {"opinion": given.id, "said": _digest("opinion", whole)}


def of_photos(inspection: Inspection) -> dict[str, object]:
    """What the event that ends an inspection says of its photographs, and of what each shows."""
    shown = [[one.code, one.sha256] for one in inspection.photos]
    return {"inspected": inspection.id, "shown": _digest("photos", shown)}


def misfits() -> Iterator[AuditEvent]:
    """Events whose facts are no longer what they were when the event was recorded.

    Verdicts may change until the decision, and again when it is sent back: of a submission the
    last event that tells of them counts.
    """
    proving = or_(*(AuditEvent.payload.has_key(name) for name in PROVING))
    query = select(AuditEvent).where(proving).order_by(AuditEvent.case_id, AuditEvent.seq)
    found = db.session.scalars(query.execution_options(yield_per=500))
    for _, events in groupby(found, key=attrgetter("case_id")):
        of_case = list(events)
        last = {one.payload["submission"]: one.seq for one in of_case if "checks" in one.payload}
        for event in of_case:
            checked_last = last.get(event.payload.get("submission")) == event.seq
            now = _now(event, with_checks=checked_last)
            if any(event.payload.get(name) != digest for name, digest in now.items()):
                yield event


def _now(event: AuditEvent, *, with_checks: bool) -> dict[str, object]:
    """The part of an event's payload that can be worked out again from the rows."""
    told: dict[str, Any] = event.payload
    found: dict[str, object] = {}
    if "letters" in told:
        ids = [int(one) for one in told["letters"]]
        found |= of_letters(db.session.scalars(select(Document).where(Document.id.in_(ids))))
    for name, (key, model, told_of) in ROWS.items():
        if name in told:
            row = db.session.get(model, told[key])
            found |= told_of(row) if row is not None else {key: None}
    if "digest" not in told and "checks" not in told:
        return found
    submission = db.session.get(Submission, told.get("submission", 0))
    if submission is None:
        return {"submission": None}
    if "digest" in told:
        found |= of_handed_in(submission)
    if with_checks:
        found |= of_checked(submission)
    return found


# By the digest in an event: where the id of the row stands, and what is told of the row.
ROWS: dict[str, tuple[str, type[Any], Callable[[Any], dict[str, object]]]] = {
    "decided": ("decision", Decision, of_decision),
    "said": ("opinion", Opinion, of_opinion),
    "shown": ("inspected", Inspection, of_photos),
}
PROVING = ("digest", "checks", "letters", *ROWS)


def _digest(what: str, value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return keyed_digest(text, f"proof.{what}")
