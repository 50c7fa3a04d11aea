"""How an alert ends, and who says that somebody may work again (解除): people, never the program.

Whoever answers for the field today, or the clinic. Never the enterprise, never twice, and never
over something that was told since the page was opened.
"""

from datetime import datetime

from workflow.core.alerts import (
    RELEASING,
    SETTLED_BY_OFFICERS,
    AlertKind,
    Proposal,
    Settlement,
)
from workflow.core.days import day_of
from workflow.core.judging import NOT_RELEASED, Fitness, judge
from workflow.core.refusals import NotFound, Reason, Refusal, Refused, Stale
from workflow.core.roles import Actor, Capability
from workflow.core.telling import Audience, News
from workflow.store import (
    healthcampaigns,
    notifications,
    placenews,
    registrations,
    riskrules,
    rosterlines,
    stamps,
    standings,
    townhealth,
)
from workflow.store.cases import NoScope
from workflow.store.db import db, transaction
from workflow.store.standings import Alert, Release
from workflow.store.towns import Place
from workflow.usecases.health import judging


def settle(
    alert_id: int,
    settlement: Settlement,
    words: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Ends an alert, and what was raised of the same person before it: it is one conversation.

    ``seen``: how many ``stamps.tellings`` were known when it was looked at; all that there are
    where nothing is said. Raises ``Stale`` where somebody was first, or anything was told since.
    """
    if settlement not in SETTLED_BY_OFFICERS:
        raise Refused(Refusal(Reason.NO_SUCH_STEP))
    said = _said(words)
    with transaction():
        alert = _scoped(alert_id, actor)
        place_id, line = alert.place_id, alert.line or 0
        rosterlines.hold_line(place_id, line)
        _seen(alert, actor)
        _nothing_since(place_id, line, seen)
        wrong = settlement is Settlement.FALSE_ALARM
        if wrong and standings.in_clinic_care(place_id, line, at):
            raise Refused(Refusal(Reason.WITH_CLINIC))
        _end(standings.held_reds(place_id, line), settlement, said, actor, at)
        if settlement in RELEASING:
            _release(place_id, line, said, actor, at, feelings_only=wrong)


def release_person(
    place_id: int, line: int, words: str, actor: Actor, at: datetime, seen: int | None = None
) -> None:
    """Says that somebody may work again: an observation is over or ends early, or the clinic has
    seen them. ``seen`` as in ``settle``. Where a red alert is open, that alert is settled instead:
    ``Stale``.
    """
    said = _said(words)
    campaign = healthcampaigns.needed(day_of(at))
    with transaction():
        townhealth.person(place_id, line, actor)
        rosterlines.hold_line(place_id, line)
        if standings.held_reds(place_id, line):
            raise Stale(place_id)
        _nothing_since(place_id, line, seen)
        record = judging.record_now(place_id, line, at)
        found = judge(record, day_of(at), riskrules.rules(campaign.id))
        if {one.kind for one in found.grounds} <= NOT_RELEASED:
            raise Refused(Refusal(Reason.NOTHING_TO_RELEASE))
        _release(place_id, line, said, actor, at)


def decide_proposal(alert_id: int, taken: bool, words: str, actor: Actor, at: datetime) -> None:
    """Whether a proposed control (临时管控) is taken up: only by whoever answers for the field.

    Also once the alert itself is settled: that says how the person is, not what is to be done
    where they were. Taken up it asks the office to arrange it. The program itself closes nothing
    and nobody.
    """
    said = _said(words)
    if actor.capability is Capability.CLINIC:
        raise NoScope(actor.role)
    with transaction() as session:
        found = _scoped(alert_id, actor)
        rosterlines.hold_line(found.place_id, found.line or 0)
        alert = standings.held_alert(alert_id)
        townhealth.red(alert_id, actor)  # the place may have been handed over meanwhile
        if alert is None or alert.proposal is not Proposal.OPEN:
            raise Stale(alert_id)
        alert.proposal = Proposal.TAKEN if taken else Proposal.DECLINED
        alert.proposal_by, alert.proposal_at = actor.account_id, at
        alert.proposal_words = said
        if taken:
            place = session.get_one(Place, alert.place_id)
            placenews.tell(place, News.HEALTH_CONTROL, Audience.OFFICE, alert.keys[1], at)


def _scoped(alert_id: int, actor: Actor) -> Alert:
    found = townhealth.red(alert_id, actor)
    if found.kind is not AlertKind.RED:
        raise NotFound(alert_id)
    return found


def _seen(alert: Alert, actor: Actor) -> None:
    """Nobody was first, and nothing red was told since; asked with the line held."""
    open_now = [one.id for one in standings.held_reds(alert.place_id, alert.line or 0)]
    if not open_now or alert.id != open_now[-1]:
        raise Stale(alert.id)
    townhealth.red(alert.id, actor)  # the place may have been handed over meanwhile


def _nothing_since(place_id: int, line: int, seen: int | None) -> None:
    """Nothing was told since the page was opened: asked with the line held. A second fever of the
    day, or a stay, raises no alert of its own, and nobody is cleared of what nobody has read.
    """
    if seen is not None and seen != stamps.tellings(place_id, line):
        raise Stale(place_id)


def _end(
    alerts: list[Alert], settlement: Settlement, words: str, actor: Actor, at: datetime
) -> None:
    for one in alerts:
        one.settlement, one.settled_at, one.settled_by = settlement, at, actor.account_id
        one.words = words
        notifications.settle_place(one.place_id, one.keys, at)


def _release(
    place_id: int,
    line: int,
    words: str,
    actor: Actor,
    at: datetime,
    *,
    feelings_only: bool = False,
) -> None:
    assert actor.account_id is not None, "the service releases nobody"
    at = stamps.hold(place_id, line, at)
    release = Release(
        place_id=place_id,
        line=line,
        at=at,
        released_by=actor.account_id,
        words=words,
        feelings_only=feelings_only,
    )
    db.session.add(release)
    if not feelings_only:
        _counted, waiting = judging.counting(registrations.told_of(place_id, line, at), at)
        for row in waiting:
            row.confirmed_at, row.confirmed_by = at, actor.account_id
    found = judging.rejudge(place_id, line, at)
    if found.fitness is not Fitness.MAY_WORK:
        return  # a mismeasured fever was not all: nobody is told that they may come
    place = db.session.get_one(Place, place_id)
    key = f"release/{release.id}"
    placenews.tell(place, News.HEALTH_RELEASED, Audience.ENTERPRISE, key, at)


def _said(words: str) -> str:
    said = words.strip()
    if not said:
        raise Refused(Refusal(Reason.WORDS_NEEDED))
    return said
