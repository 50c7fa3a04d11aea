"""A new release meets what the last one left: an older database and jobs with more arguments."""

import flask_migrate
from sqlalchemy import text

from tests.jobs.conftest import Workers, wait_until
from tests.jobs.evidence import (
    assert_issued_once,
    assert_no_other_notice,
    document_of,
    job,
    sql,
)
from web import serving
from web.settings import ROOT
from workflow.store.db import db

LAST_RELEASE = "0009"


def version() -> str:
    return db.session.scalars(text("SELECT version_num FROM alembic_version")).one()


def test_a_job_of_the_last_release_is_done_by_the_new_one(workers: Workers, case_id: int) -> None:
    number = document_of(case_id).full_number
    sql(
        "UPDATE procrastinate_jobs SET args = args || jsonb_build_object('case_id', :case_id)",
        case_id=case_id,
    )
    flask_migrate.downgrade(directory=str(ROOT / "migrations"), revision=LAST_RELEASE)
    assert version() == LAST_RELEASE
    db.session.rollback()
    assert job().status == "todo"
    db.session.rollback()
    serving.migrate()
    assert version() > LAST_RELEASE
    workers.start()
    wait_until(lambda: job().status == "succeeded", "the job of the last release")
    assert_issued_once(case_id, number)
    assert_no_other_notice()
