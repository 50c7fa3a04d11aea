"""Facts about a place: what may be asked, and what was told.

A fact not told is absent, never None or a default; rules answer "unknown" for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workflow.core.terms import Term

FactValue = bool | int | Decimal | str | date | frozenset[str]
Facts = Mapping[str, FactValue]
CLASS = "class"  # the one fact every condition may use: the class of the place


class FactKind(Enum):
    """How a fact is asked and stored."""

    BOOL = "bool"
    INT = "int"
    DECIMAL = "decimal"
    ENUM = "enum"
    SET = "set"
    DATE = "date"
    TEXT = "text"


class ToldBy(Enum):
    """Who tells a fact. Only what the enterprise tells is asked of it."""

    ENTERPRISE = "enterprise"
    ROSTER = "roster"
    TOWN = "town"
    SERVICE = "service"


_NOTHING: dict[FactKind, FactValue] = {
    FactKind.BOOL: False,
    FactKind.INT: 0,
    FactKind.DECIMAL: Decimal(0),
    FactKind.ENUM: "",
    FactKind.SET: frozenset(),
    FactKind.TEXT: "",
}


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """One fact of the catalogue: its words, its unit and the classes it is asked of.

    ``asked_when`` narrows that to places whose other facts make the question sensible; a fact
    not asked of a place counts as nothing there. ``least`` is the smallest number or, of a text,
    the fewest characters that will do; ``optional`` may stay open.
    """

    key: str
    label: str
    kind: FactKind
    question: str
    unit: str = ""
    note: str = ""
    asked_of: frozenset[str] = frozenset()
    choices: tuple[tuple[str, str], ...] = ()
    least: int = 0
    asked_when: Term | None = None
    told_by: ToldBy = ToldBy.ENTERPRISE
    optional: bool = False

    def is_asked(self, facts: Facts) -> bool:
        """Whether it is a question for this place; yes while that is not yet known."""
        place_class = facts.get(CLASS)
        if self.told_by is not ToldBy.ENTERPRISE:
            return False
        if place_class is not None and place_class not in self.asked_of:
            return False
        return self.asked_when is None or self.asked_when.holds(facts) is not False

    @property
    def yes_no(self) -> tuple[str, str]:
        """How a question of this wording is answered: 有/没有 or 是/不是."""
        return ("有", "没有") if "有没有" in self.question else ("是", "不是")

    def words(self, value: FactValue) -> str:
        """The value as a person would write it, with its unit."""
        names = dict(self.choices)
        match value:
            case bool():
                return self.yes_no[0 if value else 1]
            case frozenset():
                return "、".join(name for key, name in self.choices if key in value) or "都没有"
            case date():
                return f"{value.year}年{value.month}月{value.day}日"
            case Decimal():
                return f"{plain_number(value)} {self.unit}".strip()
            case _:
                return names.get(str(value), f"{value} {self.unit}".strip())


def plain_number(value: Decimal) -> str:
    """14.1, 5, 0.5: without needless zeros, never with an exponent."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def completed(facts: Facts, definitions: Collection[FactDefinition]) -> dict[str, FactValue]:
    """What was told, plus false, zero or empty for what this place is never asked.

    A date has no nothing: unasked, it stays unknown; so does what others than the enterprise tell.
    """
    unasked = never_asked(facts.get(CLASS), definitions)
    return without_pointless({**unasked, **facts}, definitions)


def never_asked(
    place_class: FactValue | None, definitions: Iterable[FactDefinition]
) -> dict[str, FactValue]:
    """Nothing, for each fact that places of a class are not asked; none if it is not yet known."""
    return {
        one.key: _NOTHING[one.kind]
        for one in definitions
        if place_class is not None and place_class not in one.asked_of and one.kind in _NOTHING
    }


def without_pointless(facts: Facts, definitions: Iterable[FactDefinition]) -> dict[str, FactValue]:
    """The facts, with nothing for those that others make a pointless question."""
    full = dict(facts)
    for one in definitions:
        if one.asked_when and one.asked_when.holds(full) is False:
            full.pop(one.key, None)  # what was told before it became pointless counts no longer
            if one.kind in _NOTHING:
                full[one.key] = _NOTHING[one.kind]
    return full


def to_json(facts: Facts) -> dict[str, object]:
    """Facts as JSON values: dates in ISO form, sets as sorted lists."""

    def plain(value: FactValue) -> object:
        match value:
            case date():
                return value.isoformat()
            case frozenset():
                return sorted(value)
            case Decimal():
                return plain_number(value)
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


def _is_number(value: object) -> bool:
    if isinstance(value, bool):
        return False
    try:
        return Decimal(str(value)).is_finite()
    except InvalidOperation:
        return False


def _read(definition: FactDefinition, value: object) -> FactValue:
    choices = [key for key, _ in definition.choices]
    match definition.kind, value:
        case FactKind.BOOL, bool():
            return value
        case FactKind.INT, int() if not isinstance(value, bool):
            return value
        case FactKind.DECIMAL, int() | float() | Decimal() | str() if _is_number(value):
            return Decimal(str(value))
        case FactKind.TEXT, str():
            return value
        case FactKind.ENUM, str() if value in choices:
            return value
        case FactKind.SET, list() if all(one in choices for one in value):
            return frozenset(value)
        case FactKind.DATE, str() if is_day(value):
            return date.fromisoformat(value)
    raise ValueError(f"{definition.key} cannot be {value!r}")


def contradictions(facts: Facts) -> tuple[str, ...]:
    """Keys of facts that cannot be true together: a part that is larger than the whole."""
    return tuple(
        part
        for part, whole in PARTS_OF.items()
        if isinstance(most := facts.get(whole), int)
        and isinstance(some := facts.get(part), int)
        and some > most
    )


# Each number with the one it is a part of.
PARTS_OF = {
    "first_batch_count": "headcount",
    "full_time_safety_officers": "headcount",
    "training_people": "headcount",
    "training_passed": "training_people",
    "hazards_closed": "hazards_found",
}
