"""Time the morning check-in of a whole city, ours against the least that Flask could do.

    .venv/bin/python benchmarks/checkin.py [--full]

The product as it is served (granian, two processes with four threads each) on 2,000 places and
200,000 people with a link each; the floor is Flask and psycopg with one insert, under the same
granian on the same database. Both take turns under a closed loop of 32 connections; ours then
also an open loop at 500 a second. After every load every acknowledged check-in must be found, and
the counts must be what the rows say. Brings its own database server in a temporary folder.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import psycopg  # noqa: E402 - the path comes first

from app import create_app  # noqa: E402 - the path comes first
from benchmarks import _checkin_floor, _checkin_town  # noqa: E402 - the path comes first
from benchmarks._checkin_load import Load, send  # noqa: E402 - the path comes first
from web import serving  # noqa: E402 - the path comes first
from web.instance import temporary  # noqa: E402 - the path comes first
from web.settings import Settings  # noqa: E402 - the path comes first
from web.staff.seals import Seals  # noqa: E402 - the path comes first
from workflow.core.days import day_of  # noqa: E402 - the path comes first

OURS, FLOOR = 8151, 8152
FLOOR_FACTORY = "benchmarks._checkin_floor:create_app"
CONNECTIONS, RATE, OPEN_CONNECTIONS = 32, 500, 128
WARM = 2.0
STRIDE = 79_193  # has no divisor in common with the number of people
TARGET = 0.7
MOST = 2_500  # a second: more than either serves


class Town:
    """The database, what is sent to it, and what must be found in it afterwards."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._dsn = _checkin_town.conninfo(env["DATABASE_URL"])
        self._seals = Seals(env["SECRET_KEY"])
        self._used = {OURS: 0, FLOOR: 0}
        self.found = 0

    def requests(self, port: int, seconds: float) -> tuple[list[bytes], int]:
        """As many as can be sent in that time, of people who have not told yet; who is first."""
        at = datetime.now(UTC)
        first = self._used[port]
        count = min(int(seconds * MOST), _checkin_town.PEOPLE - first)
        self._used[port] += count
        made = (_checkin_town.request(self._seals, port, _who(first + n), at) for n in range(count))
        return list(made), first

    def check(self, load: Load, first: int) -> None:
        """Every acknowledged one is there, and the counts are what the rows say."""
        day = day_of(datetime.now(UTC))
        with psycopg.connect(self._dsn) as connection:
            rows = connection.execute(
                "SELECT place_id, line, half FROM check_ins WHERE day = %s", (day,)
            ).fetchall()
            told = connection.execute(
                "SELECT coalesce(sum(told), 0) FROM check_in_counts WHERE day = %s", (day,)
            ).fetchone()
        each = _checkin_town.PEOPLE // _checkin_town.PLACES
        there = {(place - _checkin_town.FIRST - 1) * each + line for place, line, _ in rows}
        missing = [one for one in load.kept if _who(first + one) not in there]
        if missing or told is None or told[0] != len(rows):
            raise SystemExit(f"{len(missing)} lost; {len(rows)} rows, counted {told}")
        self.found = len(rows)


def _who(turn: int) -> int:
    """People of all places check in among each other, as on a morning."""
    return 1 + turn * STRIDE % _checkin_town.PEOPLE


@contextmanager
def served(env: Mapping[str, str], log: Path) -> Iterator[None]:
    """Ours and the floor, both under granian as ``serving`` starts it."""
    commands = []
    for port, factory in ((OURS, ""), (FLOOR, "benchmarks._checkin_floor:create_app")):
        command = serving.web_command("127.0.0.1", port)
        commands.append(
            [factory if factory and one == "app:create_app" else one for one in command]
        )
    with log.open("wb") as out:
        running = [
            subprocess.Popen(one, cwd=ROOT, env={**os.environ, **env}, stdout=out, stderr=out)
            for one in commands
        ]
        try:
            time.sleep(8)
            yield
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(20)


def measure(rounds: int, seconds: float, days: int) -> dict[str, object]:
    begun_with = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, temporary(Path(folder)) as env:
        begun = time.perf_counter()
        settings = Settings.from_env({**os.environ, **env})
        _checkin_town.fill(create_app(settings), datetime.now(UTC), days)
        with psycopg.connect(_checkin_town.conninfo(env["DATABASE_URL"])) as connection:
            connection.execute(_checkin_floor.TABLE)
        filled = time.perf_counter() - begun
        town = Town(env)
        spawn = get_context("spawn")
        with served(env, Path(folder) / "log"), ProcessPoolExecutor(1, spawn) as sender:
            loads = _loads(town, sender, rounds, seconds)
    return _told(loads, town.found) | {
        "filled_seconds": round(filled, 1),
        "history_days": days,
        "load": round(begun_with, 1),
    }


def _loads(
    town: Town, sender: ProcessPoolExecutor, rounds: int, seconds: float
) -> dict[str, list[Load]]:
    """The closed loops in turns, a short one first that is not counted; then the open one."""
    found: dict[str, list[Load]] = {"ours": [], "floor": [], "open": []}

    def one(name: str, port: int, lasts: float, rate: float = 0.0) -> None:
        requests, first = town.requests(port, lasts)
        lines = OPEN_CONNECTIONS if rate else CONNECTIONS
        load = sender.submit(send, port, requests, lines, lasts, rate).result()
        if port == OURS:
            town.check(load, first)
        found[name].append(load)

    for turn in range(rounds + 1):
        lasts = seconds if turn else WARM
        one("ours", OURS, lasts)
        one("floor", FLOOR, lasts)
    one("open", OURS, 2 * seconds, RATE)
    return {name: loads if name == "open" else loads[1:] for name, loads in found.items()}


def _told(loads: Mapping[str, list[Load]], found: int) -> dict[str, object]:
    speeds = {name: [len(one.times) / one.seconds for one in of] for name, of in loads.items()}
    ratios = [ours / floor for ours, floor in zip(speeds["ours"], speeds["floor"], strict=True)]
    ours = [one for load in loads["ours"] for one in load.times]
    open_loop = loads["open"][0]
    return {
        "job": "checkin",
        "unit": "check-ins a second, closed loop of 32 connections",
        "ours": round(statistics.median(speeds["ours"])),
        "floor": round(statistics.median(speeds["floor"])),
        "ratio": round(statistics.median(ratios), 2),
        "target": TARGET,
        "p50_ms": _ms(ours, 50),
        "p99_ms": _ms(ours, 99),
        "floor_p99_ms": _ms([one for load in loads["floor"] for one in load.times], 99),
        "open_loop": {
            "asked": RATE,
            "answered": round(speeds["open"][0]),
            "unsent": open_loop.unsent,
            "p50_ms": _ms(open_loop.times, 50),
            "p99_ms": _ms(open_loop.times, 99),
        },
        "refused": sum(load.refused for of in loads.values() for load in of),
        "broken": sum(load.broken for of in loads.values() for load in of),
        "kept_and_counted": found,
    }


def _ms(times: list[float], percent: int) -> float:
    return round(statistics.quantiles(times, n=100)[percent - 1] * 1000, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help="longer, on two weeks of check-ins")
    told = measure(5, 8.0, 14) if parser.parse_args().full else measure(3, 4.0, 1)
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
