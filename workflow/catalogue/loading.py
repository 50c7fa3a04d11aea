"""Reads a campaign pack from TOML and refuses one that does not hang together."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from workflow.core.facts import FactDefinition, FactKind
from workflow.core.packs import Filing, NoticeText, Pack, Section
from workflow.core.quantities import FORMULAS, Parameter
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
    except (KeyError, TypeError, ValueError) as error:
        raise PackError(f"{type(error).__name__}: {error}") from error
    problems = tuple(_problems(pack))
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
    facts = {fact.key for fact in pack.facts}
    codes = [requirement.code for requirement in pack.requirements]
    yield from (f"{code} stands twice" for code in set(codes) if codes.count(code) > 1)
    for section in pack.filing.sections:
        yield from (
            f"section {section.key} asks unknown fact {key}"
            for key in section.facts
            if key not in facts
        )
    for requirement in pack.requirements:
        used = requirement.when.facts_used() if requirement.when else frozenset()
        yield from (f"{requirement.code} uses unknown fact {key}" for key in used - facts)
        quantity = requirement.quantity
        if quantity and (quantity not in FORMULAS or quantity not in pack.quantities):
            yield f"{requirement.code} needs unknown quantity {quantity}"
