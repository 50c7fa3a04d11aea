"""Tasks of staff health that can wait: judging anew after a rule changed, deleting in time."""

import structlog
from procrastinate import RetryStrategy

from workflow.jobs.press import Pressroom
from workflow.jobs.tasks import UPKEEP
from workflow.store.outbox import queue
from workflow.usecases.health import forgetting, rejudging

RETRIES = 8
log = structlog.get_logger()


@queue.task(
    name=rejudging.TASK, queue=UPKEEP, retry=RetryStrategy(max_attempts=RETRIES, exponential_wait=3)
)
def rejudge_for_rules(
    campaign_id: int, area_id: int, place_id: int, line: int, **_older: object
) -> None:
    """Judges the next people whom a rule or a new campaign touches. Done again, it judges them
    again.
    """
    at = Pressroom.press().now()
    judged = rejudging.rejudge_batch(campaign_id, area_id, (place_id, line), at)
    log.info("rejudged", campaign_id=campaign_id, area_id=area_id, people=judged)


@queue.periodic(cron="11 * * * *")
@queue.task(name="begin_campaign", queue=UPKEEP)
def begin_campaign(timestamp: int) -> None:
    """Where a campaign has begun, has everybody judged by its rules who told in an earlier one."""
    if rejudging.begin_now(Pressroom.press().now()):
        log.info("campaign_begun")


@queue.periodic(cron="7 19 * * *")  # 03:07 in the town
@queue.task(name="forget_health", queue=UPKEEP)
def forget_health(timestamp: int) -> None:
    """Deletes what staff told in campaigns whose time is over. Run again, it does nothing."""
    for campaign_id, rows in forgetting.forget(Pressroom.press().now()).items():
        log.warning("health_forgotten", campaign_id=campaign_id, rows=sum(rows.values()))


@queue.periodic(cron="17 * * * *")
@queue.task(name="forget_poster_entries", queue=UPKEEP)
def forget_poster_entries(timestamp: int) -> None:
    """Deletes what came through posters two weeks ago and is nobody's."""
    log.info("poster_entries", forgotten=forgetting.forget_entries(Pressroom.press().now()))
