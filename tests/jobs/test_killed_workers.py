"""A worker dies by SIGKILL somewhere on its way: nothing is lost and nothing issued twice."""

import signal
from collections.abc import Callable

import pytest
from flask import current_app

from tests.cast import AT
from tests.jobs.conftest import Workers
from tests.jobs.evidence import (
    assert_issued_once,
    assert_no_other_notice,
    document_of,
    job,
    on_disk,
    recorded,
    sql,
    state_of,
)
from workflow.core.states import State
from workflow.jobs.tasks import ISSUING, UPKEEP
from workflow.store import files, outbox
from workflow.store.db import transaction
from workflow.usecases import verifying
from workflow.usecases.verifying import Kind

Drain = Callable[..., None]
BEFORE_THE_FACT = ("fetched", "rendered", "signed", "stored", "recorded")


def rescue(drain: Drain) -> None:
    """What the upkeep does when half a minute has passed without a heartbeat."""
    sql("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
    with transaction():
        outbox.add("rescue_stalled", timestamp=0)
    drain(UPKEEP)


def killed(workers: Workers, step: str) -> None:
    assert workers.start(step=step, event="die").ended() == -signal.SIGKILL
    assert job().status == "doing"


@pytest.mark.parametrize("step", BEFORE_THE_FACT)
def test_a_job_is_done_again_until_its_fact_is_there(
    workers: Workers, drain: Drain, case_id: int, step: str
) -> None:
    number = document_of(case_id).full_number
    killed(workers, step)
    assert state_of(case_id) is State.APPROVED
    assert document_of(case_id).sha256 is None
    strays = on_disk() - recorded()
    rescue(drain)
    drain(ISSUING)
    assert_issued_once(case_id, number)
    # A file whose transaction never came is left behind, and nothing will ever hand it out.
    assert len(strays) == (step in ("stored", "recorded"))
    for name in strays:
        found = verifying.by_file(files.read(name), current_app.config["ANCHORS"], AT)
        assert found.kind is Kind.NOT_OURS
        files.discard(name)
    assert_no_other_notice()


def test_a_job_whose_fact_is_there_is_only_acknowledged(
    workers: Workers, drain: Drain, case_id: int
) -> None:
    killed(workers, "committed")
    issued = document_of(case_id)
    sha256, number = issued.sha256, issued.full_number
    assert sha256
    rescue(drain)
    drain(ISSUING)
    assert document_of(case_id).sha256 == sha256
    assert_issued_once(case_id, number)
    assert_no_other_notice()


@pytest.mark.usefixtures("case_id")
def test_a_job_that_kills_every_worker_is_given_up(workers: Workers, drain: Drain) -> None:
    killed(workers, "fetched")
    sql("UPDATE procrastinate_jobs SET attempts = 7 WHERE task_name = 'issue_notice'")
    rescue(drain)
    assert job().status == "todo"
    killed(workers, "fetched")
    rescue(drain)
    assert job().status == "failed"
    assert [one["task_name"] for one in outbox.failed()] == ["issue_notice"]


@pytest.mark.usefixtures("case_id")
def test_a_living_worker_keeps_its_job(workers: Workers, drain: Drain) -> None:
    busy = workers.start(step="rendered", event="hold")
    busy.wait_until_held()
    with transaction():
        outbox.add("rescue_stalled", timestamp=0)
    drain(UPKEEP)
    assert (job().status, job().attempts) == ("doing", 0)
