"""The operator reads why a job failed, in words that say what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Clock
from tests.jobs.evidence import sql
from web import press
from workflow.issuing.keys import KeptKey, load_pkcs12
from workflow.issuing.rendering import Renderer
from workflow.issuing.seal import placeholder_seal
from workflow.issuing.signing import Sealer
from workflow.jobs.press import Press, Pressroom
from workflow.jobs.tasks import ISSUING, forget_job_faults
from workflow.store import files
from workflow.store.db import db
from workflow.usecases import operating

Drain = Callable[..., None]


def give_up(drain: Drain) -> str:
    """Lets the waiting job fail for good; what the operator reads."""
    drain(ISSUING)
    sql("UPDATE procrastinate_jobs SET attempts = 99, scheduled_at = NULL")
    drain(ISSUING)
    why = {one.why for one in operating.failed_jobs()}
    assert len(why) == 1
    return str(why.pop())


@pytest.mark.usefixtures("case_id")
def test_a_key_that_cannot_be_read_is_named(tmp_path: Path, drain: Drain, clock: Clock) -> None:
    known = Pressroom.press()
    keys = KeptKey(lambda: load_pkcs12(tmp_path / "taken-away.p12", b""))
    seal = placeholder_seal(press.FONTS, "样")
    Pressroom.configure(Press(known.renderer, Sealer(keys, seal, None), keys, clock))
    assert "密钥" in give_up(drain)


@pytest.mark.usefixtures("case_id")
def test_an_expired_certificate_is_named(drain: Drain, clock: Clock) -> None:
    known = Pressroom.press()
    clock.forward(days=4000)
    Pressroom.configure(Press(known.renderer, known.sealer, known.key, clock))
    assert "证书" in give_up(drain)


@pytest.mark.usefixtures("case_id")
def test_a_full_disk_is_named(drain: Drain, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise files.NotKept

    monkeypatch.setattr(files, "put", full)
    assert "空间" in give_up(drain)


@pytest.mark.usefixtures("case_id")
def test_what_nobody_foresaw_is_named_as_the_log_names_it(
    drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise LookupError("何样本")

    monkeypatch.setattr(Renderer, "render", broken)
    why = give_up(drain)
    assert "LookupError" in why
    assert "何样本" not in why  # an exception may carry anything


@pytest.mark.usefixtures("case_id")
def test_a_fault_goes_with_its_job(drain: Drain, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise LookupError

    monkeypatch.setattr(Renderer, "render", broken)
    give_up(drain)
    assert forget_job_faults(timestamp=0) is None
    count = "SELECT count(*) FROM job_faults"
    assert db.session.scalar(db.text(count))
    sql("DELETE FROM procrastinate_jobs")
    forget_job_faults(timestamp=0)
    assert db.session.scalar(db.text(count)) == 0
