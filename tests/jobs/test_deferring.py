"""A job comes into being with its fact, or not at all."""

from datetime import datetime

import pytest
from procrastinate.exceptions import TaskNotFound

from tests.cast import Cast, approve, checked, submitted
from tests.jobs.evidence import jobs, state_of
from workflow.core.days import TOWN
from workflow.core.letters import LetterKind
from workflow.core.states import State
from workflow.jobs.tasks import UPKEEP
from workflow.store import documents, outbox
from workflow.store.db import db, transaction

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=TOWN)


def test_an_approval_and_its_job_are_there_together(cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    assert len(jobs()) == 1  # for the acceptance
    approve(case_id, cast.lin)
    made = [one.kind for one in documents.all_of_case(case_id)]
    assert made == [LetterKind.ACCEPTANCE, LetterKind.NOTICE, LetterKind.INSPECTION]
    assert [(one.status, one.attempts) for one in jobs()] == [("todo", 0)] * len(made)
    args = db.session.scalars(db.text("SELECT args ->> 'document_id' FROM procrastinate_jobs"))
    assert {int(one) for one in args} == {one.id for one in documents.all_of_case(case_id)}


def test_an_approval_that_fails_at_its_end_leaves_no_job(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    before = jobs()
    real_add = outbox.add

    def add_and_fail(task: str, **ids: int) -> None:
        real_add(task, **ids)
        waiting = db.session.scalar(db.text("SELECT count(*) FROM procrastinate_jobs"))
        assert waiting == len(before) + 1
        raise ConnectionError("between the job and the commit")

    monkeypatch.setattr(outbox, "add", add_and_fail)
    with pytest.raises(ConnectionError):
        approve(case_id, cast.lin)
    assert jobs() == before
    assert state_of(case_id) is State.INSPECTING


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
