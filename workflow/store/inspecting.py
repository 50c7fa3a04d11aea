"""Looks at a stranger's file in a process of its own, with little memory and little time.

A few kilobytes can unpack to gigabytes inside a parser. What a parser takes it takes here, in a
child that is thrown away, and never in a process that serves others.
"""

import json
import resource
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from workflow.core.refusals import Reason, Refusal, Refused
from workflow.store.contents import MAX_BYTES, Content, checked

ROOT = Path(__file__).parent.parent.parent
MEMORY_BYTES = 1_500_000_000  # of addresses; a 50-megapixel photograph needs a third of it
CPU_SECONDS = 15
PATIENCE_SECONDS = 40
AT_ONCE = 2
_places = BoundedSemaphore(AT_ONCE)


def inspected(data: bytes) -> Content:
    """What ``contents.checked`` says of the file, found out at a safe distance."""
    if len(data) > MAX_BYTES:
        return checked(data)  # refused by its size alone
    with _places:
        try:
            done = subprocess.run(
                [sys.executable, "-m", "workflow.store.inspecting"],
                input=data,
                capture_output=True,
                cwd=ROOT,
                timeout=PATIENCE_SECONDS,
                check=True,
            )
        except subprocess.SubprocessError as error:
            raise Refused(Refusal(Reason.FILE_BROKEN)) from error
    head, _, body = done.stdout.partition(b"\n")
    said = json.loads(head)
    if "media_type" in said:
        return Content(body, said["media_type"])
    raise Refused(*(Refusal(Reason(reason), tuple(facts)) for reason, facts in said["refusals"]))


def main() -> None:
    """The child: reads the file, answers a line of JSON and, if it may be kept, its bytes."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        content = checked(sys.stdin.buffer.read())
    except Refused as refused:
        told = [[one.reason.value, list(one.facts)] for one in refused.refusals]
        sys.stdout.write(json.dumps({"refusals": told}) + "\n")
        return
    sys.stdout.write(json.dumps({"media_type": content.media_type}) + "\n")
    sys.stdout.flush()
    sys.stdout.buffer.write(content.data)


if __name__ == "__main__":
    main()
