"""A real worker process in which something happens right after one step of issuing.

The product has no hook for it: the step is wrapped here. Run by ``conftest.Workers``.
"""

import argparse
import os
import signal
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from app import create_app
from web import post, press, serving
from workflow.issuing.rendering import Renderer
from workflow.issuing.signing import Sealer
from workflow.jobs import tasks, worker
from workflow.jobs.press import Pressroom
from workflow.notify.mail import Post
from workflow.store import audit, files, notifications, placenews
from workflow.usecases import releasing
from workflow.usecases.health import alerting

# In the order in which issuing passes them.
STEPS: dict[str, tuple[object, str]] = {
    "fetched": (Pressroom, "press"),  # the first thing the task does
    "rendered": (Renderer, "render"),
    "signed": (Sealer, "sign"),
    "stored": (files, "put"),  # the bytes, before the transaction that refers to them
    "recorded": (audit, "record"),  # the last thing in the transaction, before its commit
    "committed": (releasing, "mark_issued"),  # before the job is acknowledged
    "claimed": (notifications, "claim"),  # for a mail, before the claim is committed
    "alarmed": (placenews, "tell"),  # the first audience of an alert, before the commit
    "told": (alerting, "tell"),  # everyone, before the job is acknowledged
    "composed": (Post, "composed"),  # the claim stands, the server has not been asked
}
HELD_FOR = 60.0  # seconds at most: a test that failed leaves no process behind


def hold(folder: Path) -> None:
    """Says that the step is done, and goes on when told to."""
    (folder / f"{os.getpid()}.held").touch()
    deadline = time.monotonic() + HELD_FOR
    while not (folder / f"{os.getpid()}.go").exists() and time.monotonic() < deadline:
        time.sleep(0.01)


def die(_: Path) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


EVENTS: dict[str, Callable[[Path], None]] = {"hold": hold, "die": die}


def happen_after(step: str, event: str, folder: Path) -> None:
    owner, name = STEPS[step]
    original = getattr(owner, name)

    def wrapped(*args: object, **kwargs: object) -> object:
        result = original(*args, **kwargs)
        EVENTS[event](folder)
        return result

    # A class method comes out of getattr bound to its class already.
    bound = getattr(original, "__self__", None) is owner
    setattr(owner, name, staticmethod(wrapped) if bound else wrapped)


def hurry(dead_after: int) -> None:
    """Takes a silent worker for dead sooner than in production. The schedules stay as they are."""
    worker.HEARTBEAT_SECONDS = 1
    worker.STALLED_WORKER_SECONDS = tasks.STALLED_SECONDS = dead_after


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--queue", action="append", required=True)
    parser.add_argument("--now", type=datetime.fromisoformat, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--step", choices=STEPS)
    parser.add_argument("--event", choices=EVENTS)
    parser.add_argument("--dead-after", type=int)
    told = parser.parse_args()
    app = create_app()
    app.config["CLOCK"] = lambda: told.now
    if told.dead_after:
        hurry(told.dead_after)
    with app.app_context():
        press.configure(app, warm=False)
        post.configure(app)
        if told.step:
            happen_after(told.step, told.event, told.folder)
        name = f"test-{os.getpid()}"
        worker.run(serving.conninfo(app), told.queue, name, app.app_context)


if __name__ == "__main__":
    main()
