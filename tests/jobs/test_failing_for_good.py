"""A job that fails again and again: it stops, an administrator sees it and starts it again."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.conftest import PASSWORD, Clock
from tests.jobs.evidence import (
    assert_issued_once,
    assert_no_other_notice,
    document_of,
    job,
    jobs,
    sql,
    state_of,
)
from workflow.core.refusals import NotFound, Reason, Refused
from workflow.core.roles import SYSTEM, Role
from workflow.core.states import State
from workflow.issuing.rendering import Renderer
from workflow.jobs.tasks import ISSUING, RETRIES, sweep
from workflow.usecases import operating, verifying
from workflow.usecases.verifying import Kind

Drain = Callable[..., None]
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@contextmanager
def broken_renderer() -> Iterator[None]:
    def render(*_: object) -> None:
        raise OSError("no fonts")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Renderer, "render", render)
        yield


@pytest.fixture
def failed(case_id: int, drain: Drain) -> int:
    """A case whose job has used up its attempts."""
    with broken_renderer():
        for attempt in range(RETRIES):
            drain(ISSUING)
            assert (job().status, job().attempts, job().waits) == ("todo", attempt + 1, True)
            sql("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")
        drain(ISSUING)
    assert job().status == "failed"
    return case_id


def test_nothing_is_lost_and_anyone_who_asks_hears_that_it_is_pending(failed: int) -> None:
    document = document_of(failed)
    assert state_of(failed) is State.APPROVED
    assert document.sha256 is None
    assert verifying.by_token(document.token).kind is Kind.PENDING
    assert verifying.by_code(document.typed_code, "1").kind is Kind.PENDING
    assert_no_other_notice()


def test_an_operator_sees_it(failed: int) -> None:
    (only,) = operating.failed_jobs()
    assert (only.id, only.task) == (job().id, "issue_notice")
    assert only.ids == {"document_id": document_of(failed).id}
    assert only.attempts == RETRIES + 1
    assert only.failed_at is not None


@pytest.mark.usefixtures("failed")
def test_the_sweeper_leaves_it_to_the_operator(clock: Clock) -> None:
    clock.forward(days=1)
    sweep(timestamp=0)
    assert job().status == "failed"


def test_started_again_it_is_issued(failed: int, drain: Drain, cast: Cast) -> None:
    number = document_of(failed).full_number
    operating.restart_job(job().id, cast.admin, LONG_AGO)
    with pytest.raises(NotFound):
        operating.restart_job(job().id, cast.admin, LONG_AGO)
    drain(ISSUING)
    assert operating.failed_jobs() == []
    assert_issued_once(failed, number)
    assert_no_other_notice()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_no_other_role_starts_it_again(cast: Cast, role: Role) -> None:
    with pytest.raises(Refused) as caught:
        operating.restart_job(1, SYSTEM if role is Role.SYSTEM else cast.of(role), LONG_AGO)
    assert [refusal.reason for refusal in caught.value.refusals] == [Reason.NOT_YOUR_ROLE]


@pytest.mark.usefixtures("case_id")
def test_a_job_that_waits_or_is_done_cannot_be_started_again(drain: Drain, cast: Cast) -> None:
    for _ in range(2):
        with pytest.raises(NotFound):
            operating.restart_job(job().id, cast.admin, LONG_AGO)
        drain(ISSUING)


def test_an_administrator_sees_it_on_the_page_and_starts_it_there(
    failed: int, app: Flask, clock: Clock, drain: Drain
) -> None:
    clock.instant = LONG_AGO  # due at once, whatever this machine's clock says
    admin = Browser(app.test_client(), app)
    admin.post("/sign-in", page="/sign-in", email="guanli", password=PASSWORD)
    shown = admin.get("/admin/jobs")
    assert "做通知单" in shown
    assert f"文件 {document_of(failed).id}" in shown
    assert f"{RETRIES + 1} 次" in shown
    admin.post(f"/admin/jobs/{job().id}/restart", page="/admin/jobs")
    assert "没有没做成的任务" in admin.get("/admin/jobs")
    clock.instant = document_of(failed).created_at
    drain(ISSUING)
    assert state_of(failed) is State.ISSUED


@pytest.mark.usefixtures("case_id")
def test_a_job_of_a_later_release_is_shown_too(drain: Drain) -> None:
    sql("UPDATE procrastinate_jobs SET task_name = 'issue_card'")
    drain(ISSUING)
    assert jobs("issue_card")[0].status == "failed"
    assert [one.task for one in operating.failed_jobs()] == ["issue_card"]


class Browser:
    """Opens pages and sends their forms; each request in an application context of its own."""

    def __init__(self, client: FlaskClient, app: Flask) -> None:
        self._client, self._app = client, app

    def get(self, path: str) -> str:
        with self._app.app_context():
            response = self._client.get(path)
        assert response.status_code == 200
        return response.text

    def post(self, path: str, page: str, **fields: str) -> None:
        token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', self.get(page))
        assert token
        with self._app.app_context():
            response = self._client.post(path, data={"csrf_token": token[1], **fields})
        assert response.status_code == 302
