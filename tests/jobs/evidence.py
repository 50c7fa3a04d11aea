"""What has happened: read from the queue, the database, the ledger and the file store."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import select, text

from tests import cast
from web import press
from workflow.core.roles import Actor
from workflow.core.states import Action, State
from workflow.issuing.verification import verify
from workflow.store import audit, files
from workflow.store.cases import Case
from workflow.store.db import db
from workflow.store.documents import Document, DocumentRevision, of_case
from workflow.store.files import StoredFile, Vault
from workflow.store.submissions import Attachment
from workflow.usecases import ledger

ISSUE = "issue_notice"


@dataclass(frozen=True)
class Job:
    id: int
    status: str
    attempts: int
    waits: bool


def jobs(task: str = ISSUE) -> list[Job]:
    """The jobs of a task as they are now, oldest first."""
    db.session.rollback()
    rows = db.session.execute(
        text(
            "SELECT id, status, attempts, coalesce(scheduled_at > now(), false)"
            " FROM procrastinate_jobs WHERE task_name = :task ORDER BY id"
        ),
        {"task": task},
    )
    return [Job(*row) for row in rows]


def job(task: str = ISSUE) -> Job:
    (only,) = jobs(task)
    return only


def sql(statement: str, **values: Any) -> None:
    """Brings something about that no use case does."""
    db.session.rollback()
    db.session.execute(text(statement), values)
    db.session.commit()


def approved(enterprise: Actor, liaison: Actor) -> int:
    """An approved case whose notice waits for its job; its other letters are put aside."""
    case_id = cast.approved(enterprise, liaison)
    sql(
        "DELETE FROM procrastinate_jobs WHERE (args ->> 'document_id')::bigint IN"
        " (SELECT id FROM documents WHERE kind <> 'notice')"
    )
    sql("UPDATE documents SET voided_at = created_at WHERE kind <> 'notice'")
    return case_id


def state_of(case_id: int) -> State:
    db.session.rollback()
    return db.session.scalars(select(Case.state).where(Case.id == case_id)).one()


def document_of(case_id: int) -> Document:
    db.session.rollback()
    db.session.expire_all()
    found = of_case(case_id)
    assert found is not None
    return found


def on_disk() -> set[str]:
    """The names of all files in the store."""
    root = Path(Vault.path("00")).parent.parent
    return {one.name for one in root.rglob("*") if one.is_file()}


def recorded() -> set[str]:
    """The files that the database knows of."""
    db.session.rollback()
    return set(db.session.scalars(select(StoredFile.sha256)))


def assert_issued_once(case_id: int, number: str) -> None:
    """One notice, one revision, one event, the number it was approved with; and all verifies."""
    document = document_of(case_id)
    assert state_of(case_id) is State.ISSUED
    assert document.full_number == number
    revisions = select(DocumentRevision.sha256).where(DocumentRevision.document_id == document.id)
    assert db.session.scalars(revisions).all() == [document.sha256]
    actions = [event.action for event in audit.of_case(case_id)]
    assert actions.count(Action.MARK_ISSUED.value) == 1
    assert list(ledger.breaks(press.signing_key(current_app.config["SETTINGS"]))) == []
    pdf = files.read(document.sha256 or "")
    assert verify(pdf, current_app.config["ANCHORS"], datetime.now(UTC)).valid
    assert {one.status for one in jobs()} == {"succeeded"}


def assert_no_other_notice() -> None:
    """What is not an attachment is the notice of a case, and nothing else lies in the store."""
    attached = set(db.session.scalars(select(Attachment.sha256)))
    notices = set(db.session.scalars(select(Document.sha256).where(Document.sha256.is_not(None))))
    assert recorded() - attached == notices
    assert on_disk() == recorded()
