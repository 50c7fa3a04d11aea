"""Looks at what somebody told, for a stated reason: the reason is kept before anything is shown."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from workflow.core.alerts import HealthReason
from workflow.core.days import day_of
from workflow.core.judging import Judgement, judge
from workflow.core.papers import DocumentKind
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.roles import Actor, Capability
from workflow.store import (
    checkins,
    healthcampaigns,
    registrations,
    returncalls,
    riskrules,
    rosters,
    stamps,
    standings,
    townhealth,
)
from workflow.store.checkins import CheckInRow
from workflow.store.db import db, transaction
from workflow.store.registrations import HealthReveal, RegistrationRow, ReturnCall
from workflow.store.rosters import Engagement
from workflow.store.townhealth import Ended
from workflow.store.towns import Place
from workflow.usecases.health import declaring, judging
from workflow.usecases.health.calls import given, on_the_line

LOOKED_BACK = timedelta(days=14)
LONGEST_REASON = 200
FOR_CLINIC = (HealthReason.CLINIC, HealthReason.ALERT, HealthReason.URGENT)
FOR_FIELD = (HealthReason.ALERT, HealthReason.VISIT, HealthReason.URGENT)


@dataclass(frozen=True, slots=True)
class Details:
    """Everything that somebody told, in clear. ``tellings`` are registrations, newest first;
    ``left`` are numbers they left through a poster, other than the roster's.
    """

    name: str
    kind: DocumentKind
    number: str
    mobile: str
    left: tuple[str, ...]
    origin: str
    judgement: Judgement
    tellings: tuple[RegistrationRow, ...]
    check_ins: tuple[CheckInRow, ...]
    calls: tuple[ReturnCall, ...]
    ended: tuple[Ended, ...]


def reasons_for(actor: Actor) -> tuple[HealthReason, ...]:
    """The reasons that somebody can choose from."""
    return FOR_CLINIC if actor.capability is Capability.CLINIC else FOR_FIELD


def elsewhere(place_id: int, line: int, actor: Actor) -> list[tuple[Place, int]]:
    """The same person's other lines in the enterprise, those that the actor may look at."""
    found = []
    for other in standings.lines_elsewhere(place_id, line):
        with suppress(NotFound):
            one = townhealth.person(*other, actor)
            found.append((townhealth.place(one.place_id, actor), one.line))
    return found


def judged_now(place_id: int, line: int, at: datetime) -> Judgement:
    """What a person's record means today; nothing is kept. The caller has asked for the scope."""
    campaign = healthcampaigns.needed(day_of(at))
    record = judging.record_now(place_id, line, at)
    return judge(record, day_of(at), riskrules.rules(campaign.id))


def reveal(
    place_id: int, line: int, reason: HealthReason, words: str, actor: Actor, at: datetime
) -> Details:
    """The details of one person, for whoever answers for the field today, or the clinic."""
    if reason not in reasons_for(actor):
        raise Refused(Refusal(Reason.NO_SUCH_STEP))
    if reason is HealthReason.URGENT and not words.strip():
        raise Refused(Refusal(Reason.WORDS_NEEDED))
    with transaction():
        found = townhealth.person(place_id, line, actor)
        _record(place_id, line, reason, words.strip()[:LONGEST_REASON], actor, at)
        day, at = day_of(at), stamps.reached(place_id, line, at)
        told = registrations.told_of(place_id, line, at)
        return Details(
            name=found.name,
            kind=found.person.kind,
            number=found.person.number,
            mobile=found.mobile or "",
            left=_left(place_id, line, found.mobile or ""),
            origin=found.origin,
            judgement=judged_now(place_id, line, at),
            tellings=tuple(reversed(told)),
            check_ins=tuple(reversed(checkins.of_person(place_id, line, day - LOOKED_BACK, day))),
            calls=tuple(returncalls.of_line(place_id, line)),
            ended=tuple(townhealth.ended(place_id, line, actor)),
        )


def reveal_mobile(place_id: int, line: int, actor: Actor, at: datetime) -> Engagement:
    """Whom the labour office is calling just now, in clear. Kept once for each time that somebody
    is given to a caller.
    """
    with transaction():
        claim = on_the_line(place_id, line, actor, at)
        try:
            found = rosters.one(place_id, line)
        except NotFound:
            raise NotFound(line) from None
        if not returncalls.is_shown(claim, at):
            _record(place_id, line, HealthReason.RETURN, "", actor, at)
        return found


def shown_mobile(place_id: int, line: int, actor: Actor, at: datetime) -> Engagement | None:
    """Whom the caller has been shown already, while they are theirs to call; else None."""
    claim = given(place_id, line, actor, at)
    if claim is None or claim.until <= at or not returncalls.is_shown(claim, at):
        return None
    return rosters.one(place_id, line)


def _left(place_id: int, line: int, known: str) -> tuple[str, ...]:
    entries = townhealth.left_by_poster(place_id, line)
    left = dict.fromkeys(declaring.entry_of(one.answers)[0].mobile for one in entries)
    return tuple(one for one in left if one and one != known)


def _record(
    place_id: int, line: int, reason: HealthReason, words: str, actor: Actor, at: datetime
) -> None:
    assert actor.account_id is not None, "the service looks at nothing"
    db.session.add(
        HealthReveal(
            place_id=place_id,
            line=line,
            account_id=actor.account_id,
            role=actor.capability.value if actor.capability else actor.role.value,
            reason=reason.value,
            words=words,
            at=at,
        )
    )
    db.session.flush()
