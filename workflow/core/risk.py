"""Risk of areas and observation days: dated rules, of which only those of a day count.

Nothing is assumed: an area or a day that no row covers, and rows that contradict each other, are
for a person to decide.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from workflow.core.regions import Region


class RiskLevel(Enum):
    """The risk of an area on a day."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    SEVERE = "severe"
    OVERSEAS = "overseas"


class CountFrom(Enum):
    """The first day of an observation."""

    ARRIVAL = "arrival"
    NEXT_DAY = "next_day"


@dataclass(frozen=True, slots=True)
class AreaLevel:
    """The risk of an area from one day to another, both included; ``until`` None: until replaced.

    ``enabled`` False: an example that a person must confirm before it counts.
    """

    region: Region
    level: RiskLevel
    since: date
    until: date | None
    basis: str
    enabled: bool = True

    def holds_on(self, day: date) -> bool:
        return self.enabled and self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class ObservationRule:
    """How long somebody who arrives in a time is observed, by the risk of where they come from.

    ``origin`` limits it to those who come from that area; such a rule goes before one that names
    a level only. ``overrides`` names rules that no longer count where this one does.
    """

    code: str
    since: date
    until: date | None
    levels: frozenset[RiskLevel]
    days: int
    count_from: CountFrom
    basis: str
    origin: Region | None = None
    overrides: frozenset[str] = frozenset()
    enabled: bool = True

    def holds_on(self, day: date) -> bool:
        return self.enabled and self.since <= day and (self.until is None or day <= self.until)

    def last_day(self, arrived: date) -> date | None:
        """The last day of observing somebody who arrived then; None where there is none."""
        if self.days == 0:
            return None
        first = arrived if self.count_from is CountFrom.ARRIVAL else arrived + timedelta(days=1)
        return first + timedelta(days=self.days - 1)


@dataclass(frozen=True, slots=True)
class RiskRules:
    """All that the judgement goes by. ``home`` is where the places are: whoever has not left it
    comes from nowhere. ``fever`` is in tenths of a degree, and counts as one itself.
    """

    home: Region
    areas: tuple[AreaLevel, ...] = ()
    rules: tuple[ObservationRule, ...] = ()
    fever: int = 373
    version: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why nobody but a person can say: nothing covers it, or several rows that differ do."""

    between: tuple[str, ...] = ()


def level_on(code: str, day: date, rules: RiskRules) -> RiskLevel | Unclear:
    """The risk of a division on a day: of the rows that hold, the closest to it counts.

    A division named too broadly (only its province) that rows tell parts of is unclear.
    """
    found = [(row.region.covers(code), row) for row in rules.areas if row.holds_on(day)]
    closest = max((depth for depth, _ in found), default=0)
    levels = {row.level for depth, row in found if depth == closest and depth > 0}
    parts = {row.level for _, row in found if row.region.touches(code)}
    if len(levels | parts) == 1:
        return next(iter(levels | parts)) if levels else Unclear()
    return Unclear(tuple(sorted(level.value for level in levels | parts)))


def rule_on(
    code: str, level: RiskLevel, arrived: date, rules: RiskRules
) -> ObservationRule | Unclear:
    """The observation rule for somebody from there who arrived that day.

    A rule that names the area goes before one that names only the level; rules that differ in
    days are unclear: nobody's observation is made longer by itself.
    """
    holding = [
        one
        for one in rules.rules
        if one.holds_on(arrived)
        and level in one.levels
        and (one.origin is None or one.origin.covers(code))
    ]
    overridden = {code for one in holding for code in one.overrides}
    holding = [one for one in holding if one.code not in overridden]
    named = [one for one in holding if one.origin is not None]
    candidates = named or holding
    if not candidates or len({(one.days, one.count_from) for one in candidates}) > 1:
        return Unclear(tuple(sorted(one.code for one in candidates)))
    return min(candidates, key=lambda one: one.code)
