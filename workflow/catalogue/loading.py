"""Reads a campaign pack from TOML and refuses one that does not hang together."""

import tomllib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from workflow.catalogue.checking import found
from workflow.core.clocks import Stage
from workflow.core.confirming import DataCheck
from workflow.core.facts import FactDefinition, FactKind, ToldBy, from_json
from workflow.core.filings import (
    LIMITS,
    Filing,
    Made,
    Material,
    OpinionAsked,
    Paragraph,
    Part,
    Section,
    Silence,
)
from workflow.core.packs import Beyond, NoticeText, Pack
from workflow.core.quantities import Parameter
from workflow.core.requirements import (
    CheckedBy,
    EvidenceKind,
    Phase,
    Requirement,
    Severity,
    Source,
)
from workflow.core.roles import Role
from workflow.core.terms import Term, parse

PACKS = Path(__file__).parent / "packs"
FACTS = PACKS / "facts.toml"


class PackError(ValueError):
    """The pack cannot be used; the message lists every problem found, one a line."""


def campaigns() -> tuple[str, ...]:
    """The campaigns whose packs come with the service."""
    return tuple(sorted(path.stem for path in PACKS.glob("*.toml") if path != FACTS))


def shipped(campaign: str) -> str:
    """The text of a pack that comes with the service, whole: its facts are shared by all packs."""
    return whole((PACKS / f"{campaign}.toml").read_text(encoding="utf-8"))


def whole(text: str) -> str:
    """A pack's text with the facts that all packs share, unless it brings facts of its own."""
    if "[[fact]]" in text:
        return text
    return f"{text}\n{FACTS.read_text(encoding='utf-8')}"


@lru_cache(maxsize=32)
def load(text: str) -> Pack:
    """The pack a TOML text stands for. Raises ``PackError``."""
    try:
        pack = _pack(tomllib.loads(text, parse_float=Decimal))
        problems = tuple(found(pack))
    except (AttributeError, KeyError, StopIteration, TypeError, ValueError) as error:
        raise PackError(f"{type(error).__name__}: {error}") from error
    if problems:
        raise PackError("\n".join(problems))
    return pack


def _pack(raw: Mapping[str, Any]) -> Pack:
    campaign = raw["campaign"]
    facts = tuple(_fact(one) for one in raw["fact"] if campaign in one.get("campaigns", [campaign]))
    return Pack(
        campaign=campaign,
        name=raw["name"],
        version=raw["version"],
        facts=facts,
        filings=tuple(_filing(one, raw, facts) for one in raw["filing"]),
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
        )
        if "notice" in raw
        else None,
        beyond=tuple(
            Beyond(one["rule"], parse(one["when"]), _source(one)) for one in raw.get("beyond", ())
        ),
        closed=_when(raw.get("closed", {})),
        words=raw.get("words", {}),
    )


def _filing(
    raw: Mapping[str, Any], whole: Mapping[str, Any], facts: tuple[FactDefinition, ...]
) -> Filing:
    """A filing with the sections, parts and materials it names, which filings may share."""
    return Filing(
        key=raw["key"],
        name=raw["name"],
        lead_days=raw["lead_days"],
        early=raw.get("early", False),
        tells=from_json(raw.get("tells", {}), facts),
        sections=tuple(
            Section(
                key=one["key"],
                title=one["title"],
                hint=one.get("hint", ""),
                facts=tuple(one["facts"]),
                classes=frozenset(one.get("classes", ())),
            )
            for one in _chosen(whole["section"], raw["sections"])
        ),
        parts=tuple(_part(one) for one in _chosen(whole.get("part", ()), raw.get("parts", ()))),
        materials=tuple(
            _material(one) for one in _chosen(whole.get("material", ()), raw.get("materials", ()))
        ),
        changes=raw.get("changes", False),
        levels=tuple(Role(one) for one in raw.get("levels", ["liaison"])),
        issuer_releases=raw.get("issuer_releases", False),
        limits=LIMITS | {Stage(stage): days for stage, days in raw.get("limits", {}).items()},
        opinions=tuple(
            OpinionAsked(one["department"], one["days"], Silence(one["silence"]))
            for one in raw.get("opinions", ())
        ),
    )


def _chosen(all_of_them: Iterable[Mapping[str, Any]], keys: Iterable[str]) -> list[Any]:
    known = {one["key"]: one for one in all_of_them}
    return [known[key] for key in keys]


def _part(raw: Mapping[str, Any]) -> Part:
    return Part(
        key=raw["key"],
        title=raw["title"],
        paragraphs=tuple(
            Paragraph(one["text"], frozenset(one["classes"]), _when(one))
            for one in raw["paragraph"]
        ),
    )


def _material(raw: Mapping[str, Any]) -> Material:
    return Material(
        key=raw["key"],
        label=raw["label"],
        hint=raw.get("hint", ""),
        made=Made(raw["made"]),
        proves=frozenset(raw.get("proves", ())),
        when=_when(raw),
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
        asked_when=parse(raw["asked_when"]) if "asked_when" in raw else None,
        told_by=ToldBy(raw.get("told_by", ToldBy.ENTERPRISE.value)),
        optional=raw.get("optional", False),
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
        when=_when(raw),
        source=_source(raw),
        quantity=raw.get("quantity", ""),
        basis_needed=raw.get("basis_needed", False),
        confirmed_by_data=DataCheck(raw["confirmed_by_data"])
        if "confirmed_by_data" in raw
        else None,
    )


def _when(raw: Mapping[str, Any]) -> Term | None:
    return parse(raw["when"]) if "when" in raw else None


def _source(raw: Mapping[str, Any]) -> Source | None:
    return Source(**raw["source"]) if "source" in raw else None
