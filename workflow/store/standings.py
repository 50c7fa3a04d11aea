"""Where each person stands now (能不能上岗), who cleared whom, and alerts that are open."""

from datetime import date, datetime, timedelta

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    false,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from workflow.core.alerts import AlertKind, Proposal, Settlement
from workflow.core.judging import Fitness
from workflow.store import notifications
from workflow.store.crypto import EncryptedText
from workflow.store.db import Model, db

# Asked whenever somebody is judged: written out, for putting it together takes longer than asking.
_ELSEWHERE = text(
    """SELECT DISTINCT h.place_id, h.line
 FROM engagements mine JOIN places home ON home.id = mine.place_id
 JOIN engagements e ON e.person_id = mine.person_id
 JOIN places p ON p.id = e.place_id AND p.enterprise_id = home.enterprise_id
 JOIN health_standings h ON h.place_id = e.place_id AND h.line = e.line
 WHERE mine.place_id = :place AND mine.line = :line
 AND (e.place_id, e.line) <> (mine.place_id, mine.line) ORDER BY h.place_id, h.line"""
)
UNTOLD_FOR = timedelta(seconds=20)  # then the sweep does what the job should have done


class HealthStanding(Model):
    """The last judgement of one person at one place. ``grounds`` is JSON.

    ``registered_at``: counts as registered only in the campaign in which it lies. ``judged_on`` is
    the day it was made for: an observation that has run out since is judged anew before it is
    shown, and so is everybody who was judged before the campaign that is on.
    """

    __tablename__ = "health_standings"
    __table_args__ = (
        CheckConstraint("(fitness = 'observe') = (until IS NOT NULL)", name="observed_until"),
        Index(
            "ix_health_standings_not_green",
            "place_id",
            "line",
            postgresql_where=text("fitness <> 'may_work'"),
        ),
    )

    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    fitness: Mapped[Fitness]
    until: Mapped[date | None]
    grounds: Mapped[str] = mapped_column(EncryptedText("health_standings.grounds"))
    judged_on: Mapped[date]
    registered_at: Mapped[datetime | None]


class Release(Model):
    """Somebody entitled to it cleared a person (解除): what was told before stops nobody.

    ``feelings_only``: of a mismeasured fever; what was told of stays, contacts, codes and
    observations before it goes on counting.
    """

    __tablename__ = "health_releases"
    __table_args__ = (Index("ix_health_releases_line", "place_id", "line", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    line: Mapped[int]
    at: Mapped[datetime]
    released_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    words: Mapped[str] = mapped_column(EncryptedText("health_releases.words"))
    feelings_only: Mapped[bool] = mapped_column(default=False, server_default=false())


class Alert(Model):
    """A red fitness that people must look at. ``key`` names what set it off: never twice.

    ``told_at``: the job has told everyone. ``proposal``: a temporary control that the program
    proposes and the liaison decides.
    """

    __tablename__ = "health_alerts"
    __table_args__ = (
        UniqueConstraint("place_id", "key"),
        CheckConstraint("(settlement IS NULL) = (settled_at IS NULL)", name="settled_has_time"),
        CheckConstraint("(line IS NULL) = (kind = 'call_back')", name="red_is_someone"),
        Index(
            "ix_health_alerts_open",
            "place_id",
            "id",
            postgresql_where=text("settled_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    line: Mapped[int | None]
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("poster_entries.id"))
    kind: Mapped[AlertKind]
    key: Mapped[str] = mapped_column(String(80))
    day: Mapped[date]
    grounds: Mapped[str] = mapped_column(EncryptedText("health_alerts.grounds"))
    raised_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    settlement: Mapped[Settlement | None]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    words: Mapped[str] = mapped_column(EncryptedText("health_alerts.words"), default="")
    proposal: Mapped[Proposal] = mapped_column(default=Proposal.NONE)
    proposal_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    proposal_at: Mapped[datetime | None]
    proposal_words: Mapped[str] = mapped_column(
        EncryptedText("health_alerts.proposal_words"), default=""
    )

    @property
    def keys(self) -> tuple[str, str]:
        """Under which people are told of it, and of its proposal."""
        return f"alert/{self.id}", f"control/{self.id}"


def of_line(place_id: int, line: int, *, lock: bool = False) -> HealthStanding | None:
    """The last judgement of one person."""
    return db.session.get(HealthStanding, (place_id, line), with_for_update=lock or None)


def has_alert(place_id: int, key: str) -> bool:
    """Whether this was already an alert."""
    query = select(Alert.id).where(Alert.place_id == place_id, Alert.key == key)
    return db.session.scalar(query) is not None


def held_alert(alert_id: int) -> Alert | None:
    """One alert as it is once nobody else holds it, for a job; None if it is gone."""
    query = select(Alert).where(Alert.id == alert_id).with_for_update()
    return db.session.scalar(query.execution_options(populate_existing=True))


def held_reds(place_id: int, line: int) -> list[Alert]:
    """The red alerts of one person that are open once nobody else holds them, oldest first.

    The caller holds the line (``rosterlines.hold_line``): none is added until the commit.
    """
    mine = Alert.place_id == place_id, Alert.line == line, Alert.kind == AlertKind.RED
    query = select(Alert).where(*mine, Alert.settled_at.is_(None)).order_by(Alert.id)
    locked = query.with_for_update().execution_options(populate_existing=True)
    return list(db.session.scalars(locked))


def alarmed(place_id: int, line: int, release: "Release | None") -> list[Alert]:
    """The red alerts of one person since they were last cleared."""
    mine = Alert.place_id == place_id, Alert.line == line, Alert.kind == AlertKind.RED
    query = select(Alert).where(*mine)
    if release is not None:
        query = query.where(Alert.raised_at > release.at)
    return list(db.session.scalars(query.order_by(Alert.id)))


def in_clinic_care(place_id: int, line: int, at: datetime) -> bool:
    """Whether the clinic has taken this person over and nobody has released them since."""
    since = alarmed(place_id, line, last_release(place_id, line, at))
    return any(one.settlement is Settlement.TO_CLINIC for one in since)


def lines_elsewhere(place_id: int, line: int) -> list[tuple[int, int]]:
    """The other lines of the same person in the same enterprise that were judged, in order; of
    places and lines, whether they still stand on a roster or not.
    """
    found = db.session.execute(_ELSEWHERE, {"place": place_id, "line": line})
    return [(one.place_id, one.line) for one in found]


def settle_call_back(entry_id: int, by: int | None, at: datetime) -> None:
    """The enterprise has asked about this telling by poster; belongs into that transaction."""
    query = select(Alert).where(Alert.entry_id == entry_id, Alert.settled_at.is_(None))
    for one in db.session.scalars(query.with_for_update()):
        one.settlement, one.settled_at, one.settled_by = Settlement.CALLED_BACK, at, by
        notifications.settle_place(one.place_id, one.keys, at)


def untold(before: datetime) -> list[int]:
    """Alerts that were raised before that and of which nobody has been told."""
    query = select(Alert.id).where(Alert.told_at.is_(None), Alert.raised_at < before)
    return list(db.session.scalars(query.order_by(Alert.id)))


def last_release(
    place_id: int, line: int, before: datetime, *, of_all: bool = False
) -> Release | None:
    """The last time that somebody cleared this person, up to an instant. ``of_all``: of all that
    they had told, not of a mismeasured fever only.
    """
    query = select(Release).where(
        Release.place_id == place_id, Release.line == line, Release.at <= before
    )
    if of_all:
        query = query.where(~Release.feelings_only)
    return db.session.scalar(query.order_by(Release.at.desc(), Release.id.desc()).limit(1))
