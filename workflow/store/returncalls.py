"""Calls to people who are to come back (返岗电话): who is next, who is calling whom, what was said.

Nobody is called by two at once: whoever is offered somebody has them for a short while.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ForeignKey, func, select, text
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.orm import Mapped, mapped_column

from workflow.core.alerts import UNANSWERED, UNDECIDED, HealthReason, Reached
from workflow.core.days import day_of
from workflow.store import rosterlines
from workflow.store.db import Model, db
from workflow.store.registrations import HealthReveal, ReturnCall
from workflow.store.rosters import Engagement
from workflow.store.towns import Enterprise, Place

CLAIMED_FOR = timedelta(minutes=15)
LATE = timedelta(days=3)  # so long after the day on which somebody was to come back
A_DAY = timedelta(days=1)


class ReturnClaim(Model):
    """Who is calling somebody just now, until when."""

    __tablename__ = "return_claims"

    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    until: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Called:
    """A call as the list of the day shows it. ``gone``: no longer on the roster."""

    place_id: int
    line: int
    name: str
    gone: bool
    enterprise: str
    reached: Reached
    returns_on: date | None
    worries: str
    at: datetime


# Due: to come back from three days ago on, or told since yesterday not to be back; with a number,
# not at work again, not being called, and the last call leaves something to ask.
_NEXT = text("""
SELECT due.place_id, due.line FROM (
  SELECT place_id, line, returns_on AS day FROM engagements
   WHERE until_seq IS NULL AND returns_on >= :since AND mobile IS NOT NULL
  UNION
  SELECT c.place_id, c.line, c.day FROM check_ins c
   JOIN engagements e ON e.place_id = c.place_id AND e.line = c.line AND e.until_seq IS NULL
   WHERE c.absence = 'not_back' AND c.day BETWEEN :yesterday AND :today AND e.mobile IS NOT NULL
) due
WHERE NOT EXISTS (SELECT 1 FROM return_claims k
   WHERE k.place_id = due.place_id AND k.line = due.line AND k.until > :at)
 AND NOT EXISTS (SELECT 1 FROM check_ins w WHERE w.day BETWEEN :yesterday AND :today
   AND w.place_id = due.place_id AND w.line = due.line AND w.absence IS NULL)
 AND NOT EXISTS (SELECT 1 FROM return_calls r WHERE r.id = (SELECT max(l.id) FROM return_calls l
    WHERE l.place_id = due.place_id AND l.line = due.line)
   AND (r.reached IN ('wrong_number', 'will_not_return')
    OR r.reached = 'no_answer' AND r.at > :unanswered
    OR r.reached = 'talked' AND (r.returns_on >= :today
       OR r.returns_on IS NULL AND r.at > :undecided OR NOT (r.returns_on < due.day))))
ORDER BY due.day, due.place_id, due.line LIMIT 1
""")


def claim_next(account_id: int, at: datetime) -> tuple[int, int] | None:
    """Somebody to call, by place and line: whom one is calling already, or the next; None: nobody.

    Belongs into a transaction: nobody else is offered anyone until the commit.
    """
    hold()
    held = (
        select(ReturnClaim.place_id, ReturnClaim.line)
        .join(
            Engagement,
            (Engagement.place_id == ReturnClaim.place_id)
            & (Engagement.line == ReturnClaim.line)
            & Engagement.until_seq.is_(None),
        )
        .where(ReturnClaim.account_id == account_id, ReturnClaim.until > at)
    )
    mine = db.session.execute(held.limit(1)).first()
    if mine is not None:
        return mine.place_id, mine.line
    today = day_of(at)
    days = {"today": today, "yesterday": today - A_DAY, "since": today - LATE}
    pauses = {"unanswered": at - UNANSWERED, "undecided": at - UNDECIDED}
    found = db.session.execute(_NEXT, {"at": at} | days | pauses).first()
    if found is None:
        return None
    until = {"account_id": account_id, "until": at + CLAIMED_FOR}
    new = insert(ReturnClaim).values(place_id=found.place_id, line=found.line, **until)
    key = [ReturnClaim.place_id, ReturnClaim.line]
    db.session.execute(new.on_conflict_do_update(index_elements=key, set_=until))
    return found.place_id, found.line


def hold() -> None:
    """Nobody else is given anyone until the commit."""
    db.session.execute(text("LOCK TABLE return_claims IN SHARE ROW EXCLUSIVE MODE"))


def claim_of(place_id: int, line: int, *, lock: bool = False) -> ReturnClaim | None:
    """Who is calling somebody, or did and has not said how it ended."""
    mine = ReturnClaim.place_id == place_id, ReturnClaim.line == line
    query = select(ReturnClaim).where(*mine).execution_options(populate_existing=True)
    return db.session.scalar(query.with_for_update() if lock else query)


def is_shown(claim: ReturnClaim, at: datetime) -> bool:
    """Whether the caller has looked at the number since they were given this person."""
    seen = select(HealthReveal.id).where(
        HealthReveal.place_id == claim.place_id,
        HealthReveal.line == claim.line,
        HealthReveal.account_id == claim.account_id,
        HealthReveal.reason == HealthReason.RETURN.value,
        HealthReveal.at >= claim.until - CLAIMED_FOR,
    )
    return at <= claim.until and db.session.scalar(seen.limit(1)) is not None


def has_called(account_id: int, place_id: int, line: int, since: datetime) -> bool:
    """Whether somebody has called this person since then."""
    said = select(ReturnCall.id).where(
        ReturnCall.called_by == account_id,
        ReturnCall.at >= since,
        ReturnCall.place_id == place_id,
        ReturnCall.line == line,
    )
    return db.session.scalar(said.limit(1)) is not None


def place(place_id: int) -> Place:
    """The place of somebody whom the caller was given."""
    return db.session.get_one(Place, place_id)


def of_line(place_id: int, line: int) -> list[ReturnCall]:
    """The calls to one person, newest first."""
    mine = ReturnCall.place_id == place_id, ReturnCall.line == line
    return list(db.session.scalars(select(ReturnCall).where(*mine).order_by(ReturnCall.id.desc())))


def last_calls(place_id: int, lines: Collection[int]) -> dict[int, ReturnCall]:
    """The last call to each of these people of a place, by line. What worries them is not for
    their employer.
    """
    query = select(ReturnCall).where(ReturnCall.place_id == place_id, ReturnCall.line.in_(lines))
    query = query.ext(distinct_on(ReturnCall.line)).order_by(ReturnCall.line, ReturnCall.id.desc())
    return {one.line: one for one in db.session.scalars(query)}


def called_since(account_id: int, since: datetime, most: int) -> tuple[int, list[Called]]:
    """How many one has called since then, and the last of them."""
    mine = ReturnCall.called_by == account_id, ReturnCall.at >= since
    many = db.session.scalar(select(func.count()).select_from(ReturnCall).where(*mine)) or 0
    query = (
        select(ReturnCall, Engagement.name, Engagement.until_seq, Enterprise.name)
        .join(Place, Place.id == ReturnCall.place_id)
        .join(Enterprise, Enterprise.id == Place.enterprise_id)
        .join(Engagement, rosterlines.newest(ReturnCall.place_id, ReturnCall.line))
        .where(*mine)
    )
    rows = db.session.execute(query.order_by(ReturnCall.id.desc()).limit(most))
    return many, [
        Called(
            *(call.place_id, call.line, name, until is not None, enterprise),
            *(Reached(call.reached), call.returns_on, call.worries, call.at),
        )
        for call, name, until, enterprise in rows
    ]
