"""Tasks of staff health: alerts within a minute and reminders, on the queue that tells people; and
posters, on the one that lays documents out.
"""

import structlog
from procrastinate import RetryStrategy

from workflow.issuing.poster import print_poster
from workflow.jobs.press import Pressroom
from workflow.jobs.tasks import ISSUING
from workflow.jobs.telling import TELLING, Postroom
from workflow.store.outbox import queue
from workflow.usecases.health import (
    alarming,
    alerting,
    judging,
    links,
    posters,
    rejudging,
    reminding,
)

RETRIES = 8
log = structlog.get_logger()


@queue.task(
    name=alarming.TASK, queue=TELLING, retry=RetryStrategy(max_attempts=RETRIES, exponential_wait=3)
)
def tell_of_alert(alert_id: int, **_older: object) -> None:
    """Tells of one alert. Done again, it does nothing."""
    told = alerting.tell(alert_id, Postroom.here().now())
    log.info("alert", alert_id=alert_id, told=told)


@queue.task(
    name=judging.ELSEWHERE,
    queue=TELLING,
    retry=RetryStrategy(max_attempts=RETRIES, exponential_wait=3),
)
def rejudge_elsewhere(place_id: int, line: int, **_older: object) -> None:
    """Judges a person anew at the other places of the enterprise. Done again, to the same end."""
    judged = rejudging.rejudge_elsewhere(place_id, line, Postroom.here().now())
    log.info("judged_elsewhere", judged=judged)


@queue.periodic(cron="* * * * * */20")  # every twenty seconds: the last part counts those
@queue.task(name="sweep_alerts", queue=TELLING)
def sweep_alerts(timestamp: int) -> None:
    """Finds alerts that nobody was told of and tells of them; and of those that are open, whoever
    answers for the field since.
    """
    at = Postroom.here().now()
    found, also = alerting.ask_again(at), alerting.tell_whoever_acts(at)
    if found:
        log.warning("alerts_swept", alerts=found)
    if also:
        log.info("alerts_passed_on", people=also)


@queue.task(
    name=links.TASK, queue=ISSUING, retry=RetryStrategy(max_attempts=RETRIES, exponential_wait=3)
)
def lay_out_poster(poster_id: int, **_older: object) -> None:
    """Lays a poster out, to be printed. Done again, or too late, it does nothing."""
    press = Pressroom.press()
    content = posters.awaited(poster_id, press.public_url)
    if content is not None:
        laid_out = print_poster(press.renderer, content)
        links.keep_laid_out(poster_id, laid_out, press.now())
        log.info("poster", poster_id=poster_id)


@queue.periodic(cron="*/10 * * * *")
@queue.task(name="remind_of_check_ins", queue=TELLING)
def remind_of_check_ins(timestamp: int) -> None:
    """Reminds enterprises of people who have not told, and of the report of the day. Run again, or
    late after an outage, it reminds nobody twice.
    """
    reminded = reminding.remind(Postroom.here().now())
    if reminded:
        log.info("reminded", places=reminded)
