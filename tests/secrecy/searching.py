"""Finds a secret in bytes, however it is written there."""

import os
import subprocess
from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path


def ways(secret: str) -> set[bytes]:
    """The bytes by which a text gives itself away: plain, UTF-16, hex, and in base64."""
    found = set()
    for plain in (secret.encode(), secret.encode("utf-16-le"), secret.encode("utf-16-be")):
        found |= {plain, plain.hex().encode(), plain.hex().upper().encode()}
        found |= {_in_base64(plain, before) for before in range(3)}
    return found


def _in_base64(plain: bytes, before: int) -> bytes:
    """The letters that always stand for it behind so many bytes: those at its ends also depend on
    what stands beside it.
    """
    letters = b64encode(bytes(before) + plain)
    whole = (before + len(plain)) // 3 * 4
    return letters[(0, 2, 3)[before] : whole]


def found_in(where: Path, secrets: Iterable[str]) -> list[tuple[str, str]]:
    """Which secret stands in which file of a folder, or in a file."""
    looked_for = {way: secret for secret in secrets for way in ways(secret)}
    return [
        (str(path.relative_to(where.parent)), secret)
        for path in _hit(where, looked_for)
        for way, secret in looked_for.items()
        if way in path.read_bytes()
    ]


def _hit(where: Path, looked_for: Iterable[bytes]) -> list[Path]:
    """The files with any of it: grep looks for hundreds of words at once, Python for one."""
    patterns = sorted(looked_for)
    assert not any(b"\n" in one for one in patterns), "grep takes a pattern a line"
    command = ["grep", "-raFl", "-f", "-", "--", str(where)]
    done = subprocess.run(
        command, input=b"\n".join(patterns), capture_output=True, env={"LC_ALL": "C"}, check=False
    )
    assert done.returncode in {0, 1}, done.stderr
    return [Path(os.fsdecode(line)) for line in done.stdout.splitlines()]
