"""The operator: sees jobs that failed for good and starts them again."""

from dataclasses import dataclass
from datetime import datetime

from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.roles import Actor, Role
from workflow.store import outbox
from workflow.store.db import transaction


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job that gave up, and ``why`` in words.

    ``ids`` are the identifiers it was given, never more.
    """

    id: int
    task: str
    ids: dict[str, int]
    attempts: int
    failed_at: datetime | None
    why: str | None = None


def failed_jobs() -> list[FailedJob]:
    """Jobs that failed for good, newest first."""
    return [
        FailedJob(
            row["id"],
            row["task_name"],
            row["args"],
            row["attempts"],
            row["failed_at"],
            row["why"],
        )
        for row in outbox.failed()
    ]


def note_fault(job_id: int, words: str, at: datetime) -> None:
    """Keeps why a job failed, for whoever looks at it later."""
    with transaction():
        outbox.note_fault(job_id, words, at)


def forget_faults() -> int:
    """Forgets the faults of jobs that are there no more; how many."""
    with transaction():
        return outbox.forget_faults()


def restart_job(job_id: int, actor: Actor, at: datetime) -> None:
    """Starts a failed job again. Raises ``NotFound`` when it no longer stands as failed."""
    with transaction():
        if actor.role is not Role.ADMIN:
            raise Refused(Refusal(Reason.NOT_YOUR_ROLE))
        if not outbox.restart(job_id, at):
            raise NotFound(job_id)
