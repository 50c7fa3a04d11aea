"""A filing (报备): its sections, the parts it is written in, the materials it asks for."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from workflow.core.clocks import Stage
from workflow.core.facts import CLASS, Facts, FactValue, plain_number
from workflow.core.roles import Role
from workflow.core.terms import Term


@dataclass(frozen=True, slots=True)
class Section:
    """One step of a filing: a short title and the facts it asks, of all classes or of some."""

    key: str
    title: str
    hint: str
    facts: tuple[str, ...]
    classes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a model text with {names} to be filled; ``when`` None: always there."""

    text: str
    classes: frozenset[str]
    when: Term | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A text the enterprise writes itself (防控方案 …), beginning from a model text."""

    key: str
    title: str
    paragraphs: tuple[Paragraph, ...]

    def draft(self, facts: Facts, words: Mapping[str, str]) -> str:
        """The model text for a place, paragraph by paragraph; what is not told is left blank.

        ``facts`` completed; ``words`` are those of ``PART_WORDS``.
        """
        told = {**words, **{key: in_text(value) for key, value in facts.items()}}
        chosen = (
            one.text
            for one in self.paragraphs
            if facts.get(CLASS) in one.classes and (one.when is None or one.when.holds(facts))
        )
        return "\n".join(_BLANK.sub(lambda found: told.get(found[1]) or GAP, one) for one in chosen)


class Made(Enum):
    """Where a material comes from: handed in as a file, or out of what is in the filing already."""

    FILE = "file"
    PART = "part"
    ROSTER = "roster"


@dataclass(frozen=True, slots=True)
class Material:
    """One material (材料) of the published list, and the requirements it proves.

    It is asked when its condition holds or, without one, when something holds that it proves;
    without either, always. The part of the same key is asked with it.
    """

    key: str
    label: str
    hint: str
    made: Made
    proves: frozenset[str]
    when: Term | None = None

    def is_asked(self, facts: Facts, listed: Collection[str]) -> bool:
        """``facts`` completed; ``listed``: the codes that hold for certain."""
        if self.when is not None:
            return self.when.holds(facts) is True
        return not self.proves or not self.proves.isdisjoint(listed)

    def is_given(self, given: Collection[str], listed: Collection[str]) -> bool:
        """Whether a file was given for it, or for each requirement it would prove."""
        to_prove = self.proves.intersection(listed)
        return self.key in given or (bool(to_prove) and to_prove.issubset(given))


class Silence(Enum):
    """What it means that a department has not answered within its time."""

    NO_OBJECTION = "no_objection"  # 视为无意见
    WAITS = "waits"  # 不答复就等


@dataclass(frozen=True, slots=True)
class OpinionAsked:
    """A department whose opinion a filing needs, within so many working days."""

    department: str
    days: int
    silence: Silence


# Working days, where a filing sets none: review within three, as a city's notice of February 2020
# has it (郑州市 2020 年第 15 号通告), one of them for the completeness check.
LIMITS: dict[Stage, int] = {
    Stage.ACCEPT: 1,
    Stage.INSPECT: 2,
    Stage.DECIDE: 1,
    Stage.RELEASE: 1,
    Stage.CORRECT: 5,
    Stage.RECTIFY: 5,
}


@dataclass(frozen=True, slots=True)
class Filing:
    """A kind of filing: what it tells by itself, what it asks, how many days ahead it must come.

    ``early``: for a day before the one set for the class; it needs a reason with proof.
    ``changes`` (变更): changes what an issued notice allows, and supersedes it. ``levels`` are
    the roles that decide one after the other, ``limits`` the working days of each stage;
    ``issuer_releases``: the issuer releases the seal, else the approval itself does.
    """

    key: str
    name: str
    lead_days: int
    early: bool
    tells: Facts
    sections: tuple[Section, ...]
    parts: tuple[Part, ...] = ()
    materials: tuple[Material, ...] = ()
    changes: bool = False
    levels: tuple[Role, ...] = (Role.LIAISON,)
    issuer_releases: bool = False
    limits: Mapping[Stage, int] = field(default_factory=lambda: LIMITS)
    opinions: tuple[OpinionAsked, ...] = ()

    @property
    def days_to_answer(self) -> int:
        """Working days from the acceptance to the answer, when nothing has to be corrected."""
        above = self.limits[Stage.DECIDE] * (len(self.levels) - 1)
        release = self.limits[Stage.RELEASE] if self.issuer_releases else 0
        return self.limits[Stage.INSPECT] + above + release


# What the words of a part may leave to be filled beside facts: what is known of the place, the
# town's telephones and the campaign's own numbers. No telephone of a person: what a part says is
# kept for good, and read by officers who may see such a number for a stated reason only.
PART_WORDS = frozenset(
    {
        "enterprise_name",
        "legal_rep",
        "contact_name",
        "town_phone",
        "clinic_phone",
        "fever_c",
        "mask_days",
    }
)
GAP = "＿＿＿＿"
_BLANK = re.compile(r"\{(\w+)\}")


def blanks(text: str) -> frozenset[str]:
    """The names a paragraph leaves to be filled."""
    return frozenset(_BLANK.findall(text))


def in_text(value: FactValue) -> str:
    """A fact inside a sentence, without its unit."""
    match value:
        case bool():
            return "有" if value else "没有"
        case date():
            return f"{value.year}年{value.month}月{value.day}日"
        case Decimal():
            return plain_number(value)
        case frozenset():
            return "、".join(sorted(value))
        case _:
            return str(value)
