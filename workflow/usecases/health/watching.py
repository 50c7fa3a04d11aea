"""The enterprise looks at its people: as they stand today, with what waits to be said of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from workflow.core.days import day_of
from workflow.core.judging import Fitness, GroundKind
from workflow.core.papers import Document, masked_number
from workflow.core.reveals import PersonReason
from workflow.core.roles import Actor
from workflow.store import healthcampaigns, placehealth, registrations, rosterlines
from workflow.store.db import transaction
from workflow.store.healthlines import Line
from workflow.store.registrations import HealthReveal, PosterEntry
from workflow.usecases.health import judging
from workflow.usecases.health.declaring import Identity, entry_of
from workflow.usecases.health.places import own_place


@dataclass(frozen=True, slots=True)
class Stranger:
    """What came through a poster, as far as the clerk may see it at once. ``line``: whose it would
    be; None: nobody on the roster has that document.
    """

    entry: PosterEntry
    name: str
    document: Document
    number: str
    line: int | None


def bring_up_to_date(place_id: int, actor: Actor, at: datetime) -> None:
    """Judges anew whom a new day may have changed, such as by the end of an observation."""
    day = day_of(at)
    healthcampaigns.needed(day)
    lines = placehealth.to_judge_anew(place_id, day)
    if not lines:
        return
    with transaction():
        own_place(place_id, actor)
        for line in sorted(rosterlines.standing_lines(place_id, lines)):
            rosterlines.hold_line(place_id, line)
            judging.rejudge(place_id, line, at)


def stranger(place_id: int, entry: PosterEntry) -> Stranger:
    """An entry of a poster, with whom on the roster it would be."""
    identity, _told = entry_of(entry.answers)
    line = rosterlines.line_of(place_id, identity.document)
    number = masked_number(identity.document.number)
    return Stranger(entry, identity.name, identity.document, number, line)


def reveal_stranger(
    place_id: int, entry_id: int, reason: PersonReason, actor: Actor, at: datetime
) -> Identity:
    """Who somebody says they are, who told through a poster, with document and mobile number in
    clear: for a stated reason that is recorded.
    """
    with transaction() as session:
        own_place(place_id, actor)
        found = registrations.entry(place_id, entry_id)
        session.add(
            HealthReveal(
                place_id=place_id,
                entry_id=entry_id,
                account_id=actor.account_id,
                role=actor.role.value,
                reason=reason.value,
                at=at,
            )
        )
        return entry_of(found.answers)[0]


def may_be_named(people: Iterable[Line]) -> list[str]:
    """Of those who have not told, the names that a message to everybody may carry: nobody whom it
    would give away as ill, observed or asked about.
    """
    return [one.name for one in people if not is_held(one) and not one.unwell and not one.absence]


def is_held(one: Line) -> bool:
    """Whether somebody may not simply work today."""
    if one.fitness is Fitness.ASK:
        # Else all that is to be asked is the registration itself.
        return any(ground.kind != GroundKind.UNREGISTERED.value for ground in one.grounds)
    return one.fitness in {Fitness.OBSERVE, Fitness.STOP}
