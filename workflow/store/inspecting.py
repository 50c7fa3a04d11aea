"""Looks at a stranger's file at a safe distance.

A few kilobytes can unpack to gigabytes inside a parser.
"""

import json
import sys

from workflow.core.refusals import Refused
from workflow.store import aside
from workflow.store.aside import MEMORY_BYTES
from workflow.store.contents import MAX_BYTES, Content, checked

__all__ = ["MEMORY_BYTES", "inspected"]


def inspected(data: bytes) -> Content:
    """What ``contents.checked`` says of the file, found out in a child process."""
    if len(data) > MAX_BYTES:
        return checked(data)  # refused by its size alone
    head, _, body = aside.run("workflow.store.inspecting", data).partition(b"\n")
    said = json.loads(head)
    if "media_type" in said:
        return Content(body, said["media_type"])
    raise aside.heard(said["refusals"])


def main() -> None:
    """The child: reads the file, answers a line of JSON and, if it may be kept, its bytes."""
    aside.limit()
    try:
        content = checked(sys.stdin.buffer.read())
    except Refused as refused:
        sys.stdout.write(json.dumps({"refusals": aside.told(refused)}) + "\n")
        return
    sys.stdout.write(json.dumps({"media_type": content.media_type}) + "\n")
    sys.stdout.flush()
    sys.stdout.buffer.write(content.data)


if __name__ == "__main__":
    main()
