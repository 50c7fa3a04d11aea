"""Ciphertexts as they lie in the tables: how many each key holds, and written anew with the first.

The columns are found in the metadata, so that none can be forgotten.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import (
    Table,
    Text,
    bindparam,
    column,
    func,
    literal,
    select,
    table,
    text,
    tuple_,
    update,
)

from workflow.store.crypto import EncryptedText, Keyring, decrypt, encrypt
from workflow.store.db import Base, db

ROTATING = "SET LOCAL fugong.rotating = 'on'"  # what the triggers of kept tables ask for


@dataclass(frozen=True, slots=True)
class Sealed:
    """A column of ciphertexts; ``context`` is what is bound into them."""

    table: str
    column: str
    context: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What one batch did: ``after`` is where the next begins, None when there is none.

    ``unreadable`` values have a key that is not configured, or were altered: they stay.
    """

    after: tuple[Any, ...] | None
    written: int = 0
    unreadable: int = 0


def first_key() -> str:
    """The id of the key that writes."""
    return next(iter(Keyring.keys().encryption))


def sealed_columns() -> list[Sealed]:
    """Every column of every table that holds ciphertexts."""
    return [
        Sealed(one.name, each.name, each.type.context)
        for one in Base.metadata.sorted_tables
        for each in one.columns
        if isinstance(each.type, EncryptedText)
    ]


def held(sealed: Sealed) -> Counter[str]:
    """How many values of a column each key holds."""
    lying, mine = _lying(sealed)
    key = func.split_part(mine, ":", 1)
    query = select(key, func.count()).select_from(lying).where(mine.is_not(None)).group_by(key)
    return Counter({row[0]: row[1] for row in db.session.execute(query)})


def rewrite(sealed: Sealed, after: tuple[Any, ...] | None, most: int) -> Batch:
    """Writes the next values that an older key holds with the first one; in the transaction of
    the caller. Whoever writes at the same time wins: their row is passed over.
    """
    lying, mine = _lying(sealed)
    keys = [lying.c[one.name] for one in _table(sealed).primary_key]
    older = func.split_part(mine, ":", 1) != first_key()
    query = select(*keys, mine).where(mine.is_not(None), older)
    if after is not None:
        values = (literal(value, one.type) for one, value in zip(keys, after, strict=True))
        query = query.where(tuple_(*keys) > tuple_(*values))
    query = query.order_by(*keys).limit(most).with_for_update(key_share=True, skip_locked=True)
    db.session.execute(text(ROTATING))
    rows = [tuple(row) for row in db.session.execute(query)]
    if not rows:
        return Batch(None)
    written = [(row, again) for row in rows if (again := _again(row[-1], sealed.context))]
    for row, again in written:
        same = [one == value for one, value in zip(keys, row[:-1], strict=True)]
        changed = {sealed.column: bindparam("again", again, Text)}
        db.session.execute(update(lying).where(*same, mine == row[-1]).values(changed))
    return Batch(rows[-1][:-1], len(written), len(rows) - len(written))


def _again(stored: str, context: str) -> str | None:
    """The value sealed with the first key; None for one that can't be read."""
    try:
        return encrypt(decrypt(stored, context), context)
    except (InvalidTag, KeyError, ValueError):
        return None


def _table(sealed: Sealed) -> Table:
    return Base.metadata.tables[sealed.table]


def _lying(sealed: Sealed) -> Any:
    """The table with the column as it lies there, unopened; and that column."""
    columns: Sequence[Any] = [
        column(one.name, Text() if one.name == sealed.column else one.type)
        for one in _table(sealed).columns
        if one.primary_key or one.name == sealed.column
    ]
    found = table(sealed.table, *columns)
    return found, found.c[sealed.column]
