"""Deletes what staff told, by the day that the notice named, and keeps the record of it."""

from datetime import date, datetime, time, timedelta

from workflow.core.days import TOWN, day_of
from workflow.store import forgetting, healthcampaigns
from workflow.store.db import transaction
from workflow.store.healthcampaigns import HealthCampaign
from workflow.usecases.health import rejudging

NOBODYS_FOR = timedelta(days=14)
BEFORE_ALL = datetime.combine(date(2000, 1, 1), time.min, TOWN)
A_DAY = timedelta(days=1)


def forget(at: datetime) -> dict[int, dict[str, int]]:
    """Deletes everything told in campaigns whose time is over; rows by table and campaign.

    Each campaign has its own transaction, and is deleted with its record or not at all.
    """
    due = [one.id for one in healthcampaigns.ended_before(day_of(at))]
    return {campaign_id: _forget(campaign_id, at) for campaign_id in due}


def forget_entries(at: datetime) -> int:
    """Deletes what came through posters two weeks ago and nobody took for theirs; how many."""
    with transaction():
        return forgetting.forget_entries(at - NOBODYS_FOR)


def _forget(campaign_id: int, at: datetime) -> dict[str, int]:
    with transaction() as session:
        campaign = session.get_one(HealthCampaign, campaign_id, with_for_update=True)
        if campaign.destroyed is not None:
            return {}
        before, later = healthcampaigns.neighbours(campaign)
        since = _begin(before.ends_on + A_DAY) if before else BEFORE_ALL
        until = _begin(later.starts_on) if later else at
        now = healthcampaigns.on(day_of(at))
        followed = later is not None
        rows = forgetting.forget((since, until), followed=followed, judged_anew=now is not None)
        campaign.destroyed, campaign.destroyed_at = rows, at
        if now is not None:
            rejudging.start(now.id, rejudging.EVERYBODY)  # by what is left of what they told
        return rows


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, TOWN)
