"""Whose people somebody may act for, and which places an officer looks after."""

from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.roles import Actor, Role
from workflow.store import rosters
from workflow.store.rosters import Engagement
from workflow.store.towns import Place


def own_place(place_id: int, actor: Actor) -> Place:
    """A place of the actor's own enterprise. Raises ``NotFound``, ``Refused``."""
    place = rosters.place_of(place_id, actor)
    if actor.role is not Role.ENTERPRISE:
        raise Refused(Refusal(Reason.NOT_YOUR_ROLE))
    return place


def own_person(place_id: int, line: int, actor: Actor) -> Engagement:
    """Somebody on the roster of an own place."""
    own_place(place_id, actor)
    return rosters.one(place_id, line)


def on_roster(place_id: int, line: int) -> Engagement:
    """Somebody who still stands on a roster, for whoever holds their link.

    Raises ``NotFound`` for somebody who has left, just as for one who never was there.
    """
    try:
        return rosters.one(place_id, line)
    except NotFound:
        raise NotFound(line) from None
