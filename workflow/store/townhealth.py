"""Staff health as the town sees it: places by what is the matter, red alerts, people not well.

Every query starts from what the actor may see: the liaison's fields (and those one stands in for),
the office's while it acts for a field, the clinic's red alerts. Nobody else sees anything here.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from workflow.core.alerts import AlertKind, Proposal, Settlement
from workflow.core.judging import Fitness, Ground
from workflow.core.refusals import NotFound
from workflow.core.roles import Actor, Capability, Role
from workflow.store import rosterlines
from workflow.store.accounts import Account
from workflow.store.cases import NoScope
from workflow.store.db import db
from workflow.store.healthjson import grounds_of
from workflow.store.registrations import PosterEntry
from workflow.store.rosters import Engagement
from workflow.store.standings import Alert, HealthStanding, Release
from workflow.store.towns import Enterprise, Place

PAGE = 30
CLEARED = exists().where(
    Release.place_id == Alert.place_id, Release.line == Alert.line, Release.at > Alert.raised_at
)
# What the clinic is still to look at: it keeps those it took into its care until they are cleared.
WITH_CLINIC = or_(Alert.settled_at.is_(None), (Alert.settlement == Settlement.TO_CLINIC) & ~CLEARED)


@dataclass(frozen=True, slots=True)
class Red:
    """A red alert as lists show it; whoever shows it masks the name. The contact of the place, whom
    one phones, may be named.
    """

    id: int
    place_id: int
    line: int
    name: str
    post: str
    enterprise: str
    place: str
    contact_name: str
    contact_mobile: str
    grounds: tuple[Ground, ...]
    raised_at: datetime
    proposal: Proposal
    gone: bool  # no longer on the roster


@dataclass(frozen=True, slots=True)
class Ended:
    """How an alert ended, and who said so; ``words`` may be medical: only for who looks closely."""

    settlement: Settlement
    at: datetime
    name: str
    role: Role
    words: str


@dataclass(frozen=True, slots=True)
class Unwell:
    """Somebody who may not simply work, as the list of a place shows them."""

    line: int
    name: str
    post: str
    fitness: Fitness
    until: date | None
    grounds: tuple[Ground, ...]


def reds(actor: Actor) -> Select[Alert]:
    """Every query for red alerts starts here. Raises ``NoScope`` for whoever sees none."""
    query = select(Alert).join(Place, Place.id == Alert.place_id).where(Alert.kind == AlertKind.RED)
    if actor.capability is Capability.CLINIC:
        return query.where(Alert.told_at.is_not(None), WITH_CLINIC)
    return query.where(_own_fields(actor))


def red(alert_id: int, actor: Actor) -> Alert:
    """One red alert. Raises ``NotFound`` where there is none in the actor's scope."""
    found = db.session.scalar(reds(actor).where(Alert.id == alert_id))
    if found is None:
        raise NotFound(alert_id)
    return found


def open_reds(
    actor: Actor,
    *,
    place_id: int | None = None,
    line: int | None = None,
    before: int | None = None,
    limit: int = PAGE,
) -> list[Red]:
    """Red alerts that nobody has settled, newest first; of one place, or of one person there."""
    query = reds(actor).where(Alert.settled_at.is_(None))
    if before is not None:
        query = query.where(Alert.id < before)
    return listed(query, place_id, line, limit)


def undecided(
    actor: Actor, *, place_id: int | None = None, line: int | None = None, limit: int = PAGE
) -> list[Red]:
    """Alerts that are settled while nobody has decided on what was proposed with them (临时管控),
    newest first.
    """
    query = reds(actor).where(Alert.settled_at.is_not(None), Alert.proposal == Proposal.OPEN)
    return listed(query, place_id, line, limit)


def ended(place_id: int, line: int, actor: Actor) -> list[Ended]:
    """How the alerts of one person ended, last first; those settled at once are one."""
    said = Alert.settlement, Alert.settled_at, Account.name, Account.role, Alert.words
    mine = Alert.place_id == place_id, Alert.line == line
    found = reds(actor).join(Account, Account.id == Alert.settled_by).where(*mine)
    query: Select[*tuple[Any, ...]] = found.with_only_columns(*said)
    query = query.order_by(Alert.settled_at.desc())
    return list({row.settled_at: Ended(*row) for row in db.session.execute(query)}.values())


