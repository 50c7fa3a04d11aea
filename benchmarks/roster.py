"""Time a roster read in and taken, and the plain way of doing it, in the same run.

    .venv/bin/python benchmarks/roster.py [--full]

Ours: the workbook read by calamine in a child process, compared by keyed digest, written with an
array for each column. Plain: openpyxl in this process and, for each row, a query for the person
and one for what the place told, then a row written by the session. Rules, encryption, tables and
rows are the same; one row in fifty has a mistake, and both ways report it. The two take turns,
each time for a place that has no roster yet. Brings its own database server in a temporary folder.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import openpyxl  # noqa: E402 - the path comes first
import xlsxwriter  # noqa: E402 - the path comes first
from sqlalchemy import select  # noqa: E402 - the path comes first

from app import create_app  # noqa: E402 - the path comes first
from web import serving  # noqa: E402 - the path comes first
from web.instance import temporary  # noqa: E402 - the path comes first
from web.settings import Settings  # noqa: E402 - the path comes first
from workflow.core.days import day_of  # noqa: E402 - the path comes first
from workflow.core.papers import check_digit  # noqa: E402 - the path comes first
from workflow.core.persons import person_of  # noqa: E402 - the path comes first
from workflow.core.roles import Actor  # noqa: E402 - the path comes first
from workflow.core.rostering import Entry, Mode  # noqa: E402 - the path comes first
from workflow.core.tables import Column, meaning  # noqa: E402 - the path comes first
from workflow.jobs import demo  # noqa: E402 - the path comes first
from workflow.store import rosterimports  # noqa: E402 - the path comes first
from workflow.store.accounts import actor_of, named  # noqa: E402 - the path comes first
from workflow.store.db import db, transaction  # noqa: E402 - the path comes first
from workflow.store.rosters import Engagement, Person, RosterVersion  # noqa: E402 - the path first
from workflow.usecases import founding, rostering  # noqa: E402 - the path comes first

HEADINGS = ("姓名", "证件号码", "岗位", "从哪里来", "住宿", "手机号", "用工单位", "到岗日期")
LODGINGS = ("宿舍", "租房", "自有住房")
BAD_EACH = 50


def workbook(first: int, count: int) -> bytes:
    """A roster of people of nobody, one in fifty with a wrong check digit."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("花名册")
        sheet.write_row(0, 0, HEADINGS)
        for line in range(1, count + 1):
            sheet.write_row(line, 0, row(first + line, line % BAD_EACH == 0))
    return buffer.getvalue()


def row(i: int, bad: bool) -> tuple[str, ...]:
    born = f"99{i // 280_000:04d}{1970 + i // 10_000 % 28}{1 + i // 1000 % 10:02d}01{i % 1000:03d}"
    last = check_digit(born)
    number = born + ("X" if bad and last != "X" else "0" if bad else last)
    lodging, employer = LODGINGS[i % 3], "劳务派遣" if i % 7 == 0 else ""
    mobile = f"139{i % 10**8:08d}"
    return (f"员工{i}", number, "操作工", "湖北武汉", lodging, mobile, employer, "2026-02-10")


def ours(place: int, data: bytes, actor: Actor, at: datetime) -> tuple[float, int, int]:
    """Seconds, people taken, rows reported."""
    begun = time.perf_counter()
    import_id = rostering.start_import(place, "花名册.xlsx", data, actor, at)
    taken = rostering.take_import(place, import_id, Mode.WHOLE, None, actor, at)
    spent = time.perf_counter() - begun
    bad = rosterimports.get(import_id, place, at).understood.reading.bad
    db.session.remove()
    return spent, taken.added, len(bad)


def plain(place: int, data: bytes, actor: Actor, at: datetime) -> tuple[float, int, int]:
    """The same, row by row."""
    begun = time.perf_counter()
    lines = openpyxl.load_workbook(BytesIO(data)).active.iter_rows(values_only=True)
    columns = {meaning(title): at_ for at_, title in enumerate(next(lines))}
    good, bad = 0, 0
    with transaction() as session:
        session.add(
            RosterVersion(
                place_id=place,
                seq=1,
                made_at=at,
                made_by=actor.account_id,
                added=0,
                changed=0,
                gone=0,
                total=0,
            )
        )
        session.flush()
        for line in lines:
            cells = {one: line[at_] or "" for one, at_ in columns.items()}
            read = person_of(cells, day_of(at), "")
            bad += read.entry is None
            if read.entry and store_one(place, good + 1, read.entry):
                good += 1
    spent = time.perf_counter() - begun
    db.session.remove()
    return spent, good, bad


