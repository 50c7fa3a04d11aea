"""Lists of cases page by page (by keyset, nothing is counted), and those recorded for others.

A list is narrowed to states and often to fields; each pair of them is read by an index in the
order asked for, and only as far as one page needs. So a page costs the same in a town of a
thousand cases and of a million.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Index,
    Integer,
    func,
    or_,
    select,
    true,
    tuple_,
    values,
)
from sqlalchemy import column as named_column
from sqlalchemy.orm import defer, lazyload, selectinload

from workflow.core.roles import Actor, Role
from workflow.core.states import State
from workflow.store.cases import MOST_LISTED, Case, visible_to
from workflow.store.catalogues import CatalogueVersion
from workflow.store.db import db
from workflow.store.decisions import Opinion
from workflow.store.towns import Enterprise, Place

MOST_COUNTED = 99
MOST_MATCHED = 200
SHORTEST = 2  # an enterprise is found by pairs of characters of its name

Index("ix_enterprises_pairs", func.pairs_of(Enterprise.name), postgresql_using="gin")


@dataclass(frozen=True, slots=True)
class Narrow:
    """What a list is narrowed to; None narrows nothing.

    ``level``: of what was referred, only what this role decides. ``before``: due before this day.
    ``department``: an opinion of it is still to be given. ``words``: in the enterprise's name.
    """

    states: frozenset[State]
    fields: frozenset[int] | None = None
    place_class: str = ""
    filing: str = ""
    before: date | None = None
    words: str = ""
    level: Role | None = None
    department: int | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """Where a page begins: after the case with this last day and id."""

    due_on: date | None
    id: int


@dataclass(frozen=True, slots=True)
class Slice:
    """Some cases of a long list; ``after`` is where the next slice begins."""

    cases: list[Case]
    after: Key | None


def sliced(actor: Actor, asked: Narrow, after: Key | None = None, *, newest: bool = False) -> Slice:
    """The actor's cases, those due first at the top, without a last day at the end; or newest."""
    if newest:
        older = (Case.id < after.id,) if after else ()
        found = _rows(actor, asked, older, (Case.id.desc(),))
    else:
        found = _by_due_day(actor, asked, after)
    shown = _loaded([row.id for row in found[:MOST_LISTED]])
    more = len(found) > MOST_LISTED
    return Slice(shown, Key(shown[-1].due_on, shown[-1].id) if more else None)


def waiting(actor: Actor, asked: Narrow) -> int:
    """How many there are, counted up to 99."""
    few = _narrowed(actor, asked).limit(MOST_COUNTED)
    for condition in _where(asked):
        few = few.where(condition)
    return db.session.scalar(select(func.count()).select_from(few.subquery())) or 0


def recorded(actor: Actor) -> list[Case]:
    """What the actor recorded for enterprises (代录), newest first."""
    query = visible_to(actor).where(Case.recorded_by == actor.account_id)
    return list(db.session.scalars(query.order_by(Case.id.desc()).limit(MOST_LISTED)))


def _by_due_day(actor: Actor, asked: Narrow, after: Key | None) -> list[Any]:
    order, found = (Case.due_on, Case.id), []
    if after is None or after.due_on is not None:
        later: list[ColumnElement[bool]] = [Case.due_on.is_not(None)]
        if after is not None:
            later.append(tuple_(Case.due_on, Case.id) > (after.due_on, after.id))
        found = _rows(actor, asked, later, order)
    if len(found) > MOST_LISTED or asked.before is not None:
        return found
    last: list[ColumnElement[bool]] = [Case.due_on.is_(None)]
    if after is not None and after.due_on is None:
        last.append(Case.id > after.id)
    return found + _rows(actor, asked, last, order)


