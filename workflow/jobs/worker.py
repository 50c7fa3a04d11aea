"""Runs a worker: takes jobs of some queues until it is told to stop."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

import procrastinate
import structlog
from procrastinate import JobContext

from workflow.jobs import (  # noqa: F401 - they register on the queue
    health,
    healthrules,
    tasks,
    telling,
    timestamps,
)
from workflow.jobs.faults import words_of
from workflow.jobs.press import Pressroom
from workflow.store.outbox import queue
from workflow.usecases import operating

HEARTBEAT_SECONDS = 5
STALLED_WORKER_SECONDS = 20
log = structlog.get_logger()


def run(
    conninfo: str,
    queues: Sequence[str],
    name: str,
    context: Callable[[], AbstractContextManager[Any]],
    *,
    wait: bool = True,
) -> None:
    """Works on ``queues`` one job at a time (WeasyPrint must not share a process with itself).

    ``context`` is entered around every job. Why one failed is kept for the operator and told in the
    log. With ``wait`` False it returns when nothing is left.
    """

    def inside(call_next: Callable[[], Any], job: JobContext, _worker: object) -> Any:
        with context():
            try:
                return call_next()
            except Exception as error:
                _note(job, error)
                raise

    connector = procrastinate.PsycopgConnector(conninfo=conninfo)
    with queue.replace_connector(connector) as app:
        app.run_worker(
            queues=list(queues),
            name=name,
            concurrency=1,
            wait=wait,
            update_heartbeat_interval=HEARTBEAT_SECONDS,
            stalled_worker_timeout=STALLED_WORKER_SECONDS,
            task_middleware=[inside],
            install_signal_handlers=wait,
        )


def _note(job: JobContext, error: Exception) -> None:
    """Keeps why a job failed, if the database will have it: the failure itself counts more."""
    why = words_of(error)
    log.error("job_failed", job_id=job.job.id, task=job.job.task_name, why=why)
    try:
        operating.note_fault(job.job.id or 0, why, Pressroom.press().now())
    except Exception as further:  # the queue must still hear of the first one
        log.warning("fault_not_noted", why=str(further))
