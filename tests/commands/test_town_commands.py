"""Putting a pack in force and opening a stop from the command line."""

import json
from pathlib import Path

from flask import Flask

from workflow.store import catalogues
from workflow.store.db import db
from workflow.store.towns import Stop


def test_a_pack_is_put_in_force_once(app: Flask) -> None:
    runner = app.test_cli_runner()
    first = runner.invoke(args=["catalogue", "publish", "--campaign", "epidemic"])
    assert (first.exit_code, catalogues.in_force("epidemic").pack.name) == (0, "疫情防控复工复产")
    assert len(catalogues.in_force("epidemic").pack.requirements) == 113
    again = runner.invoke(args=["catalogue", "publish", "--campaign", "epidemic"])
    assert again.exit_code == 1
    assert "has been published" in again.output
    assert runner.invoke(args=["catalogue", "publish"]).exit_code == 2


def test_a_bad_pack_is_not_put_in_force(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text("campaign = 'x'", encoding="utf-8")
    answer = app.test_cli_runner().invoke(args=["catalogue", "publish", "--file", str(path)])
    assert answer.exit_code == 1


def test_a_stop_is_opened_with_its_situation(app: Flask, tmp_path: Path) -> None:
    said = {
        "told": {"local_risk_level": "low"},
        "opening": {"shop": ["2027-02-17", "2027-02-24"]},
        "local_names": ["样例"],
    }
    path = tmp_path / "said.json"
    path.write_text(json.dumps(said), encoding="utf-8")
    named = ["--campaign", "epidemic", "--name", "停工", "--began-on", "2027-01-20"]
    runner = app.test_cli_runner()
    answer = runner.invoke(args=["stop", *named, "--situation", str(path)])
    assert answer.exit_code == 0, answer.output
    stop = db.session.get_one(Stop, int(answer.output))
    assert stop.told == said["told"]
    assert [one.isoformat() for one in stop.days_of("shop")] == said["opening"]["shop"]
    path.write_text('{"told": {"local_risk_level": "dire"}}', encoding="utf-8")
    assert runner.invoke(args=["stop", *named, "--situation", str(path)]).exit_code == 2
