"""Time the requirement list of a place, and the same conditions as plain ``if``s, in the same run.

    .venv/bin/python benchmarks/rules.py [--full]

Ours: ``pack.held`` for the eight profiles, campaign epidemic, phase before. It completes the facts,
evaluates with three answers and keeps the comparisons that decided. Plain: a function with one
``if`` for each requirement, written from the pack when the benchmark begins and compiled; it knows
only yes and no and gives only codes. Both must give the expected lists. The two take turns, each
going first as often as the other, and CPU time is counted, which other work hardly disturbs.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.core.places import PACKS, PROFILES, facts_for  # noqa: E402 - the path comes first
from workflow.core.facts import FactKind, Facts  # noqa: E402 - the path comes first
from workflow.core.packs import Pack  # noqa: E402 - the path comes first
from workflow.core.requirements import Phase  # noqa: E402 - the path comes first
from workflow.core.terms import All, AnyOf, Leaf, Not, Term  # noqa: E402 - the path comes first

PACK = PACKS["epidemic"]
NOTHING = {
    FactKind.BOOL: "False",
    FactKind.INT: "0",
    FactKind.DECIMAL: "0",
    FactKind.ENUM: "''",
    FactKind.SET: "frozenset()",
}
SIGNS = {"is": "==", "at_least": ">=", "at_most": "<=", "before": "<", "after": ">"}
Maker = Callable[[Facts], list[str]]


def written(term: Term, pack: Pack) -> str:
    """A condition as a Python expression; what is not asked counts as nothing."""
    match term:
        case All(parts):
            return f"({' and '.join(written(part, pack) for part in parts)})"
        case AnyOf(parts):
            return f"({' or '.join(written(part, pack) for part in parts)})"
        case Not(part):
            return f"not {written(part, pack)}"
        case Leaf(fact, op, value):
            kind = pack.fact(fact).kind
            if kind is FactKind.DATE:
                return f"facts[{fact!r}] {SIGNS[op]} {date.fromisoformat(str(value))!r}"
            told = f"facts.get({fact!r}, {NOTHING[kind]})"
            if op == "present" or value is True:
                return told
            if op == "in":
                return f"{told} {'&' if kind is FactKind.SET else 'in'} {set(value)!r}"
            return f"{told} {SIGNS[op]} {value!r}"
    raise ValueError(f"cannot write {term!r}")


def plain_maker(pack: Pack, phase: Phase) -> Maker:
    """The function that a programmer would have written by hand for this campaign and phase."""
    lines = ["def plain(facts):", " codes, place = [], facts['class']"]
    everyone = {key for key, _ in pack.fact("class").choices}
    for one in pack.requirements:
        if one.phase is phase:
            asked = [] if one.classes == everyone else [f"place in {set(one.classes)!r}"]
            asked += [written(one.when, pack)] if one.when else []
            lines.append(f" if {' and '.join(asked) or 'True'}: codes.append({one.code!r})")
    lines.append(" return codes")
    known: dict[str, object] = {"Decimal": Decimal, "datetime": sys.modules["datetime"]}
    exec(compile("\n".join(lines), "<plain>", "exec"), known)
    return known["plain"]


def our_maker(facts: Facts) -> list[str]:
    return [one.code for one in PACK.held(facts)]


def check(makers: dict[str, Maker], places: dict[str, Facts]) -> None:
    """A fast wrong list would be worth nothing."""
    for name, facts in places.items():
        expected = PROFILES[name]["expected"]["epidemic"]["before"].split()
        for way, make in makers.items():
            if make(facts) != expected:
                raise SystemExit(f"the list of {name} is wrong in the way {way}")


def timed(make: Callable[[Facts], object], places: list[Facts], times: int) -> float:
    """Microseconds of CPU for one list."""
    begun = time.process_time()
    for _ in range(times):
        for facts in places:
            make(facts)
    return (time.process_time() - begun) / times / len(places) * 1e6


def measure(full: bool) -> dict[str, object]:
    rounds = 400 if full else 80
    places = {name: facts_for(PACK, profile["facts"]) for name, profile in PROFILES.items()}
    plain = plain_maker(PACK, Phase.BEFORE)
    check({"ours": our_maker, "plain": plain}, places)
    ways = {"ours": (PACK.held, 40), "plain": (plain, 400), "completing": (PACK.completed, 200)}
    found: dict[str, list[float]] = {way: [] for way in ways}
    for turn in range(rounds):
        for way in list(ways)[:: 1 if turn % 2 else -1]:
            make, times = ways[way]
            found[way].append(timed(make, list(places.values()), times))
    median = {way: statistics.median(values) for way, values in found.items()}
    return {
        "job": "rules",
        "ours": round(median["ours"], 1),
        "floor": round(median["plain"], 2),
        "ratio": round(median["plain"] / median["ours"], 3),
        "unit": "CPU µs of the list of a place",
        "of_which_completing": round(median["completing"], 1),
        "lists_per_second": round(1e6 / median["ours"]),
        "load": round(os.getloadavg()[0], 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help="five times as many rounds")
    print(json.dumps(measure(parser.parse_args().full), ensure_ascii=False))


if __name__ == "__main__":
    main()
