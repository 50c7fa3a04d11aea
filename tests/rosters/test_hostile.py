"""Lists made to keep the service busy: what they cost grows with what they hold, not faster."""

from datetime import date
from time import perf_counter

import pytest

from tests.rosters import lists
from workflow.core.cells import Fault
from workflow.core.reading import Reading, read_roster
from workflow.core.refusals import Reason, Refused
from workflow.core.tables import Cell, Sheet, layout_of, meaning
from workflow.store.sheets import read

SECONDS = 5.0
Merge = tuple[int, int, int, int]


def reading_of(rows: list[list[Cell]], *merges: Merge) -> Reading:
    sheet = Sheet("", rows, merges)
    layout = layout_of(sheet)
    assert layout is not None
    return read_roster(sheet, layout, date(2026, 11, 23), "虚构企业")


def test_one_number_told_of_in_a_thousand_ways_names_a_few_rows_at_each() -> None:
    heading, first = lists.rows(1)
    told: list[list[Cell]] = [[f"甲{chr(0x4E00 + one)}", *first[1:]] for one in range(1000)]
    reading = reading_of([list(heading), *told])
    assert len(reading.bad) == 1000
    values = [one.value for bad in reading.bad for one in bad.mistakes if one.fault is Fault.TWICE]
    assert values[0] == "3、4、5、6、7…"
    assert values[-1] == "2、3、4、5、6…"


def test_a_cell_merged_a_thousand_times_is_looked_at_once() -> None:
    rows: list[list[Cell]] = [list(row) for row in lists.rows(*range(1, 3001))]
    merges = [(1, 2, 3000, 2)] * 30_000
    began = perf_counter()
    reading = reading_of(rows, *merges, (1, 2, 1, 2))
    assert perf_counter() - began < SECONDS
    assert {one.entry.told.post for one in reading.good} == {rows[1][2]}


def test_no_heading_is_searched_for_brackets_for_long() -> None:
    began = perf_counter()
    assert all(meaning("(" * 2000) is None for _ in range(3600))
    assert perf_counter() - began < SECONDS
    assert meaning("姓名（" + "必填" * 20 + "）") is not None


def test_a_small_workbook_that_shows_a_text_everywhere_is_refused() -> None:
    rows = [*lists.rows(1), *[["长" * 2000] * 100] * 50]
    data = lists.workbook(rows)
    assert len(data) < 100_000
    with pytest.raises(Refused) as caught:
        read(data)
    assert [one.reason for one in caught.value.refusals] == [Reason.SHEET_TOO_FULL]
