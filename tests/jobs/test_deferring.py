"""A job comes into being with its fact, or not at all."""

from datetime import datetime

import pytest
from procrastinate.exceptions import TaskNotFound

from tests.cast import AT, Cast, checked, codes, submitted, version_of
from tests.jobs.evidence import job, jobs, state_of
from workflow.core.days import TOWN
from workflow.core.states import State
from workflow.jobs.tasks import UPKEEP
from workflow.store import outbox
from workflow.store.db import db, transaction
from workflow.usecases import review

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=TOWN)


def test_an_approval_and_its_job_are_there_together(cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    review.approve(case_id, version_of(case_id), cast.lin, AT, codes())
    assert (job().status, job().attempts) == ("todo", 0)


def test_an_approval_that_fails_at_its_end_leaves_no_job(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    real_add = outbox.add

    def add_and_fail(task: str, **ids: int) -> None:
        real_add(task, **ids)
        waiting = db.session.scalar(db.text("SELECT count(*) FROM procrastinate_jobs"))
        assert waiting == 1
        raise ConnectionError("between the job and the commit")

    monkeypatch.setattr(outbox, "add", add_and_fail)
    with pytest.raises(ConnectionError):
        review.approve(case_id, version_of(case_id), cast.lin, AT, codes())
    assert jobs() == []
    assert state_of(case_id) is State.SUBMITTED


@pytest.mark.usefixtures("app")
def test_a_job_of_an_unknown_name_cannot_be_deferred() -> None:
    with pytest.raises(TaskNotFound), transaction():
        outbox.add("issue_notise", document_id=1)
    assert jobs("issue_notise") == []


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        ("rescue_stalled", "12:00:10"),
        ("sweep", "12:01:00"),
        ("anchor_ledger", "12:05:00"),
        ("discard_strays", "02:37:00"),
        ("forget_finished_jobs", "02:17:00"),
    ],
)
def test_the_schedules_mean_what_their_comments_say(task: str, expected: str) -> None:
    scheduled = outbox.queue.periodic_registry.periodic_tasks[task, ""]
    assert scheduled.task.queue == UPKEEP
    following = scheduled.croniter.get_next(ret_type=float, start_time=NOON.timestamp())
    assert datetime.fromtimestamp(following, TOWN).time().isoformat() == expected
