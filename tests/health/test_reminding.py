"""Reminders: once for each half day and place, by the hour, and never to those who lack nothing."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests.cast import Cast
from tests.health.staff import hired, tells
from tests.health.town import AT, TODAY, open_campaign, place_of
from workflow.core.health import Half
from workflow.core.telling import News
from workflow.jobs import health
from workflow.jobs.telling import TELLING
from workflow.store.db import db
from workflow.store.notifications import Notification
from workflow.usecases.health import reminding, reporting

MISSING, REPORT = News.CHECK_INS_MISSING, News.DAY_REPORT_MISSING


def at(clock: str, days: int = 0) -> datetime:
    return datetime.fromisoformat(f"{TODAY + timedelta(days=days)}T{clock}:00+08:00")


def told() -> list[tuple[News, int]]:
    rows = db.session.scalars(select(Notification).order_by(Notification.id))
    return [(one.news, one.account_id) for one in rows]


@pytest.mark.parametrize(
    ("clock", "news"),
    [
        ("00:10", None),
        ("09:59", None),
        ("10:00", MISSING),
        ("11:59", MISSING),
        ("12:00", None),
        ("15:29", None),
        ("15:30", MISSING),
        ("17:29", MISSING),
        ("17:30", REPORT),
        ("19:59", REPORT),
        ("20:00", None),
    ],
)
def test_each_hour_has_its_reminder(cast: Cast, clock: str, news: News | None) -> None:
    open_campaign(cast)
    hired(cast, 1)
    assert reminding.remind(at(clock)) == (news is not None)
    assert told() == ([(news, cast.he.account_id)] if news else [])


def test_nobody_is_reminded_twice_of_one_half_day(cast: Cast) -> None:
    open_campaign(cast)
    hired(cast, 1)
    found = [reminding.remind(at(one)) for one in ("10:00", "10:10", "15:30", "15:40", "17:30")]
    assert found == [1, 0, 1, 0, 1]
    assert reminding.remind(at("10:00", days=1)) == 1


def test_where_all_have_told_nobody_is_reminded(cast: Cast) -> None:
    open_campaign(cast)
    lines = hired(cast, 2)
    for line in lines:
        tells(cast, line)
    assert reminding.remind(at("10:00")) == 0
    tells(cast, lines[0], half=Half.AFTERNOON, at=at("15:00"))
    assert reminding.remind(at("15:30")) == 1


def test_a_place_that_rests_or_has_reported_is_left_alone(cast: Cast) -> None:
    open_campaign(cast)
    hired(cast, 1)
    reporting.report_day(place_of(cast), 0, cast.he, AT, nobody_worked=True)
    assert [reminding.remind(at(one)) for one in ("10:00", "15:30", "17:30")] == [0, 0, 0]


def test_without_a_campaign_or_a_roster_nobody_is_reminded(cast: Cast) -> None:
    hired(cast, 1)
    assert reminding.remind(at("10:00")) == 0
    open_campaign(cast)
    assert reminding.remind(at("10:00", days=61)) == 0
    assert reminding.remind(at("10:00")) == 1  # and of the places without a roster none


def test_the_job_does_it(cast: Cast, clock, drain) -> None:
    open_campaign(cast)
    hired(cast, 1)
    clock.forward(minutes=30)
    health.remind_of_check_ins(timestamp=0)
    health.remind_of_check_ins(timestamp=0)
    drain(TELLING)
    assert told() == [(MISSING, cast.he.account_id)]
