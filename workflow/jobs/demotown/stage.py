"""What the steps of filling the demo town share: the tables, the instant, and who acts."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from workflow.core.days import day_of
from workflow.core.roles import Actor
from workflow.store.accounts import Digested, actor_of, named
from workflow.usecases.letters import Codes

FOLDER = Path(__file__).parent
BASE = 3  # enterprises that demo.load has made already
BODY = "91000000MA{:07d}"  # of a credit code: the division 000000 does not exist
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place of the tables. ``far``: how far its filing has come; ``listed``: its roster."""

    place_class: str
    village: str
    name: str
    far: str
    listed: int


@dataclass(frozen=True, slots=True)
class EnterpriseRow:
    """An enterprise of the tables; ``number`` is how many stand before it in the town."""

    number: int
    name: str
    owner: str
    people: int
    does: str
    places: tuple[PlaceRow, ...]
    login: str
    clerk: int | None

    @property
    def credit_code(self) -> str:
        return _with_check_digit(BODY.format(self.number))

    @property
    def mobile(self) -> str:
        """A number nobody can have: none begins with a zero."""
        return f"{1000 + self.number:011d}"


@dataclass(frozen=True, slots=True)
class Tables:
    """Enterprises as they came to be in the town."""

    filing: tuple[EnterpriseRow, ...]  # with accounts of their own
    recorded: tuple[EnterpriseRow, ...]  # without: the office records for them
    registered: tuple[EnterpriseRow, ...]  # confirmed without a credit code


@dataclass(frozen=True, slots=True)
class Stage:
    """What every step needs. ``receipt`` and ``codes`` are made outside: they are random."""

    at: datetime
    secret: Digested
    receipt: Callable[[], str]
    codes: Callable[[], Codes]
    say: Callable[[str], None]

    @property
    def today(self) -> date:
        return day_of(self.at)

    def actor(self, username: str) -> Actor:
        """Somebody of the town, as the rules see them today."""
        return actor_of(named(username), self.today)

    @property
    def office(self) -> Actor:
        return self.actor("qiyeban")


def tables() -> Tables:
    """The fictitious enterprises, numbered in the order of the file."""
    told = tomllib.loads((FOLDER / "enterprises.toml").read_text(encoding="utf-8"))
    numbers = iter(range(BASE + 1, 1000))
    kinds = ("enterprise", "recorded", "registered")
    return Tables(*(tuple(_rows(told[kind], numbers)) for kind in kinds))


def picture(name: str) -> bytes:
    """A scan made for the demo; it says of itself that it is worth nothing."""
    return (FOLDER / "pictures" / f"{name}.png").read_bytes()


def _rows(told: list[dict[str, Any]], numbers: Iterator[int]) -> Iterator[EnterpriseRow]:
    for one, number in zip(told, numbers, strict=False):
        yield EnterpriseRow(
            number=number,
            name=one["name"],
            owner=one["owner"],
            people=one["people"],
            does=one["does"],
            places=tuple(PlaceRow(*place) for place in one["places"]),
            login=one.get("login", f"qiye{number:02d}"),
            clerk=one.get("clerk"),
        )


def _with_check_digit(body: str) -> str:
    weighed = sum(_ALPHABET.index(char) * pow(3, i, 31) for i, char in enumerate(body))
    return body + _ALPHABET[-weighed % 31]
