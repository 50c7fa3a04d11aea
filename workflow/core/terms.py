"""Conditions as small frozen terms with three answers: yes, no, and None for "not told yet".

``parse`` reads the tree of a pack: ``{fact, op, value}`` or ``{all|any: [...]}`` or ``{not: …}``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from workflow.core.facts import FactDefinition, FactKind, Facts, is_day


class Term(Protocol):
    """A condition over facts."""

    def holds(self, facts: Facts) -> bool | None:
        """True, False, or None where the facts told so far do not decide it."""

    def deciders(self, facts: Facts) -> tuple["Leaf", ...]:
        """The leaves that carry the answer: what made it so, or what is still to be told."""

    def leaves(self) -> tuple["Leaf", ...]:
        """Every comparison the condition may make."""


OPERATORS = ("is", "in", "at_least", "at_most", "before", "after", "present")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One comparison. ``in`` asks membership of a value, or any overlap of a set."""

    fact: str
    op: str
    value: object = None

    def holds(self, facts: Facts) -> bool | None:
        told = facts.get(self.fact)
        return None if told is None else _compare(self.op, told, self.value)

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
        return _all([part.holds(facts) for part in self.parts])

    def deciders(self, facts: Facts) -> tuple[Leaf, ...]:
        return _deciders(self.parts, facts, self.holds(facts), needs_all=True)

    def leaves(self) -> tuple[Leaf, ...]:
        return _leaves(self.parts)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Term, ...]

    def holds(self, facts: Facts) -> bool | None:
        answer = _all([_negated(part.holds(facts)) for part in self.parts])
        return _negated(answer)

    def deciders(self, facts: Facts) -> tuple[Leaf, ...]:
        return _deciders(self.parts, facts, self.holds(facts), needs_all=False)

    def leaves(self) -> tuple[Leaf, ...]:
        return _leaves(self.parts)


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Term

    def holds(self, facts: Facts) -> bool | None:
        return _negated(self.part.holds(facts))

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
        case {"fact": str(fact), "op": str(op), **rest} if op in OPERATORS and set(rest) <= {
            "value"
        }:
            value = rest.get("value")
            return Leaf(fact, op, tuple(value) if isinstance(value, list) else value)
    raise ValueError(f"not a condition: {tree!r}")


def _compare(op: str, told: object, value: object) -> bool:
    match op, told, value:
        case "is", _, _:
            return told == value
        case "in", frozenset(), tuple():
            return bool(told & set(value))
        case "in", _, tuple():
            return told in value
        case "at_least", int() | Decimal(), int() | Decimal():
            return told >= value
        case "at_most", int() | Decimal(), int() | Decimal():
            return told <= value
        case "before", date(), str() | date():
            return told < _day(value)
        case "after", date(), str() | date():
            return told > _day(value)
        case "present", _, _:
            return bool(told)
    raise ValueError(f"cannot compare {told!r} {op} {value!r}")


def _day(value: str | date) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _all(answers: list[bool | None]) -> bool | None:
    if False in answers:
        return False
    return None if None in answers else True


def _negated(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def _deciders(
    parts: tuple[Term, ...], facts: Facts, answer: bool | None, *, needs_all: bool
) -> tuple[Leaf, ...]:
    """Leaves of the parts that answer like the whole; one part is enough where one decided it."""
    carriers = [part for part in parts if part.holds(facts) is answer]
    one_decides = answer is not None and answer is not needs_all
    chosen = carriers[:1] if one_decides else carriers
    return tuple(dict.fromkeys(leaf for part in chosen for leaf in part.deciders(facts)))


def _leaves(parts: tuple[Term, ...]) -> tuple[Leaf, ...]:
    return tuple(leaf for part in parts for leaf in part.leaves())
