"""Registers somebody's health: by themselves, by the clerk for them, or through a poster.

Nothing is overwritten: a later registration counts instead of an earlier one. One that leaves out
what was said before counts beside it until somebody entitled has released the person; no word of
the enterprise takes anything back. What comes through a poster is nobody's until the enterprise
has confirmed whose it is.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime

from workflow.core.alerts import EntryState
from workflow.core.days import day_of
from workflow.core.health import CheckIn, Registration, ToldBy, open_halves
from workflow.core.judging import Fitness, Judgement
from workflow.core.papers import Document, DocumentKind
from workflow.core.refusals import Reason, Refusal, Refused, Stale
from workflow.core.roles import Actor
from workflow.store import (
    entrylists,
    healthcampaigns,
    registrations,
    riskrules,
    rosterlines,
    stamps,
    standings,
)
from workflow.store.db import db, transaction
from workflow.store.healthjson import registration_json, registration_of
from workflow.store.registrations import PosterEntry, RegistrationRow
from workflow.store.stafflinks import Poster, StaffLink
from workflow.usecases.health import alarming, checking_in, judging
from workflow.usecases.health.places import on_roster, own_person, own_place


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody says they are."""

    name: str
    document: Document
    mobile: str


def register(link: StaffLink, told: Registration, at: datetime) -> Judgement:
    """Keeps what the holder of a link tells, and judges it. Sent twice it is kept once."""
    with transaction():
        on_roster(link.place_id, link.line)
        return _keep(link.place_id, link.line, told, _Through(ToldBy.SELF, None, at, at))


def register_for(
    place_id: int, line: int, told: Registration, actor: Actor, at: datetime
) -> Judgement:
    """The clerk tells for somebody (代报); it is marked, and the person can put it right."""
    with transaction():
        own_person(place_id, line, actor)
        through = _Through(ToldBy.ENTERPRISE, actor.account_id, at, at)
        return _keep(place_id, line, told, through)


def tell_poster(
    poster: Poster, identity: Identity, told: Registration, once: str, at: datetime
) -> None:
    """Keeps what came through a poster. Nobody learns whether it is anybody.

    ``once`` names the form it was typed in: sent twice it is kept once, put right it is kept as
    well. A red one asks the enterprise to call back, unless it is to call that person already, and
    tells nobody else.
    """
    day, answers = day_of(at), _entry_json(identity, told)
    campaign = healthcampaigns.needed(day)
    with transaction():
        found = judging.judged(told, day, riskrules.rules(campaign.id))
        asked = entrylists.asked_about(poster.place_id, identity.document.number)
        entry_id = registrations.add_entry(
            place_id=poster.place_id,
            poster_id=poster.id,
            once=once,
            told_at=at,
            day=day,
            answers=answers,
            said=answers,
            number_index=identity.document.number,
            fitness=found.fitness,
            state=EntryState.WAITING,
        )
        if entry_id is not None and found.fitness is Fitness.STOP and not asked:
            alarming.call_back(poster.place_id, entry_id, found.grounds, at)


def confirm_entry(place_id: int, entry_id: int, actor: Actor, at: datetime) -> int:
    """The enterprise says that it was really this person of its roster; the line.

    It counts as told when it was typed in: also as that half day's check-in, if it has a
    temperature. Raises ``Refused`` where nobody on the roster has that document, ``Stale`` where
    somebody has settled it before.
    """
    with transaction():
        own_place(place_id, actor)
        entry = _waiting(place_id, entry_id)
        identity, told = entry_of(entry.answers)
        line = rosterlines.line_of(place_id, identity.document)
        if line is None:
            raise Refused(Refusal(Reason.NOT_ON_ROSTER))
        entry.line = line
        _settle(entry, EntryState.CONFIRMED, actor, at)
        through = _Through(ToldBy.POSTER, actor.account_id, entry.told_at, at)
        if told.temperature is not None:
            half = open_halves(entry.told_at)[0]
            day_told = CheckIn(entry.day, half, told.temperature, told.symptoms)
            checking_in.keep(place_id, line, day_told, ToldBy.POSTER, actor.account_id, at)
        _keep(place_id, line, told, through)
        return line


def dismiss_entry(place_id: int, entry_id: int, actor: Actor, at: datetime) -> None:
    """The enterprise says that it was not this person, or nobody of it. Where the next red telling
    of that document was not asked about because of this one, it is now.
    """
    with transaction():
        own_place(place_id, actor)
        entry = _waiting(place_id, entry_id)
        _settle(entry, EntryState.DISMISSED, actor, at)
        number = entry_of(entry.answers)[0].document.number
        left = entrylists.red_of(place_id, number)
        if left is not None and not entrylists.asked_about(place_id, number):
            rules = riskrules.rules(healthcampaigns.needed(day_of(at)).id)
            found = judging.judged(entry_of(left.answers)[1], left.day, rules)
            alarming.call_back(place_id, left.id, found.grounds, at)


def entry_of(text: str) -> tuple[Identity, Registration]:
    """Who told what through a poster."""
    said = json.loads(text)
    document = Document(DocumentKind(said["kind"]), said["number"])
    return Identity(said["name"], document, said["mobile"]), registration_of(said["told"])


def _entry_json(identity: Identity, told: Registration) -> str:
    said = {
        "name": identity.name,
        "kind": identity.document.kind.value,
        "number": identity.document.number,
        "mobile": identity.mobile,
        "told": registration_json(told),
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True, slots=True)
class _Through:
    """Who brought a telling in, when it was told, and since when it is known whose it is."""

    told_by: ToldBy
    account_id: int | None
    told_at: datetime
    known_at: datetime

    def known_from(self, at: datetime) -> "_Through":
        """The same, known since then; what is no poster's was told then too."""
        told_at = self.told_at if self.told_by is ToldBy.POSTER else at
        return replace(self, told_at=told_at, known_at=at)

    def brought(self, row: RegistrationRow, answers: str) -> bool:
        """Whether that row is this very telling: the same words on the same day by the same."""
        same_day = day_of(row.told_at) == day_of(self.told_at)
        who = row.told_by, row.account_id
        return same_day and who == (self.told_by, self.account_id) and row.answers == answers


def _keep(place_id: int, line: int, told: Registration, through: _Through) -> Judgement:
    """The registration, once, and what it means now."""
    at = stamps.hold(place_id, line, through.known_at)
    answers, through = registration_json(told), through.known_from(at)
    before = registrations.told_of(place_id, line, at)
    well = judging.well_since(place_id, line, at)
    again = before and before[-1].known_at > well and through.brought(before[-1], answers)
    if not again:
        less = judging.leaves_out(told, place_id, line, at)
        row = RegistrationRow(
            place_id=place_id,
            line=line,
            told_by=through.told_by,
            account_id=through.account_id,
            told_at=through.told_at,
            known_at=through.known_at,
            answers=answers,
            confirmed_at=None if less else at,
            confirmed_by=None if less else through.account_id,
        )
        db.session.add(row)
    return judging.rejudge(place_id, line, at)


def _waiting(place_id: int, entry_id: int) -> PosterEntry:
    entry = registrations.entry(place_id, entry_id, lock=True)
    if entry.state is not EntryState.WAITING:
        raise Stale(entry_id)
    return entry


def _settle(entry: PosterEntry, state: EntryState, actor: Actor, at: datetime) -> None:
    entry.state, entry.settled_at, entry.settled_by = state, at, actor.account_id
    standings.settle_call_back(entry.id, actor.account_id, at)
