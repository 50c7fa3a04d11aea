"""Who answers for a field (责任田) on a day, and how the town is divided among the fields.

Days are the town's (``core/days.day_of``); accounts and fields are known by their ids alone.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum


class Acting(Enum):
    """Who acts for a field."""

    LIAISON = "liaison"
    STAND_IN = "stand_in"
    OFFICE = "office"


class AbsenceReason(Enum):
    """Why an officer is away. Nothing about health: it is nobody's business here."""

    LEAVE = "leave"
    DUTY = "duty"
    OTHER = "other"


class HandoverReason(Enum):
    """Why a place is not in somebody's field (不是我的责任田)."""

    ELSEWHERE = "elsewhere"
    OTHER_CLASS = "other_class"
    MOVED = "moved"
    INVOLVED = "involved"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Duty:
    """Who acts today; ``account_id`` None when it is the office, which acts as a whole."""

    acting: Acting
    account_id: int | None


def responsible(liaison: int | None, stand_in: int | None, absent: Collection[int]) -> Duty:
    """The one who answers: the liaison unless away, then the stand-in, then the office."""
    if liaison is not None and liaison not in absent:
        return Duty(Acting.LIAISON, liaison)
    if stand_in is not None and stand_in not in absent:
        return Duty(Acting.STAND_IN, stand_in)
    return Duty(Acting.OFFICE, None)


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody's absence: both days count. ``back_on``: the day they were back before its end."""

    account_id: int
    first_day: date
    last_day: date
    back_on: date | None = None

    def covers(self, day: date) -> bool:
        back = self.back_on is not None and day >= self.back_on
        return self.first_day <= day <= self.last_day and not back


def away_until(absences: Iterable[Away], account_id: int, day: date) -> date | None:
    """The last day of one's absence on a day; None for who is there."""
    mine = [one for one in absences if one.account_id == account_id and one.covers(day)]
    return max((one.last_day for one in mine), default=None)


@dataclass(frozen=True, slots=True)
class Area:
    """What a field covers: these villages, in these classes; no class named means all of them."""

    name: str
    villages: frozenset[str]
    classes: frozenset[str] = frozenset()

    def covers(self, village: str, place_class: str) -> bool:
        return village in self.villages and (not self.classes or place_class in self.classes)


@dataclass(frozen=True, slots=True)
class Overlap:
    """A village, and classes of it, that two fields cover. No class named: all of them."""

    village: str
    classes: frozenset[str]
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A village of which no field covers these classes. No class named: none at all."""

    village: str
    classes: tuple[str, ...] = ()


def overlaps(areas: Iterable[Area]) -> Iterator[Overlap]:
    """Every village for which two fields would answer."""
    before: list[Area] = []
    for area in areas:
        for earlier in before:
            common = area.classes & earlier.classes
            if area.classes and earlier.classes and not common:
                continue
            either = common or area.classes | earlier.classes  # of two, one covers all classes
            for village in sorted(area.villages & earlier.villages):
                yield Overlap(village, either, area.name, earlier.name)
        before.append(area)


def gaps(
    areas: Collection[Area], villages: Iterable[str], classes: Collection[str]
) -> Iterator[Gap]:
    """Every village, in order, that some class of places has no field in."""
    for village in villages:
        bare = tuple(one for one in classes if not any(area.covers(village, one) for area in areas))
        if not any(village in area.villages for area in areas):
            yield Gap(village)
        elif bare:
            yield Gap(village, bare)
