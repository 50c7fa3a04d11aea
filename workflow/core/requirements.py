"""Requirements: what a place must have or do, each with its condition, evidence and source."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from workflow.core.confirming import DataCheck
from workflow.core.facts import CLASS, Facts, FactValue
from workflow.core.terms import Leaf, Term


class Severity(Enum):
    """What a failed requirement means: VETO blocks approval, MAJOR has a time limit."""

    VETO = "veto"
    MAJOR = "major"
    MINOR = "minor"


class Phase(Enum):
    """When a requirement is looked at."""

    BEFORE = "before"
    DAILY = "daily"
    WEEKLY = "weekly"
    INCIDENT = "incident"


class CheckedBy(Enum):
    """Who confirms it."""

    SELF = "self"
    LIAISON = "liaison"
    OFFICE = "office"
    CLINIC = "clinic"


class EvidenceKind(Enum):
    """What will do as proof. Materials name what is sent."""

    DOCUMENT = "document"
    ROSTER = "roster"
    PHOTO = "photo"
    NUMBER = "number"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Source:
    """The text a requirement rests on. A requirement without one is 本地要求."""

    name: str
    number: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement of a catalogue version.

    ``when`` None means: every place of the classes. ``basis_needed`` marks a veto for which the
    town has not confirmed a basis; until then it weighs as MAJOR. ``confirmed_by_data``: while
    staff are asked for their health, what they told says whether it holds, and nobody ticks it.
    """

    code: str
    group: str
    text: str
    classes: frozenset[str]
    severity: Severity
    phase: Phase
    checked_by: CheckedBy
    evidence: EvidenceKind
    evidence_text: str
    when: Term | None = None
    source: Source | None = None
    quantity: str = ""
    basis_needed: bool = False
    confirmed_by_data: DataCheck | None = None

    @property
    def weight(self) -> Severity:
        if self.basis_needed and self.severity is Severity.VETO:
            return Severity.MAJOR
        return self.severity


class Held(NamedTuple):
    """A requirement that holds for a place, or may: ``certain`` is False while facts are untold.

    ``because`` are the leaves that decided it (empty: it holds for every place of the class);
    for an uncertain one they are the leaves still waiting for their fact. A tuple is made in half
    the time of a frozen dataclass, and every page makes lists of them.
    """

    requirement: Requirement
    certain: bool
    because: tuple[Leaf, ...]

    @property
    def code(self) -> str:
        return self.requirement.code

    @property
    def severity(self) -> Severity:
        return self.requirement.weight


CLASS_UNTOLD = (Leaf(CLASS, "present"),)


def evaluate(requirements: Iterable[Requirement], facts: Facts, phase: Phase) -> tuple[Held, ...]:
    """The requirement list of a place, in the catalogue's order.

    An untold fact never drops a requirement: it stays in the list as uncertain. ``facts`` must
    be completed (see ``facts.completed``).
    """
    return judged(concerning(facts.get(CLASS), requirements, phase), facts)


def concerning(
    place_class: FactValue | None, requirements: Iterable[Requirement], phase: Phase
) -> tuple[Requirement, ...]:
    """What a place of a class may have to do in a phase; None: the class is not yet known."""
    return tuple(
        one
        for one in requirements
        if one.phase is phase and (place_class is None or place_class in one.classes)
    )


def judged(requirements: Iterable[Requirement], facts: Facts) -> tuple[Held, ...]:
    """Those of the requirements concerning a place that hold for it, or may."""
    if CLASS not in facts:
        return tuple(Held(one, False, CLASS_UNTOLD) for one in requirements)
    held = []
    for one in requirements:
        when = one.when
        answer = when is None or when.holds(facts)
        if answer is not False:
            held.append(Held(one, answer is True, when.deciders(facts) if when else ()))
    return tuple(held)
