"""After a full run nobody's document number and no mobile of staff lies anywhere in clear."""

import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.hurry import quick_folder
from tests.secrecy.people import NAMES, SECRETS
from tests.secrecy.searching import found_in, ways
from web.settings import ROOT

PLAIN = "样例镇东示村工业路1号"  # the address of a place is no secret: it has to be found
LOGGED = "log.txt"


@pytest.fixture
def left() -> Iterator[Path]:
    """What a run leaves behind, in a process of its own: it has other keys."""
    folder = Path(mkdtemp(prefix="fugong-secrecy-", dir=quick_folder()))
    try:
        with (folder / LOGGED).open("wb") as log:
            command = [sys.executable, "-m", "tests.secrecy.run", str(folder)]
            done = subprocess.run(command, cwd=ROOT, stdout=log, stderr=log, timeout=240)
        assert done.returncode == 0, (folder / LOGGED).read_text()[-4000:]
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


PLACES = {
    "the database's files, its write-ahead log, and its log": "pg",
    "every row as text: jobs, ledger, notifications too": "dump",
    "what the application logged": LOGGED,
    "the addresses asked for": "asked.json",
    "the mail": "mails.txt",
    "the file store": "instance/files",
}
# What must have been written in the run, so that nothing was missed for being left out.
WRITTEN = {
    "people": 6,
    "engagements": 6,
    "roster_imports": 1,
    "registrations": 7,
    "poster_entries": 7,
    "check_ins": 7,
    "health_alerts": 2,
    "health_releases": 1,
    "health_reveals": 2,
    "return_calls": 1,
    "staff_links": 6,
    "documents": 2,
    "procrastinate_jobs": 3,
    "audit_events": 4,
    "notifications": 4,
}


def test_no_number_and_no_mobile_of_staff_stands_anywhere(left: Path) -> None:
    """One run, looked at from all sides: each costs many seconds."""
    assert lacking(left / "dump") == {}
    said_aloud(left)
    for place in ("pg/base", "pg/pg_wal", "pg/log", "dump"):
        assert found_in(left / place, [PLAIN]), f"the search finds nothing at all in {place}"
    for name, place in PLACES.items():
        assert size_of(left / place), name
        assert found_in(left / place, [*SECRETS, *NAMES]) == [], name


def lacking(dump: Path) -> dict[str, int]:
    """The tables that the run wrote too little into, and how much."""
    rows = {table: len((dump / table).read_text("utf-8").splitlines()) for table in WRITTEN}
    return {table: count for table, count in rows.items() if count < WRITTEN[table]}


def said_aloud(left: Path) -> None:
    """The logs were on: statements with values, requests, mails."""
    assert "INSERT INTO registrations" in (left / "pg/log").read_text(errors="replace")
    assert '"endpoint": "enterprise.roster_review"' in (left / LOGGED).read_text()
    assert "Subject:" in (left / "mails.txt").read_text()
    assert "/s/" in (left / "asked.json").read_text()


def size_of(where: Path) -> int:
    files = [where] if where.is_file() else [one for one in where.rglob("*") if one.is_file()]
    return sum(one.stat().st_size for one in files)


@pytest.mark.parametrize("before", ["", "x", "xy"])
@pytest.mark.parametrize("after", ["", "z", "zz"])
def test_a_secret_is_found_however_it_is_written(before: str, after: str) -> None:
    secret = SECRETS[0]
    for coding in ("utf-8", "utf-16-le", "utf-16-be"):
        plain = before.encode() + secret.encode(coding) + after.encode()
        for written in (plain, b64encode(plain), plain.hex().encode()):
            assert any(way in written for way in ways(secret))
