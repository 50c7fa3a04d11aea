"""A computed number: what "enough" is for this place. The formulas are in ``formulas``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from workflow.core.facts import CLASS, Facts, plain_number

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many are needed, how many the place told it has, and the sum in words.

    ``most``: the number is a limit not to be exceeded instead of one to be reached.
    """

    needed: Number
    has: Number | None
    unit: str
    sum_in_words: str
    most: bool = False

    @property
    def short_by(self) -> Number:
        """How many are lacking, or too many; 0 when it is well or not told."""
        if self.has is None:
            return 0
        return max(0, self.has - self.needed if self.most else self.needed - self.has)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of the town, with other values for some classes."""

    default: Number
    by_class: Mapping[str, Number]

    def of(self, facts: Facts) -> Number:
        return self.by_class.get(str(facts.get(CLASS)), self.default)


Parameters = Mapping[str, Parameter]
Formula = Callable[[Facts, Parameters], Quantity | None]


def told_number(facts: Facts, key: str) -> Number | None:
    """The number told for a fact, or None."""
    value = facts.get(key)
    return value if isinstance(value, int | Decimal) else None


def in_words(number: Number) -> str:
    """A number without needless zeros."""
    return plain_number(Decimal(number))


def percent(share: Number) -> str:
    """A share of one as per cent."""
    return f"{in_words(Decimal(share) * 100)}%"
