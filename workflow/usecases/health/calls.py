"""The labour office calls people who are to come back (返岗电话), one at a time.

What they say joins the person's record; the day on the roster stays the enterprise's own word.
"""

from datetime import date, datetime, time

from workflow.core.alerts import Reached
from workflow.core.days import TOWN, day_of
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.roles import Actor, Capability
from workflow.store import healthcampaigns, returncalls
from workflow.store.cases import NoScope
from workflow.store.db import db, transaction
from workflow.store.registrations import ReturnCall
from workflow.store.returncalls import ReturnClaim

LONGEST_WORRY = 500


def next_person(actor: Actor, at: datetime) -> tuple[int, int] | None:
    """Who is to be called now, by place and line, for this caller alone; None: nobody is left."""
    account_id = caller(actor)
    healthcampaigns.needed(day_of(at))
    with transaction():
        return returncalls.claim_next(account_id, at)


def on_the_line(place_id: int, line: int, actor: Actor, at: datetime) -> ReturnClaim:
    """Whom this caller was given and may call now, or calls once more. Raises ``NotFound`` for
    anyone else, and once the time for the call is over: then they ask for the next person again.
    """
    returncalls.hold()
    claim = given(place_id, line, actor, at, lock=True)
    if claim is None:
        until = at + returncalls.CLAIMED_FOR
        claim = ReturnClaim(place_id=place_id, line=line, account_id=caller(actor), until=until)
        db.session.add(claim)
    if claim.until <= at:
        raise NotFound(line)
    return claim


def given(
    place_id: int, line: int, actor: Actor, at: datetime, *, lock: bool = False
) -> ReturnClaim | None:
    """Whom this caller was given and has not told the end of: a call that took long can still be
    noted, until somebody else was given the same person. None: they told it today, and may say
    more, or call once more. Raises ``NotFound`` for anyone else.
    """
    account_id = caller(actor)
    claim = returncalls.claim_of(place_id, line, lock=lock)
    if claim is None:
        if not returncalls.has_called(account_id, place_id, line, begin_of(at)):
            raise NotFound(line)
    elif claim.account_id != account_id:
        raise NotFound(line)
    return claim


def begin_of(at: datetime) -> datetime:
    """When the day of the town began."""
    return datetime.combine(day_of(at), time.min, TOWN)


def note_call(
    place_id: int,
    line: int,
    reached: Reached,
    returns_on: date | None,
    worries: str,
    actor: Actor,
    at: datetime,
) -> None:
    """How a call ended; then the person is free for others. A day counts if they were reached."""
    healthcampaigns.needed(day_of(at))
    said_day = returns_on if reached is Reached.TALKED else None
    if said_day is not None and said_day < day_of(at):
        raise Refused(Refusal(Reason.DAYS_PAST))
    with transaction() as session:
        returncalls.hold()
        claim = given(place_id, line, actor, at, lock=True)
        if claim is not None:
            session.delete(claim)
        session.add(
            ReturnCall(
                place_id=place_id,
                line=line,
                at=at,
                called_by=caller(actor),
                reached=reached.value,
                returns_on=said_day,
                worries=worries.strip()[:LONGEST_WORRY],
            )
        )


def caller(actor: Actor) -> int:
    """The account of somebody of the labour office. Raises ``NoScope`` for everybody else."""
    if actor.capability is not Capability.LABOUR or actor.account_id is None:
        raise NoScope(actor.role)
    return actor.account_id
