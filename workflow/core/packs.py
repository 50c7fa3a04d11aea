"""A campaign pack: everything that differs between campaigns, as one value."""

from collections.abc import Mapping
from dataclasses import dataclass

from workflow.core.facts import CLASS, FactDefinition, Facts, completed
from workflow.core.quantities import FORMULAS, Parameters, Quantity
from workflow.core.requirements import Held, Phase, Requirement, evaluate
from workflow.core.terms import Leaf


@dataclass(frozen=True, slots=True)
class Section:
    """One step of a filing: a short title and the facts it asks."""

    key: str
    title: str
    hint: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filing:
    """A kind of filing (报备): its sections, and how many days ahead it must come."""

    key: str
    name: str
    lead_days: int
    sections: tuple[Section, ...]


# What the words of a notice may leave to be filled.
NOTICE_WORDS = frozenset({"planned", "first_batch"})


@dataclass(frozen=True, slots=True)
class NoticeText:
    """The town's words for the document: paragraphs with {planned} … to be filled, conditions."""

    title: str
    body: tuple[str, ...]
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """One version of a campaign's catalogue."""

    campaign: str
    name: str
    version: str
    facts: tuple[FactDefinition, ...]
    filing: Filing
    requirements: tuple[Requirement, ...]
    quantities: Mapping[str, Parameters]
    notice: NoticeText

    def fact(self, key: str) -> FactDefinition:
        return next(fact for fact in self.facts if fact.key == key)

    def section(self, key: str) -> Section | None:
        return next((one for one in self.filing.sections if one.key == key), None)

    def asked(self, section: Section, place_class: str) -> tuple[FactDefinition, ...]:
        """The facts a section asks of a class, in order. The class itself is known, not asked."""
        facts = (self.fact(key) for key in section.facts if key != CLASS)
        return tuple(fact for fact in facts if place_class in fact.asked_of)

    def held(self, facts: Facts, phase: Phase = Phase.BEFORE) -> tuple[Held, ...]:
        """The requirement list of a place: what its plan is made of (一企一策)."""
        return evaluate(self.requirements, completed(facts, self.facts), phase)

    def missing(self, facts: Facts) -> tuple[str, ...]:
        """Keys of the facts the filing asks that have not been told."""
        place_class = str(facts.get(CLASS))
        asked = (fact for one in self.filing.sections for fact in self.asked(one, place_class))
        return tuple(fact.key for fact in asked if fact.key not in facts)

    def quantity(self, key: str, facts: Facts) -> Quantity | None:
        """The computed number of a requirement; None where it has none or facts are untold."""
        return FORMULAS[key](facts, self.quantities[key]) if key in FORMULAS else None

    def because(self, held: Held, facts: Facts) -> tuple[str, ...]:
        """Why a requirement is in the list, in words, a phrase for each fact that decided it."""
        if not held.because:
            return (f"{self.fact(CLASS).words(facts[CLASS])}都要",)
        return tuple(self._phrase(leaf, facts, held.certain) for leaf in held.because)

    def _phrase(self, leaf: Leaf, facts: Facts, certain: bool) -> str:
        fact = self.fact(leaf.fact)
        told = facts.get(leaf.fact)
        if told is None:
            return f"还没填“{fact.label}”" if not certain else f"没有“{fact.label}”"
        match leaf.op, told:
            case "at_least", _:
                limit = "满" if leaf.holds(facts) else "不满"
                return f"{fact.label} {fact.words(told)}，{limit} {leaf.value} {fact.unit}".strip()
            case "at_most", _:
                limit = "不超过" if leaf.holds(facts) else "超过"
                return f"{fact.label} {fact.words(told)}，{limit} {leaf.value} {fact.unit}".strip()
            case "in", frozenset() if isinstance(leaf.value, tuple):
                listed = frozenset(leaf.value)
                common = told & listed
                return f"有{fact.words(common)}" if common else f"没有{fact.words(listed)}"
            case _, bool():
                return fact.label if told else f"没有{fact.label.removeprefix('有')}"
            case _:
                return fact.words(told)


def contradictions(facts: Facts) -> tuple[str, ...]:
    """Keys of facts that cannot be true together: more people back than there are."""
    total, first = facts.get("headcount"), facts.get("first_batch_count")
    if isinstance(total, int) and isinstance(first, int) and first > total:
        return ("first_batch_count",)
    return ()
