"""Web and database die in mid-load: what was acknowledged is there, and counts once.

On a database server of its own, under the product as it is served, with the real clock.
"""

import os
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from app import create_app
from benchmarks import _checkin_town
from benchmarks._checkin_load import Load, send
from tests.hurry import quick_folder
from web import serving
from web.instance import temporary
from web.settings import ROOT, Settings
from web.staff.seals import Seals
from workflow.core.days import day_of
from workflow.store.crypto import Keyring
from workflow.store.files import Vault

CONNECTIONS, PLACES, EACH, REPEATED = 16, 40, 600, 60
PATIENCE = 20.0


@dataclass
class City:
    """A database and the service on it."""

    env: Mapping[str, str]
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def history(self) -> int:
        """The check-ins that there are before a load."""
        return int(str(self.ask("SELECT count(*) FROM check_ins")[0][0]))

    def start(self) -> None:
        self.process = subprocess.Popen(
            serving.web_command("127.0.0.1", self.port),
            cwd=ROOT,
            env={**os.environ, **self.env},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        assert serving.wait_until_ready(f"http://127.0.0.1:{self.port}", threading.Event())

    def kill(self) -> None:
        """Its web processes, all at once and without a word."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None

    def crash(self) -> None:
        """One process of PostgreSQL dies, on which the server ends all and recovers by itself."""
        found = self.ask(
            "SELECT pid FROM pg_stat_activity WHERE query LIKE '%staff_links%'"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        os.kill(int(str(found[0][0])), signal.SIGKILL)

    def ask(self, query: str) -> list[tuple[object, ...]]:
        dsn = _checkin_town.conninfo(self.env["DATABASE_URL"])
        with psycopg.connect(dsn, autocommit=True) as connection:
            return connection.execute(query.encode()).fetchall()

    def wait_for(self, query: str, least: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                if int(str(self.ask(query)[0][0])) >= least:
                    return
            except psycopg.OperationalError:
                pass
            time.sleep(0.02)
        raise AssertionError(query)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def city() -> Iterator[City]:
    keys, vault = Keyring._keys, Vault._root
    with (
        pytest.MonkeyPatch.context() as patch,
        tempfile.TemporaryDirectory(dir=quick_folder()) as folder,
    ):
        patch.setattr(_checkin_town, "PLACES", PLACES)
        patch.setattr(_checkin_town, "PEOPLE", 4 * EACH)
        with temporary(Path(folder)) as env:
            app = create_app(Settings.from_env({**os.environ, **env}))
            _checkin_town.fill(app, datetime.now(UTC), 1)
            made = City(env, free_port())
            yield made
            made.kill()
    patch.setattr(Keyring, "_keys", keys)
    patch.setattr(Vault, "_root", vault)


def requests(city: City, turn: int) -> list[bytes]:
    """Of people who have not told yet, from all places."""
    at, seals = datetime.now(UTC), Seals(city.env["SECRET_KEY"])
    links = (1 + (turn * EACH + n) * 7 % (4 * EACH) for n in range(EACH))
    return [_checkin_town.request(seals, city.port, link, at) for link in links]


def told(city: City) -> set[int]:
    """The links whose people's check-ins of today are there; the counts say as many, everywhere."""
    today = day_of(datetime.now(UTC)).isoformat()
    wrong = city.ask(
        "SELECT place_id FROM (SELECT day, place_id, half, count(*) AS told FROM check_ins"
        " WHERE seq = 0 GROUP BY day, place_id, half) AS counted FULL JOIN check_in_counts"
        " USING (day, place_id, half) WHERE counted.told IS DISTINCT FROM check_in_counts.told"
    )
    assert wrong == []
    found = city.ask(
        "SELECT staff_links.id FROM staff_links JOIN check_ins USING (place_id, line)"
        f" WHERE day = '{today}'"
    )
    assert len(found) == len({one for (one,) in found})
    return {int(str(one)) for (one,) in found}


def link_of(request: bytes) -> int:
    return int(request.partition(b"staff=")[2].partition(b".")[0])


def acknowledged(load: Load, sent: list[bytes]) -> set[int]:
    return {link_of(sent[one]) for one in load.kept}


def test_what_was_acknowledged_is_found_and_counts_once(city: City) -> None:
    city.start()
    for turn, events in enumerate(("nothing", "web", "postgres", "both")):
        survives(city, turn, events)


def survives(running: City, turn: int, events: str) -> None:
    sent = requests(running, turn)
    before, history = told(running), running.history
    with ThreadPoolExecutor(1) as pool:
        loading = pool.submit(send, running.port, sent, CONNECTIONS, PATIENCE)
        if events != "nothing":
            running.wait_for("SELECT count(*) FROM check_ins", history + EACH // 5)
        if events in {"postgres", "both"}:
            running.crash()
        if events in {"web", "both"}:
            running.kill()
        load = loading.result()
    running.wait_for("SELECT 1", 1)  # the server recovers by itself
    kept = acknowledged(load, sent)
    assert len(kept) == EACH if events == "nothing" else len(kept) >= EACH // 10, events
    assert kept <= told(running) - before, events
    if running.process is None:
        running.start()
    once_more = [one for one in sent if link_of(one) not in kept]
    again = send(running.port, once_more + sent[:REPEATED], CONNECTIONS, PATIENCE)
    assert again.refused == again.broken == 0, events
    assert told(running) - before == {link_of(one) for one in sent}, events
