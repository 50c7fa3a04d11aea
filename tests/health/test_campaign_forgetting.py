"""What staff told is gone by the day the notice named; who looked at it is not."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.cast import Cast
from tests.health.town import (
    AT,
    BASIS,
    NUMBERS,
    RULES,
    STAYED_HOME,
    TODAY,
    came_from,
    hire,
    link_of,
    open_campaign,
    place_of,
)
from workflow.core.days import TOWN
from workflow.core.health import CheckIn, Half, Symptom
from workflow.core.judging import Fitness
from workflow.core.papers import Document, DocumentKind
from workflow.jobs.tasks import UPKEEP
from workflow.jobs.telling import TELLING
from workflow.store import checkins, healthcampaigns, standings
from workflow.store.db import db, transaction
from workflow.store.notifications import Notification
from workflow.store.registrations import HealthReveal, PosterEntry, RegistrationRow, ReturnCall
from workflow.store.returncalls import ReturnClaim
from workflow.store.standings import Alert, Release
from workflow.usecases.health import campaign, checking_in, declaring, forgetting, links
from workflow.usecases.health.declaring import Identity

ENDS = TODAY + timedelta(days=60)
GONE = ENDS + timedelta(days=30)
# Rows by table that the tests tell, and what may stay.
TOLD = (
    *("registrations", "poster_entries", "check_ins", "check_in_counts", "day_reports"),
    *("health_standings", "health_releases", "health_alerts", "staff_links", "posters"),
    *("return_calls", "return_claims", "notifications"),
)
STAYS = {"health_reveals", "health_campaigns", "area_levels", "observation_rules", "risk_homes"}
# Of places and their people, but not told of anybody's health.
NOT_HEALTH = {
    *("cases", "engagements", "enterprise_changes", "handovers", "roster_imports"),
    *("roster_reveals", "roster_versions", "town"),
}
IDENTITY = Identity("孙丙", Document(DocumentKind.RESIDENT, NUMBERS[1]), "13900000003")


def morning(day: date) -> datetime:
    return AT + (day - TODAY)


def by_night(day: date) -> datetime:
    """When the job deletes."""
    return datetime.combine(day, time(3, 7), TOWN)


def rows(table: str) -> int:
    return db.session.scalar(text(f"SELECT count(*) FROM {table}")) or 0


def tell_everything(cast: Cast, drain) -> int:
    """A line of which something stands in every table."""
    line, place_id = hire(cast, "赵甲", NUMBERS[0]), place_of(cast)
    link = link_of(cast, line)
    declaring.register(link, STAYED_HOME, AT)
    ill = CheckIn(TODAY, Half.MORNING, 384, frozenset({Symptom.COUGH}))
    checking_in.check_in(link, ill, AT)
    declaring.tell_poster(links.make_poster(place_id, cast.he, AT), IDENTITY, STAYED_HOME, "1", AT)
    who = cast.office.account_id
    with transaction() as session:
        day = {"day": TODAY, "place_id": place_id, "made_by": who, "made_at": AT}
        numbers = {"expected": 1, "told": 1, "unwell": 1, "absent": 0}
        session.add(checkins.DayReport(**day, **numbers, nobody_worked=False))
        where = {"place_id": place_id, "line": line}
        session.add(Release(**where, at=AT, released_by=who, words="好了"))
        session.add(ReturnCall(**where, at=AT, called_by=who, reached="talked", worries="车票"))
        session.add(ReturnClaim(**where, account_id=who, until=AT))
        session.add(
            HealthReveal(**where, account_id=who, role="office", reason="alert", words="", at=AT)
        )
    drain(TELLING)
    return line


def test_every_table_of_what_staff_told_is_deleted(app: Flask, cast: Cast, drain) -> None:
    number = open_campaign(cast)
    tell_everything(cast, drain)
    before = {table: rows(table) for table in (*TOLD, *STAYS)}
    assert all(before.values())
    assert forgetting.forget(by_night(GONE - timedelta(days=1))) == {}
    at = by_night(GONE)
    found = forgetting.forget(at)
    assert {table: rows(table) for table in TOLD} == dict.fromkeys(TOLD, 0)
    assert {table: rows(table) for table in STAYS} == {table: before[table] for table in STAYS}
    kept = healthcampaigns.get(number)
    assert (kept.destroyed_at, kept.destroyed) == (at, found[number])
    assert found[number] == {table: before[table] for table in TOLD}
    assert forgetting.forget(at) == {}
    with pytest.raises(DBAPIError, match="health_reveals"), transaction() as session:
        session.execute(text("DELETE FROM health_reveals"))


def test_no_table_is_forgotten(app: Flask) -> None:
    """Whoever adds a table about places or people decides here what becomes of it."""
    about = {
        table.name
        for table in db.metadata.sorted_tables
        if {"place_id", "line"} & set(table.columns.keys())
        or any("health" in one.target_fullname for one in table.foreign_keys)
        or "health" in table.name
    }
    assert about - NOT_HEALTH == (set(TOLD) | STAYS)


def test_what_another_campaign_asked_for_stays(app: Flask, cast: Cast, clock, drain) -> None:
    first = open_campaign(cast)
    line = tell_everything(cast, drain)
    place_id = place_of(cast)
    campaign.end_campaign(first, cast.office, AT)
    again = TODAY + timedelta(days=10)
    days = again, again + timedelta(days=50)
    stop_id = healthcampaigns.get(first).stop_id
    campaign.open_campaign(stop_id, BASIS, days, 90, RULES, cast.office, AT)
    link = link_of(cast, line, morning(again))
    declaring.register(link, came_from("420112", "甲市", again), morning(again))
    checking_in.check_in(link, CheckIn(again, Half.MORNING, 365), morning(again))
    found = forgetting.forget(by_night(TODAY + timedelta(days=30)))
    assert set(found) == {first}
    told = [one.told_at for one in db.session.scalars(select(RegistrationRow))]
    assert told == [morning(again)]
    assert rows("check_ins") == 1
    assert rows("posters") == 1  # it still hangs at the gate
    assert rows("staff_links") == 1
    assert rows("health_standings") == 1  # until it is made anew, by what is left
    clock.forward(days=31)
    drain(UPKEEP)
    standing = standings.of_line(place_id, line)
    assert standing is not None
    assert standing.fitness is Fitness.ASK  # back for three weeks, and nobody released them


def test_a_mishap_deletes_nothing(app: Flask, cast: Cast, drain, monkeypatch) -> None:
    number = open_campaign(cast)
    tell_everything(cast, drain)

    def stumble(*_: object) -> None:
        raise OSError("the lights went out")

    monkeypatch.setattr(healthcampaigns, "on", stumble)
    with pytest.raises(OSError, match="lights"):
        forgetting.forget(by_night(GONE))
    db.session.rollback()
    assert rows("registrations") == 1
    assert healthcampaigns.get(number).destroyed is None


def test_what_came_by_poster_and_is_nobodys_is_gone_after_two_weeks(
    app: Flask, cast: Cast, drain
) -> None:
    open_campaign(cast)
    hire(cast, "孙丙", NUMBERS[1])
    place_id = place_of(cast)
    poster = links.make_poster(place_id, cast.he, AT)
    well = STAYED_HOME
    ill = replace(well, temperature=390)
    for n, (told, days) in enumerate(((well, 0), (well, 0), (ill, 0), (well, 1))):
        declaring.tell_poster(poster, IDENTITY, told, str(n), AT + timedelta(days=days))
    entries = list(db.session.scalars(select(PosterEntry.id).order_by(PosterEntry.id)))
    declaring.confirm_entry(place_id, entries[0], cast.he, AT)
    declaring.dismiss_entry(place_id, entries[1], cast.he, AT)
    drain(TELLING)
    assert (rows("health_alerts"), rows("notifications")) == (1, 1)
    assert forgetting.forget_entries(AT + timedelta(days=14)) == 0
    assert forgetting.forget_entries(AT + timedelta(days=14, seconds=1)) == 2
    left = list(db.session.scalars(select(PosterEntry.id).order_by(PosterEntry.id)))
    assert left == [entries[0], entries[3]]
    assert (rows("health_alerts"), rows("notifications")) == (0, 0)
    assert rows("registrations") == 1


def test_an_alert_goes_with_what_was_told_though_it_was_raised_in_the_next_campaign(
    app: Flask, cast: Cast, clock, drain
) -> None:
    first, place_id = open_campaign(cast), place_of(cast)
    theirs, other = hire(cast, "孙丙", NUMBERS[1]), hire(cast, "赵甲", NUMBERS[0])
    poster = links.make_poster(place_id, cast.he, AT)
    declaring.tell_poster(poster, IDENTITY, replace(STAYED_HOME, temperature=390), "1", AT)
    entry_id = db.session.scalars(select(PosterEntry.id)).one()
    campaign.end_campaign(first, cast.office, AT)
    next_day = TODAY + timedelta(days=1)
    days, then = (next_day, next_day + timedelta(days=50)), morning(next_day)
    stop_id = healthcampaigns.get(first).stop_id
    campaign.open_campaign(stop_id, BASIS, days, 30, RULES, cast.office, then)
    declaring.confirm_entry(place_id, entry_id, cast.he, then)
    hot = CheckIn(next_day, Half.MORNING, 384)
    checking_in.check_in(link_of(cast, other, then), hot, then)
    clock.forward(days=1, hours=1)
    drain(TELLING)
    lines = select(Alert.line).order_by(Alert.id)
    assert list(db.session.scalars(lines)) == [None, theirs, other]
    forgetting.forget(by_night(TODAY + timedelta(days=30)))
    (left,) = db.session.scalars(select(Alert))
    assert left.line == other
    told = select(Notification.key).where(Notification.key.startswith("alert/"))
    assert set(db.session.scalars(told)) == {left.keys[0]}