def left_by_poster(place_id: int, line: int) -> list[PosterEntry]:
    """What came through a poster and was found to be this person's, newest first. The caller has
    asked for the scope.
    """
    mine = PosterEntry.place_id == place_id, PosterEntry.line == line
    return list(
        db.session.scalars(select(PosterEntry).where(*mine).order_by(PosterEntry.id.desc()))
    )


def listed(
    query: Select[Alert],
    place_id: int | None = None,
    line: int | None = None,
    limit: int = PAGE,
) -> list[Red]:
    """The alerts of a query as lists show them, newest first; of one place, or of one person."""
    if place_id is not None:
        query = query.where(Alert.place_id == place_id)
    if line is not None:
        query = query.where(Alert.line == line)
    shown = (
        query.join(Enterprise, Enterprise.id == Place.enterprise_id)
        .join(Engagement, rosterlines.newest(Alert.place_id, Alert.line))
        .with_only_columns(
            *(Alert, Engagement.name, Engagement.post, Engagement.until_seq),
            *(Enterprise.name, Place.name, Place.contact_name, Place.contact_mobile),
        )
    )
    return [
        Red(
            id=one.id,
            place_id=one.place_id,
            line=one.line or 0,
            name=name,
            post=post,
            enterprise=enterprise,
            place=place_name,
            contact_name=contact,
            contact_mobile=mobile,
            grounds=grounds_of(one.grounds),
            raised_at=one.raised_at,
            proposal=one.proposal,
            gone=until is not None,
        )
        for one, name, post, until, enterprise, place_name, contact, mobile in db.session.execute(
            shown.order_by(Alert.id.desc()).limit(limit)
        )
    ]


def place(place_id: int, actor: Actor) -> Place:
    """A place of which the actor may see somebody. Raises ``NotFound``."""
    query = select(Place).where(Place.id == place_id)
    if actor.capability is Capability.CLINIC:
        query = query.where(Place.id.in_(reds(actor).with_only_columns(Alert.place_id)))
    else:
        query = query.where(_own_fields(actor))
    found = db.session.scalar(query)
    if found is None:
        raise NotFound(place_id)
    return found


def person(place_id: int, line: int, actor: Actor) -> Engagement:
    """Somebody with an alert or, for whoever answers for the field, not free to work. Also one who
    has left the roster since. Raises ``NotFound`` for everybody else: they are nobody's business.
    """
    place(place_id, actor)
    alarmed = reds(actor).where(Alert.place_id == place_id, Alert.line == line)
    which: ColumnElement[bool] = exists(alarmed.with_only_columns(Alert.id))
    if actor.capability is not Capability.CLINIC:
        which = which | exists(
            select(HealthStanding.line).where(
                HealthStanding.place_id == place_id,
                HealthStanding.line == line,
                HealthStanding.fitness != Fitness.MAY_WORK,
            )
        )
    query = select(Engagement).where(Engagement.place_id == place_id, Engagement.line == line)
    found = db.session.scalar(query.where(which).order_by(Engagement.from_seq.desc()).limit(1))
    if found is None:
        raise NotFound(line)
    return found


def not_free(place_id: int, actor: Actor, after: int = 0, limit: int = PAGE) -> list[Unwell]:
    """Who stands on the roster of a place and may not simply work, by line."""
    if actor.capability is Capability.CLINIC:
        raise NoScope(actor.role)
    place(place_id, actor)
    query = (
        select(HealthStanding, Engagement.name, Engagement.post)
        .join(
            Engagement,
            and_(
                Engagement.place_id == HealthStanding.place_id,
                Engagement.line == HealthStanding.line,
                Engagement.until_seq.is_(None),
            ),
        )
        .where(
            HealthStanding.place_id == place_id,
            HealthStanding.fitness != Fitness.MAY_WORK,
            HealthStanding.line > after,
        )
    )
    return [
        Unwell(one.line, name, post, one.fitness, one.until, grounds_of(one.grounds))
        for one, name, post in db.session.execute(query.order_by(HealthStanding.line).limit(limit))
    ]


def _own_fields(actor: Actor) -> ColumnElement[bool]:
    if actor.role is Role.LIAISON or actor.runs_office:
        return Place.field_id.in_(actor.fields)
    raise NoScope(actor.role)
