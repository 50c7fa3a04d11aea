"""Computed numbers (what "enough" is for this place), a few functions by id."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil

from workflow.core.facts import CLASS, Facts


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many are needed, how many the place told it has, and the sum in words."""

    needed: int
    has: int | None
    unit: str
    sum_in_words: str

    @property
    def short_by(self) -> int:
        """How many are lacking; 0 when enough or not told."""
        return 0 if self.has is None else max(0, self.needed - self.has)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of the town, with other values for some classes."""

    default: int
    by_class: Mapping[str, int]

    def of(self, facts: Facts) -> int:
        return self.by_class.get(str(facts.get(CLASS)), self.default)


Parameters = Mapping[str, Parameter]


def masks(facts: Facts, parameters: Parameters) -> Quantity | None:
    """Masks in stock: people of the first batch × masks a day × days; None while people untold."""
    people = facts.get("first_batch_count")
    if not isinstance(people, int):
        return None
    rate = parameters["rate_per_person_day"].of(facts)
    days = parameters["days"].of(facts)
    stock = facts.get("stock_masks")
    return Quantity(
        needed=ceil(people * rate * days),
        has=stock if isinstance(stock, int) else None,
        unit="只",
        sum_in_words=f"首批 {people} 人 × 每人每天 {rate} 只 × {days} 天",
    )


NEEDED = {"masks": frozenset({"rate_per_person_day", "days"})}  # the parameters of each formula
FORMULAS: Mapping[str, Callable[[Facts, Parameters], Quantity | None]] = {"masks": masks}
