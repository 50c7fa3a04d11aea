"""Writes the next version of a roster: everybody at once, never a query for each person."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import String, Table, any_, func, insert, literal, select, type_coerce, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as upsert

from workflow.core.papers import Document, DocumentKind
from workflow.core.rostering import TOLD_COLUMNS, EmployerKind, Entry, Lodging, Told
from workflow.store.crypto import keyed_digest
from workflow.store.db import db
from workflow.store.rosters import Engagement, Person, RosterVersion, latest_seq, standing
from workflow.store.towns import Place

Key = tuple[DocumentKind, str]
_PERSON = cast(Table, Person.__table__)
_ENGAGEMENT = cast(Table, Engagement.__table__)
_C = _ENGAGEMENT.c
TOLD = tuple(column.value for column in TOLD_COLUMNS)
_DIGEST = type_coerce(Person.number_index, String(64))


@dataclass(frozen=True, slots=True)
class Standing:
    """A person on the roster as it is now."""

    engagement_id: int
    person_id: int
    line: int
    told: Told


def key_of(document: Document) -> Key:
    """By what a document is compared: nothing needs to be decrypted for it."""
    return document.kind, keyed_digest(document.number, "people.number")


def hold(place_id: int) -> None:
    """Nobody else may change this roster until the commit."""
    db.session.execute(
        select(Place.id).where(Place.id == place_id).with_for_update(key_share=True, of=Place)
    )


def current(place_id: int) -> dict[Key, Standing]:
    """Everybody on the roster now, in its order."""
    seq = latest_seq(place_id)
    if seq is None:
        return {}
    told = tuple(_C[name] for name in TOLD)
    query = (
        standing(place_id, seq)
        .join(Person, Person.id == Engagement.person_id)
        .with_only_columns(Person.kind, _DIGEST, _C.id, _C.person_id, _C.line, *told)
        .order_by(_C.line)
    )
    return {
        (row[0], row[1]): Standing(row[2], row[3], row[4], _told(*row[5:]))
        for row in db.session.execute(query)
    }


def name_on(place_id: int, document: Document) -> str | None:
    """The name under which a document stands on the roster now; None if it doesn't."""
    kind, digest = key_of(document)
    query = standing(place_id, latest_seq(place_id) or 0).join(
        Person, Person.id == Engagement.person_id
    )
    query = query.where(Person.kind == kind).where(literal(digest, String) == _DIGEST)
    return db.session.scalar(query.with_only_columns(_C.name))


def _told(
    name: str,
    employer_kind: EmployerKind,
    employer: str,
    post: str,
    origin: str,
    lodging: Lodging,
    mobile: str | None,
    returns_on: date | None,
) -> Told:
    return Told(name, employer_kind, employer, post, origin, lodging, mobile or "", returns_on)


def write(
    place_id: int,
    added: Sequence[Entry],
    changed: Sequence[tuple[Standing, Told]],
    gone: Collection[Standing],
    made_by: int | None,
    at: datetime,
) -> int:
    """Adds a version and answers with its number. The roster must be held."""
    before = db.session.scalars(
        select(RosterVersion)
        .where(RosterVersion.place_id == place_id)
        .order_by(RosterVersion.seq.desc())
        .limit(1)
    ).first()
    seq, total = (before.seq, before.total) if before else (0, 0)
    seq += 1
    db.session.execute(
        insert(RosterVersion).values(
            place_id=place_id,
            seq=seq,
            made_at=at,
            made_by=made_by,
            added=len(added),
            changed=len(changed),
            gone=len(gone),
            total=total + len(added) - len(gone),
        )
    )
    _end(seq, [one.engagement_id for one in (*gone, *(one for one, _ in changed))])
    people = _people([one.document for one in added])
    lines = _lines(place_id, [people[key_of(one.document)] for one in added])
    rows = [_row(place_id, seq, one.person_id, one.line, told) for one, told in changed]
    for one in added:
        person_id = people[key_of(one.document)]
        rows.append(_row(place_id, seq, person_id, lines[person_id], one.told))
    _insert(_ENGAGEMENT, rows)
    return seq


def _end(seq: int, ids: list[int]) -> None:
    if ids:
        listed = literal(ids, ARRAY(_C.id.type))
        db.session.execute(update(_ENGAGEMENT).where(_C.id == any_(listed)).values(until_seq=seq))


def _people(documents: Iterable[Document]) -> Mapping[Key, int]:
    """The ids of these people; whoever is new in the town is added.

    In one order everywhere, so that two places that add the same people don't wait for each other.
    """
    listed = sorted({key_of(one): one for one in documents}.items(), key=lambda one: one[0][1])
    if not listed:
        return {}
    known = _known([digest for (_, digest), _ in listed])
    new = [one for key, one in listed if key not in known]
    if not new:
        return known
    rows = [{"kind": one.kind, "number": one.number, "number_index": one.number} for one in new]
    _insert(_PERSON, rows, unless_there=True)
    return known | _known([key_of(one)[1] for one in new])


def _known(digests: list[str]) -> dict[Key, int]:
    query = select(Person.kind, _DIGEST, Person.id).where(
        any_(literal(digests, ARRAY(String))) == _DIGEST
    )
    return {(kind, digest): id_ for kind, digest, id_ in db.session.execute(query)}


def _lines(place_id: int, people: Sequence[int]) -> dict[int, int]:
    """The line of each: whoever stood here before has theirs back, and with it what they told;
    whoever did not has a new one.
    """
    here = Engagement.place_id == place_id
    among = any_(literal(list(people), ARRAY(_C.person_id.type))) == Engagement.person_id
    query = select(Engagement.person_id, Engagement.line).where(here, among)
    lines = {row.person_id: row.line for row in db.session.execute(query)}
    last = db.session.scalar(select(func.max(Engagement.line)).where(here)) or 0
    new = (one for one in people if one not in lines)
    return lines | {person_id: number for number, person_id in enumerate(new, last + 1)}


def _row(place_id: int, seq: int, person_id: int, line: int, told: Told) -> dict[str, Any]:
    return {
        "place_id": place_id,
        "person_id": person_id,
        "line": line,
        "name": told.name,
        "mobile": told.mobile or None,
        "mobile_index": told.mobile or None,
        "employer_kind": told.employer_kind,
        "employer": told.employer,
        "post": told.post,
        "origin": told.origin,
        "lodging": told.lodging,
        "returns_on": told.returns_on,
        "from_seq": seq,
    }


def _insert(table: Table, rows: list[dict[str, Any]], *, unless_there: bool = False) -> None:
    """All rows in one short statement, a column an array.

    Ten thousand rows as VALUES take twice as long, most of it to read the statement.
    """
    if not rows:
        return
    names = list(rows[0])
    arrays = [literal([row[name] for row in rows], ARRAY(table.c[name].type)) for name in names]
    listed = func.unnest(*arrays).table_valued(*names).render_derived()
    chosen = select(*(listed.c[name] for name in names))
    statement = upsert(table).from_select(names, chosen)
    db.session.execute(statement.on_conflict_do_nothing() if unless_there else statement)
