"""The migrations make what the tables say, and can be undone."""

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy.exc import DBAPIError

from web.settings import ROOT
from workflow.store.db import db

MIGRATIONS = str(ROOT / "migrations")


def test_nothing_is_left_to_migrate(app: Flask) -> None:
    flask_migrate.check(directory=MIGRATIONS)


def test_every_step_can_be_undone_and_done_again(app: Flask) -> None:
    flask_migrate.downgrade(directory=MIGRATIONS, revision="base")
    left = db.session.scalars(
        db.text(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            " AND tablename <> 'alembic_version'"
        )
    ).all()
    assert left == []
    db.session.rollback()
    flask_migrate.upgrade(directory=MIGRATIONS)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE town SET demo = false, mark = ''",
        "TRUNCATE town",
        "DELETE FROM town",
        "TRUNCATE submissions CASCADE",
        "DELETE FROM submissions",
        "UPDATE catalogue_versions SET content = ''",
        "DELETE FROM document_revisions",
        "DELETE FROM ledger_anchors",
        "DELETE FROM answer_changes",
        "UPDATE roster_versions SET total = 0",
        "DELETE FROM roster_reveals",
    ],
)
def test_what_must_stay_stays(app: Flask, statement: str) -> None:
    with pytest.raises(DBAPIError, match="change"):
        db.session.execute(db.text(statement))
    db.session.rollback()
