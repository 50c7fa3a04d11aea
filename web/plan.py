"""The requirement list of a place (一企一策) as pages show it: rules, reasons, proofs, verdicts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from workflow.core.checklist import Check, Verdict
from workflow.core.facts import FactDefinition, Facts
from workflow.core.filings import Made, Material, Part, Section
from workflow.core.quantities import Quantity
from workflow.core.requirements import Requirement, Severity
from workflow.store import drafts
from workflow.store.cases import Case
from workflow.store.submissions import Attachment, CheckResult
from workflow.store.towns import this_town
from workflow.usecases.confirming import BY_DATA


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
    """One requirement with all that is known about it for this place.

    ``material`` is the one of the list that proves it, if any does; ``done`` whether it is there.
    """

    requirement: Requirement
    certain: bool
    because: tuple[str, ...]
    quantity: Quantity | None
    files: tuple[Given, ...]
    check: Check | CheckResult | None
    material: Material | None
    done: bool

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
    def by_data(self) -> bool:
        """Whether what staff told gave the verdict, and not an officer."""
        return self.check is not None and self.check.note.startswith(BY_DATA)

    @property
    def waits_for_file(self) -> bool:
        return self.material is not None and self.material.made is Made.FILE and not self.done


def rows(
    case: Case,
    facts: Facts,
    files: Iterable[Given],
    checks: Iterable[Check | CheckResult] = (),
    written: Collection[str] = (),
) -> list[Row]:
    """The list, in the catalogue's order. ``written``: keys of materials that need no file."""
    pack, given = case.catalogue.pack, tuple(files)
    known = {check.code: check for check in checks}
    materials = {
        code: one for one in pack.materials(case.kind, facts) for code in sorted(one.proves)
    }
    listed = []
    for held in pack.held(facts):
        material = materials.get(held.code)
        names = {held.code} | ({material.key} if material else set())
        proofs = tuple(file for file in given if names & set(file.codes))
        listed.append(
            Row(
                requirement=held.requirement,
                certain=held.certain,
                because=pack.because(held, facts),
                quantity=pack.quantity(held.requirement.quantity, facts),
                files=proofs,
                check=known.get(held.code),
                material=material,
                done=bool(proofs) or (material is not None and material.key in written),
            )
        )
    return listed


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


def told(case: Case, facts: Facts) -> list[tuple[Section, list[Told]]]:
    """The answers by section, of the sections that ask this place anything."""
    pack = case.catalogue.pack
    by_section = [
        (
            section,
            [
                Told(fact, fact.words(facts[fact.key]) if fact.key in facts else "")
                for fact in pack.asked(section, facts)
            ],
        )
        for section in case.kind.sections
    ]
    return [(section, answers) for section, answers in by_section if answers]


@dataclass(frozen=True, slots=True)
class Writing:
    """A part with its text: the enterprise's own, or, while ``own`` is False, the model text."""

    part: Part
    text: str
    own: bool


def writings(case: Case, facts: Facts, answers: Mapping[str, Any]) -> list[Writing]:
    """The parts this place has to write, with their texts."""
    return [
        Writing(part, own if own is not None else model_text(case, part, facts), own is not None)
        for part in case.catalogue.pack.parts(case.kind, facts)
        for own in [drafts.text_of(part, answers)]
    ]


def model_text(case: Case, part: Part, facts: Facts) -> str:
    """The model text of a part, filled with what is known of the place."""
    pack, place, town = case.catalogue.pack, case.place, this_town()
    known = {
        "enterprise_name": place.enterprise.name,
        "legal_rep": place.enterprise.legal_rep or "",
        "contact_name": place.contact_name,
        "town_phone": town.phone,
        "clinic_phone": town.clinic_phone,
    }
    return part.draft(pack.completed(facts), dict(pack.words or {}) | known)


def written(case: Case, facts: Facts, answers: Mapping[str, Any], roster: bool) -> frozenset[str]:
    """Keys of the materials that are there without a file: parts written, and the roster."""
    pack, kind = case.catalogue.pack, case.kind
    parts = {one.key for one in pack.parts(kind, facts) if drafts.text_of(one, answers) is not None}
    lists = {one.key for one in kind.materials if one.made is Made.ROSTER and roster}
    return frozenset(parts | lists)
