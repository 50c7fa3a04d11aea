"""What is told after a release is new, and no release passes over what nobody has read."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import Cast
from tests.conftest import Clock
from tests.health.alarms import LATER, fever, newest
from tests.health.test_false_alarm import fitness
from tests.health.town import (
    AT,
    NUMBERS,
    STAYED_HOME,
    TODAY,
    came_from,
    hire,
    link_of,
    open_campaign,
    place_of,
)
from tests.pages import Visitor
from workflow.core.alerts import Settlement
from workflow.core.health import CheckIn, ContactKind, Half, HealthCode, Met, Registration, Symptom
from workflow.core.judging import Fitness
from workflow.core.papers import Document, DocumentKind
from workflow.store import placehealth, rosters
from workflow.store.db import db
from workflow.store.registrations import PosterEntry
from workflow.store.standings import Alert
from workflow.usecases.health import checking_in, declaring, links, settling
from workflow.usecases.health.declaring import Identity

A_MINUTE = timedelta(minutes=1)
CLEARED, LATE = AT + 10 * A_MINUTE, AT + 40 * A_MINUTE
RELEASES = pytest.mark.parametrize("how", [Settlement.FALSE_ALARM, Settlement.RELEASED])
ILL = replace(STAYED_HOME, temperature=390, symptoms=frozenset({Symptom.COUGH}))
RED, YELLOW = (
    replace(STAYED_HOME, code=one, code_source="手机")
    for one in (HealthCode.RED, HealthCode.YELLOW)
)
AWAY = came_from("420112", "甲市东区", TODAY)


@pytest.fixture
def line(cast: Cast) -> int:
    """Somebody who has registered, and nothing is the matter."""
    open_campaign(cast)
    line = hire(cast, "赵甲", NUMBERS[0])
    declaring.register(link_of(cast, line), STAYED_HOME, AT)
    return line


@RELEASES
def test_the_same_fever_again_stops_anew(cast: Cast, line: int, how: Settlement) -> None:
    told = CheckIn(TODAY, Half.MORNING, 384, frozenset({Symptom.COUGH}))
    checking_in.check_in(link_of(cast, line), told, AT)
    settling.settle(newest().id, how, "量错", cast.lin, CLEARED)
    assert fitness(cast, line) is Fitness.MAY_WORK
    checking_in.check_in_for(place_of(cast), {line: told}, cast.he, LATE)
    assert fitness(cast, line) is Fitness.STOP
    seq = rosters.latest_seq(place_of(cast)) or 0
    assert placehealth.numbers(place_of(cast), seq, TODAY, Half.MORNING).unwell == 1
    assert newest().settled_at is None, "and somebody is told of it"


@pytest.mark.parametrize(
    ("told", "how"), [(ILL, Settlement.FALSE_ALARM), (RED, Settlement.RELEASED)]
)
def test_the_same_registration_again_stops_anew(
    cast: Cast, line: int, told: Registration, how: Settlement
) -> None:
    link = link_of(cast, line)
    declaring.register(link, told, AT)
    settling.settle(newest().id, how, "看错", cast.lin, CLEARED)
    assert fitness(cast, line) is Fitness.MAY_WORK
    assert declaring.register(link, told, LATE).fitness is Fitness.STOP


@RELEASES
def test_what_a_poster_had_told_is_not_cleared_before_it_is_known(
    cast: Cast, line: int, how: Settlement
) -> None:
    fever(cast, line)
    red, poster = newest().id, links.make_poster(place_of(cast), cast.he, AT)
    who = Identity("赵甲", Document(DocumentKind.RESIDENT, NUMBERS[0]), "13900000001")
    ill = replace(STAYED_HOME, temperature=None, symptoms=frozenset({Symptom.BREATH}))
    declaring.tell_poster(poster, who, ill, "f" * 32, AT + A_MINUTE)
    settling.settle(red, how, "量错", cast.lin, CLEARED)
    entry_id = db.session.scalars(select(PosterEntry.id)).one()
    declaring.confirm_entry(place_of(cast), entry_id, cast.he, LATE)
    assert fitness(cast, line) is Fitness.STOP


@pytest.mark.parametrize("how", ["released", "false_alarm"])
@pytest.mark.parametrize("since", [394, AWAY, YELLOW, "contact"])
def test_nothing_told_since_the_page_was_opened_is_settled(
    app: Flask, cast: Cast, clock: Clock, line: int, since: object, how: str
) -> None:
    link = link_of(cast, line)
    if since == "contact":
        met = (Met(ContactKind.CONFIRMED, TODAY - timedelta(days=9)),)
        declaring.register(link, replace(STAYED_HOME, met=met), AT + A_MINUTE)
    else:
        fever(cast, line, tenths=374)
    liaison, alert = Visitor(app, "zhuanyuan"), newest().id
    form = {"settlement": how, "words": "再量 36.5"} | liaison.seen(page_of(cast, line))
    if isinstance(since, int):
        fever(cast, line, LATER, since)
    elif isinstance(since, Registration):
        declaring.register(link, since, LATER)
    else:
        again = replace(STAYED_HOME, met=(Met(ContactKind.CONFIRMED, TODAY),))
        declaring.register(link, again, LATER)
    clock.forward(hours=3)
    answer = liaison.post(f"/liaison/health/alerts/{alert}/settle", form, page_of(cast, line))
    assert answer.status_code == 409
    assert db.session.get_one(Alert, alert).settled_at is None


def test_nobody_is_released_from_an_old_page(
    app: Flask, cast: Cast, clock: Clock, line: int
) -> None:
    declaring.register(link_of(cast, line), YELLOW, AT + A_MINUTE)
    liaison, page = Visitor(app, "zhuanyuan"), page_of(cast, line)
    form = {"words": "码已转绿"} | liaison.seen(page)
    both = replace(AWAY, code=HealthCode.YELLOW, code_source="手机")
    declaring.register(link_of(cast, line), both, LATER)
    clock.forward(hours=3)
    assert liaison.post(f"{page}/release", form, page).status_code == 409
    assert liaison.post(f"{page}/release", {"words": "码已转绿"}, page).status_code == 409
    assert liaison.decide(f"{page}/release", {"words": "都看过了"}, page).status_code == 302


def page_of(cast: Cast, line: int) -> str:
    return f"/liaison/health/places/{place_of(cast)}/people/{line}"
