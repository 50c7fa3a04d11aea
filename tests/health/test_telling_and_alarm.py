"""What staff tell leads to an answer with reasons, and a red one to people, once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import Cast
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
from workflow.core.alerts import AlertKind, Proposal
from workflow.core.health import CheckIn, Half, Symptom
from workflow.core.judging import Fitness
from workflow.core.papers import Document, DocumentKind
from workflow.core.refusals import NotFound
from workflow.core.telling import News
from workflow.jobs.telling import TELLING
from workflow.store import stafflinks
from workflow.store.accounts import named
from workflow.store.db import db
from workflow.store.notifications import Notification
from workflow.store.registrations import PosterEntry
from workflow.store.standings import Alert
from workflow.usecases.health import checking_in, declaring, links
from workflow.usecases.health.declaring import Identity

MORNING = CheckIn(TODAY, Half.MORNING, 366)


def test_without_a_campaign_nobody_is_asked(cast: Cast) -> None:
    line = hire(cast, "赵甲", NUMBERS[0])
    with pytest.raises(NotFound):
        links.give_links(place_of(cast), [line], cast.he, AT)


def test_from_the_registration_to_the_alarm(app: Flask, cast: Cast, drain) -> None:
    open_campaign(cast)
    line = hire(cast, "赵甲", NUMBERS[0])
    link = link_of(cast, line)
    assert stafflinks.link(stafflinks.code_of(link), AT) == link
    assert declaring.register(link, STAYED_HOME, AT).fitness is Fitness.MAY_WORK
    assert checking_in.check_in(link, MORNING, AT).fitness is Fitness.MAY_WORK
    later = AT + timedelta(hours=5)
    feverish = CheckIn(TODAY, Half.AFTERNOON, 384, frozenset({Symptom.COUGH}))
    for _ in range(2):
        assert checking_in.check_in(link, feverish, later).fitness is Fitness.STOP
    alert = db.session.scalars(select(Alert)).one()
    assert (alert.kind, alert.line, alert.proposal) == (AlertKind.RED, line, Proposal.OPEN)
    drain(TELLING)
    told = db.session.scalars(select(Notification).where(Notification.news == News.HEALTH_RED))
    people = {one.account_id for one in told}
    assert {cast.he.account_id, cast.lin.account_id, named("weisheng").id} <= people


def test_who_comes_from_a_risky_area_is_observed_until_a_day(cast: Cast) -> None:
    open_campaign(cast)
    link = link_of(cast, hire(cast, "赵甲", NUMBERS[0]))
    found = declaring.register(link, came_from("420112", "甲市东区", TODAY), AT)
    assert (found.fitness, found.until) == (Fitness.OBSERVE, date(2026, 12, 7))


def test_what_comes_by_poster_is_nobodys_until_confirmed(cast: Cast, drain) -> None:
    open_campaign(cast)
    line = hire(cast, "赵甲", NUMBERS[0])
    place_id = place_of(cast)
    poster = links.make_poster(place_id, cast.he, AT)
    identity = Identity("赵甲", Document(DocumentKind.RESIDENT, NUMBERS[0]), "13900000001")
    ill = replace(came_from("420212", "乙市", TODAY), temperature=390)
    for _ in range(2):
        declaring.tell_poster(poster, identity, ill, "form-1", AT)
    alert = db.session.scalars(select(Alert)).one()
    assert (alert.kind, alert.line) == (AlertKind.CALL_BACK, None)
    drain(TELLING)
    told = {one.news for one in db.session.scalars(select(Notification))}
    assert told == {News.HEALTH_CALL_BACK}
    assert declaring.confirm_entry(place_id, alert.entry_id, cast.he, AT) == line
    kinds = sorted(one.kind.value for one in db.session.scalars(select(Alert)))
    assert kinds == ["call_back", "red"]


def test_one_person_told_again_by_poster_is_one_call(app: Flask, cast: Cast, drain) -> None:
    open_campaign(cast)
    hire(cast, "赵甲", NUMBERS[0])
    place_id = place_of(cast)
    found = links.make_poster(place_id, cast.he, AT)
    ill = replace(STAYED_HOME, temperature=390)

    def tells(number: str, once: int) -> None:
        who = Identity("赵甲", Document(DocumentKind.RESIDENT, number), "13900000001")
        declaring.tell_poster(found, who, ill, f"form-{once}", AT)

    for once in range(5):
        tells(NUMBERS[0], once)
    drain(TELLING)
    called = select(Notification.news)
    assert list(db.session.scalars(called)) == [News.HEALTH_CALL_BACK]
    entries = list(db.session.scalars(select(PosterEntry.id).order_by(PosterEntry.id)))
    assert len(entries) == 5
    tells(NUMBERS[1], 6)
    assert len(list(db.session.scalars(select(Alert.id)))) == 2, "somebody else is called as well"
    declaring.dismiss_entry(place_id, entries[0], cast.he, AT)
    assert len(list(db.session.scalars(select(Alert.id)))) == 3, "the next of theirs is asked about"
    tells(NUMBERS[0], 7)
    assert len(list(db.session.scalars(select(Alert.id)))) == 3
