"""What somebody may see of their own: everything told of them, and what it means today."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from workflow.core.days import day_of
from workflow.core.health import Registration, ToldBy
from workflow.core.judging import Judgement, judge
from workflow.store import checkins, healthcampaigns, registrations, riskrules, stamps
from workflow.store.checkins import CheckInRow
from workflow.store.db import db
from workflow.store.healthjson import registration_of
from workflow.store.registrations import HealthReveal, RegistrationRow, ReturnCall
from workflow.store.rosters import Engagement
from workflow.store.stafflinks import StaffLink
from workflow.store.towns import Place
from workflow.usecases.health import judging
from workflow.usecases.health.places import on_roster


class Counts(Enum):
    """What has become of a telling."""

    NOW = "now"
    WAITING = "waiting"
    EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class OneTelling:
    """When, through whom, what, and whether it counts."""

    told_at: datetime
    told_by: ToldBy
    told: Registration
    counts: Counts


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """Newest first."""

    person: Engagement
    place: Place
    judgement: Judgement
    tellings: tuple[OneTelling, ...]
    check_ins: tuple[CheckInRow, ...]
    calls: tuple[ReturnCall, ...]
    reveals: tuple[HealthReveal, ...]

    @property
    def waits(self) -> bool:
        """Whether something that says less waits for a release."""
        return any(one.counts is Counts.WAITING for one in self.tellings)


@dataclass(frozen=True, slots=True)
class Before:
    """Who registers, and what was told of them last, if anything was."""

    person: Engagement
    place: Place
    told: Registration | None


def own_record(link: StaffLink, at: datetime) -> OwnRecord:
    """Everything of the holder of a link. Raises ``NotFound`` for somebody who has left."""
    place_id, line, day = link.place_id, link.line, day_of(at)
    person, at = on_roster(place_id, line), stamps.reached(place_id, line, at)
    campaign = healthcampaigns.needed(day)
    record = judging.record_as_of(place_id, line, at)
    rows = registrations.told_of(place_id, line, at)
    counted, waiting = judging.counting(rows, at)
    return OwnRecord(
        person=person,
        place=db.session.get_one(Place, place_id),
        judgement=judge(record, day, riskrules.rules(campaign.id)),
        tellings=tuple(_telling(row, counted, waiting) for row in reversed(rows)),
        check_ins=_checked_in(place_id, line, campaign.starts_on, day),
        calls=tuple(registrations.calls_of(place_id, line)),
        reveals=tuple(registrations.reveals_of(place_id, line)),
    )


def _checked_in(place_id: int, line: int, first: date, day: date) -> tuple[CheckInRow, ...]:
    rows = checkins.unwell_before(place_id, line, first)
    rows += checkins.of_person(place_id, line, first, day)
    return tuple(reversed(rows))


def last_told(link: StaffLink, at: datetime) -> Before:
    """What is known of the holder of a link, to be shown to them again."""
    at = stamps.reached(link.place_id, link.line, at)
    rows = registrations.told_of(link.place_id, link.line, at)
    return Before(
        person=on_roster(link.place_id, link.line),
        place=db.session.get_one(Place, link.place_id),
        told=registration_of(rows[-1].answers) if rows else None,
    )


def _telling(
    row: RegistrationRow, counted: RegistrationRow | None, waiting: list[RegistrationRow]
) -> OneTelling:
    counts = Counts.EARLIER
    if row is counted:
        counts = Counts.NOW
    elif row in waiting:
        counts = Counts.WAITING
    return OneTelling(row.told_at, row.told_by, registration_of(row.answers), counts)
