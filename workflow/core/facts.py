"""Facts about a place: what may be asked, and what was told.

A fact not told is absent, never None or a default; rules answer "unknown" for it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

FactValue = bool | int | str | date | frozenset[str]
Facts = Mapping[str, FactValue]
CLASS = "class"  # the one fact every condition may use: the class of the place


class FactKind(Enum):
    """How a fact is asked and stored."""

    BOOL = "bool"
    INT = "int"
    ENUM = "enum"
    SET = "set"
    DATE = "date"


_NOTHING: dict[FactKind, FactValue] = {
    FactKind.BOOL: False,
    FactKind.INT: 0,
    FactKind.ENUM: "",
    FactKind.SET: frozenset(),
}


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """One fact of the catalogue: its words, its unit and the classes it is asked of."""

    key: str
    label: str
    kind: FactKind
    question: str
    unit: str = ""
    note: str = ""
    asked_of: frozenset[str] = frozenset()
    choices: tuple[tuple[str, str], ...] = ()
    least: int = 0

    def words(self, value: FactValue) -> str:
        """The value as a person would write it, with its unit."""
        names = dict(self.choices)
        match value:
            case bool():
                return "有" if value else "没有"
            case frozenset():
                return "、".join(name for key, name in self.choices if key in value) or "都没有"
            case date():
                return f"{value.year}年{value.month}月{value.day}日"
            case _:
                return names.get(str(value), f"{value} {self.unit}".strip())


def completed(facts: Facts, definitions: Iterable[FactDefinition]) -> dict[str, FactValue]:
    """What was told, plus false, zero or empty for what this class is never asked.

    A date has no nothing: unasked, it stays unknown.
    """
    place_class = facts.get(CLASS)
    full = dict(facts)
    for definition in definitions:
        unasked = place_class is not None and place_class not in definition.asked_of
        if unasked and definition.kind in _NOTHING:
            full.setdefault(definition.key, _NOTHING[definition.kind])
    return full


def to_json(facts: Facts) -> dict[str, object]:
    """Facts as JSON values: dates in ISO form, sets as sorted lists."""

    def plain(value: FactValue) -> object:
        match value:
            case date():
                return value.isoformat()
            case frozenset():
                return sorted(value)
            case _:
                return value

    return {key: plain(value) for key, value in facts.items()}


def from_json(told: Mapping[str, object], definitions: Iterable[FactDefinition]) -> Facts:
    """Facts out of JSON values. Raises ValueError naming the fact whose value does not fit."""
    known = {definition.key: definition for definition in definitions}
    facts: dict[str, FactValue] = {}
    for key, value in told.items():
        if key not in known:
            raise ValueError(f"unknown fact {key}")
        if value is not None:
            facts[key] = _read(known[key], value)
    return facts


def is_day(text: str) -> bool:
    """Whether a text is a day in ISO form."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _read(definition: FactDefinition, value: object) -> FactValue:
    choices = [key for key, _ in definition.choices]
    match definition.kind, value:
        case FactKind.BOOL, bool():
            return value
        case FactKind.INT, int() if not isinstance(value, bool):
            return value
        case FactKind.ENUM, str() if value in choices:
            return value
        case FactKind.SET, list() if all(one in choices for one in value):
            return frozenset(value)
        case FactKind.DATE, str() if is_day(value):
            return date.fromisoformat(value)
    raise ValueError(f"{definition.key} cannot be {value!r}")
