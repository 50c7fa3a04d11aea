"""A new release meets what the last one left: an older database and jobs with more arguments."""

import flask_migrate
from sqlalchemy import text

from tests.cast import AT
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
from workflow.core.roles import SYSTEM
from workflow.store import audit
from workflow.store.db import db, transaction

LAST_RELEASE = "0009"


def version() -> str:
    return db.session.scalars(text("SELECT version_num FROM alembic_version")).one()


def left_by_the_last_release(case_id: int) -> None:
    """The case as it would be there: no letter but the notice, and a ledger that tells of none."""
    db.session.rollback()
    db.session.execute(text("SET LOCAL session_replication_role = replica"))
    db.session.execute(text("DELETE FROM documents WHERE kind <> 'notice'"))
    db.session.execute(text("DELETE FROM audit_events"))
    db.session.execute(text("DELETE FROM audit_heads"))
    db.session.commit()
    with transaction():
        audit.record(case_id, SYSTEM, "approve", AT, {})


def test_a_job_of_the_last_release_is_done_by_the_new_one(workers: Workers, case_id: int) -> None:
    number = document_of(case_id).full_number
    left_by_the_last_release(case_id)
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
