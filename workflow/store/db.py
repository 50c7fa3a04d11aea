"""The database handle, the column types and the one way to a transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, MetaData, TypeDecorator, inspect
from sqlalchemy import Enum as EnumType
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Session, registry

from workflow.core.alerts import AlertKind, EntryState, Proposal, Settlement
from workflow.core.batches import Outcome
from workflow.core.checklist import Verdict
from workflow.core.claims import (
    Cause,
    ChangeKind,
    ClaimKind,
    ClaimState,
    Means,
    PlaceClass,
    Relation,
    Scope,
    Standing,
)
from workflow.core.clocks import Escalation, Stage
from workflow.core.corrections import Anchor, Fault, RequestKind
from workflow.core.deciding import View
from workflow.core.filings import Silence
from workflow.core.health import Absence, Half, ToldBy
from workflow.core.judging import Fitness
from workflow.core.letters import LetterKind
from workflow.core.papers import DocumentKind
from workflow.core.reveals import PersonReason
from workflow.core.risk import CountFrom, RiskLevel
from workflow.core.roles import Capability, Role
from workflow.core.rostering import EmployerKind, Lodging
from workflow.core.states import Action, State
from workflow.core.telling import News
from workflow.core.visits import Mode

ENUMS: tuple[type[Enum], ...] = (
    *(State, Role, Verdict),
    *(Cause, ChangeKind, ClaimKind, ClaimState, Means, PlaceClass, Relation, Scope, Standing),
    *(
        Action,
        Anchor,
        Escalation,
        Fault,
        LetterKind,
        Mode,
        Outcome,
        RequestKind,
        Silence,
        Stage,
        View,
    ),
    *(DocumentKind, EmployerKind, Lodging, News, PersonReason),
    *(Absence, AlertKind, Fitness, EntryState, Half, Proposal, Settlement, ToldBy),
    *(Capability, CountFrom, RiskLevel),
)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware on both sides, UTC in the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        return value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)


def _by_value(enum: type[Enum]) -> EnumType:
    """Stored by its value: SQLAlchemy's default, the name, would never match a CHECK on values."""
    return EnumType(
        enum,
        native_enum=False,
        create_constraint=True,
        length=20,
        values_callable=lambda e: [m.value for m in e],
    )


class Base(DeclarativeBase):
    """The base of every table."""

    registry = registry(
        type_annotation_map={datetime: UtcDateTime()} | {enum: _by_value(enum) for enum in ENUMS}
    )
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


@contextmanager
def transaction() -> Iterator[Session]:
    """One use case, one transaction: commits at the end, rolls back on any exception."""
    session: Any = db.session()
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("something was changed outside a transaction")
    session.rollback()  # ends the read transaction that the sign-in look-up opened
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise


def is_empty() -> bool:
    """Whether the migrations have not been run yet."""
    return not inspect(db.engine).has_table("town")
