"""Whoever waits for somebody else's telling never passes over it, whatever their request's time."""

import threading
import time
from datetime import timedelta

from flask import Flask
from sqlalchemy import select, text

from tests.cast import Cast
from tests.health.alarms import LATER, alarm, fever
from tests.health.town import (
    AT,
    NUMBERS,
    STAYED_HOME,
    TODAY,
    hire,
    link_of,
    open_campaign,
    place_of,
)
from workflow.core.alerts import Settlement
from workflow.core.health import CheckIn, ContactKind, Half, Met
from workflow.core.judging import Fitness
from workflow.store import stafflinks, standings
from workflow.store.db import db
from workflow.store.standings import Alert
from workflow.usecases.health import checking_in, declaring, settling


def fitness(place_id: int, line: int) -> Fitness | None:
    db.session.expire_all()
    found = standings.of_line(place_id, line)
    db.session.rollback()
    return found.fitness if found else None


def test_a_clerks_batch_that_waited_does_not_hide_a_fever(app: Flask, cast: Cast) -> None:
    open_campaign(cast)
    place_id = place_of(cast)
    lines = [hire(cast, "赵甲", NUMBERS[0]), hire(cast, "钱乙", NUMBERS[1])]
    for line in lines:
        declaring.register(link_of(cast, line), STAYED_HOME, AT)
    link_id = link_of(cast, lines[1]).id
    db.session.rollback()
    with db.engine.connect() as other, other.begin():
        other.execute(text(f"SELECT pg_advisory_xact_lock({place_id}, {lines[0]})"))

        def clerk() -> None:
            with app.app_context():
                told = {
                    lines[0]: CheckIn(TODAY, Half.AFTERNOON, 365),
                    lines[1]: CheckIn(TODAY, Half.MORNING, 365),
                }
                checking_in.check_in_for(place_id, told, cast.he, LATER)

        waiting = threading.Thread(target=clerk)
        waiting.start()
        time.sleep(0.5)
        with app.app_context():
            link = db.session.get_one(stafflinks.StaffLink, link_id)
            ill = CheckIn(TODAY, Half.AFTERNOON, 391)
            checking_in.check_in(link, ill, LATER + timedelta(milliseconds=500))
    waiting.join()
    assert fitness(place_id, lines[1]) is Fitness.STOP


def test_a_fever_that_waited_for_a_release_is_not_released_with_it(cast: Cast) -> None:
    alert = alarm(cast)
    release = LATER + timedelta(seconds=1)
    settling.settle(alert.id, Settlement.RELEASED, "复测正常", cast.lin, release)
    fever(cast, alert.line or 0, LATER, 395)
    assert fitness(place_of(cast), alert.line or 0) is Fitness.STOP
    assert [one for one in db.session.scalars(select(Alert)) if one.settled_at is None]


def test_what_came_by_poster_before_a_release_and_is_confirmed_after_it_counts(cast: Cast) -> None:
    alert = alarm(cast)
    line = alert.line or 0
    settling.settle(alert.id, Settlement.RELEASED, "复测正常", cast.lin, LATER)
    met = Met(ContactKind.CONFIRMED, TODAY)
    told = declaring.Registration(met=(met,), temperature=365)
    through = declaring._Through(declaring.ToldBy.POSTER, None, AT, LATER + timedelta(hours=1))
    with db.session.begin_nested():
        found = declaring._keep(place_of(cast), line, told, through)
    assert found.fitness is Fitness.STOP
    db.session.rollback()