def _rows(actor: Actor, asked: Narrow, beyond: Any, order: tuple[Any, ...]) -> list[Any]:
    """One page and one more: from each branch as many, then the first of all of them."""
    branch, on = _branches(asked)
    if branch is None:
        return []
    inner = _narrowed(actor, asked).where(*on, *beyond).order_by(*order).limit(MOST_LISTED + 1)
    each = inner.lateral("each")
    outer = select(each.c.id, each.c.due_on).select_from(branch.join(each, true()))
    descending = len(order) == 1
    merged = (each.c.id.desc(),) if descending else (each.c.due_on, each.c.id)
    return list(db.session.execute(outer.order_by(*merged).limit(MOST_LISTED + 1)))


def _branches(asked: Narrow) -> tuple[Any, list[ColumnElement[bool]]]:
    """The pairs of values whose rows an index gives in order, and how a case belongs to one."""
    if asked.words:
        found = [(one,) for one in _matching(asked.words)]
        branch = values(named_column("enterprise_id", Integer), name="branch").data(found)
        return (branch if found else None), [
            Case.enterprise_id == branch.c.enterprise_id,
            *_where(asked),
        ]
    states = sorted(asked.states, key=lambda one: one.value)
    state = named_column("state", Case.state.type)
    if asked.fields is None:
        branch = values(state, name="branch").data([(one,) for one in states])
        return (branch if states else None), [Case.state == branch.c.state]
    pairs = [(one, field) for one in states for field in sorted(asked.fields)]
    branch = values(state, named_column("field_id", Integer), name="branch").data(pairs)
    on = [Case.state == branch.c.state, Case.field_id == branch.c.field_id]
    return (branch if pairs else None), on


def _where(asked: Narrow) -> list[ColumnElement[bool]]:
    """What the branches say, as plain conditions."""
    found: list[ColumnElement[bool]] = [Case.state.in_(asked.states)]
    return found if asked.fields is None else [*found, Case.field_id.in_(asked.fields)]


def _narrowed(actor: Actor, asked: Narrow) -> Any:
    """The actor's cases, narrowed by everything the branches don't say."""
    query: Any = visible_to(actor).with_only_columns(Case.id, Case.due_on)
    if asked.place_class:
        here = Place.place_class == asked.place_class
        query = query.join(Place, Place.id == Case.place_id).where(here)
    if asked.filing:
        query = query.where(Case.filing == asked.filing)
    if asked.before is not None:
        query = query.where(Case.due_on < asked.before)
    if asked.level is not None and State.REFERRED in asked.states:
        at_level = tuple_(Case.catalogue_id, Case.filing, Case.level).in_(_decided_by(asked.level))
        query = query.where(or_(Case.state != State.REFERRED, at_level))
    if asked.department is not None:
        mine = Opinion.department_id == asked.department, Opinion.view.is_(None)
        query = query.join(Opinion, Opinion.case_id == Case.id).where(*mine)
    return query


def _decided_by(role: Role) -> list[tuple[int, str, int]]:
    """The kinds of filing that a role decides, and at which level."""
    return [
        (one.id, filing.key, level)
        for one in db.session.scalars(select(CatalogueVersion))
        for filing in one.pack.filings
        for level, by in enumerate(filing.levels)
        if by is role
    ]


def _matching(words: str) -> list[int]:
    """Enterprises whose name has the words in it, or whose code or number they are."""
    named = func.pairs_of(Enterprise.name).op("@>")(func.pairs_of(words))
    called = select(Enterprise.id).where(named, Enterprise.name.contains(words, autoescape=True))
    coded = select(Enterprise.id).where(
        or_(Enterprise.credit_code == words.upper(), Enterprise.town_number == words)
    )
    found = list(db.session.scalars(coded))
    if len(words) >= SHORTEST:
        found += db.session.scalars(called.limit(MOST_MATCHED))
    return list(dict.fromkeys(found))


def _loaded(ids: list[int]) -> list[Case]:
    """The cases of a page in its order, without what a list doesn't show."""
    light = selectinload(Case.catalogue), lazyload(Case.approver), defer(Case.answers)
    query = select(Case).where(Case.id.in_(ids)).options(*light)
    found = {one.id: one for one in db.session.scalars(query)}
    return [found[one] for one in ids]
