"""What a red answer sets off, in jobs: people are told; nothing is closed by itself."""

from datetime import datetime

from workflow.core.alerts import TOLD_OF
from workflow.store import placenews, standings
from workflow.store.db import transaction
from workflow.store.towns import Place


def tell(alert_id: int, at: datetime) -> bool:
    """Tells everyone who must know of an alert, once; whether there was anything to tell."""
    with transaction() as session:
        alert = standings.alert(alert_id, lock=True)
        if alert is None or alert.told_at is not None:
            return False
        place = session.get_one(Place, alert.place_id)
        for news, audience in TOLD_OF[alert.kind]:
            placenews.tell(place, news, audience, f"alert/{alert.id}", at)
        alert.told_at = at
        return True


def ask_again(at: datetime) -> int:
    """Alerts that waited for their job too long are told now; how many."""
    waiting = standings.untold(at - standings.UNTOLD_FOR)
    return sum(tell(alert_id, at) for alert_id in waiting)
