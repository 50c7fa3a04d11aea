"""A worker is killed in the middle of a batch: what is left goes on, nothing is released twice."""

import signal
from collections.abc import Callable

import pytest
from sqlalchemy import select

from tests.cast import AT, Cast, version_of
from tests.holding import held_notices
from tests.jobs.conftest import Workers
from tests.jobs.evidence import state_of
from tests.jobs.test_killed_workers import rescue
from workflow.core.batches import Outcome
from workflow.core.states import Action, State
from workflow.jobs.tasks import ISSUING
from workflow.store import audit
from workflow.store.batches import of_issuer
from workflow.store.db import db
from workflow.store.documents import Document
from workflow.usecases import batches

Drain = Callable[..., None]


@pytest.mark.parametrize("step", ["recorded", "signed"])
def test_a_batch_goes_on_where_its_worker_was_killed(
    workers: Workers, drain: Drain, cast: Cast, step: str
) -> None:
    """Killed before the first release is committed, and before the first file is kept."""
    held = held_notices(cast)
    drain(ISSUING)  # the letters before the notices
    batch_id = batches.start({one: version_of(one) for one in held}, cast.issuer, AT)
    db.session.remove()
    assert workers.start(step=step, event="die").ended() == -signal.SIGKILL
    rescue(drain)
    drain(ISSUING)
    db.session.expire_all()
    items = of_issuer(batch_id, cast.issuer.account_id).items
    assert [one.outcome for one in items] == [Outcome.RELEASED] * len(held)
    assert {state_of(one) for one in held} == {State.ISSUED}
    for case_id in held:
        done = [one.action for one in audit.of_case(case_id)]
        assert done.count(Action.RELEASE.value) == 1
        assert done.count(Action.MARK_ISSUED.value) == 1
    files = list(db.session.scalars(select(Document.sha256)))
    assert None not in files
    assert len(files) == len(set(files))
