"""The roster (员工名册): what a place tells of a person, how lists differ, what they add up to."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Generic, TypeVar

from workflow.core.papers import Document
from workflow.core.tables import Column


class EmployerKind(Enum):
    """Who employs a person that works here."""

    OWN = "own"
    AGENCY = "agency"
    SUBCONTRACTOR = "subcontractor"


class Lodging(Enum):
    """Where a person lives while working here."""

    DORM = "dorm"
    RENTED = "rented"
    OWN = "own_home"


class Mode(Enum):
    """What a list is: everybody, so that whoever is not on it has left; or only some."""

    WHOLE = "whole"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Told:
    """What one place says of a person. ``employer`` is empty for the place's own staff."""

    name: str
    employer_kind: EmployerKind
    employer: str
    post: str
    origin: str
    lodging: Lodging
    mobile: str = ""
    returns_on: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A person with what is told of them."""

    document: Document
    told: Told


MOST_PEOPLE = 20_000
LOCAL = ("本地", "本市", "本县", "本镇")
TOLD_COLUMNS = (
    Column.NAME,
    Column.EMPLOYER_KIND,
    Column.EMPLOYER,
    Column.POST,
    Column.ORIGIN,
    Column.LODGING,
    Column.MOBILE,
    Column.RETURNS_ON,
)
Key = TypeVar("Key")


def changes(before: Told, after: Told) -> tuple[Column, ...]:
    """The columns in which two tellings of one person differ."""
    return tuple(
        one for one in TOLD_COLUMNS if getattr(before, one.value) != getattr(after, one.value)
    )


def filled(before: Told, told: Told, columns: Collection[Column]) -> Told:
    """What a list tells, with what was known before where it is silent.

    An empty cell for a mobile number or a day takes nothing back; a list without any column for
    the employer says nothing about it.
    """
    silent = not {Column.EMPLOYER, Column.EMPLOYER_KIND} & set(columns)
    source = before if silent else told
    return replace(
        told,
        mobile=told.mobile or before.mobile,
        returns_on=told.returns_on or before.returns_on,
        employer_kind=source.employer_kind,
        employer=source.employer,
    )


@dataclass(frozen=True, slots=True)
class Difference(Generic[Key]):
    """A list against the roster as it is: who is new, different or gone; how many are the same."""

    added: tuple[Key, ...]
    changed: tuple[Key, ...]
    gone: tuple[Key, ...]
    same: int

    @property
    def nothing(self) -> bool:
        """Whether the roster would stay as it is."""
        return not (self.added or self.changed or self.gone)


def difference(
    current: Mapping[Key, Told],
    listed: Mapping[Key, Told],
    unread: Collection[Key] = (),
    unread_names: Collection[str] = (),
) -> Difference[Key]:
    """What the list would change, were it everybody.

    Nobody is gone who stands in a row with a mistake: such people are ``unread``, or, where not
    even the number could be read, everyone of that name.
    """
    return Difference(
        added=tuple(key for key in listed if key not in current),
        changed=tuple(key for key, told in listed.items() if current.get(key, told) != told),
        gone=tuple(
            key
            for key, told in current.items()
            if key not in listed and key not in unread and told.name not in unread_names
        ),
        same=sum(current.get(key) == told for key, told in listed.items()),
    )


@dataclass(frozen=True, slots=True)
class Summary:
    """A roster in numbers. ``outside``: not from this city; ``severe``: from severe areas."""

    total: int = 0
    outside: int = 0
    severe: int = 0
    renting: int = 0
    dorm: int = 0
    own: int = 0
    agency: int = 0
    subcontractor: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """How many people share an origin, a lodging and a kind of employer."""

    origin: str
    lodging: Lodging
    employer_kind: EmployerKind
    people: int


def is_local(origin: str, local_names: Collection[str]) -> bool:
    """Whether somebody comes from within the city, as far as the words tell."""
    return origin.startswith(LOCAL) or any(name in origin for name in local_names if name)


def summed(
    groups: Iterable[Group], local_names: Collection[str], severe_names: Collection[str]
) -> Summary:
    """The numbers of a roster. Severe wins over local: a severe area may lie in the city."""
    listed = list(groups)

    def count(which: Iterable[bool]) -> int:
        return sum(one.people for one, counts in zip(listed, which, strict=True) if counts)

    return Summary(
        total=count(True for _ in listed),
        outside=count(not is_local(one.origin, local_names) for one in listed),
        severe=count(any(name in one.origin for name in severe_names if name) for one in listed),
        renting=count(one.lodging is Lodging.RENTED for one in listed),
        dorm=count(one.lodging is Lodging.DORM for one in listed),
        own=count(one.employer_kind is EmployerKind.OWN for one in listed),
        agency=count(one.employer_kind is EmployerKind.AGENCY for one in listed),
        subcontractor=count(one.employer_kind is EmployerKind.SUBCONTRACTOR for one in listed),
    )
