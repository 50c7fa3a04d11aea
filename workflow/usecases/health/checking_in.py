"""The daily check-in.

A green check-in of somebody who may work takes one statement (``store.greens``); everything else
comes here, so that what it sets off commits with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from workflow.core.days import day_of
from workflow.core.health import CheckIn, Half, ToldBy
from workflow.core.judging import Judgement, is_unwell, judge
from workflow.core.roles import Actor
from workflow.store import checkins, healthcampaigns, riskrules, rosterlines, stamps
from workflow.store.checkins import CheckInRow
from workflow.store.db import db, transaction
from workflow.store.healthjson import details_json
from workflow.store.rosters import Engagement
from workflow.store.stafflinks import StaffLink
from workflow.store.towns import Place
from workflow.usecases.health import judging
from workflow.usecases.health.places import on_roster, own_place

WEEK = timedelta(days=6)  # besides today


@dataclass(frozen=True, slots=True)
class OwnWeek:
    """How somebody stands now, and what they told last for each half of the last seven days."""

    person: Engagement
    place: Place
    judgement: Judgement
    registered: bool
    told: Mapping[tuple[date, Half], CheckInRow]


def check_in(link: StaffLink, told: CheckIn, at: datetime) -> Judgement:
    """Keeps what the holder of a link tells for half a day. The same again changes nothing."""
    with transaction():
        on_roster(link.place_id, link.line)
        keep(link.place_id, link.line, told, ToldBy.SELF, None, at)
        return judging.rejudge(link.place_id, link.line, at)


def check_in_for(
    place_id: int, told: Mapping[int, CheckIn], actor: Actor, at: datetime
) -> dict[int, Judgement]:
    """The clerk tells for several, by line; those who are not on the roster are left out."""
    with transaction():
        own_place(place_id, actor)
        found: dict[int, Judgement] = {}
        lines = sorted(rosterlines.standing_lines(place_id, told))
        for line in lines:  # all of them first: whoever holds the counts waits for nobody
            rosterlines.hold_line(place_id, line)
        for line in lines:
            keep(place_id, line, told[line], ToldBy.ENTERPRISE, actor.account_id, at)
            found[line] = judging.rejudge(place_id, line, at)
        return found


def own_week(link: StaffLink, at: datetime) -> OwnWeek:
    """What the holder of a link may see of themselves: how they stand now, and what they told."""
    today = day_of(at)
    person = on_roster(link.place_id, link.line)
    rules = riskrules.rules(healthcampaigns.needed(today).id)
    record = judging.record_now(link.place_id, link.line, at)
    rows = checkins.of_person(link.place_id, link.line, today - WEEK, today)
    told = {(row.day, row.half): row for row in rows}  # the last one of each
    place = db.session.get_one(Place, link.place_id)
    found = judge(record, today, rules)
    return OwnWeek(person, place, found, record.registration is not None, told)


def keep(
    place_id: int, line: int, told: CheckIn, told_by: ToldBy, account_id: int | None, at: datetime
) -> None:
    """A row and its part in the counts, in the transaction of the caller, who judges anew."""
    rules = riskrules.rules(healthcampaigns.needed(told.day).id)
    at = stamps.hold(place_id, line, at)
    before = checkins.told_for(place_id, line, told.day, told.half)
    well = judging.well_since(place_id, line, at)
    if before and checkins.as_told(before[-1]) == told and before[-1].told_at > well:
        return  # sent twice; said again after a release, it is a new telling
    unwell = is_unwell(told, rules)
    db.session.add(
        CheckInRow(
            place_id=place_id,
            line=line,
            day=told.day,
            half=told.half,
            seq=len(before),
            unwell=unwell,
            temperature=None if unwell else told.temperature,
            details=details_json(told) if unwell else None,
            absence=told.absence,
            told_by=told_by,
            account_id=account_id,
            told_at=at,
        )
    )
    was_absent = bool(before) and before[-1].absence is not None
    checkins.count(
        place_id,
        told.day,
        told.half,
        told=not before,
        unwell=unwell and not any(row.unwell for row in before),
        absent=(told.absence is not None) - was_absent,
    )
