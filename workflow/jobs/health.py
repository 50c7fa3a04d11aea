"""Tasks of staff health: alerts within a minute, on the queue that tells people."""

import structlog
from procrastinate import RetryStrategy

from workflow.jobs.telling import TELLING, Postroom
from workflow.store.outbox import queue
from workflow.usecases.health import alerting, judging

RETRIES = 8
log = structlog.get_logger()


@queue.task(
    name=judging.TASK, queue=TELLING, retry=RetryStrategy(max_attempts=RETRIES, exponential_wait=3)
)
def tell_of_alert(alert_id: int, **_older: object) -> None:
    """Tells of one alert. Done again, it does nothing."""
    told = alerting.tell(alert_id, Postroom.here().now())
    log.info("alert", alert_id=alert_id, told=told)


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
