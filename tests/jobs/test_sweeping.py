"""The upkeep: documents without a job are found, the ledger is anchored, old jobs are forgotten."""

from collections.abc import Callable

import pytest

from tests.cast import Cast
from tests.conftest import Clock
from tests.jobs.conftest import Workers, wait_until
from tests.jobs.evidence import (
    approved,
    assert_issued_once,
    assert_no_other_notice,
    document_of,
    job,
    jobs,
    sql,
    state_of,
)
from workflow.core.states import State
from workflow.jobs.press import Pressroom
from workflow.jobs.tasks import ISSUING, UPKEEP, anchor_ledger, sweep
from workflow.store import audit, outbox
from workflow.store.db import transaction
from workflow.usecases import ledger

Drain = Callable[..., None]


def lose_jobs() -> None:
    sql("DELETE FROM procrastinate_jobs WHERE task_name = 'issue_notice'")


def start(task: str) -> None:
    with transaction():
        outbox.add(task, timestamp=0)


@pytest.mark.parametrize("ending", ["deleted", "succeeded", "cancelled", "aborted"])
def test_a_document_without_a_job_is_found_once_and_issued(
    case_id: int, drain: Drain, clock: Clock, ending: str
) -> None:
    number = document_of(case_id).full_number
    if ending == "deleted":
        lose_jobs()
    else:
        sql("UPDATE procrastinate_jobs SET status = :ending", ending=ending)
    clock.forward(minutes=3)
    for _ in range(2):
        start("sweep")
        drain(UPKEEP)
    assert [one.status for one in jobs() if one.status != ending] == ["todo"]
    drain(ISSUING)
    sql("DELETE FROM procrastinate_jobs WHERE status IN ('cancelled', 'aborted')")
    assert_issued_once(case_id, number)
    assert_no_other_notice()


def test_a_worker_process_sweeps_and_issues_by_itself(
    workers: Workers, case_id: int, clock: Clock
) -> None:
    number = document_of(case_id).full_number
    lose_jobs()
    clock.forward(minutes=3)
    start("sweep")
    workers.start(ISSUING, UPKEEP)
    wait_until(lambda: state_of(case_id) is State.ISSUED, "the sweeper and its job")
    wait_until(lambda: job().status == "succeeded", "the acknowledgement")
    assert_issued_once(case_id, number)


@pytest.mark.usefixtures("case_id")
def test_a_young_document_is_given_time(drain: Drain, clock: Clock) -> None:
    lose_jobs()
    clock.forward(minutes=1)
    start("sweep")
    drain(UPKEEP)
    assert jobs() == []


@pytest.mark.usefixtures("case_id", "drain")
@pytest.mark.parametrize("status", ["todo", "doing", "failed"])
def test_a_document_with_a_job_is_left_to_it(clock: Clock, status: str) -> None:
    sql("UPDATE procrastinate_jobs SET status = :status", status=status)
    clock.forward(days=1)
    sweep(timestamp=0)
    assert job().status == status


@pytest.mark.usefixtures("case_id")
def test_an_issued_document_is_left_alone(drain: Drain, clock: Clock) -> None:
    drain(ISSUING)
    lose_jobs()
    clock.forward(days=1)
    sweep(timestamp=0)
    assert jobs() == []


@pytest.mark.usefixtures("drain")
def test_the_ledger_has_one_anchor_a_day(cast: Cast, clock: Clock) -> None:
    for clerk in (cast.he, cast.zhe):
        approved(clerk, cast.lin)
        for _ in range(2):
            anchor_ledger(timestamp=0)
            clock.forward(hours=1)
        clock.forward(hours=22)
    assert [one.day.isoformat() for one in audit.anchors()] == ["2026-11-22", "2026-11-23"]
    assert list(ledger.breaks(Pressroom.press().key.load())) == []


@pytest.mark.usefixtures("case_id")
def test_the_anchor_is_made_by_the_queue(drain: Drain) -> None:
    start("anchor_ledger")
    drain(UPKEEP)
    assert len(audit.anchors()) == 1


def test_old_jobs_are_forgotten_but_not_the_failed_ones(cast: Cast, drain: Drain) -> None:
    approved(cast.he, cast.lin)
    drain(ISSUING)
    approved(cast.zhe, cast.lin)
    sql("UPDATE procrastinate_jobs SET status = 'failed' WHERE status = 'todo'")
    sql("UPDATE procrastinate_events SET at = at - interval '31 days'")
    start("forget_finished_jobs")
    drain(UPKEEP)
    assert [one.status for one in jobs()] == ["failed"]
