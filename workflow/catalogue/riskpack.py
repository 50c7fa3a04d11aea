"""Reads dated rules of risk and observation from TOML, and refuses what cannot be meant."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from workflow.catalogue.divisions import Division, named
from workflow.core.health import COLDEST, HOTTEST
from workflow.core.regions import ABROAD, Region
from workflow.core.risk import AreaLevel, CountFrom, ObservationRule, RiskLevel, RiskRules

PACKS = Path(__file__).parent / "packs" / "risk"
INVENTED = ("98", "99")  # codes that GB/T 2260 leaves free: for fictitious places
LONGEST = 60  # days of observation
WITHIN_AREA = frozenset(
    {"name", "codes", "excepted", "level", "since", "until", "basis", "note", "confidence"}
    | {"enabled"}
)
WITHIN_RULE = frozenset(
    {"code", "levels", "origin", "since", "until", "days", "count_from", "overrides", "basis"}
    | {"note", "confidence", "enabled"}
)


class RiskPackError(ValueError):
    """The rules cannot be used; the message lists every problem found, one a line."""


def shipped() -> dict[str, str]:
    """The texts of the packs that come with the service, by their key."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(PACKS.glob("*.toml"))}


def title(text: str) -> str:
    """What a pack is called."""
    return str(tomllib.loads(text)["name"])


def is_demo(text: str) -> bool:
    """Whether a pack is of a fictitious outbreak."""
    return bool(tomllib.loads(text).get("demo", False))


