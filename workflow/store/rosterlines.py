"""A roster as it stands: who is on it, by line or by document, and whom they work for."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, String, and_, func, literal, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute

from workflow.core.papers import Document
from workflow.store.crypto import keyed_digest
from workflow.store.db import db
from workflow.store.rosters import Engagement, Person, latest_seq, standing

Number = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]
_DIGEST = type_coerce(Person.number_index, String(64))


def standing_lines(place_id: int, lines: Iterable[int] | None) -> set[int]:
    """Those of these lines that stand on the roster now; all that do, where none are named."""
    query = standing(place_id, latest_seq(place_id) or 0)
    if lines is not None:
        query = query.where(Engagement.line.in_(list(lines)))
    return set(db.session.scalars(query.with_only_columns(Engagement.line)))


def line_of(place_id: int, document: Document) -> int | None:
    """The line of whoever has this document; None if they are not on the roster now."""
    now = standing(place_id, latest_seq(place_id) or 0)
    query = now.join(Person, Person.id == Engagement.person_id).where(
        Person.kind == document.kind,
        literal(keyed_digest(document.number, "people.number"), String) == _DIGEST,
    )
    return db.session.scalar(query.with_only_columns(Engagement.line))


def employers(place_id: int, seq: int) -> list[str]:
    """The other employers on the roster, by name."""
    query = standing(place_id, seq).where(Engagement.employer != "")
    names = query.with_only_columns(Engagement.employer).distinct()
    return list(db.session.scalars(names.order_by(Engagement.employer).limit(50)))


def hold_line(place_id: int, line: int) -> None:
    """Nobody else tells anything of this person until the commit."""
    db.session.execute(select(func.pg_advisory_xact_lock(place_id, line)))


def newest(place_id: Number, line: Number) -> ColumnElement[bool]:
    """The last that a roster said of somebody, whether they still stand on it or not."""
    mine = Engagement.place_id == place_id, Engagement.line == line
    newest = select(func.max(Engagement.from_seq)).where(*mine).correlate_except(Engagement)
    return and_(*mine, Engagement.from_seq == newest.scalar_subquery())
