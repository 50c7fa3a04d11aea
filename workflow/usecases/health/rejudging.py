"""Judges people anew whose stays a changed rule touches, or everybody where another campaign began
or what was told in an earlier one is deleted: in a chain of jobs, a batch at a time.

Jobs carry ids only. A batch that is done again judges the same people again, to the same end.
"""

from datetime import datetime

from workflow.core.days import day_of
from workflow.core.health import Registration
from workflow.core.regions import Region
from workflow.store import healthcampaigns, outbox, registered, riskrules, standings
from workflow.store.db import transaction
from workflow.store.healthjson import registration_of
from workflow.usecases.health import judging

TASK = "rejudge_for_rules"
BATCH = 100
ANY_AREA = 0
EVERYBODY = -1  # in place of an area: with or without stays


def start(campaign_id: int, area_id: int = ANY_AREA) -> None:
    """Asks, in the caller's transaction, for everybody with a stay in an area, or with any."""
    _ask(campaign_id, area_id, (0, 0))


def begin(at: datetime) -> bool:
    """Asks, in the caller's transaction, for everybody, if anyone was last judged by the rules of
    an earlier campaign; whether that was so. Asked again once all are judged, it does nothing.
    """
    campaign = healthcampaigns.on(day_of(at))
    if campaign is None or not registered.judged_before(campaign.starts_on):
        return False
    start(campaign.id, EVERYBODY)
    return True


def begin_now(at: datetime) -> bool:
    """The same in a transaction of its own, for the job that asks every hour."""
    with transaction():
        return begin(at)


def rejudge_batch(
    campaign_id: int, area_id: int, person: registered.Person, at: datetime
) -> int | None:
    """Judges the next people after one, and asks for those after them; how many were judged.

    None where the chain ends: nobody is left, or the campaign is over.
    """
    with transaction():
        campaign = healthcampaigns.on(day_of(at))
        everybody = area_id == EVERYBODY
        after = registered.everybody_after if everybody else registered.after
        people = after(person, BATCH)
        if campaign is None or campaign.id != campaign_id or not people:
            return None
        touched = people if everybody else _touched(people, campaign_id, area_id)
        for place_id, line in touched:
            judging.rejudge(place_id, line, at)
        _ask(campaign_id, area_id, people[-1])
        return len(touched)


def rejudge_elsewhere(place_id: int, line: int, at: datetime) -> int:
    """Judges the same person anew at the other lines of the enterprise; how many were judged."""
    if healthcampaigns.on(day_of(at)) is None:
        return 0
    lines = standings.lines_elsewhere(place_id, line)
    for other in lines:
        with transaction():
            judging.rejudge(*other, at)
    return len(lines)


def _touched(
    people: list[registered.Person], campaign_id: int, area_id: int
) -> list[registered.Person]:
    region = riskrules.region_of(campaign_id, area_id) if area_id else None
    told = registered.answers_of(people)
    return [
        one
        for one in people
        if any(_is_touched(registration_of(text), region) for text in told[one])
    ]


def _is_touched(told: Registration, region: Region | None) -> bool:
    """Whether a rule about a region, or any rule where none is given, may change the answer."""
    if region is None:
        return bool(told.stays)
    codes = [one.code for one in told.stays if one.code]
    return any(region.covers(code) or region.parts(code) for code in codes)


def _ask(campaign_id: int, area_id: int, person: registered.Person) -> None:
    place_id, line = person
    outbox.add(TASK, campaign_id=campaign_id, area_id=area_id, place_id=place_id, line=line)