def load_rules(text: str, today: date | None = None) -> RiskRules:
    """The rules a TOML text stands for. Raises ``RiskPackError``.

    Days may be numbers that count from ``today``: those of the fictitious outbreak do.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RiskPackError(f"not TOML: {error}") from error
    problems = list(_problems(raw, today))
    if problems:
        raise RiskPackError("\n".join(problems))
    return RiskRules(
        home=_region(raw["home"]),
        areas=tuple(_area(one, today) for one in raw.get("area", ())),
        rules=tuple(_rule(one, today) for one in raw.get("rule", ())),
        fever=raw["fever"]["tenths"],
        version=raw["name"],
    )


def as_examples(rules: RiskRules) -> RiskRules:
    """The same, none of which counts before somebody has confirmed it."""
    return replace(
        rules,
        areas=tuple(replace(one, enabled=False) for one in rules.areas),
        rules=tuple(replace(one, enabled=False) for one in rules.rules),
    )


def invented(rules: RiskRules) -> tuple[Division, ...]:
    """The fictitious divisions that rules name: no table of divisions has them."""
    regions = (rules.home, *(one.region for one in rules.areas))
    names = {
        one.codes[0]: one.name
        for one in regions
        if len(one.codes) == 1 and one.codes[0].startswith(INVENTED)
    }
    return tuple(Division(code, name) for code, name in sorted(names.items()))


def _area(raw: Mapping[str, Any], today: date | None) -> AreaLevel:
    return AreaLevel(
        region=_region(raw),
        level=RiskLevel(raw["level"]),
        since=_day(raw["since"], today),
        until=_day(raw["until"], today) if "until" in raw else None,
        basis=_basis(raw),
        enabled=raw["enabled"],
    )


def _rule(raw: Mapping[str, Any], today: date | None) -> ObservationRule:
    return ObservationRule(
        code=raw["code"],
        since=_day(raw["since"], today),
        until=_day(raw["until"], today) if "until" in raw else None,
        levels=frozenset(RiskLevel(one) for one in raw["levels"]),
        days=raw["days"],
        count_from=CountFrom(raw["count_from"]),
        basis=_basis(raw),
        origin=_region(raw["origin"]) if "origin" in raw else None,
        overrides=frozenset(raw.get("overrides", ())),
        enabled=raw["enabled"],
    )


def _region(raw: Mapping[str, Any]) -> Region:
    return Region(raw["name"], tuple(raw["codes"]), tuple(raw.get("excepted", ())))


def _basis(raw: Mapping[str, Any]) -> str:
    """The basis, and what whoever confirms it must know."""
    return f"{raw['basis']}（{raw['note']}）" if raw.get("note") else str(raw["basis"])


def _day(value: date | int, today: date | None) -> date:
    if isinstance(value, date):
        return value
    assert today is not None
    return today + timedelta(days=value)


def _problems(raw: Mapping[str, Any], today: date | None) -> Iterator[str]:
    if not raw.get("name"):
        yield "name: missing"
    yield from _of_region("home", raw.get("home", {}))
    tenths = raw.get("fever", {}).get("tenths")
    if not isinstance(tenths, int) or not COLDEST <= tenths <= HOTTEST:
        yield f"fever.tenths: {tenths!r} is no temperature in tenths of a degree"
    codes = [one.get("code") for one in raw.get("rule", ())]
    yield from (f"rule {one}: twice" for one in sorted({c for c in codes if codes.count(c) > 1}))
    for number, one in enumerate(raw.get("area", ()), start=1):
        where = f"area {number} ({one.get('name', '?')})"
        yield from _of_keys(where, one, WITHIN_AREA)
        yield from _of_region(where, one)
        yield from _of_member(where, "level", [one.get("level")], RiskLevel)
        yield from _of_row(where, one, today)
    for one in raw.get("rule", ()):
        where = f"rule {one.get('code', '?')}"
        yield from _of_keys(where, one, WITHIN_RULE)
        yield from _of_rule(where, one, codes)
        yield from _of_row(where, one, today)


def _of_rule(where: str, raw: Mapping[str, Any], codes: list[str]) -> Iterator[str]:
    if not raw.get("code"):
        yield f"{where}: no code"
    yield from _of_member(where, "levels", raw.get("levels") or [None], RiskLevel)
    yield from _of_member(where, "count_from", [raw.get("count_from")], CountFrom)
    days = raw.get("days")
    if not isinstance(days, int) or not 0 <= days <= LONGEST:
        yield f"{where}: days {days!r} is not from 0 to {LONGEST}"
    if "origin" in raw:
        yield from _of_region(f"{where}, origin", raw["origin"])
    strange = sorted(set(raw.get("overrides", ())) - set(codes))
    yield from (f"{where}: overrides {one}, which is no rule" for one in strange)


def _of_keys(where: str, raw: Mapping[str, Any], known: frozenset[str]) -> Iterator[str]:
    yield from (f"{where}: {key} is unknown" for key in sorted(set(raw) - known))


def _of_member(
    where: str, key: str, values: Iterable[object], members: type[RiskLevel] | type[CountFrom]
) -> Iterator[str]:
    known = [one.value for one in members]
    for value in values:
        if value not in known:
            yield f"{where}: {key} {value!r} is none of {', '.join(known)}"


def _of_region(where: str, raw: Mapping[str, Any]) -> Iterator[str]:
    if not raw.get("name"):
        yield f"{where}: no name"
    codes, excepted = raw.get("codes") or [], raw.get("excepted", [])
    if not codes:
        yield f"{where}: no codes"
    for code in (*codes, *excepted):
        if code != ABROAD and not str(code).startswith(INVENTED) and named(str(code)) is None:
            yield f"{where}: {code} is no division"
    for code in excepted:
        if not any(code != one and code.startswith(one) for one in codes):
            yield f"{where}: {code} is excepted from nothing"


def _of_row(where: str, raw: Mapping[str, Any], today: date | None) -> Iterator[str]:
    if not raw.get("basis"):
        yield f"{where}: no basis"
    if not isinstance(raw.get("enabled"), bool):
        yield f"{where}: enabled must be said, true or false"
    days = [raw[key] for key in ("since", "until") if key in raw]
    if "since" not in raw:
        yield f"{where}: no since"
    for value in days:
        if not isinstance(value, date | int):
            yield f"{where}: {value!r} is no day"
            return
        if not isinstance(value, date) and today is None:
            yield f"{where}: {value} counts from the day of loading, which is not told"
            return
    if len(days) > 1 and _day(days[1], today) < _day(days[0], today):
        yield f"{where}: ends before it begins"
