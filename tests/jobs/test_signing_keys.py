"""A signing key that cannot be used: jobs wait, say why, and go on once it was mended."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from flask import Flask

from tests.issuing import softtoken
from tests.issuing.softtoken import PIN, SoftToken
from tests.jobs.evidence import job, sql, state_of
from web import press
from web.settings import Settings
from workflow.core.states import State
from workflow.issuing.hardware import KeyAddress
from workflow.issuing.keys import SigningKey, load_signing_key
from workflow.jobs.tasks import ISSUING, anchor_ledger
from workflow.usecases import ledger

Drain = Callable[..., None]
Use = Callable[..., None]


@pytest.fixture
def key(app: Flask) -> SigningKey:
    return load_signing_key(app.config["SETTINGS"].signing)


@pytest.fixture
def use(app: Flask) -> Iterator[Use]:
    """Starts the press of this process with other settings."""
    known: Settings = app.config["SETTINGS"]

    def configured(signing: Path | KeyAddress, **secrets: str) -> None:
        app.config["SETTINGS"] = replace(known, signing=signing, **secrets)
        press.configure(app, warm=False)

    yield configured
    app.config["SETTINGS"] = known


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SoftToken:
    monkeypatch.setenv("SOFTHSM2_CONF", os.devnull)  # to be put back as it was
    return softtoken.made(tmp_path / "hsm", "town")


def at_once() -> None:
    sql("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")


def test_a_worker_starts_without_its_key_and_issues_once_it_is_there(
    case_id: int,
    drain: Drain,
    use: Use,
    key: SigningKey,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "signer.p12"
    use(path, signing_passphrase="open")
    assert "签名密钥文件 signer.p12 读不到" in capsys.readouterr().out
    drain(ISSUING)
    assert (job().status, job().waits) == ("todo", True)
    secret = BestAvailableEncryption(b"open")
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"seal", key.key, key.cert, None, secret)
    )
    at_once()
    drain(ISSUING)
    assert state_of(case_id) is State.ISSUED


def test_a_token_taken_out_while_the_worker_runs(
    case_id: int,
    drain: Drain,
    use: Use,
    key: SigningKey,
    token: SoftToken,
    capsys: pytest.CaptureFixture[str],
) -> None:
    token.put(key)
    use(token.address, signing_pin=PIN)
    with token.taken_out():
        drain(ISSUING)
        assert (job().status, job().waits) == ("todo", True)
        assert "请检查设备是否插好" in capsys.readouterr().out
    at_once()
    drain(ISSUING)
    assert state_of(case_id) is State.ISSUED


def test_the_ledger_is_anchored_by_the_token(
    case_id: int, drain: Drain, use: Use, key: SigningKey, token: SoftToken
) -> None:
    token.put(key)
    use(token.address, signing_pin=PIN)
    anchor_ledger(timestamp=0)
    assert ledger.counted()[1] == 1
    assert list(ledger.breaks(key)) == []
