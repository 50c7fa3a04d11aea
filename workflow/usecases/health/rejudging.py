"""Judges people anew whose stays a changed rule touches: in a chain of jobs, a batch at a time.

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


def start(campaign_id: int, area_id: int = ANY_AREA) -> None:
    """Asks, in the caller's transaction, for everybody with a stay in an area, or with any."""
    _ask(campaign_id, area_id, (0, 0))


def rejudge_batch(
    campaign_id: int, area_id: int, person: registered.Person, at: datetime
) -> int | None:
    """Judges the next people after one, and asks for those after them; how many were judged.

    None where the chain ends: nobody is left, or the campaign is over.
    """
    with transaction():
        campaign = healthcampaigns.on(day_of(at))
        people = registered.after(person, BATCH)
        if campaign is None or campaign.id != campaign_id or not people:
            return None
        region = riskrules.region_of(campaign_id, area_id) if area_id else None
        told = registered.answers_of(people)
        touched = [
            one
            for one in people
            if any(_is_touched(registration_of(text), region) for text in told[one])
        ]
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


def _is_touched(told: Registration, region: Region | None) -> bool:
    """Whether a rule about a region, or any rule where none is given, may change the answer."""
    if region is None:
        return bool(told.stays)
    codes = [one.code for one in told.stays if one.code]
    return any(region.covers(code) or region.parts(code) for code in codes)


def _ask(campaign_id: int, area_id: int, person: registered.Person) -> None:
    place_id, line = person
    outbox.add(TASK, campaign_id=campaign_id, area_id=area_id, place_id=place_id, line=line)
