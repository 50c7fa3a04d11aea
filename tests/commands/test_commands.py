"""The commands an operator runs: what they print and how they end."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from tests.cast import Cast, approved
from tests.issuing import timeservice
from web import press
from workflow.core.roles import Role
from workflow.issuing.authority import make_development_authority
from workflow.issuing.seal import placeholder_seal
from workflow.issuing.signing import Sealer
from workflow.issuing.timestamps import TimestampService
from workflow.jobs.press import Pressroom
from workflow.store import documents
from workflow.store.accounts import named
from workflow.store.db import db
from workflow.store.towns import this_town
from workflow.usecases.releasing import issued_file


@pytest.fixture
def notice(app: Flask, cast: Cast, drain, tmp_path: Path) -> Path:
    case_id = approved(cast.he, cast.lin)
    drain()
    document = documents.of_case(case_id)
    assert document is not None
    path = tmp_path / "notice.pdf"
    path.write_bytes(issued_file(document))
    return path


def test_verify_says_what_the_file_proves(app: Flask, notice: Path) -> None:
    done = app.test_cli_runner().invoke(args=["verify", str(notice)])
    said = json.loads(done.output)
    assert (done.exit_code, said["valid"], said["level"]) == (0, True, "B-B")
    assert said["covers_whole_file"] is True
    assert set(said) == {"valid", "signer", "level", "timestamp", "covers_whole_file", "reasons"}


def test_verify_refuses_a_changed_file(app: Flask, notice: Path) -> None:
    changed = bytearray(notice.read_bytes())
    changed[2000] ^= 1
    notice.write_bytes(changed)
    done = app.test_cli_runner().invoke(args=["verify", str(notice)])
    assert (done.exit_code, json.loads(done.output)["valid"]) == (1, False)


def test_verify_trusts_another_authority_only_when_told(
    app: Flask, notice: Path, shared: Path, tmp_path: Path
) -> None:
    make_development_authority(tmp_path / "stranger", datetime.now(UTC))
    run = app.test_cli_runner().invoke
    stranger = run(args=["verify", str(notice), "--trust", str(tmp_path / "stranger" / "root.pem")])
    assert stranger.exit_code == 1
    ours = run(args=["verify", str(notice), "--trust", str(shared / "instance/authority/root.pem")])
    assert ours.exit_code == 0


def test_the_ledger_is_intact(app: Flask, notice: Path) -> None:
    done = app.test_cli_runner().invoke(args=["ledger", "verify"])
    assert (done.exit_code, json.loads(done.output)) == (
        0,
        {"intact": True, "chains": 1, "anchors": 0},
    )


def test_a_broken_ledger_is_named(app: Flask, notice: Path) -> None:
    db.session.execute(db.text("SET session_replication_role = replica"))
    db.session.execute(db.text("UPDATE audit_events SET role = 'office' WHERE seq = 2"))
    db.session.commit()
    done = app.test_cli_runner().invoke(args=["ledger", "verify"])
    broken = json.loads(done.output)["broken"]
    assert (done.exit_code, broken["what"], broken["seq"]) == (1, "event", 2)


def test_the_selftest_leaves_what_verified(app: Flask, tmp_path: Path) -> None:
    done = app.test_cli_runner().invoke(args=["selftest", "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    kept = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"notice.pdf", "verification.json", "ledger.json"} <= kept
    assert json.loads((tmp_path / "out" / "verification.json").read_text())["valid"] is True


TOWN = {
    "--name": "某某镇",
    "--issuer": "某某镇人民政府",
    "--agency": "某复工",
    "--agency-filed": "某受",
    "--phone": "000",
    "--admin": "first",
    "--password": "long-enough",
}


def test_a_real_town_has_no_mark(app: Flask) -> None:
    db.session.execute(db.text("SET session_replication_role = replica"))
    db.session.execute(db.text("DELETE FROM town"))
    db.session.commit()
    words = [word for pair in TOWN.items() for word in pair]
    done = app.test_cli_runner().invoke(args=["town", *words])
    assert done.exit_code == 0, done.output
    assert (this_town().demo, this_town().mark) == (False, "")
    assert named("first").role is Role.ADMIN


def test_one_series_cannot_number_two_things(app: Flask) -> None:
    words = [word for pair in (TOWN | {"--agency": "某受"}).items() for word in pair]
    assert app.test_cli_runner().invoke(args=["town", *words]).exit_code == 2


def test_verify_takes_a_timestamp_that_was_added_later(app: Flask, notice: Path, clock) -> None:
    with timeservice.running(clock()) as service:
        tsa = TimestampService(service.url, [service.cert])
        sealer = Sealer(Pressroom.press().key, placeholder_seal(press.FONTS, "样"), tsa)
        stamped = sealer.stamp(notice.read_bytes(), clock())
    assert stamped is not None
    notice.write_bytes(stamped.pdf)
    run = app.test_cli_runner().invoke
    refused = json.loads(run(args=["verify", str(notice)]).output)
    assert [one["code"] for one in refused["reasons"]] == ["timestamp_untrusted"]
    app.config["TSA_ANCHORS"] = (service.cert,)
    try:
        done = run(args=["verify", str(notice)])
    finally:
        app.config["TSA_ANCHORS"] = ()
    said = json.loads(done.output)
    assert (done.exit_code, said["valid"], said["level"]) == (0, True, "B-T")
    assert said["timestamp"] == clock().replace(microsecond=0).isoformat()
    assert said["covers_whole_file"] is True
