"""The operator: sees jobs that failed for good and starts them again."""

from dataclasses import dataclass
from datetime import datetime

from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.roles import Actor, Role
from workflow.store import outbox
from workflow.store.db import transaction


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job that gave up. ``ids`` are the identifiers it was given, never more."""

    id: int
    task: str
    ids: dict[str, int]
    attempts: int
    failed_at: datetime | None


def failed_jobs() -> list[FailedJob]:
    """Jobs that failed for good, newest first."""
    return [
        FailedJob(row["id"], row["task_name"], row["args"], row["attempts"], row["failed_at"])
        for row in outbox.failed()
    ]


def restart_job(job_id: int, actor: Actor, at: datetime) -> None:
    """Starts a failed job again. Raises ``NotFound`` when it no longer stands as failed."""
    with transaction():
        if actor.role is not Role.ADMIN:
            raise Refused(Refusal(Reason.NOT_YOUR_ROLE))
        if not outbox.restart(job_id, at):
            raise NotFound(job_id)
