"""Cases (申报): who may see which, and the one way in which they move."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Select,
    String,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflow.core.filings import Filing
from workflow.core.refusals import NotFound, Stale
from workflow.core.roles import Actor, Role
from workflow.core.states import CLOSED, State
from workflow.store.accounts import Account
from workflow.store.catalogues import CatalogueVersion
from workflow.store.db import Model, db
from workflow.store.decisions import Opinion
from workflow.store.submissions import Answers, Attachment, Submission
from workflow.store.towns import Place, Stop

MOST_LISTED = 50
CLOSED_SQL = ", ".join(sorted(f"'{one.value}'" for one in CLOSED))


class Case(Model):
    """One filing for one place, in one campaign and one stop. Only ``move`` writes ``state``.

    ``version`` grows with every change, so that a page opened earlier is told that it is stale.
    """

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint("(state = 'draft') = (submitted_at IS NULL)", name="submitted_has_time"),
        CheckConstraint("(state = 'draft') = (filing_number IS NULL)", name="numbered"),
        CheckConstraint(
            "accepted_at IS NOT NULL OR state IN"
            " ('draft', 'submitted', 'returned', 'not_accepted', 'withdrawn')",
            name="accepted_first",
        ),
        CheckConstraint(
            "(state IN ('awaiting_release', 'approved', 'issued', 'superseded', 'voided'))"
            " = (approved_at IS NOT NULL)",
            name="approved_has_time",
        ),
        CheckConstraint(
            "state NOT IN ('issued', 'superseded') OR issued_at IS NOT NULL", name="issued_has_time"
        ),
        CheckConstraint(
            "issued_at IS NULL OR state IN ('issued', 'superseded', 'voided')", name="issued_last"
        ),
        CheckConstraint(
            "(approved_at IS NULL) = (approved_by IS NULL)", name="approved_by_someone"
        ),
        CheckConstraint(f"(state IN ({CLOSED_SQL})) = (closed_at IS NOT NULL)", name="closed_once"),
        # A place has one filing under way and one in force for a stop, and no more.
        Index(
            "uq_cases_open",
            "place_id",
            "stop_id",
            unique=True,
            postgresql_where=text(f"state NOT IN ('issued', {CLOSED_SQL})"),
        ),
        Index(
            "uq_cases_in_force",
            "place_id",
            "stop_id",
            unique=True,
            postgresql_where=text("state = 'issued'"),
        ),
        Index("ix_cases_queue", "state", "due_on", "id"),
        Index("ix_cases_field", "field_id", "state", "due_on", "id"),
        Index("ix_cases_newest", "state", "id"),
        Index("ix_cases_field_newest", "field_id", "state", "id"),
        Index("ix_cases_enterprise", "enterprise_id", "id"),
        Index(
            "ix_cases_recorded",
            "recorded_by",
            "id",
            postgresql_where=text("recorded_by IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    enterprise_id: Mapped[int] = mapped_column(ForeignKey("enterprises.id"))
    field_id: Mapped[int] = mapped_column(ForeignKey("fields.id"))
    stop_id: Mapped[int] = mapped_column(ForeignKey("stops.id"))
    filing: Mapped[str] = mapped_column(String(40))
    catalogue_id: Mapped[int] = mapped_column(ForeignKey("catalogue_versions.id"))
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    answers: Mapped[Answers] = mapped_column(JSONB, default=dict)
    saved_at: Mapped[datetime]
    filing_number: Mapped[str | None] = mapped_column(String(60), unique=True)
    submitted_at: Mapped[datetime | None]  # the first time
    accepted_at: Mapped[datetime | None]
    level: Mapped[int] = mapped_column(default=0)
    due_on: Mapped[date | None]  # of the stage it is in
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    issued_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))  # 代录
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))  # 变更

    place: Mapped[Place] = relationship(lazy="joined", innerjoin=True)
    stop: Mapped[Stop] = relationship(lazy="joined", innerjoin=True)
    catalogue: Mapped[CatalogueVersion] = relationship(lazy="joined", innerjoin=True)
    approver: Mapped[Account | None] = relationship(lazy="joined", foreign_keys=approved_by)
    attachments: Mapped[list[Attachment]] = relationship(order_by="Attachment.id")
    submissions: Mapped[list[Submission]] = relationship(order_by="Submission.seq")

    @property
    def kind(self) -> Filing:
        """The kind of filing (报备) this is, by the catalogue it was opened under."""
        return self.catalogue.pack.filing(self.filing)

    @property
    def submission(self) -> Submission:
        """The submission in force."""
        return self.submissions[-1]


class NoScope(Exception):
    """This role sees no cases at all; asking is a fault of the caller."""


def visible_to(actor: Actor) -> Select[Case]:
    """Every query for cases starts here. Raises ``NoScope`` for roles that see none."""
    match actor.role:
        case Role.ENTERPRISE:
            return select(Case).where(Case.enterprise_id == actor.enterprise_id)
        case Role.LIAISON:
            return select(Case).where(Case.field_id.in_(actor.fields), Case.state != State.DRAFT)
        case Role.OFFICE if actor.department_id is not None:  # what it was asked about
            asked = select(Opinion.case_id).where(Opinion.department_id == actor.department_id)
            return select(Case).where(Case.id.in_(asked), Case.state != State.DRAFT)
        case Role.OFFICE:  # a draft only for the one who records it: whoever fills is who signs
            recorded = Case.recorded_by == actor.account_id
            return select(Case).where(or_(Case.state != State.DRAFT, recorded))
        case Role.ISSUER | Role.COMMAND | Role.AUDITOR:
            return select(Case).where(Case.state != State.DRAFT)
        case Role.SYSTEM:
            return select(Case)
    raise NoScope(actor.role)


def get(case_id: int, actor: Actor, *, lock: bool = False) -> Case:
    """The one way to one case. Raises ``NotFound`` when there is none in the actor's scope, and
    ``Stale`` when it left the scope while the lock was waited for: it was handed over.
    """
    query = visible_to(actor).where(Case.id == case_id)
    if lock:
        if db.session.scalar(query.with_only_columns(Case.id)) is None:
            raise NotFound(case_id)
        # FOR NO KEY UPDATE: rows that refer to the case may still be added meanwhile, else an
        # event recorded without the lock and one recorded under it would wait for each other.
        query = query.with_for_update(of=Case, key_share=True)
        query = query.execution_options(populate_existing=True)
    found = db.session.scalar(query)
    if found is None:
        raise Stale(case_id) if lock else NotFound(case_id)
    return found


def alive(place_id: int, stop_id: int) -> Case | None:
    """The filing of a place that is under way, or else the one in force; for use cases that have
    made sure that the place is the actor's.
    """
    same = Case.place_id == place_id, Case.stop_id == stop_id, Case.state.not_in(CLOSED)
    return db.session.scalar(select(Case).where(*same).order_by(Case.id.desc()).limit(1))


def before(case: Case) -> Case | None:
    """The case whose notice a change filing changes; None for any other filing."""
    return db.session.get(Case, case.replaces_id) if case.replaces_id is not None else None


def listed(
    actor: Actor, states: frozenset[State], *, newest_first: bool = False, limit: int = MOST_LISTED
) -> list[Case]:
    """The actor's cases in these states, the longest waiting first unless told otherwise."""
    order = (Case.submitted_at, Case.id)
    query = (
        visible_to(actor)
        .where(Case.state.in_(states))
        .order_by(*(one.desc() if newest_first else one for one in order))
        .limit(limit)
    )
    return list(db.session.scalars(query))


