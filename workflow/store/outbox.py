"""Work to do after the commit: a job is put into the transaction of the fact it follows from."""

from datetime import datetime, timedelta
from typing import Any

import procrastinate
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager
from sqlalchemy import BigInteger, Text, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.db import Model, db

# Tasks register here when ``workflow.jobs`` is imported. A worker brings an asynchronous connector
# of its own; deferring happens on the transaction's connection, which is synchronous in the worker
# as in the web, so it has a manager apart, whose connector is never opened.
queue = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())
_manager = JobManager(procrastinate.SyncPsycopgConnector())


def add(task: str, **ids: int) -> None:
    """Defers a job by name, committed or rolled back with the current transaction."""
    raw = db.session.connection().connection.driver_connection
    job = queue.configure_task(task, allow_unknown=False).job
    JobDeferrer(_manager, job, connection=raw).defer(**ids)


class JobFault(Model):
    """Why a job failed the last time, in words."""

    __tablename__ = "job_faults"

    job_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


def note_fault(job_id: int, words: str, at: datetime) -> None:
    """Keeps why a job failed; the last reason counts."""
    row = {"job_id": job_id, "words": words, "at": at}
    noted = insert(JobFault).values(row)
    db.session.execute(noted.on_conflict_do_update(index_elements=[JobFault.job_id], set_=row))


def forget_faults() -> int:
    """Forgets the faults of jobs that are there no more; how many."""
    gone = text(
        "DELETE FROM job_faults f WHERE NOT EXISTS"
        " (SELECT 1 FROM procrastinate_jobs j WHERE j.id = f.job_id) RETURNING f.job_id"
    )
    return len(db.session.scalars(gone).all())


def failed() -> list[dict[str, Any]]:
    """Jobs that failed for good, newest first: what an operator must look at."""
    rows = db.session.execute(
        text(
            "SELECT j.id, j.task_name, j.args, j.attempts, f.words AS why,"
            " (SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id) AS failed_at"
            " FROM procrastinate_jobs j LEFT JOIN job_faults f ON f.job_id = j.id"
            " WHERE j.status = 'failed'"
            " ORDER BY j.queue_name = 'issuing' DESC, j.id DESC LIMIT 100"
        )
    )
    return [dict(row._mapping) for row in rows]


def restart(job_id: int, at: datetime) -> bool:
    """Starts a failed job again; False when it is no longer failed."""
    found = db.session.scalar(
        text("SELECT id FROM procrastinate_jobs WHERE id = :id AND status = 'failed' FOR UPDATE"),
        {"id": job_id},
    )
    if found is None:
        return False
    db.session.execute(
        text("SELECT procrastinate_retry_job_v2(:id, :at, NULL, NULL, NULL)"),
        {"id": job_id, "at": at},
    )
    return True


def unissued_without_job(now: datetime, grace: timedelta) -> list[int]:
    """Documents that wait longer than ``grace`` with no job waiting, running or failed for good."""
    rows = db.session.scalars(
        text(
            "SELECT d.id FROM documents d WHERE d.sha256 IS NULL AND d.released_at < :before"
            " AND d.voided_at IS NULL AND NOT EXISTS (SELECT 1 FROM procrastinate_jobs j"
            "  WHERE j.task_name = 'issue_notice' AND j.status IN ('todo', 'doing', 'failed')"
            "  AND (j.args ->> 'document_id')::bigint = d.id) ORDER BY d.id"
        ),
        {"before": now - grace},
    )
    return list(rows)
