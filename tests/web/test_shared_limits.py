"""Limits hold for all processes together, and no page fails because a counter is out of reach."""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import Cast
from tests.conftest import DATABASE, Server
from tests.pages import Visitor
from web import serving
from web.frame import limiter
from web.settings import ROOT
from workflow.jobs import tasks
from workflow.store.db import db
from workflow.store.limits import RateLimit, SharedCounters

ENDED = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{DATABASE}'"
GUESS = {"code": "ABCD-ABCD-ABCD", "number": "37"}
MOST = 60  # guesses in a minute
PATIENCE = 15.0  # seconds


@pytest.fixture
def limited(app: Flask) -> Iterator[Flask]:
    """Limits in force, as in the service; afterwards the shared counters are back in use."""
    limiter.enabled = True
    yield app
    wait_for_shared_counters(app)
    limiter.enabled = False


def wait_for_shared_counters(app: Flask) -> None:
    deadline = time.monotonic() + PATIENCE
    while limiter.limiter.storage is not limiter.storage:
        assert time.monotonic() < deadline, "the limiter still counts in memory"
        time.sleep(0.1)
        Visitor(app).get("/verify")  # any page looks whether they are


@pytest.fixture
def counters(app: Flask) -> SharedCounters:
    return SharedCounters()


def rows() -> list[tuple[str, int]]:
    db.session.rollback()
    return [
        (row.key, row.count) for row in db.session.execute(select(RateLimit.key, RateLimit.count))
    ]


def test_the_service_counts_in_the_database(app: Flask) -> None:
    assert isinstance(limiter.storage, SharedCounters)
    assert isinstance(limiter.limiter.storage, SharedCounters)


def test_two_processes_share_the_count(app: Flask, secrets: dict[str, str]) -> None:
    env = {**os.environ, **secrets, "DATABASE_URL": serving.conninfo(app)}
    guessing = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.web.guesser", "45"],
            cwd=ROOT,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for _ in range(2)
    ]
    said = [one.communicate(timeout=120)[0].splitlines()[-1].split() for one in guessing]
    assert [len(codes) for codes in said] == [45, 45]
    assert Counter(said[0] + said[1]) == {"404": MOST, "429": 30}


def test_hits_at_the_same_instant_are_all_counted(app: Flask, counters: SharedCounters) -> None:
    def hit(_: int) -> int:
        with app.app_context():
            return counters.incr("same", 60)

    with ThreadPoolExecutor(8) as threads:
        counts = sorted(threads.map(hit, range(400)))
    assert counts == list(range(1, 401))


def test_a_window_ends_and_the_next_begins(counters: SharedCounters) -> None:
    assert [counters.incr("short", 1), counters.incr("long", 60)] == [1, 1]
    assert [counters.incr("short", 1), counters.incr("long", 60, 2)] == [2, 3]
    assert counters.get_expiry("short") == pytest.approx(time.time() + 1, abs=1)
    time.sleep(1.05)
    assert [counters.get("short"), counters.get("long")] == [0, 3]
    assert [counters.incr("short", 1), counters.incr("long", 60)] == [1, 4]


def test_windows_that_are_over_are_forgotten(counters: SharedCounters) -> None:
    counters.incr("short", 1)
    counters.incr("long", 60)
    time.sleep(1.05)
    tasks.forget_rate_limits(timestamp=0)
    assert [count for _, count in rows()] == [1]
    assert counters.get("long") == 1


def test_counters_can_be_cleared(counters: SharedCounters) -> None:
    for key in ("one", "other", "third"):
        counters.incr(key, 60)
    counters.clear("one")
    assert [counters.get("one"), counters.get("other")] == [0, 1]
    assert counters.get_expiry("one") == pytest.approx(time.time(), abs=1)
    assert counters.reset() == 2
    assert rows() == []


def test_a_hit_counts_whatever_becomes_of_the_request(counters: SharedCounters) -> None:
    db.session.execute(db.text("SELECT 1"))
    counters.incr("kept", 60)
    db.session.rollback()
    assert counters.get("kept") == 1


def test_no_address_is_written_down(limited: Flask) -> None:
    Visitor(limited).post("/verify", GUESS, "/verify")
    [(key, count)] = rows()
    assert count == 1
    assert set(key) <= set("0123456789abcdef")
    assert len(key) == 64


def test_without_its_table_each_process_counts_by_itself(limited: Flask, cast: Cast) -> None:
    guesser = Visitor(limited)
    told = GUESS | {"csrf_token": guesser.token("/verify")}
    db.session.execute(db.text("ALTER TABLE rate_limits RENAME TO away"))
    db.session.commit()
    codes = [guesser.post_bare("/verify", told).status_code for _ in range(MOST + 1)]
    assert codes == [404] * MOST + [429]
    db.session.execute(db.text("ALTER TABLE away RENAME TO rate_limits"))
    db.session.commit()
    wait_for_shared_counters(limited)
    assert guesser.post_bare("/verify", told).status_code == 404
    assert [count for _, count in rows()] == [1]


def test_while_the_database_is_away_pages_say_so_and_limits_hold(
    limited: Flask, server: Server
) -> None:
    visitor = Visitor(limited)
    told = {"email": "x", "password": "y", "csrf_token": visitor.token("/sign-in")}
    db.session.remove()
    server.run(f"ALTER DATABASE {DATABASE} ALLOW_CONNECTIONS false")
    try:
        server.run(ENDED)
        answers = [visitor.post_bare("/sign-in", told) for _ in range(31)]
    finally:
        server.run(f"ALTER DATABASE {DATABASE} ALLOW_CONNECTIONS true")
    assert [one.status_code for one in answers] == [503] * 30 + [429]
    assert "试得太快了" in answers[-1].text
    assert answers[-1].headers["Retry-After"]
    wait_for_shared_counters(limited)
    assert visitor.post_bare("/sign-in", told).status_code == 200


def test_no_hit_waits_for_the_disk(app: Flask) -> None:
    kept = db.text("SELECT relpersistence FROM pg_class WHERE relname = 'rate_limits'")
    assert db.session.scalar(kept) in ("u", b"u")