def move(
    case_id: int, source: State, target: State, *, version: int | None = None, **stamps: object
) -> None:
    """Compare-and-set, and the only writer of ``state``. Raises ``Stale``: someone was first.

    With ``version`` the case must also be as the actor saw it.
    """
    query = update(Case).where(Case.id == case_id, Case.state == source)
    if version is not None:
        query = query.where(Case.version == version)
    moved = db.session.scalar(
        query.values(state=target, version=Case.version + 1, **stamps).returning(Case.id)
    )
    if moved is None:
        raise Stale(case_id)


def hand_to(enterprise_id: int, other_id: int) -> list[int]:
    """Makes another enterprise answer for all cases of this one; their ids."""
    return list(
        db.session.scalars(
            update(Case)
            .where(Case.enterprise_id == enterprise_id)
            .values(enterprise_id=other_id, version=Case.version + 1)
            .returning(Case.id)
        )
    )


def touch(case: Case, version: int) -> int:
    """Takes the next version of a case that is changed but not moved. Raises ``Stale``."""
    taken = db.session.scalar(
        update(Case)
        .where(Case.id == case.id, Case.version == version, Case.state == case.state)
        .values(version=Case.version + 1)
        .returning(Case.version)
    )
    if taken is None:
        raise Stale(case.id)
    return int(taken)
