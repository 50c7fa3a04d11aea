"""A whole table read as a roster: good rows, bad rows with every reason, and what is odd."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from workflow.core.cells import Cell, Fault, shown
from workflow.core.papers import Document, remarks
from workflow.core.persons import Mistake, Read, person_of
from workflow.core.rostering import Entry
from workflow.core.tables import Column, Layout, Sheet

_FOOTERS = (
    "合计",
    "总计",
    "共计",
    "小计",
    "填表",
    "填报",
    "制表",
    "审核",
    "负责人",
    "备注",
    "说明",
    "注：",
)
# Merged over several rows these say the same of all of them; a name or number can't.
_SHARED = frozenset(
    {
        Column.KIND,
        Column.EMPLOYER_KIND,
        Column.EMPLOYER,
        Column.POST,
        Column.ORIGIN,
        Column.LODGING,
        Column.RETURNS_ON,
    }
)
_MERGED = object()
MOST_OTHERS = 5  # rows that are named at each row that says something else of the same person


@dataclass(frozen=True, slots=True)
class GoodRow:
    """A row, counted from 1 as a spreadsheet shows it, and the person it tells of."""

    row: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row with mistakes: its cells as they were, and who it may be."""

    row: int
    cells: tuple[str, ...]
    mistakes: tuple[Mistake, ...]
    document: Document | None
    name: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something odd about a good row."""

    row: int
    fault: Fault
    value: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a table says. ``skipped``: rows that tell of nobody, such as totals."""

    good: tuple[GoodRow, ...]
    bad: tuple[BadRow, ...]
    remarks: tuple[Remark, ...]
    skipped: tuple[int, ...]


def read_roster(sheet: Sheet, layout: Layout, today: date, house: str) -> Reading:
    """Every row below the headings. ``house`` is the enterprise's own name."""
    merged = _merged(sheet, layout)
    good: list[GoodRow] = []
    bad: list[BadRow] = []
    skipped: list[int] = []
    for index in range(layout.first, len(sheet.rows)):
        row = sheet.rows[index]
        cells = {one: row[at] for one, at in layout.columns.items() if at < len(row)}
        state = _tells_of_nobody(cells, row, layout)
        if state is not None:
            skipped += [index + 1] if state else []
            continue
        doubled = _fill(cells, merged.get(index, {}))
        read = person_of(cells, today, house)
        if read.entry and not doubled:
            good.append(GoodRow(index + 1, read.entry))
        else:
            bad.append(_bad(index + 1, row, read, doubled))
    good, twice, same = _without_doubles(good, sheet)
    odd = [Remark(one.row, fault) for one in good for fault in remarks(one.entry.document, today)]
    bad = sorted(bad + twice, key=lambda one: one.row)
    return Reading(tuple(good), tuple(bad), tuple(odd + same), tuple(skipped))


def _tells_of_nobody(
    cells: Mapping[Column, Cell], row: Sequence[Cell], layout: Layout
) -> bool | None:
    """None for a person; False for an empty row; True for one that is worth a word."""
    filled = [text for cell in cells.values() if (text := shown(cell)) or cell != ""]
    if not filled:
        return any(shown(cell).startswith(_FOOTERS) for cell in row if isinstance(cell, str))
    if len(filled) == 1 and filled[0].startswith(_FOOTERS):
        return True
    if all(shown(cell) == layout.titles[at] for cell, at in _pairs(cells, layout)):
        return True  # the headings again, as on every page of a printed list
    return None


def _pairs(cells: Mapping[Column, Cell], layout: Layout) -> Iterator[tuple[Cell, int]]:
    return ((cell, layout.columns[column]) for column, cell in cells.items())


def _merged(sheet: Sheet, layout: Layout) -> dict[int, dict[Column, Cell | object]]:
    """For each row what merged cells say of it: the shared value, or that a person is doubled.

    No cell is merged twice, but in a file made to keep us busy: so each is looked at once.
    """
    columns = {at: column for column, at in layout.columns.items()}
    found: dict[int, dict[Column, Cell | object]] = {}
    seen: dict[int, int] = {}  # by column, the last row looked at
    for first, left, last, _right in sorted(sheet.merges):
        column = columns.get(left)
        if column is None or last == first or first < layout.first:
            continue
        row = sheet.rows[first] if first < len(sheet.rows) else ()
        value = row[left] if left < len(row) else ""
        begin, end = max(first, seen.get(left, first)) + 1, min(last + 1, len(sheet.rows))
        seen[left] = max(end - 1, seen.get(left, 0))
        for index in range(begin, end):
            found.setdefault(index, {})[column] = value if column in _SHARED else _MERGED
    return found


def _fill(cells: dict[Column, Cell], merged: Mapping[Column, Cell | object]) -> list[Mistake]:
    """Puts shared values in; answers with what must not be shared."""
    doubled = []
    for column, value in merged.items():
        if value is _MERGED:
            doubled.append(Mistake(column, Fault.MERGED))
        elif isinstance(value, Cell):
            cells[column] = value
    return doubled


def _bad(row: int, cells: Sequence[Cell], read: Read, doubled: list[Mistake]) -> BadRow:
    columns = {one.column for one in doubled}
    rest = [one for one in read.mistakes if one.column not in columns]
    words = tuple(shown(cell) for cell in cells)
    return BadRow(row, words, tuple(doubled + rest), read.document, read.name)


def _without_doubles(
    rows: list[GoodRow], sheet: Sheet
) -> tuple[list[GoodRow], list[BadRow], list[Remark]]:
    """One row for each person. Said twice alike is harmless; said twice differently, nobody but
    the clerk knows which is right, so that all those rows are bad.
    """
    by_document: dict[Document, list[GoodRow]] = {}
    for one in rows:
        by_document.setdefault(one.entry.document, []).append(one)
    good: list[GoodRow] = []
    bad: list[BadRow] = []
    same: list[Remark] = []
    for document, found in by_document.items():
        if all(one.entry == found[0].entry for one in found):
            good.append(found[0])
            same += [Remark(one.row, Fault.SAME_TWICE, str(found[0].row)) for one in found[1:]]
            continue
        for one in found:
            mistake = Mistake(Column.NUMBER, Fault.TWICE, _others(one, found))
            cells = tuple(shown(cell) for cell in sheet.rows[one.row - 1])
            bad.append(BadRow(one.row, cells, (mistake,), document, one.entry.told.name))
    return good, bad, same


def _others(one: GoodRow, found: Sequence[GoodRow]) -> str:
    """The first of the other rows: all of them at each would grow with the square of a list."""
    named = [other.row for other in found[: MOST_OTHERS + 1] if other is not one][:MOST_OTHERS]
    more = "…" if len(found) - 1 > len(named) else ""
    return "、".join(str(row) for row in named) + more
