"""What a red answer sets off, in jobs: people are told; nothing is closed by itself."""

from datetime import datetime

from workflow.core.alerts import TOLD_OF
from workflow.store import placenews, standings
from workflow.store.db import transaction
from workflow.store.towns import Place


def tell(alert_id: int, at: datetime) -> bool:
    """Tells everyone who must know of an alert, once; whether there was anything to tell.

    One that was settled before anybody was told needs nobody any more.
    """
    with transaction() as session:
        alert = standings.held_alert(alert_id)
        if alert is None or alert.told_at is not None:
            return False
        if alert.settled_at is None:
            place = session.get_one(Place, alert.place_id)
            for news, audience in TOLD_OF[alert.kind]:
                placenews.tell(place, news, audience, alert.keys[0], at)
        alert.told_at = at
        return True


def ask_again(at: datetime) -> int:
    """Alerts that waited for their job too long are told now; how many."""
    waiting = standings.untold(at - standings.UNTOLD_FOR)
    return sum(tell(alert_id, at) for alert_id in waiting)


def tell_whoever_acts(at: datetime) -> int:
    """Who answers for a field since an alert was told in it is told as well; how many were."""
    with transaction():
        return placenews.tell_acting(at)
