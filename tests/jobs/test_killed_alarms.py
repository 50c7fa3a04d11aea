"""A worker dies while it tells of an alert: everyone is told within the minute, and once."""

import signal
from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.conftest import Clock
from tests.health.alarms import alarm, newest, told
from tests.jobs.conftest import Workers
from tests.jobs.evidence import sql
from web import post
from workflow.jobs.health import sweep_alerts
from workflow.jobs.tasks import UPKEEP
from workflow.jobs.telling import TELLING
from workflow.store import outbox
from workflow.store.db import transaction

EVERYONE = ["weisheng", "yunque", "zhuanyuan"]


@pytest.mark.parametrize(("step", "before"), [("alarmed", []), ("told", EVERYONE)])
def test_a_worker_that_dies_leaves_nobody_untold(
    app, cast: Cast, clock: Clock, workers: Workers, drain: Callable[..., None], step, before
) -> None:
    post.configure(app)
    alarm(cast)
    died = workers.start(TELLING, step=step, event="die")
    assert died.ended() == -signal.SIGKILL
    assert told() == before
    clock.forward(seconds=40)
    sweep_alerts(0)  # another worker's, at its next turn
    assert told() == EVERYONE
    assert newest().told_at is not None
    sql("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    with transaction():
        outbox.add("rescue_stalled", timestamp=0)
    drain(UPKEEP)
    drain(TELLING)  # the job of the dead is done again, and finds nothing to do
    assert told() == EVERYONE
