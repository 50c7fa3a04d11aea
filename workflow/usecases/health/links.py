"""The enterprise gives its people their links, and a place its poster; and takes them back."""

from collections.abc import Collection
from datetime import date, datetime, time

from workflow.core.days import TOWN, day_of
from workflow.core.roles import Actor
from workflow.store import healthcampaigns, outbox, rosterlines, rosters, stafflinks
from workflow.store.db import transaction
from workflow.store.stafflinks import Poster, StaffLink
from workflow.usecases.health.places import own_place

TASK = "lay_out_poster"


def give_links(
    place_id: int, lines: Collection[int] | None, actor: Actor, at: datetime
) -> dict[int, StaffLink]:
    """The links of these people, by line, or of everybody on the roster; whoever has none is given
    one. They end with the campaign: where that was made longer, they last longer too.
    """
    campaign = healthcampaigns.needed(day_of(at))
    ends = _end_of(campaign.ends_on)
    with transaction() as session:
        own_place(place_id, actor)
        stafflinks.hold(place_id)
        found = stafflinks.links_of(place_id, at, lines)
        standing = rosterlines.standing_lines(place_id, lines)
        for line in sorted(standing - set(found)):
            found[line] = StaffLink(
                place_id=place_id,
                line=line,
                made_by=actor.account_id,
                made_at=at,
                expires_at=ends,
            )
            session.add(found[line])
        for line in standing:
            found[line].expires_at = max(found[line].expires_at, ends)
        session.flush()
        return {line: found[line] for line in standing}


def revoke_link(place_id: int, line: int, actor: Actor, at: datetime) -> None:
    """Whoever holds this person's link can do nothing with it any more, from now on."""
    with transaction():
        own_place(place_id, actor)
        stafflinks.hold(place_id)
        stafflinks.revoke(place_id, line, at)


def revoke_links(place_id: int, actor: Actor, at: datetime) -> int:
    """Ends the links of everybody of a place, also of those who have left; how many."""
    with transaction():
        own_place(place_id, actor)
        stafflinks.hold(place_id)
        return stafflinks.revoke(place_id, None, at)


def make_poster(place_id: int, actor: Actor, at: datetime) -> Poster:
    """A new poster, which a job lays out; the one before no longer counts."""
    healthcampaigns.needed(day_of(at))
    with transaction() as session:
        own_place(place_id, actor)
        stafflinks.hold(place_id)
        _end_poster(place_id, at)
        session.flush()
        made = Poster(place_id=place_id, made_by=actor.account_id, made_at=at)
        session.add(made)
        session.flush()
        outbox.add(TASK, poster_id=made.id)
        return made


def revoke_poster(place_id: int, actor: Actor, at: datetime) -> None:
    """The poster of a place no longer counts."""
    with transaction():
        own_place(place_id, actor)
        stafflinks.hold(place_id)
        _end_poster(place_id, at)


def poster_of(place_id: int, actor: Actor) -> Poster | None:
    """The poster of an own place that counts now."""
    rosters.place_of(place_id, actor)
    return stafflinks.poster_of(place_id)


def keep_laid_out(poster_id: int, pdf: bytes, at: datetime) -> bool:
    """Keeps the poster as it is to be printed; False where it no longer counts."""
    with transaction():
        found = stafflinks.poster_to_lay_out(poster_id, lock=True)
        if found is None:
            return False
        found.pdf, found.laid_out_at = pdf, at
        return True


def _end_poster(place_id: int, at: datetime) -> None:
    found = stafflinks.poster_of(place_id)
    if found is not None:
        found.revoked_at, found.pdf = at, None


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, TOWN)
