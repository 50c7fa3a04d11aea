"""Work to do after the commit: a job is put into the transaction of the fact it follows from."""

from datetime import datetime, timedelta
from typing import Any

import procrastinate
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager
from sqlalchemy import text

from workflow.store.db import db

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


def failed() -> list[dict[str, Any]]:
    """Jobs that failed for good, newest first: what an operator must look at."""
    rows = db.session.execute(
        text(
            "SELECT j.id, j.task_name, j.args, j.attempts,"
            " (SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id) AS failed_at"
            " FROM procrastinate_jobs j WHERE j.status = 'failed'"
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
            "SELECT d.id FROM documents d WHERE d.sha256 IS NULL AND d.created_at < :before"
            " AND NOT EXISTS (SELECT 1 FROM procrastinate_jobs j"
            "  WHERE j.task_name = 'issue_notice' AND j.status IN ('todo', 'doing', 'failed')"
            "  AND (j.args ->> 'document_id')::bigint = d.id) ORDER BY d.id"
        ),
        {"before": now - grace},
    )
    return list(rows)
