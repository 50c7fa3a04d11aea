"""Time the pages of officers and of verification in a small town and in a huge one.

    .venv/bin/python benchmarks/pages.py [--full]

A queue, a case and a verification are asked for through the whole application in turns: of a
database with 1,000 cases and of one with 100,000 (--full: 1,000,000). The ratio is the time in the
small one by the time in the large one, 1 where the number of cases costs nothing; the worst page
of each kind counts. Times are lower quartiles: what else the machine does disturbs them least.
Brings its own database server in a temporary folder.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import md5
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import psycopg  # noqa: E402 - the path comes first
from flask import Flask  # noqa: E402 - the path comes first
from flask.testing import FlaskClient  # noqa: E402 - the path comes first

from app import create_app  # noqa: E402 - the path comes first
from benchmarks import _manycases as manycases  # noqa: E402 - the path comes first
from web import serving  # noqa: E402 - the path comes first
from web.frame import limiter  # noqa: E402 - the path comes first
from web.instance import temporary  # noqa: E402 - the path comes first
from web.settings import Settings  # noqa: E402 - the path comes first
from workflow.store.accounts import named  # noqa: E402 - the path comes first
from workflow.store.db import db  # noqa: E402 - the path comes first

SMALL = 1_000
ROUNDS, WARM = 25, 3
TARGET = 0.77
Address = Callable[[int], str]


def _name(n: int) -> str:
    signs = 19968 + n * 7919 % 5000, 19968 + n * 104729 % 5000, 25968 + n // 5000
    return "".join(chr(one) for one in signs)


def _of(turn: int) -> Callable[[int], int]:
    """The numbers of copies in one state, one after the other; in both databases."""
    return lambda i: manycases.EACH * (1 + i) + turn


ACCEPTED, ISSUED = _of(1), _of(manycases.EACH - 1)
PAGES: dict[str, tuple[str, Address]] = {
    "queue: office": ("qiyeban", lambda _: "/office/queue?turn=todo"),
    "queue: office, further": (
        "qiyeban",
        lambda i: f"/office/queue?turn=todo&after=2026-12-01.{manycases.BASE + i}",
    ),
    "queue: liaison": ("zhuanyuan", lambda _: "/liaison/?turn=todo"),
    "queue: issuer": ("qianfa", lambda _: "/issuer/?turn=todo"),
    "queue: command": ("zhihuibu", lambda _: "/command/?turn=todo"),
    "queue: overdue": ("zhihuibu", lambda _: "/command/?turn=late"),
    "queue: all cases": ("qiyeban", lambda _: "/office/cases"),
    "queue: of a class": ("qiyeban", lambda _: "/office/queue?place_class=factory"),
    "queue: by name": ("qiyeban", lambda i: f"/office/cases?words={_name(ACCEPTED(i))}"),
    "case": ("qiyeban", lambda i: f"/office/cases/{manycases.BASE + ACCEPTED(i)}"),
    "case: issued": ("qiyeban", lambda i: f"/office/cases/{manycases.BASE + ISSUED(i)}"),
    "verification": ("", lambda i: f"/v/{_token(ISSUED(i))}"),
}


def _token(n: int) -> str:
    return md5(f"t{n}".encode()).hexdigest()  # noqa: S324 - no secret, a name for a copy


class Town:
    """One of the two databases behind an application of its own."""

    def __init__(self, env: dict[str, str], database: str) -> None:
        url = env["DATABASE_URL"].replace("/fugong?", f"/{database}?")
        self.app: Flask = create_app(Settings.from_env({**os.environ, **env, "DATABASE_URL": url}))
        self._clients: dict[str, FlaskClient] = {}

    def time(self, who: str, address: str) -> float:
        """Milliseconds of one page, as its reader is served."""
        client = self._client(who)
        begun = time.perf_counter()
        answer = client.get(address)
        spent = (time.perf_counter() - begun) * 1000
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
        return spent

    def _client(self, who: str) -> FlaskClient:
        if who not in self._clients:
            client = self._clients[who] = self.app.test_client()
            if who:
                with self.app.app_context(), client.session_transaction() as session:
                    session["_user_id"] = named(who).fs_uniquifier
                    session["_fresh"] = True
                    db.session.remove()
        return self._clients[who]


@contextmanager
def towns(large: int) -> Iterator[tuple[Town, Town, float]]:
    """A small and a large one, and the seconds that it took to fill the large one."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, temporary(Path(folder)) as env:
        limiter.enabled = False
        small = Town(env, "fugong")
        with small.app.app_context():
            serving.migrate()
            found = manycases.some_cases()
            manycases.copies(found, 1, SMALL)
            db.session.remove()
            db.engine.dispose()
        admin = env["DATABASE_URL"].replace("+psycopg", "").replace("/fugong?", "/postgres?")
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute("CREATE DATABASE large TEMPLATE fugong STRATEGY file_copy")
        huge, begun = Town(env, "large"), time.perf_counter()
        with huge.app.app_context():
            manycases.copies(found, SMALL + 1, large)
        yield small, huge, time.perf_counter() - begun
        for one in (small, huge):
            with one.app.app_context():
                db.session.remove()
                db.engine.dispose()


def measure(large: int) -> dict[str, object]:
    load = os.getloadavg()[0]
    with towns(large) as (small, huge, filled):
        pages = {}
        for name, (who, address) in PAGES.items():
            times: tuple[list[float], list[float]] = ([], [])
            numbers = count()
            for _ in range(ROUNDS + WARM):
                i = next(numbers)
                for town, mine in zip((small, huge), times, strict=True):
                    mine.append(town.time(who, address(i)))
            pages[name] = [round(statistics.quantiles(one[WARM:])[0], 1) for one in times]
    ratios = {name: round(few / many, 2) for name, (few, many) in pages.items()}
    kinds = {name.partition(":")[0] for name in pages}
    worst = {
        kind: min(ratio for name, ratio in ratios.items() if name.partition(":")[0] == kind)
        for kind in sorted(kinds)
    }
    return {
        "job": "pages",
        "unit": f"milliseconds a page with {SMALL} and with {large} cases",
        "pages": pages,
        "ratios": ratios,
        "worst": worst,
        "ratio": min(worst.values()),
        "target": TARGET,
        "filled_seconds": round(filled, 1),
        "load": round(load, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help="a million cases")
    large = 1_000_000 if parser.parse_args().full else 100_000
    print(json.dumps(measure(large), ensure_ascii=False))


if __name__ == "__main__":
    main()
