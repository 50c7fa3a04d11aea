"""A campaign pack: everything that differs between campaigns, as one value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from workflow.core.facts import (
    CLASS,
    FactDefinition,
    Facts,
    FactValue,
    ToldBy,
    never_asked,
    without_pointless,
)
from workflow.core.filings import Filing, Made, Material, Part, Section
from workflow.core.formulas import FORMULAS
from workflow.core.quantities import Parameters, Quantity
from workflow.core.requirements import Held, Phase, Requirement, Source, concerning, judged
from workflow.core.terms import Leaf, Term, as_day

# What the words of a notice may leave to be filled.
NOTICE_WORDS = frozenset({"planned", "first_batch"})


@dataclass(frozen=True, slots=True)
class NoticeText:
    """The town's words for the document: paragraphs with {planned} … to be filled, conditions."""

    title: str
    body: tuple[str, ...]
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beyond:
    """Where another authority decides and the town only passes on (镇只转报)."""

    rule: str
    when: Term
    source: Source | None


@dataclass(frozen=True, slots=True)
class _OfClass:
    """What is the same for all places of a class: the facts never asked there and, of the others,
    those that depend on an answer; the requirements of each phase.
    """

    never_asked: Facts
    depending: tuple[FactDefinition, ...]
    requirements: Mapping[Phase, tuple[Requirement, ...]]


