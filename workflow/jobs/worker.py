"""Runs a worker: takes jobs of some queues until it is told to stop."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

import procrastinate

from workflow.jobs import tasks  # noqa: F401 - registers the tasks on the queue
from workflow.store.outbox import queue

HEARTBEAT_SECONDS = 5
STALLED_WORKER_SECONDS = 20


def run(
    conninfo: str,
    queues: Sequence[str],
    name: str,
    context: Callable[[], AbstractContextManager[Any]],
    *,
    wait: bool = True,
) -> None:
    """Works on ``queues`` one job at a time (WeasyPrint must not share a process with itself).

    ``context`` is entered around every job. With ``wait`` False it returns when nothing is left.
    """

    def inside(call_next: Callable[[], Any], _job: object, _worker: object) -> Any:
        with context():
            return call_next()

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
