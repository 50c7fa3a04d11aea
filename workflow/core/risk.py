"""Risk of areas and observation days: dated rules, of which only those of a day count.

Nothing is assumed: an area or a day that no row covers, and rows that contradict each other, are
for a person to decide.
"""

from collections.abc import Iterable
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
    """The risk of an area from one day to another, both included.

    ``until`` None: until another row for the same area begins, and never again after that.
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

    def disputes(self, other: "ObservationRule") -> bool:
        """Whether both may hold for an arrival and say different things of it, and neither says
        that it takes the other's place: then a person is asked. Rules for areas are compared with
        rules for the same area alone, for a closer one goes before a wider.
        """
        last = min((one.until for one in (self, other) if one.until), default=date.max)
        return (
            self.enabled
            and other.enabled
            and self.code not in other.overrides
            and other.code not in self.overrides
            and max(self.since, other.since) <= last
            and not self.levels.isdisjoint(other.levels)
            and self.origin == other.origin
            and self.last_day(self.since) != other.last_day(self.since)
        )

    def last_day(self, arrived: date) -> date | None:
        """The last day of observing somebody who arrived then; None where there is none."""
        if self.days == 0:
            return None
        after = self.days - (self.count_from is CountFrom.ARRIVAL)
        return arrived + min(timedelta(days=after), date.max - arrived)


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

    A division named too broadly (only its province) is clear only where all its parts that rows
    tell of are at one level.
    """
    begun = [row for row in rules.areas if row.enabled and row.since <= day]
    parts = {part for row in begun for part in row.region.parts(code)}
    found = [_levels(one, day, begun) for one in (code, *parts)]
    levels = frozenset().union(*found)
    if len(levels) == 1 and all(found):
        return next(iter(levels))
    return Unclear(tuple(sorted(level.value for level in levels)))


def _levels(code: str, day: date, begun: Iterable[AreaLevel]) -> frozenset[RiskLevel]:
    """What the rows closest to a division say of it: one level if they agree, none if none does."""
    found = [(row.region.covers(code), row) for row in begun]
    holding = [
        (depth, row)
        for depth, row in found
        if depth and row.holds_on(day) and not (row.until is None and _replaced(depth, row, found))
    ]
    closest = max((depth for depth, _ in holding), default=0)
    return frozenset(row.level for depth, row in holding if depth == closest)


def _replaced(depth: int, row: AreaLevel, found: Iterable[tuple[int, AreaLevel]]) -> bool:
    """Whether a later row as close to the division took its place, be it over by now or not."""
    return any(other == depth and later.since > row.since for other, later in found)


def rule_on(
    code: str, level: RiskLevel, arrived: date, rules: RiskRules
) -> ObservationRule | Unclear:
    """The observation rule for somebody from there who arrived that day.

    A rule that names the area goes before one that names only the level, and of those that name it
    the closest; rules that differ in the last day are unclear: nobody's observation is made longer
    by itself. So is a division named too broadly whose parts are observed differently.
    """
    holding = [one for one in rules.rules if one.holds_on(arrived) and level in one.levels]
    named = (one.origin for one in holding if one.origin is not None)
    parts = {part for origin in named for part in origin.parts(code)}
    found = [_closest(one, holding) for one in (code, *parts)]
    candidates = [one for some in found for one in some]
    if not all(found) or len({one.last_day(arrived) for one in candidates}) > 1:
        return Unclear(tuple(sorted({one.code for one in candidates})))
    return min(found[0], key=lambda one: one.code)


def _closest(code: str, holding: Iterable[ObservationRule]) -> list[ObservationRule]:
    """Of the rules for a level those that count for a division."""
    depths = [(one.origin.covers(code) if one.origin else 0, one) for one in holding]
    meant = [(depth, one) for depth, one in depths if depth or one.origin is None]
    overridden = {other for _, one in meant for other in one.overrides}
    counting = [(depth, one) for depth, one in meant if one.code not in overridden]
    closest = max((depth for depth, _ in counting), default=0)
    return [one for depth, one in counting if depth == closest]
