"""Runs a module of ours in a process of its own, with little memory and little time.

For strangers' files: what a parser takes, it takes in a child that is thrown away, and never in a
process that serves others.
"""

import resource
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from workflow.core.refusals import Reason, Refusal, Refused

ROOT = Path(__file__).parent.parent.parent
MEMORY_BYTES = 1_500_000_000  # of addresses; a 50-megapixel photograph needs a third of it
CPU_SECONDS = 15
PATIENCE_SECONDS = 40
AT_ONCE = 2
_places = BoundedSemaphore(AT_ONCE)


def run(module: str, data: bytes) -> bytes:
    """What the module writes when it is given the bytes. Raises ``Refused`` if it breaks down."""
    with _places:
        try:
            done = subprocess.run(
                [sys.executable, "-m", module],
                input=data,
                capture_output=True,
                cwd=ROOT,
                timeout=PATIENCE_SECONDS,
                check=True,
            )
        except subprocess.SubprocessError as error:
            raise Refused(Refusal(Reason.FILE_BROKEN)) from error
    return done.stdout


def limit() -> None:
    """To be called first in the child."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def told(refused: Refused) -> list[list[object]]:
    """Refusals as JSON, the way back."""
    return [[one.reason.value, list(one.facts)] for one in refused.refusals]


def heard(refusals: list[list[object]]) -> Refused:
    """Refusals out of JSON, to be raised."""
    return Refused(
        *(
            Refusal(Reason(reason), tuple(facts if isinstance(facts, list) else ()))
            for reason, facts in refusals
        )
    )
