"""What the pages of a roster show: its lines, and what a list was understood to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from flask import request

from forms.rosterwords import COLUMN_WORDS, fault_words
from web.labels import full_day, label
from workflow.core.papers import masked_mobile, masked_number
from workflow.core.refusals import NotFound
from workflow.core.rostering import Entry, Told, changes
from workflow.core.tables import Column
from workflow.store.rosterimports import Understood
from workflow.usecases.rostering import Comparison

PAGE = 50
MOST_SHOWN = 200  # mistakes on the page; the workbook has them all
MOST_NAMED = 100


@dataclass(frozen=True, slots=True)
class Wrong:
    """A mistake in words."""

    row: int
    name: str
    column: str
    words: str


@dataclass(frozen=True, slots=True)
class Named:
    """A person of a list, or of the roster, briefly."""

    name: str
    number: str
    post: str
    changes: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """Everything the clerk is shown before the list is taken."""

    columns: tuple[tuple[str, str], ...]
    wrong: tuple[Wrong, ...]
    odd: tuple[Wrong, ...]
    added: tuple[Named, ...]
    changed: tuple[Named, ...]
    gone: tuple[Named, ...]


def review_of(said: Understood, against: Comparison) -> Review:
    """The list in words, against the roster as it is now."""
    names = {one.row: one.entry.told.name for one in said.reading.good}
    differs = against.difference
    return Review(
        columns=tuple(
            (str(COLUMN_WORDS[column]), _heading(said, at))
            for column, at in sorted(said.columns.items(), key=lambda one: one[1])
        ),
        wrong=_wrong(said),
        odd=tuple(
            Wrong(one.row, names.get(one.row, ""), "", fault_words(one.fault, one.value))
            for one in said.reading.remarks[:MOST_SHOWN]
        ),
        added=tuple(_brief(against.listed[key]) for key in differs.added[:MOST_NAMED]),
        changed=_changed(against),
        gone=tuple(
            Named(against.now[key].told.name, "", against.now[key].told.post)
            for key in differs.gone[:MOST_NAMED]
        ),
    )


def column_name(at: int) -> str:
    """The column as a spreadsheet calls it: A, B, … Z, AA."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def in_words(column: Column, told: Told) -> str:
    """What is told in a column: a choice by its word, a day in full, a number masked."""
    value = getattr(told, column.value)
    if column is Column.MOBILE:
        return masked_mobile(told.mobile)
    if isinstance(value, Enum):
        return label(value)
    return full_day(value) if isinstance(value, date) else str(value or "")


def _heading(said: Understood, at: int) -> str:
    return f"{column_name(at)} {said.titles[at]}"


def _wrong(said: Understood) -> tuple[Wrong, ...]:
    found: Sequence[Wrong] = [
        Wrong(bad.row, bad.name, _place(said, one.column), fault_words(one.fault, one.value))
        for bad in said.reading.bad[:MOST_SHOWN]
        for one in bad.mistakes
    ]
    return tuple(found[:MOST_SHOWN])


def _place(said: Understood, column: Column) -> str:
    at = said.columns.get(column)
    return _heading(said, at) if at is not None else str(COLUMN_WORDS[column])


def _brief(entry: Entry) -> Named:
    return Named(entry.told.name, masked_number(entry.document.number), entry.told.post)


def _changed(against: Comparison) -> tuple[Named, ...]:
    found = []
    for key in against.difference.changed[:MOST_NAMED]:
        before, told = against.now[key].told, against.told[key]
        pairs = tuple(
            (str(COLUMN_WORDS[one]), in_words(one, before), in_words(one, told))
            for one in changes(before, told)
        )
        number = masked_number(against.listed[key].document.number)
        found.append(Named(told.name, number, told.post, pairs))
    return tuple(found)


def number_in(name: str) -> int | None:
    """A number in the address or the form. Raises ``NotFound`` for what is none that a row could
    have.
    """
    text = request.values.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise NotFound(text)
    return int(text)
