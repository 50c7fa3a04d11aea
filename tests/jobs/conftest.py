"""Worker processes of their own for the tests of the queue."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask

from tests.cast import Cast
from tests.conftest import Clock
from tests.jobs.evidence import approved
from web import serving
from web.settings import ROOT
from workflow.jobs.tasks import ISSUING
from workflow.store.db import db


def wait_until(true: Callable[[], object], what: str, within: float = 30.0) -> None:
    deadline = time.monotonic() + within
    while not true():
        if time.monotonic() > deadline:
            pytest.fail(f"waited {within} s in vain: {what}")
        time.sleep(0.05)
        db.session.rollback()


@dataclass
class Worker:
    """A running worker process, and what it writes."""

    process: subprocess.Popen[bytes]
    log: Path
    folder: Path

    def says(self, words: str) -> bool:
        return words in self.log.read_text()

    def is_held(self) -> bool:
        return (self.folder / f"{self.process.pid}.held").exists()

    def wait_until_held(self) -> None:
        wait_until(lambda: self.is_held() or self._ended(), "a worker at its step")
        assert self.is_held(), self.log.read_text()

    def let_go(self) -> None:
        (self.folder / f"{self.process.pid}.go").touch()

    def send(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def ended(self) -> int:
        """Its return code, once it has ended."""
        wait_until(self._ended, "a worker's end")
        return self.process.wait()

    def _ended(self) -> bool:
        return self.process.poll() is not None


@dataclass
class Workers:
    """Starts worker processes on the database and the files of the test."""

    env: dict[str, str]
    folder: Path
    clock: Clock
    started: list[Worker] = field(default_factory=list)

    def start(
        self, *queues: str, step: str = "", event: str = "", dead_after: int | None = None
    ) -> Worker:
        words = [f"--queue={queue}" for queue in queues or (ISSUING,)]
        words += [f"--now={self.clock().isoformat()}", f"--folder={self.folder}"]
        words += [f"--step={step}", f"--event={event}"] if step else []
        words += [f"--dead-after={dead_after}"] if dead_after else []
        log = self.folder / f"{len(self.started)}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.jobs.worker_process", *words],
                cwd=ROOT,
                env=self.env,
                stdout=output,
                stderr=output,
            )
        self.started.append(Worker(process, log, self.folder))
        return self.started[-1]

    def end(self) -> None:
        for worker in self.started:
            worker.process.kill()
            worker.process.wait()


@pytest.fixture
def workers(app: Flask, secrets: dict[str, str], clock: Clock, tmp_path: Path) -> Iterator[Workers]:
    folder = tmp_path / "workers"
    folder.mkdir()
    env = {
        **os.environ,
        **secrets,
        "DATABASE_URL": serving.conninfo(app),
        "FILE_STORE": str(tmp_path / "files"),
    }
    started = Workers(env, folder, clock)
    yield started
    started.end()


@pytest.fixture
def case_id(cast: Cast) -> int:
    """An approved case whose job waits."""
    return approved(cast.he, cast.lin)
