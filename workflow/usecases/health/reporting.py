"""The enterprise's own word for a day (每日报告): nothing to tell is also told (零报告)."""

from datetime import datetime

from workflow.core.days import day_of
from workflow.core.health import Half, half_of
from workflow.core.refusals import Reason, Refusal, Refused
from workflow.core.roles import Actor
from workflow.store import checkins, healthcampaigns, placehealth, rosters
from workflow.store.db import transaction
from workflow.store.placehealth import Numbers
from workflow.usecases.health.places import own_place


def report_day(
    place_id: int, seen: int, actor: Actor, at: datetime, *, nobody_worked: bool = False
) -> Numbers:
    """Keeps the report of today, with the numbers of this moment; the last one counts. Expected
    and told are those of the half day that it is: whoever is held or away need not tell.

    ``seen`` is how many unwell the page showed: refused if there are more by now, so that nobody
    calls a day quiet that no longer is. Refused, too, is that nobody worked, where somebody did.
    """
    day = day_of(at)
    healthcampaigns.needed(day)
    with transaction():
        own_place(place_id, actor)
        now, half = numbers_now(place_id, at), half_of(at)
        told = now.morning if half is Half.MORNING else now.afternoon
        if now.troubled > seen:
            raise Refused(Refusal(Reason.MORE_UNWELL, (str(now.troubled),)))
        if nobody_worked and now.at_work:
            raise Refused(Refusal(Reason.PEOPLE_AT_WORK, (str(now.at_work),)))
        checkins.keep_report(
            place_id,
            day,
            made_by=actor.account_id,
            made_at=at,
            expected=0 if nobody_worked else told + now.missing,
            told=told,
            unwell=now.troubled,
            absent=now.absent,
            nobody_worked=nobody_worked,
        )
        return now


def numbers_now(place_id: int, at: datetime) -> Numbers:
    """The numbers of a place at this moment, for the half day that it is."""
    seq = rosters.latest_seq(place_id) or 0
    return placehealth.numbers(place_id, seq, day_of(at), half_of(at))
