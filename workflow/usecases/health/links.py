"""The enterprise gives its people their links, and a place its poster; and takes them back."""

from collections.abc import Collection
from datetime import date, datetime, time

from workflow.core.days import TOWN, day_of
from workflow.core.roles import Actor
from workflow.store import healthcampaigns, rosterlines, stafflinks
from workflow.store.db import transaction
from workflow.store.stafflinks import Poster, StaffLink
from workflow.usecases.health.places import own_place


def give_links(
    place_id: int, lines: Collection[int], actor: Actor, at: datetime
) -> dict[int, StaffLink]:
    """The links of these people, by line; whoever has none is given one. They end with the
    campaign.
    """
    campaign = healthcampaigns.needed(day_of(at))
    with transaction() as session:
        own_place(place_id, actor)
        found = stafflinks.links_of(place_id, at)
        standing = rosterlines.standing_lines(place_id, lines)
        for line in standing - set(found):
            found[line] = StaffLink(
                place_id=place_id,
                line=line,
                made_by=actor.account_id,
                made_at=at,
                expires_at=_end_of(campaign.ends_on),
            )
            session.add(found[line])
        session.flush()
        return {line: found[line] for line in standing}


def revoke_link(place_id: int, line: int, actor: Actor, at: datetime) -> None:
    """Whoever holds this person's link can do nothing with it any more, from now on."""
    with transaction():
        own_place(place_id, actor)
        stafflinks.revoke(place_id, line, at)


def make_poster(place_id: int, actor: Actor, at: datetime) -> Poster:
    """A new poster; the one before no longer counts."""
    healthcampaigns.needed(day_of(at))
    with transaction() as session:
        own_place(place_id, actor)
        before = stafflinks.poster_of(place_id, lock=True)
        if before is not None:
            before.revoked_at = at
            session.flush()
        made = Poster(place_id=place_id, made_by=actor.account_id, made_at=at)
        session.add(made)
        session.flush()
        return made


def revoke_poster(place_id: int, actor: Actor, at: datetime) -> None:
    """The poster of a place no longer counts."""
    with transaction():
        own_place(place_id, actor)
        found = stafflinks.poster_of(place_id, lock=True)
        if found is not None:
            found.revoked_at = at


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, TOWN)
