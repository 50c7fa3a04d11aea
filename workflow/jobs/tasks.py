"""The tasks. They carry ids only, look at the fact before they act, and can be run again.

Arguments of the previous release stay accepted: what a task no longer needs it ignores.
"""

from datetime import timedelta

import structlog
from procrastinate import JobContext, RetryStrategy
from procrastinate.jobs import Status

from workflow.jobs.press import Pressroom
from workflow.store import files, limits, outbox
from workflow.store.outbox import queue
from workflow.usecases import batches, keeping, ledger, operating, previewing, releasing, rostering

ISSUING = "issuing"
UPKEEP = "upkeep"
SWEEP_GRACE = timedelta(minutes=2)
STALLED_SECONDS = 30
RETRIES = 8  # waiting 3, 9, 27 … seconds: 2.7 hours in all
KEEP_FINISHED_HOURS = 24 * 30
KEEP_FAILED_UPKEEP = 24 * 7
STRAY_AGE = timedelta(days=1)
log = structlog.get_logger()


@queue.task(
    name="issue_notice",
    queue=ISSUING,
    retry=RetryStrategy(max_attempts=RETRIES, exponential_wait=3),
)
def issue_notice(document_id: int, **_older: object) -> None:
    """Renders, signs and stores one approved notice. Done again, it does nothing."""
    press = Pressroom.press()
    content = releasing.awaiting(document_id)
    if content is None:
        return
    rendered = press.renderer.render(content)
    signed = press.sealer.sign(rendered, press.now())
    taken = releasing.mark_issued(document_id, signed, press.now())
    log.info("issued", document_id=document_id, level=signed.level, taken=taken)


@queue.task(
    name=batches.TASK, queue=ISSUING, retry=RetryStrategy(max_attempts=RETRIES, exponential_wait=3)
)
def release_item(item_id: int, **_older: object) -> None:
    """Releases one case of a batch. Done again, it does nothing."""
    outcome = batches.release_item(item_id, Pressroom.press().now())
    log.info("release_item", item_id=item_id, outcome=outcome.value)


@queue.task(
    name=previewing.TASK,
    queue=ISSUING,
    retry=RetryStrategy(max_attempts=RETRIES, exponential_wait=3),
)
def lay_out_preview(preview_id: int, **_older: object) -> None:
    """Lays a document out to be looked at; it is never signed."""
    press = Pressroom.press()
    content = previewing.awaited(preview_id)
    if content is not None:
        previewing.keep(preview_id, press.renderer.render(content).pdf, press.now())


@queue.periodic(cron="* * * * * */10")
@queue.task(name="rescue_stalled", queue=UPKEEP, pass_context=True)
async def rescue_stalled(context: JobContext, timestamp: int) -> None:
    """Gives the jobs of dead workers to living ones, but not one that keeps killing its worker."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        if job.attempts < RETRIES:
            log.warning("rescued", job_id=job.id, task=job.task_name)
            await manager.retry_job(job)
        else:
            log.error("given_up", job_id=job.id, task=job.task_name)
            await manager.finish_job(job, Status.FAILED, delete_job=False)


@queue.periodic(cron="* * * * *")
@queue.task(name="sweep", queue=UPKEEP)
def sweep(timestamp: int) -> None:
    """Finds approved documents that nobody is issuing and starts them again."""
    waiting = outbox.unissued_without_job(Pressroom.press().now(), SWEEP_GRACE)
    if waiting:
        log.warning("swept", documents=waiting)
        releasing.ask_again(waiting)


@queue.periodic(cron="5 * * * *")  # each hour, so that a day is not lost with one run
@queue.task(name="anchor_ledger", queue=UPKEEP)
def anchor_ledger(timestamp: int) -> None:
    """Signs the state of the ledger for the day that has ended, once."""
    press = Pressroom.press()
    ledger.anchor(press.key.usable(press.now()), press.now())


@queue.periodic(cron="17 18 * * *")  # 02:17 in the town
@queue.task(name="forget_finished_jobs", queue=UPKEEP, pass_context=True)
async def forget_finished_jobs(context: JobContext, timestamp: int) -> None:
    """Deletes jobs that ended well a month ago. Failed ones stay for the operator, but for those
    of upkeep: their next run makes up for them.
    """
    manager = context.app.job_manager
    await manager.delete_old_jobs(nb_hours=KEEP_FINISHED_HOURS)
    await manager.delete_old_jobs(nb_hours=KEEP_FAILED_UPKEEP, queue=UPKEEP, include_failed=True)


@queue.periodic(cron="37 18 * * *")  # 02:37 in the town
@queue.task(name="discard_strays", queue=UPKEEP)
def discard_strays(timestamp: int) -> None:
    """Deletes files that a crash left in the file store without a row."""
    found = files.discard_strays(Pressroom.press().now() - STRAY_AGE)
    log.info("strays", discarded=found)


@queue.periodic(cron="27 * * * *")
@queue.task(name="forget_roster_lists", queue=UPKEEP)
def forget_roster_lists(timestamp: int) -> None:
    """Deletes lists of staff that were read in and are a day old, taken or not."""
    forgotten = rostering.forget_lists(Pressroom.press().now())
    log.info("roster_lists", forgotten=forgotten)


@queue.periodic(cron="*/20 * * * *")
@queue.task(name="forget_kept_forms", queue=UPKEEP)
def forget_kept_forms(timestamp: int) -> None:
    """Deletes forms kept for somebody who did not sign in again within the hour."""
    forgotten = keeping.forget_forms(Pressroom.press().now())
    log.info("kept_forms", forgotten=forgotten)


@queue.periodic(cron="57 * * * *")
@queue.task(name="forget_previews", queue=UPKEEP)
def forget_previews(timestamp: int) -> None:
    """Deletes previews of documents that are a day old."""
    log.info("previews", forgotten=previewing.forget(Pressroom.press().now()))


@queue.periodic(cron="47 * * * *")
@queue.task(name="forget_rate_limits", queue=UPKEEP)
def forget_rate_limits(timestamp: int) -> None:
    """Deletes the counters of limits whose windows are over."""
    log.info("rate_limits", forgotten=limits.forget_windows())


@queue.periodic(cron="47 18 * * *")  # 02:47 in the town
@queue.task(name="forget_job_faults", queue=UPKEEP)
def forget_job_faults(timestamp: int) -> None:
    """Forgets why jobs failed that are there no more."""
    log.info("job_faults", forgotten=operating.forget_faults())
