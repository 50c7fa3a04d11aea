"""Reminds enterprises of people who have not told, and of the report of the day: once each."""

from datetime import datetime, time

from workflow.core.days import TOWN, day_of
from workflow.core.health import Half
from workflow.core.telling import Audience, News
from workflow.store import healthcampaigns, placehealth, placenews, reminders, rosters
from workflow.store.db import transaction
from workflow.store.towns import Place

# In the town's time, from when until when. Run late it still reminds, but never of what is over.
TIMES = (
    (time(10), time(12), Half.MORNING),
    (time(15, 30), time(17, 30), Half.AFTERNOON),
    (time(17, 30), time(20), None),  # of the report of the day
)


def remind(at: datetime) -> int:
    """Tells the clerks of every place what it lacks at this hour; of how many places.

    Nobody is told of a place that has no roster, or that said that nobody works today.
    """
    day, now = day_of(at), at.astimezone(TOWN).time()
    due = [half for since, until, half in TIMES if since <= now < until]
    if not due or healthcampaigns.on(day) is None:
        return 0
    (half,) = due
    news = News.CHECK_INS_MISSING if half else News.DAY_REPORT_MISSING
    lacking = reminders.maybe_missing(day, half) if half else reminders.without_report(day)
    ends = f"/{day.isoformat()}/{half.value if half else 'report'}"
    told = reminders.told(news, ends, at)
    return sum(
        _remind(place_id, news, f"staff/{place_id}{ends}", half, at)
        for place_id in lacking
        if place_id not in told
    )


def _remind(place_id: int, news: News, key: str, half: Half | None, at: datetime) -> bool:
    """Each place in its own transaction, so that none waits for another."""
    with transaction() as session:
        place = session.get_one(Place, place_id)
        if half is not None:
            seq = rosters.latest_seq(place_id) or 0
            if not placehealth.numbers(place_id, seq, day_of(at), half).missing:
                return False
        placenews.tell(place, news, Audience.ENTERPRISE, key, at)
        return True