@dataclass(frozen=True, slots=True)
class Pack:
    """One version of a campaign's catalogue.

    ``notice`` None: the town issues nothing in this campaign. ``closed`` is the negative list:
    where it holds, nothing can be filed for now.
    """

    campaign: str
    name: str
    version: str
    facts: tuple[FactDefinition, ...]
    filings: tuple[Filing, ...]
    requirements: tuple[Requirement, ...]
    quantities: Mapping[str, Parameters]
    notice: NoticeText | None
    beyond: tuple[Beyond, ...] = ()
    closed: Term | None = None
    words: Mapping[str, str] | None = None
    _classes: dict[FactValue | None, _OfClass] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def keys(self) -> frozenset[str]:
        """The keys of all its facts."""
        return frozenset(fact.key for fact in self.facts)

    def fact(self, key: str) -> FactDefinition:
        return next(fact for fact in self.facts if fact.key == key)

    @property
    def ordinary(self) -> Filing:
        """The filing of whoever waits for the day set."""
        return next(one for one in self.filings if not one.early and not one.changes)

    @property
    def openings(self) -> tuple[Filing, ...]:
        """The filings that begin with a stopped place; the others change what was allowed."""
        return tuple(one for one in self.filings if not one.changes)

    @property
    def change(self) -> Filing | None:
        """The filing that changes what an issued notice allows (变更报备); None without one."""
        return next((one for one in self.filings if one.changes), None)

    def filing(self, key: str) -> Filing:
        return next(filing for filing in self.filings if filing.key == key)

    def material_label(self, key: str) -> str:
        """The words of a material of any filing."""
        known = (one for filing in self.filings for one in filing.materials)
        return next(one.label for one in known if one.key == key)

    def asked(self, section: Section, facts: Facts) -> tuple[FactDefinition, ...]:
        """The facts a section asks of a place, in order. The class itself is known, not asked."""
        if section.classes and facts.get(CLASS) not in section.classes:
            return ()
        asked = (self.fact(key) for key in section.facts if key != CLASS)
        return tuple(fact for fact in asked if fact.is_asked(facts))

    def completed(self, facts: Facts) -> Facts:
        """What was told, and nothing for what this place is never asked."""
        place = self._of_class(facts.get(CLASS))
        return without_pointless({**place.never_asked, **facts}, place.depending)

    def held(self, facts: Facts, phase: Phase = Phase.BEFORE) -> tuple[Held, ...]:
        """The requirement list of a place: what its plan is made of (一企一策)."""
        of_phase = self._of_class(facts.get(CLASS)).requirements[phase]
        return judged(of_phase, self.completed(facts))

    def _of_class(self, place_class: FactValue | None) -> _OfClass:
        """Found once and kept, for a list is made of every place on every page."""
        if place_class not in self._classes:
            self._classes[place_class] = _OfClass(
                never_asked(place_class, self.facts),
                tuple(fact for fact in self.facts if fact.asked_when),
                {phase: concerning(place_class, self.requirements, phase) for phase in Phase},
            )
        return self._classes[place_class]

    def missing(self, filing: Filing, facts: Facts) -> tuple[str, ...]:
        """Keys of the facts the filing asks that have not been told."""
        asked = (fact for one in filing.sections for fact in self.asked(one, facts))
        return tuple(fact.key for fact in asked if fact.key not in facts and not fact.optional)

    def materials(self, filing: Filing, facts: Facts) -> tuple[Material, ...]:
        """The materials this place has to give, as far as its facts are told."""
        full = self.completed(facts)
        listed = {held.code for held in self.held(facts) if held.certain}
        return tuple(one for one in filing.materials if one.is_asked(full, listed))

    def parts(self, filing: Filing, facts: Facts) -> tuple[Part, ...]:
        """The texts this place has to write, as far as its facts are told."""
        asked = {one.key for one in self.materials(filing, facts) if one.made is Made.PART}
        return tuple(one for one in filing.parts if one.key in asked)

    def lacking(self, filing: Filing, facts: Facts, given: Iterable[str]) -> tuple[Material, ...]:
        """The files still to be handed in. ``given``: keys of materials and codes of
        requirements that files were given for.
        """
        known, listed = frozenset(given), {held.code for held in self.held(facts)}
        return tuple(
            one
            for one in self.materials(filing, facts)
            if one.made is Made.FILE and not one.is_given(known, listed)
        )

    def quantity(self, key: str, facts: Facts) -> Quantity | None:
        """The computed number of a requirement; None where it has none or facts are untold."""
        if key not in FORMULAS:
            return None
        return FORMULAS[key](self.completed(facts), self.quantities.get(key, {}))

    def decided_elsewhere(self, facts: Facts) -> tuple[Beyond, ...]:
        """Why the town may not decide on this place, if it may not."""
        full = self.completed(facts)
        return tuple(one for one in self.beyond if one.when.holds(full))

    def is_closed(self, facts: Facts) -> bool:
        """Whether the place stands on the negative list."""
        return bool(self.closed and self.closed.holds(self.completed(facts)))

    def because(self, held: Held, facts: Facts) -> tuple[str, ...]:
        """Why a requirement is in the list, in words, a phrase for each fact that decided it."""
        if not held.because:
            return (f"{self.fact(CLASS).words(facts[CLASS])}都要",)
        full = self.completed(facts)
        phrases = (self._phrase(leaf, full) for leaf in held.because)
        return tuple(dict.fromkeys(phrases))  # two leaves may wait for the same fact

    def _phrase(self, leaf: Leaf, facts: Facts) -> str:
        fact = self.fact(leaf.fact)
        told = facts.get(leaf.fact)
        if told is None:
            return _untold(fact)
        if leaf.op in LIMITS:
            limit = LIMITS[leaf.op][0 if leaf.holds(facts) else 1]
            return f"{fact.label} {fact.words(told)}，{limit} {fact.words(_limit(leaf))}"
        match leaf.op, told:
            case "in", frozenset() if isinstance(leaf.value, tuple):
                listed = frozenset(leaf.value)
                common = told & listed
                return f"有{fact.words(common)}" if common else f"没有{fact.words(listed)}"
            case _, bool():
                return fact.label if told else f"没有{fact.label.removeprefix('有')}"
            case _ if not leaf.holds(facts):
                return f"{fact.label}：{fact.words(told)}"
            case _:
                return fact.words(told)


# Each comparison with a limit: in words, when it holds and when it does not.
LIMITS = {
    "at_least": ("满", "不满"),
    "at_most": ("不超过", "超过"),
    "before": ("早于", "不早于"),
    "after": ("晚于", "不晚于"),
}


def _limit(leaf: Leaf) -> FactValue:
    match leaf.value:
        case int() | Decimal() as number:
            return number
        case str() | date() as day:
            return as_day(day)
    raise ValueError(f"no limit: {leaf!r}")


def _untold(fact: FactDefinition) -> str:
    match fact.told_by:
        case ToldBy.ROSTER:
            return f"要看花名册：“{fact.label}”"
        case ToldBy.TOWN:
            return f"镇里还没定“{fact.label}”"
        case _:
            return f"还没填“{fact.label}”"
