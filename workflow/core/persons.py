"""One person read from cells, of a row or of a form: with every mistake, not only the first."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from workflow.core.cells import Cell, Fault, Faulty, as_day, as_name, as_text
from workflow.core.papers import Document, as_document, as_kind, as_mobile
from workflow.core.rostering import EmployerKind, Entry, Lodging, Told
from workflow.core.tables import Column

LONGEST = {Column.NAME: 60, Column.EMPLOYER: 80, Column.POST: 40, Column.ORIGIN: 80}
_EMPLOYERS = {
    EmployerKind.OWN: re.compile(
        r"本(单位|公司|企业|厂|店)(员工|职工)?|自有(员工|职工)?|企业员工|自聘|直接用工|直签|在编"
        r"|(正式|固定|合同|临时)(工|制|员工)?"
    ),
    EmployerKind.AGENCY: re.compile(r"劳务(工|公司)?|(劳务)?派遣(工|制|员工|用工|公司)?"),
    EmployerKind.SUBCONTRACTOR: re.compile(
        r"(劳务|专业)?分包(单位|商|队伍|员工)?|(劳务)?外包|外协"
    ),
}
_BY_NAME = {
    EmployerKind.SUBCONTRACTOR: ("分包", "建筑", "建设", "施工", "工程", "安装", "装饰", "装修"),
    EmployerKind.AGENCY: ("派遣", "人力资源", "人才", "劳务"),
}
_LODGINGS = {
    Lodging.DORM: ("宿舍", "工棚", "住厂", "厂里", "工地"),
    Lodging.RENTED: ("租",),
    Lodging.OWN: ("自有", "自住", "自家", "自己家", "家里", "家中", "在家", "自购", "自建", "住家"),
}
_LODGING_VALUES = {one.value: one for one in Lodging}
_EMPLOYER_VALUES = {one.value: one for one in EmployerKind}
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in one column, with the value as it may be shown."""

    column: Column
    fault: Fault
    value: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """What could be read. ``entry`` only if there is no mistake; else at least who it may be."""

    entry: Entry | None
    mistakes: tuple[Mistake, ...]
    document: Document | None
    name: str


class _Reader:
    """Reads column by column and keeps the mistakes."""

    def __init__(self, cells: Mapping[Column, Cell]) -> None:
        self._cells = cells
        self.mistakes: list[Mistake] = []

    def read(self, column: Column, how: Callable[[Cell], Value]) -> Value | None:
        try:
            return how(self._cells.get(column, ""))
        except Faulty as faulty:
            self.mistakes.append(Mistake(column, faulty.fault, faulty.value))
            return None

    def text(self, column: Column, how: Callable[[Cell], str] = as_text) -> str:
        """A text that must be there."""

        def whole(cell: Cell) -> str:
            text = how(cell)
            if not text:
                raise Faulty(Fault.BLANK)
            return fitting(column, text)

        return self.read(column, whole) or ""


def person_of(cells: Mapping[Column, Cell], today: date, house: str) -> Read:
    """The person told of. ``house``: the enterprise's own name, which some write as employer."""
    reader = _Reader(cells)
    name = reader.text(Column.NAME, as_name)
    kind = reader.read(Column.KIND, as_kind)
    broken = bool(reader.mistakes) and reader.mistakes[-1].column is Column.KIND
    document = None
    if not broken:
        document = reader.read(Column.NUMBER, lambda cell: as_document(kind, cell, today))
    mobile = reader.read(Column.MOBILE, as_mobile) or ""
    employed = _employment(reader, house)
    post = reader.text(Column.POST)
    origin = reader.text(Column.ORIGIN)
    lodging = reader.read(Column.LODGING, as_lodging)
    returns_on = reader.read(Column.RETURNS_ON, _day_if_any)
    entry = None
    if not reader.mistakes and document and employed and lodging:
        entry = Entry(document, Told(name, *employed, post, origin, lodging, mobile, returns_on))
    return Read(entry, tuple(reader.mistakes), document, name)


def fitting(column: Column, text: str) -> str:
    """The text, if it is not longer than its column. Raises ``Faulty``."""
    if len(text) > LONGEST[column]:
        raise Faulty(Fault.TOO_LONG, f"{text[:20]}…")
    return text


def as_lodging(cell: Cell) -> Lodging:
    """Dormitory, rented or one's own, in words or by value. Raises ``Faulty`` for anything else."""
    text = as_text(cell)
    if not text:
        raise Faulty(Fault.BLANK)
    if text in _LODGING_VALUES:
        return _LODGING_VALUES[text]
    found = [one for one, words in _LODGINGS.items() if any(word in text for word in words)]
    if len(found) != 1:
        raise Faulty(Fault.UNKNOWN_LODGING, text)
    return found[0]


def as_employer_kind(text: str) -> EmployerKind | None:
    """The kind that a word names, or whose value it is."""
    if text in _EMPLOYER_VALUES:
        return _EMPLOYER_VALUES[text]
    word = text.replace(" ", "")
    return next((kind for kind, one in _EMPLOYERS.items() if one.fullmatch(word)), None)


def _employment(reader: _Reader, house: str) -> tuple[EmployerKind, str] | None:
    """Kind and name of the employer; nothing told means the place's own staff."""
    said = reader.read(Column.EMPLOYER_KIND, _kind_if_any)
    told = reader.read(Column.EMPLOYER, lambda cell: fitting(Column.EMPLOYER, as_text(cell)))
    if any(one.column in {Column.EMPLOYER_KIND, Column.EMPLOYER} for one in reader.mistakes):
        return None
    if said is EmployerKind.OWN or (said is None and told in {"", house}):
        return EmployerKind.OWN, ""
    assert told is not None
    named = as_employer_kind(told)
    if named is not None:
        return said or named, ""
    kind = said or _kind_by_name(told)
    if kind is None:
        reader.mistakes.append(Mistake(Column.EMPLOYER, Fault.UNCLEAR_EMPLOYER, told))
        return None
    return kind, told


def _kind_if_any(cell: Cell) -> EmployerKind | None:
    text = as_text(cell)
    kind = as_employer_kind(text)
    if text and kind is None:
        raise Faulty(Fault.UNKNOWN_EMPLOYER, text)
    return kind


def _kind_by_name(name: str) -> EmployerKind | None:
    found = [kind for kind, words in _BY_NAME.items() if any(word in name for word in words)]
    return found[0] if len(found) == 1 else None


def _day_if_any(cell: Cell) -> date | None:
    return None if isinstance(cell, str) and not as_text(cell) else as_day(cell)
