"""Reads a campaign pack from TOML and refuses one that does not hang together."""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

from workflow.core.facts import CLASS, FactDefinition, FactKind
from workflow.core.packs import NOTICE_WORDS, Filing, NoticeText, Pack, Section
from workflow.core.quantities import FORMULAS, NEEDED, Parameter
from workflow.core.requirements import (
    CheckedBy,
    EvidenceKind,
    Phase,
    Requirement,
    Severity,
    Source,
)
from workflow.core.terms import parse

PACKS = Path(__file__).parent / "packs"


class PackError(ValueError):
    """The pack cannot be used; the message lists every problem found, one a line."""


def shipped(campaign: str) -> str:
    """The text of a pack that comes with the service."""
    return (PACKS / f"{campaign}.toml").read_text(encoding="utf-8")


@lru_cache(maxsize=32)
def load(text: str) -> Pack:
    """The pack a TOML text stands for. Raises ``PackError``."""
    try:
        pack = _pack(tomllib.loads(text))
        problems = tuple(_problems(pack))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise PackError(f"{type(error).__name__}: {error}") from error
    if problems:
        raise PackError("\n".join(problems))
    return pack


def _pack(raw: Mapping[str, Any]) -> Pack:
    filing = raw["filing"]
    return Pack(
        campaign=raw["campaign"],
        name=raw["name"],
        version=raw["version"],
        facts=tuple(_fact(one) for one in raw["fact"]),
        filing=Filing(
            key=filing["key"],
            name=filing["name"],
            lead_days=filing["lead_days"],
            sections=tuple(
                Section(one["key"], one["title"], one.get("hint", ""), tuple(one["facts"]))
                for one in filing["section"]
            ),
        ),
        requirements=tuple(_requirement(one) for one in raw["requirement"]),
        quantities={
            key: {
                name: Parameter(value["default"], value.get("by_class", {}))
                for name, value in parameters.items()
            }
            for key, parameters in raw.get("quantity", {}).items()
        },
        notice=NoticeText(
            title=raw["notice"]["title"],
            body=tuple(raw["notice"]["body"]),
            conditions=tuple(raw["notice"]["conditions"]),
        ),
    )


def _fact(raw: Mapping[str, Any]) -> FactDefinition:
    return FactDefinition(
        key=raw["key"],
        label=raw["label"],
        kind=FactKind(raw["kind"]),
        question=raw["question"],
        unit=raw.get("unit", ""),
        note=raw.get("note", ""),
        asked_of=frozenset(raw["asked_of"]),
        least=raw.get("least", 0),
        choices=tuple((one["value"], one["label"]) for one in raw.get("choices", ())),
    )


def _requirement(raw: Mapping[str, Any]) -> Requirement:
    return Requirement(
        code=raw["code"],
        group=raw["group"],
        text=raw["text"],
        classes=frozenset(raw["classes"]),
        severity=Severity(raw["severity"]),
        phase=Phase(raw["phase"]),
        checked_by=CheckedBy(raw["checked_by"]),
        evidence=EvidenceKind(raw["evidence"]["kind"]),
        evidence_text=raw["evidence"]["what"],
        when=parse(raw["when"]) if "when" in raw else None,
        source=Source(**raw["source"]) if "source" in raw else None,
        quantity=raw.get("quantity", ""),
        basis_needed=raw.get("basis_needed", False),
    )


def _problems(pack: Pack) -> Iterator[str]:
    facts = {fact.key: fact for fact in pack.facts}
    classes = {key for key, _ in facts[CLASS].choices} if CLASS in facts else set()
    keys = Counter([fact.key for fact in pack.facts] + [one.code for one in pack.requirements])
    yield from (f"{key} stands twice" for key, times in keys.items() if times > 1)
    for section in pack.filing.sections:
        unknown = [key for key in section.facts if key not in facts]
        yield from (f"section {section.key} asks unknown fact {key}" for key in unknown)
    for fact in pack.facts:
        unknown = sorted(fact.asked_of - classes)
        yield from (f"{fact.key} is asked of unknown class {one}" for one in unknown)
    for requirement in pack.requirements:
        unknown = sorted(requirement.classes - classes)
        yield from (f"{requirement.code} is for unknown class {one}" for one in unknown)
        yield from _nonsense(requirement, facts)
        quantity = requirement.quantity
        if quantity and (quantity not in FORMULAS or quantity not in pack.quantities):
            yield f"{requirement.code} needs unknown quantity {quantity}"
    for key, parameters in pack.quantities.items():
        yield from (
            f"quantity {key} lacks {name}"
            for name in NEEDED.get(key, frozenset()) - set(parameters)
        )
    for line in (*pack.notice.body, *pack.notice.conditions):
        yield from (f"the notice cannot fill {{{one}}}" for one in _blanks(line) - NOTICE_WORDS)


def _nonsense(requirement: Requirement, facts: Mapping[str, FactDefinition]) -> Iterator[str]:
    """Comparisons that could not be made, or could never come out true."""
    for leaf in requirement.when.leaves() if requirement.when else ():
        if leaf.fact not in facts:
            yield f"{requirement.code} uses unknown fact {leaf.fact}"
        elif not leaf.fits(facts[leaf.fact]):
            yield f"{requirement.code} cannot ask {leaf.fact} {leaf.op} {leaf.value!r}"


def _blanks(line: str) -> set[str]:
    """The names in braces, with all that stands in the braces."""
    return {
        name + (f"!{conversion}" if conversion else "") + (f":{layout}" if layout else "")
        for _, name, layout, conversion in Formatter().parse(line)
        if name is not None
    }
