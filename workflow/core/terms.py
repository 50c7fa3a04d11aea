"""Conditions as small frozen terms with three answers: yes, no, and None for "not told yet".

``parse`` reads the tree of a pack: ``{fact, op, value}`` or ``{all|any: [...]}`` or ``{not: …}``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import eq, ge, le
from typing import Any, Protocol

from workflow.core.facts import FactDefinition, FactKind, Facts, is_day


class Term(Protocol):
    """A condition over facts."""

    def holds(self, facts: Facts) -> bool | None:
        """True, False, or None where the facts told so far do not decide it."""

    def deciders(self, facts: Facts) -> tuple["Leaf", ...]:
        """The leaves that carry the answer: what made it so, or what is still to be told."""

    def leaves(self) -> tuple["Leaf", ...]:
        """Every comparison the condition may make."""


def as_day(value: str | date) -> date:
    """The day that a date or its ISO form stands for."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def _overlap(told: Any, value: Any) -> bool:
    return not told.isdisjoint(value) if isinstance(told, frozenset) else told in value


COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "is": eq,
    "in": _overlap,
    "at_least": ge,
    "at_most": le,
    "before": lambda told, value: told < as_day(value),
    "after": lambda told, value: told > as_day(value),
    "present": lambda told, _: bool(told),
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One comparison. ``in`` asks membership of a value, or any overlap of a set."""

    fact: str
    op: str
    value: object = None

    def holds(self, facts: Facts) -> bool | None:
        told = facts.get(self.fact)
        if told is None:
            return None
        try:
            return COMPARISONS[self.op](told, self.value)
        except TypeError as error:
            raise ValueError(f"cannot compare {told!r} {self.op} {self.value!r}") from error

    def deciders(self, facts: Facts) -> tuple["Leaf", ...]:
        return (self,)

    def leaves(self) -> tuple["Leaf", ...]:
        return (self,)

    def fits(self, fact: FactDefinition) -> bool:
        """Whether it can be asked of every value the fact may have, and may come out true."""
        choices = [key for key, _ in fact.choices]
        match self.op, fact.kind, self.value:
            case ("present", _, None) | ("is", FactKind.BOOL, bool()):
                return True
            case "is" | "at_least" | "at_most", FactKind.INT | FactKind.DECIMAL, int() | Decimal():
                return not isinstance(self.value, bool)
            case "is", FactKind.ENUM, str():
                return self.value in choices
            case "in", FactKind.ENUM | FactKind.SET, tuple() as values:
                return bool(values) and all(one in choices for one in values)
            case "before" | "after", FactKind.DATE, str() | date():
                return is_day(str(self.value))
        return False


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Term, ...]

    def holds(self, facts: Facts) -> bool | None:
        answer: bool | None = True
        for part in self.parts:
            match part.holds(facts):
                case False:
                    return False
                case None:
                    answer = None
        return answer

    def deciders(self, facts: Facts) -> tuple[Leaf, ...]:
        return _deciders(self.parts, facts, enough=False)

    def leaves(self) -> tuple[Leaf, ...]:
        return _leaves(self.parts)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Term, ...]

    def holds(self, facts: Facts) -> bool | None:
        answer: bool | None = False
        for part in self.parts:
            match part.holds(facts):
                case True:
                    return True
                case None:
                    answer = None
        return answer

    def deciders(self, facts: Facts) -> tuple[Leaf, ...]:
        return _deciders(self.parts, facts, enough=True)

    def leaves(self) -> tuple[Leaf, ...]:
        return _leaves(self.parts)


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Term

    def holds(self, facts: Facts) -> bool | None:
        answer = self.part.holds(facts)
        return None if answer is None else not answer

    def deciders(self, facts: Facts) -> tuple[Leaf, ...]:
        return self.part.deciders(facts)

    def leaves(self) -> tuple[Leaf, ...]:
        return self.part.leaves()


def parse(tree: Mapping[str, object]) -> Term:
    """The term a pack's tree stands for. Raises ValueError naming what cannot be read."""
    match dict(tree):
        case {"all": list(parts), **rest} if not rest and parts:
            return All(tuple(parse(part) for part in parts))
        case {"any": list(parts), **rest} if not rest and parts:
            return AnyOf(tuple(parse(part) for part in parts))
        case {"not": dict(part), **rest} if not rest:
            return Not(parse(part))
        case {"fact": str(fact), "op": str(op), **rest} if op in COMPARISONS and set(rest) <= {
            "value"
        }:
            value = rest.get("value")
            return Leaf(fact, op, tuple(value) if isinstance(value, list) else value)
    raise ValueError(f"not a condition: {tree!r}")


def _deciders(parts: tuple[Term, ...], facts: Facts, *, enough: bool) -> tuple[Leaf, ...]:
    """Leaves of the first part whose answer is enough; else of what is open; else of all parts."""
    still_open: tuple[Leaf, ...] = ()
    settled: tuple[Leaf, ...] = ()
    for part in parts:
        answer = part.holds(facts)
        if answer is enough:
            return part.deciders(facts)
        if answer is None:
            still_open += part.deciders(facts)
        else:
            settled += part.deciders(facts)
    return still_open or settled


def _leaves(parts: tuple[Term, ...]) -> tuple[Leaf, ...]:
    return tuple(leaf for part in parts for leaf in part.leaves())