def store_one(place: int, line: int, entry: Entry) -> bool:
    """Looks for the person and for what the place told; writes what is missing."""
    person = db.session.scalar(
        select(Person).where(
            Person.kind == entry.document.kind, Person.number_index == entry.document.number
        )
    )
    if person is None:
        number = entry.document.number
        person = Person(kind=entry.document.kind, number=number, number_index=number)
        db.session.add(person)
        db.session.flush()
    standing = select(Engagement).where(
        Engagement.place_id == place, Engagement.person_id == person.id
    )
    if db.session.scalar(standing) is not None:
        return False
    told = {one.value: getattr(entry.told, one.value) for one in TOLD}
    db.session.add(
        Engagement(
            place_id=place,
            person_id=person.id,
            line=line,
            from_seq=1,
            mobile_index=entry.told.mobile,
            **told,
        )
    )
    db.session.flush()
    return True


TOLD = tuple(one for one in Column if one not in {Column.KIND, Column.NUMBER})
WAYS: dict[str, Callable[[int, bytes, Actor, datetime], tuple[float, int, int]]] = {
    "ours": ours,
    "plain": plain,
}


class Bench:
    """Places without a roster, and people nobody has told of, one after another."""

    def __init__(self) -> None:
        self._at = datetime.now(UTC)
        self._actor = actor_of(named("yunque"), self._at.date())
        self._people = 0

    def times(self, people: int, count: int, ways: tuple[str, ...]) -> dict[str, list[float]]:
        """Seconds of each way, taking turns; each must take and report the same."""
        times: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(count):
            for way in ways:
                place, data = self._next(people)
                spent, good, bad = WAYS[way](place, data, self._actor, self._at)
                if (good, bad) != (people - people // BAD_EACH, people // BAD_EACH):
                    raise SystemExit(f"{way} took {good} and reported {bad} of {people}")
                times[way].append(spent)
        return times

    def again(self, people: int) -> float:
        """Seconds for a list that changes nothing, on a roster of that size."""
        place, data = self._next(people)
        ours(place, data, self._actor, self._at)
        begun = time.perf_counter()
        import_id = rostering.start_import(place, "", data, self._actor, self._at)
        rostering.take_import(place, import_id, Mode.WHOLE, 1, self._actor, self._at)
        return time.perf_counter() - begun

    def _next(self, people: int) -> tuple[int, bytes]:
        place = founding.add_place(self._actor.enterprise_id, 1, demo.PLACES[0])
        self._people += people
        return place, workbook(self._people - people, people)


def measure(full: bool) -> dict[str, object]:
    load, people, ways = os.getloadavg()[0], 10_000 if full else 2_000, ("ours", "plain")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, temporary(Path(folder)) as env:
        app = create_app(Settings.from_env({**os.environ, **env}))
        with app.app_context():
            serving.migrate()
            demo.load("benchmark", datetime.now(UTC))
            bench = Bench()
            bench.times(200, 1, ways)  # the first of anything is slow
            both = bench.times(people, 3, ways)
            large = bench.times(10_000, 3, ("ours",))["ours"]
            same = bench.again(10_000)
            db.session.remove()
            db.engine.dispose()
    mine, floor = (statistics.median(both[way]) for way in ways)
    return {
        "job": "roster",
        "ours": round(mine, 3),
        "floor": round(floor, 3),
        "ratio": round(floor / mine, 2),
        "unit": f"seconds for {people} rows, read, reported and stored",
        "ours_10000": round(statistics.median(large), 2),
        "ours_10000_worst": round(max(large), 2),
        "same_again_10000": round(same, 2),
        "load": round(load, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help="both ways with 10,000 rows")
    print(json.dumps(measure(parser.parse_args().full)))


if __name__ == "__main__":
    main()
