"""The requirement list of a place (一企一策) as pages show it: rules, reasons, files, verdicts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from workflow.core.checklist import Verdict
from workflow.core.facts import FactDefinition, Facts
from workflow.core.packs import Pack
from workflow.core.quantities import Quantity
from workflow.core.requirements import PAPERS, Requirement, Severity
from workflow.store.cases import Attachment, CheckResult


@dataclass(frozen=True, slots=True)
class Given:
    """A file somebody gave, as a page links to it."""

    name: str
    sha256: str
    media_type: str
    size: int
    codes: tuple[str, ...]
    id: int | None = None

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement with all that is known about it for this place."""

    requirement: Requirement
    certain: bool
    because: tuple[str, ...]
    quantity: Quantity | None
    files: tuple[Given, ...]
    check: CheckResult | None

    @property
    def code(self) -> str:
        return self.requirement.code

    @property
    def veto(self) -> bool:
        return self.requirement.weight is Severity.VETO

    @property
    def failed(self) -> bool:
        return self.check is not None and self.check.verdict is Verdict.FAIL

    @property
    def needs_paper(self) -> bool:
        return self.certain and self.requirement.evidence in PAPERS


def rows(
    pack: Pack, facts: Facts, files: Iterable[Given], checks: Iterable[CheckResult] = ()
) -> list[Row]:
    """The list, in the catalogue's order."""
    given, known = tuple(files), {check.code: check for check in checks}
    return [
        Row(
            requirement=held.requirement,
            certain=held.certain,
            because=pack.because(held, facts),
            quantity=pack.quantity(held.requirement.quantity, facts),
            files=tuple(file for file in given if held.code in file.codes),
            check=known.get(held.code),
        )
        for held in pack.held(facts)
    ]


def attached(attachments: Iterable[Attachment]) -> list[Given]:
    """The files of a draft."""
    return [
        Given(one.name, one.sha256, one.file.media_type, one.file.size, tuple(one.codes), one.id)
        for one in attachments
    ]


def submitted(snapshots: Iterable[Mapping[str, Any]]) -> list[Given]:
    """The files of a submission."""
    return [
        Given(one["name"], one["sha256"], one["media_type"], one["size"], tuple(one["codes"]))
        for one in snapshots
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """One answer in words; ``value`` empty while it is open."""

    fact: FactDefinition
    value: str


def told(pack: Pack, facts: Facts, place_class: str) -> list[tuple[Any, list[Told]]]:
    """The answers by section."""
    return [
        (
            section,
            [
                Told(fact, fact.words(facts[fact.key]) if fact.key in facts else "")
                for fact in pack.asked(section, place_class)
            ],
        )
        for section in pack.filing.sections
    ]
