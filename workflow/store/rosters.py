"""Rosters (员工名册): people of the town, what each place told of them, versions, reveals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Select,
    String,
    UniqueConstraint,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflow.core.papers import DocumentKind, masked_mobile, masked_number
from workflow.core.refusals import NotFound
from workflow.core.reveals import PersonReason
from workflow.core.roles import Actor, Role
from workflow.core.rostering import EmployerKind, Group, Lodging, Summary, Told, summed
from workflow.store.cases import NoScope
from workflow.store.crypto import EncryptedText, KeyedIndex
from workflow.store.db import Model, db
from workflow.store.towns import Place


class Person(Model):
    """An identity, shared in the town: one document, whoever told of it. Nothing else."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("number_index", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[DocumentKind]
    number: Mapped[str] = mapped_column(EncryptedText("people.number"))
    number_index: Mapped[str] = mapped_column(KeyedIndex("people.number"))


class RosterVersion(Model):
    """A roster as it stood from one change to the next; what a submission refers to."""

    __tablename__ = "roster_versions"

    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    added: Mapped[int]
    changed: Mapped[int]
    gone: Mapped[int]
    total: Mapped[int]


class Engagement(Model):
    """A person at a place as that place told it, from one version until another.

    A change ends the row and begins a new one on the same ``line``, which is what the place's
    people are addressed by: the number of a person would say how long the town has known them.
    """

    __tablename__ = "engagements"
    __table_args__ = (
        ForeignKeyConstraint(
            ["place_id", "from_seq"], ["roster_versions.place_id", "roster_versions.seq"]
        ),
        ForeignKeyConstraint(
            ["place_id", "until_seq"], ["roster_versions.place_id", "roster_versions.seq"]
        ),
        CheckConstraint("until_seq > from_seq", name="ends_later"),
        CheckConstraint("(mobile IS NULL) = (mobile_index IS NULL)", name="mobile_is_found"),
        CheckConstraint("employer_kind <> 'own' OR employer = ''", name="own_is_unnamed"),
        UniqueConstraint("place_id", "line", "from_seq"),
        Index(
            "ix_engagements_once",
            "place_id",
            "person_id",
            unique=True,
            postgresql_where="until_seq IS NULL",
        ),
        Index(
            "ix_engagements_returning",
            "returns_on",
            "place_id",
            "line",
            postgresql_where="until_seq IS NULL AND returns_on IS NOT NULL",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    line: Mapped[int]
    name: Mapped[str] = mapped_column(EncryptedText("engagements.name"))
    mobile: Mapped[str | None] = mapped_column(EncryptedText("engagements.mobile"))
    mobile_index: Mapped[str | None] = mapped_column(KeyedIndex("engagements.mobile"), index=True)
    employer_kind: Mapped[EmployerKind]
    employer: Mapped[str] = mapped_column(String(80))
    post: Mapped[str] = mapped_column(String(40))
    origin: Mapped[str] = mapped_column(String(80))
    lodging: Mapped[Lodging]
    returns_on: Mapped[date | None]
    from_seq: Mapped[int]
    until_seq: Mapped[int | None]

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)

    @property
    def told(self) -> Told:
        """What the place told."""
        return Told(
            self.name,
            self.employer_kind,
            self.employer,
            self.post,
            self.origin,
            self.lodging,
            self.mobile or "",
            self.returns_on,
        )


class RosterReveal(Model):
    """Who looked at whose numbers in clear, and why. Rows are only ever added (a trigger)."""

    __tablename__ = "roster_reveals"

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    role: Mapped[Role]
    reason: Mapped[PersonReason]
    at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of a roster as lists show it: numbers masked."""

    line: int
    person_id: int
    kind: DocumentKind
    number: str
    mobile: str
    told: Told


def place_of(place_id: int, actor: Actor) -> Place:
    """The one way to a place's roster. Raises ``NotFound`` for a place not in the actor's scope."""
    query = select(Place).where(Place.id == place_id)
    match actor.role:
        case Role.ENTERPRISE:
            query = query.where(Place.enterprise_id == actor.enterprise_id)
        case Role.LIAISON:
            query = query.where(Place.field_id.in_(actor.fields))
        case _:
            raise NoScope(actor.role)
    place = db.session.scalar(query)
    if place is None:
        raise NotFound(place_id)
    return place


def versions(place_id: int, limit: int = 20) -> list[RosterVersion]:
    """The versions of a roster, newest first."""
    query = select(RosterVersion).where(RosterVersion.place_id == place_id)
    return list(db.session.scalars(query.order_by(RosterVersion.seq.desc()).limit(limit)))


def version(place_id: int, seq: int | None = None) -> RosterVersion | None:
    """One version, the latest unless told otherwise; None if there is none."""
    if seq is None:
        return next(iter(versions(place_id, 1)), None)
    return db.session.get(RosterVersion, (place_id, seq))


def latest_seq(place_id: int) -> int | None:
    """What a submission refers to; None while nobody has told of anyone."""
    latest = version(place_id)
    return latest.seq if latest else None


def standing(place_id: int, seq: int) -> Select[Engagement]:
    """Every query for a roster as of a version starts here."""
    return select(Engagement).where(
        Engagement.place_id == place_id,
        Engagement.from_seq <= seq,
        or_(Engagement.until_seq.is_(None), Engagement.until_seq > seq),
    )


def entries(place_id: int, seq: int, after: int = 0, limit: int = 50) -> list[Listed]:
    """A page of the roster as of a version, by line; ``after`` is the last line already seen."""
    query = standing(place_id, seq).where(Engagement.line > after)
    found = db.session.scalars(query.order_by(Engagement.line).limit(limit))
    return [_listed(one) for one in found]


def one(place_id: int, line: int, seq: int | None = None) -> Engagement:
    """A line of a roster, of the latest version unless told otherwise. Raises ``NotFound``."""
    seq = latest_seq(place_id) if seq is None else seq
    query = standing(place_id, seq or 0).where(Engagement.line == line)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound(line)
    return found


def between(
    place_id: int, before: int, after: int, limit: int
) -> tuple[list[Listed], list[Listed]]:
    """The lines that differ between two versions: as they stood in the one, and in the other."""
    was = standing(place_id, before).where(Engagement.until_seq <= after)
    now = standing(place_id, after).where(Engagement.from_seq > before)
    was, now = (query.order_by(Engagement.line).limit(limit) for query in (was, now))
    return [_listed(one) for one in db.session.scalars(was)], [
        _listed(one) for one in db.session.scalars(now)
    ]


def summary(
    place_id: int,
    seq: int,
    local_names: frozenset[str] = frozenset(),
    severe_names: frozenset[str] = frozenset(),
) -> Summary:
    """The roster as of a version in numbers."""
    shared = (Engagement.origin, Engagement.lodging, Engagement.employer_kind)
    query = standing(place_id, seq).with_only_columns(*shared, func.count()).group_by(*shared)
    groups: Sequence[Group] = [Group(*row) for row in db.session.execute(query)]
    return summed(groups, local_names, severe_names)


def _listed(found: Engagement) -> Listed:
    return Listed(
        found.line,
        found.person_id,
        found.person.kind,
        masked_number(found.person.number),
        masked_mobile(found.mobile or ""),
        found.told,
    )
