"""Lists of cases beyond one's own queue: page by page, and those recorded for others."""

from dataclasses import dataclass

from sqlalchemy import func, select

from workflow.core.roles import Actor
from workflow.core.states import State
from workflow.store.cases import MOST_LISTED, Case, visible_to
from workflow.store.db import db

MOST_COUNTED = 99


@dataclass(frozen=True, slots=True)
class Slice:
    """Some cases of a long list, newest first; ``after`` is where the next slice begins."""

    cases: list[Case]
    after: int | None


def sliced(
    actor: Actor, state: State | None, field_id: int | None, after: int | None = None
) -> Slice:
    """The actor's cases by id, newest first, from below ``after`` on; nothing is counted."""
    query = visible_to(actor).order_by(Case.id.desc()).limit(MOST_LISTED + 1)
    if state is not None:
        query = query.where(Case.state == state)
    if field_id is not None:
        query = query.where(Case.field_id == field_id)
    if after is not None:
        query = query.where(Case.id < after)
    found = list(db.session.scalars(query))
    shown = found[:MOST_LISTED]
    return Slice(shown, shown[-1].id if len(found) > MOST_LISTED else None)


def acted_for(actor: Actor, states: frozenset[State], *, newest_first: bool = False) -> list[Case]:
    """Cases in the fields the actor acts for today, the longest waiting first unless told else."""
    order = (Case.submitted_at, Case.id)
    query = (
        visible_to(actor)
        .where(Case.field_id.in_(actor.fields), Case.state.in_(states))
        .order_by(*(one.desc() if newest_first else one for one in order))
        .limit(MOST_LISTED)
    )
    return list(db.session.scalars(query))


def waiting(actor: Actor) -> int:
    """How many submitted cases wait in the fields the actor acts for, counted up to 99."""
    query = visible_to(actor).where(Case.field_id.in_(actor.fields), Case.state == State.SUBMITTED)
    few = query.with_only_columns(Case.id).limit(MOST_COUNTED).subquery()
    return db.session.scalar(select(func.count()).select_from(few)) or 0


def recorded(actor: Actor) -> list[Case]:
    """What the actor recorded for enterprises (代录), newest first."""
    query = visible_to(actor).where(Case.recorded_by == actor.account_id)
    return list(db.session.scalars(query.order_by(Case.id.desc()).limit(MOST_LISTED)))
