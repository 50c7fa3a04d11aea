"""Several workers: one takes over from another, two do the same, one is told to stop."""

import signal
from collections.abc import Callable

from tests.cast import Cast
from tests.jobs.conftest import Workers, wait_until
from tests.jobs.evidence import (
    approved,
    assert_issued_once,
    assert_no_other_notice,
    document_of,
    jobs,
    sql,
    state_of,
)
from workflow.core.states import State
from workflow.jobs.tasks import ISSUING, UPKEEP
from workflow.usecases import releasing

Drain = Callable[..., None]


def test_the_living_take_over_from_the_dead_and_from_one_that_comes_back_too_late(
    workers: Workers, cast: Cast
) -> None:
    cases = [approved(cast.he, cast.lin), approved(cast.zhe, cast.lin)]
    numbers = [document_of(one).full_number for one in cases]
    dead = workers.start(step="signed", event="die")
    assert dead.ended() == -signal.SIGKILL
    frozen = workers.start(step="signed", event="hold")
    frozen.wait_until_held()
    frozen.send(signal.SIGSTOP)
    assert [one.status for one in jobs()] == ["doing", "doing"]

    workers.start(ISSUING, UPKEEP, dead_after=3)
    wait_until(
        lambda: {one.status for one in jobs()} == {"succeeded"}, "the living worker", within=40
    )
    kept = [document_of(one).sha256 for one in cases]

    frozen.let_go()
    frozen.send(signal.SIGCONT)
    wait_until(lambda: frozen.says('"taken": false'), "the late signature")
    assert [document_of(one).sha256 for one in cases] == kept
    for case_id, number in zip(cases, numbers, strict=True):
        assert_issued_once(case_id, number)
    assert_no_other_notice()


def test_of_two_workers_with_the_same_notice_one_wins(workers: Workers, case_id: int) -> None:
    document = document_of(case_id)
    number = document.full_number
    releasing.ask_again([document.id])
    rivals = [workers.start(step="stored", event="hold") for _ in range(2)]
    for rival in rivals:
        rival.wait_until_held()
    for rival in rivals:
        rival.let_go()
    wait_until(lambda: {one.status for one in jobs()} == {"succeeded"}, "both workers")
    assert sorted(rival.says('"taken": true') for rival in rivals) == [False, True]
    assert sorted(rival.says('"taken": false') for rival in rivals) == [False, True]
    assert_issued_once(case_id, number)
    assert_no_other_notice()


def test_a_worker_told_to_stop_finishes_its_job_and_takes_no_other(
    workers: Workers, cast: Cast
) -> None:
    first, second = approved(cast.he, cast.lin), approved(cast.zhe, cast.lin)
    worker = workers.start(step="rendered", event="hold")
    worker.wait_until_held()
    worker.send(signal.SIGTERM)
    assert state_of(first) is State.APPROVED
    assert worker.process.poll() is None
    worker.let_go()
    assert worker.ended() == 0
    assert [one.status for one in jobs()] == ["succeeded", "todo"]
    assert [state_of(first), state_of(second)] == [State.ISSUED, State.APPROVED]
    assert_no_other_notice()


def test_a_worker_struck_off_the_list_ends_and_harms_no_job(
    workers: Workers, drain: Drain, cast: Cast
) -> None:
    cases = [approved(cast.he, cast.lin), approved(cast.zhe, cast.lin)]
    numbers = [document_of(one).full_number for one in cases]
    struck_off = workers.start(step="rendered", event="hold")
    struck_off.wait_until_held()
    sql("DELETE FROM procrastinate_workers")
    struck_off.let_go()
    assert struck_off.ended() == 1
    assert [one.status for one in jobs()] == ["succeeded", "todo"]
    drain(ISSUING)
    for case_id, number in zip(cases, numbers, strict=True):
        assert_issued_once(case_id, number)
    assert_no_other_notice()
