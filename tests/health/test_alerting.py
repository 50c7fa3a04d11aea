"""Who is told of a red alert: each once, whoever acts today, and also where a job was lost."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask

from tests.cast import Cast
from tests.health.alarms import LATER, alarm, fever, newest, told
from tests.health.town import AT, TODAY, link_of, place_of
from workflow.core.alerts import Settlement
from workflow.core.duty import AbsenceReason
from workflow.core.health import CheckIn, Half
from workflow.jobs.health import sweep_alerts
from workflow.jobs.telling import TELLING
from workflow.store.accounts import named
from workflow.store.db import db, transaction
from workflow.store.towns import Field, Place
from workflow.usecases import attendance
from workflow.usecases.health import alerting, checking_in, settling

EVERYONE = ["weisheng", "yunque", "zhuanyuan"]
A_MINUTE = timedelta(minutes=1)


def test_the_job_tells_enterprise_liaison_and_clinic_once(app: Flask, cast: Cast, drain) -> None:
    alarm(cast)
    assert told() == []
    drain(TELLING)
    assert told() == EVERYONE
    alerting.tell(newest().id, LATER)
    assert told() == EVERYONE


def test_the_job_commits_with_what_set_it_off(app: Flask, cast: Cast) -> None:
    alert = alarm(cast)
    jobs = db.session.execute(
        db.text("SELECT args FROM procrastinate_jobs WHERE task_name = 'tell_of_alert'")
    ).all()
    assert [row.args for row in jobs] == [{"alert_id": alert.id}], "ids only"


def test_two_workers_at_once_tell_once(app: Flask, cast: Cast) -> None:
    alert = alarm(cast)
    start, found = Barrier(2), []

    def work() -> None:
        with app.app_context():
            start.wait()
            found.append(alerting.tell(alert.id, AT))
            db.session.remove()

    both = [Thread(target=work) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(found) == [False, True]
    assert told() == EVERYONE


def test_the_sweep_makes_up_for_a_lost_job_within_the_minute(app: Flask, cast: Cast, clock) -> None:
    alarm(cast)
    with transaction() as session:
        session.execute(db.text("DELETE FROM procrastinate_jobs"))
    clock.forward(seconds=10)
    sweep_alerts(0)
    assert told() == [], "its job may still come"
    clock.forward(seconds=30)
    sweep_alerts(0)
    assert told() == EVERYONE
    sweep_alerts(0)
    assert told() == EVERYONE


def test_an_alert_settled_meanwhile_tells_nobody(app: Flask, cast: Cast) -> None:
    alert = alarm(cast)
    with transaction() as session:
        words = "UPDATE health_alerts SET settlement = 'left', settled_at = :at WHERE id = :id"
        session.execute(db.text(words), {"id": alert.id, "at": AT})
    assert alerting.tell(alert.id, AT)
    assert told() == []


def test_the_stand_in_is_told_while_the_liaison_is_away(app: Flask, cast: Cast, drain) -> None:
    away(cast, "zhuanyuan")
    alarm(cast)
    drain(TELLING)
    assert told() == ["weisheng", "yunque", "zhuanyuan2"]


def test_the_office_is_told_while_both_are_away(app: Flask, cast: Cast, drain) -> None:
    away(cast, "zhuanyuan")
    away(cast, "zhuanyuan2")
    alarm(cast)
    drain(TELLING)
    assert told() == ["qiyeban", "weisheng", "yunque"]


def test_whoever_acts_later_is_told_of_what_is_still_open(app: Flask, cast: Cast, drain) -> None:
    alarm(cast)
    drain(TELLING)
    away(cast, "zhuanyuan")
    for _ in range(2):
        alerting.tell_whoever_acts(LATER)
    assert told() == ["weisheng", "yunque", "zhuanyuan", "zhuanyuan2"]


def test_a_place_that_changes_hands_takes_its_alerts_along(app: Flask, cast: Cast, drain) -> None:
    alarm(cast)
    drain(TELLING)
    with transaction() as session:
        other = session.query(Field).filter_by(name="第二责任田").one()
        session.get_one(Place, place_of(cast)).field_id = other.id
    alerting.tell_whoever_acts(LATER)
    assert told() == ["weisheng", "yunque", "zhuanyuan", "zhuanyuan2"]


@pytest.mark.parametrize("ended", ["active = false", "authorised_until = '2026-11-01'"])
def test_an_enterprise_account_that_has_ended_is_not_told(
    app: Flask, cast: Cast, drain, ended: str
) -> None:
    alarm(cast)
    with transaction() as session:
        session.execute(db.text(f"UPDATE accounts SET {ended} WHERE username = 'yunque'"))
    drain(TELLING)
    assert told() == ["weisheng", "zhuanyuan"]


def test_who_was_cleared_and_is_ill_again_is_alarmed_again(app: Flask, cast: Cast) -> None:
    first = alarm(cast)
    settling.settle(first.id, Settlement.FALSE_ALARM, "量错了", cast.lin, AT + A_MINUTE)
    fever(cast, first.line, LATER, 391)
    assert newest().id != first.id


def test_nobody_is_alarmed_because_an_old_reason_fell_away(app: Flask, cast: Cast) -> None:
    first = alarm(cast)
    fever(cast, first.line, LATER, 391)
    assert newest().id == first.id, "the same day, the same reason"
    link, day = link_of(cast, first.line), timedelta(days=1)
    checking_in.check_in(link, CheckIn(TODAY + day, Half.MORNING, 390), AT + day)
    second = newest().id
    assert second != first.id
    well = CheckIn(TODAY + 15 * day, Half.MORNING, 365)
    checking_in.check_in(link, well, AT + 15 * day)
    assert newest().id == second


def away(cast: Cast, username: str) -> None:
    account_id = named(username).id
    days = TODAY, TODAY + timedelta(days=2)
    attendance.note_absence(account_id, *days, AbsenceReason.LEAVE, cast.office, AT)
