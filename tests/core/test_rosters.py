"""Whole tables: headings, merged cells, totals, doubles; and how lists differ."""

from datetime import date

import pytest

from tests.rosters.lists import HEADINGS, number, row, rows
from workflow.core.cells import Fault, Lost
from workflow.core.pasting import rows_of
from workflow.core.reading import Reading, read_roster
from workflow.core.rostering import (
    Difference,
    EmployerKind,
    Group,
    Lodging,
    Summary,
    Told,
    changes,
    difference,
    filled,
    is_local,
    summed,
)
from workflow.core.tables import Column, Sheet, layout_of, meaning

TODAY = date(2026, 11, 23)
HOUSE = "虚构云雀食品有限公司"


def read(lines: list[list[object]], *merges: tuple[int, int, int, int]) -> Reading:
    sheet = Sheet("", lines, merges)  # type: ignore[arg-type]
    layout = layout_of(sheet)
    assert layout is not None
    return read_roster(sheet, layout, TODAY, HOUSE)


def faults(reading: Reading) -> dict[int, set[tuple[Column, Fault]]]:
    return {bad.row: {(one.column, one.fault) for one in bad.mistakes} for bad in reading.bad}


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("姓名", Column.NAME),
        ("*姓  名", Column.NAME),
        ("身份证号码（必填）", Column.NUMBER),
        ("身份证", Column.NUMBER),
        ("公民身份号码", Column.NUMBER),
        ("证件类型", Column.KIND),
        ("联系电话", Column.MOBILE),
        ("手机号（选填）", Column.MOBILE),
        ("工种", Column.POST),
        ("从哪里来", Column.ORIGIN),
        ("返岗出发地", Column.ORIGIN),
        ("住宿情况", Column.LODGING),
        ("用工性质", Column.EMPLOYER_KIND),
        ("劳务派遣公司", Column.EMPLOYER),
        ("到岗日期", Column.RETURNS_ON),
        ("紧急联系人电话", None),
        ("户籍地", None),
        ("序号", None),
        ("备注", None),
    ],
)
def test_headings_are_known_by_what_people_call_them(heading: str, column: Column | None) -> None:
    assert meaning(heading) is column


def test_a_title_and_a_serial_number_are_no_trouble() -> None:
    lines = [["员工花名册"], [], ["序号", *HEADINGS], [1.0, *row(1)], [2.0, *row(2)], [3.0]]
    reading = read(lines)
    assert [one.row for one in reading.good] == [4, 5]
    assert (reading.bad, reading.skipped) == ((), ())


def test_totals_and_repeated_headings_are_skipped_and_said() -> None:
    lines = [*rows(1), list(HEADINGS), row(2), ["合计：2人"], ["填表人：何样本"]]
    reading = read(lines)
    assert [one.row for one in reading.good] == [2, 4]
    assert (reading.bad, reading.skipped) == ((), (3, 5, 6))


def test_shared_cells_are_filled_and_people_are_not_doubled() -> None:
    lines = [*rows(1, 2, 3, **{"从哪里来": ""})]
    lines[1][3] = "湖北武汉"
    lines[3][0] = ""
    reading = read(lines, (1, 3, 3, 3), (2, 0, 3, 0))
    assert [one.entry.told.origin for one in reading.good] == ["湖北武汉", "湖北武汉"]
    assert faults(reading) == {4: {(Column.NAME, Fault.MERGED)}}


def test_headings_of_two_rows_are_no_person() -> None:
    lines = [list(HEADINGS), ["", "", "", "省市", "", "", ""], row(1)]
    reading = read(lines, (0, 0, 1, 0))
    assert [one.row for one in reading.good] == [3]
    assert reading.bad == ()


def test_a_merge_far_below_the_table_costs_nothing() -> None:
    assert len(read(rows(1), (1, 3, 1_048_575, 3)).good) == 1


def test_every_mistake_of_a_row_is_said() -> None:
    lines = [list(HEADINGS), ["", "123", "", "", "天桥下", "1380", "某某公司"]]
    assert faults(read(lines)) == {
        2: {
            (Column.NAME, Fault.BLANK),
            (Column.NUMBER, Fault.WRONG_LENGTH),
            (Column.POST, Fault.BLANK),
            (Column.ORIGIN, Fault.BLANK),
            (Column.LODGING, Fault.UNKNOWN_LODGING),
            (Column.MOBILE, Fault.NOT_MOBILE),
            (Column.EMPLOYER, Fault.UNCLEAR_EMPLOYER),
        }
    }


def test_a_formula_without_result_is_said_where_it_stands() -> None:
    lines = [*rows(1, 2)]
    lines[1][3], lines[2][1] = Lost(), Lost("#N/A")
    assert faults(read(lines)) == {
        2: {(Column.ORIGIN, Fault.LOST)},
        3: {(Column.NUMBER, Fault.LOST)},
    }


def test_the_same_row_twice_counts_once_and_two_tellings_are_both_bad() -> None:
    lines = [*rows(1, 2), row(1), row(2, **{"姓名": "另一人"})]
    reading = read(lines)
    assert [one.row for one in reading.good] == [2]
    twice = [(one.row, one.fault, one.value) for one in reading.remarks]
    assert (4, Fault.SAME_TWICE, "2") in twice
    assert faults(reading) == {3: {(Column.NUMBER, Fault.TWICE)}, 5: {(Column.NUMBER, Fault.TWICE)}}


@pytest.mark.parametrize(
    ("told", "kind", "name"),
    [
        ("", EmployerKind.OWN, ""),
        ("本公司", EmployerKind.OWN, ""),
        (HOUSE, EmployerKind.OWN, ""),
        ("劳务派遣", EmployerKind.AGENCY, ""),
        ("虚构蓝天人力资源有限公司", EmployerKind.AGENCY, "虚构蓝天人力资源有限公司"),
        ("虚构大地建筑公司", EmployerKind.SUBCONTRACTOR, "虚构大地建筑公司"),
        ("分包", EmployerKind.SUBCONTRACTOR, ""),
    ],
)
def test_the_employer_is_told_in_one_column(told: str, kind: EmployerKind, name: str) -> None:
    (good,) = read(rows(1, **{"用工单位": told})).good
    assert (good.entry.told.employer_kind, good.entry.told.employer) == (kind, name)


@pytest.mark.parametrize(
    ("told", "lodging"),
    [
        ("集体宿舍", Lodging.DORM),
        ("工棚", Lodging.DORM),
        ("出租屋", Lodging.RENTED),
        ("自有住房", Lodging.OWN),
        ("在家住", Lodging.OWN),
    ],
)
def test_the_lodging_is_one_of_three(told: str, lodging: Lodging) -> None:
    (good,) = read(rows(1, **{"住宿": told})).good
    assert good.entry.told.lodging is lodging


def test_a_name_with_marks_is_kept_harmless() -> None:
    names = ["张\0三\u202e", "<script>alert(1)</script>", "李四😀", "=1+1"]
    lines = [list(HEADINGS), *(row(i, **{"姓名": name}) for i, name in enumerate(names, 1))]
    kept = [one.entry.told.name for one in read(lines).good]
    assert kept == ["张三", "<script>alert(1)</script>", "李四😀", "=1+1"]


@pytest.mark.parametrize(
    "text",
    [
        "姓名\t证件号码\n张三\t1",
        "姓名,证件号码\r\n张三,1",
        "姓名，证件号码\r张三，1",
        "姓名 证件号码\n张三  1",
        '"姓名"\t"证件号码"\n"张三"\t1',
    ],
)
def test_a_paste_is_parted_by_whatever_parts_it(text: str) -> None:
    assert rows_of(text)[:2] == [["姓名", "证件号码"], ["张三", "1"]]


def test_a_cell_with_a_break_and_a_lonely_quote() -> None:
    assert rows_of('姓名\t岗位\n"张三"\t"焊\n工"') == [["姓名", "岗位"], ["张三", "焊\n工"]]
    assert rows_of('姓名\t岗位\n"张三\t焊工\n李四\t电工')[2] == ["李四", "电工"]


BASE = Told("甲", EmployerKind.OWN, "", "工", "本地", Lodging.DORM)
OTHER = Told("乙", EmployerKind.OWN, "", "工", "本地", Lodging.DORM, "13800000001")


def test_lists_differ_by_who_is_new_changed_and_gone() -> None:
    current = {1: BASE, 2: BASE, 3: OTHER}
    listed = {2: BASE, 3: BASE, 4: OTHER}
    assert difference(current, listed) == Difference((4,), (3,), (1,), 1)
    assert difference(current, current).nothing
    assert changes(BASE, OTHER) == (Column.NAME, Column.MOBILE)


def test_nobody_is_gone_who_stands_in_a_row_with_a_mistake() -> None:
    current = {1: BASE, 2: OTHER, 3: BASE}
    assert difference(current, {}, unread=[1]).gone == (2, 3)
    assert difference(current, {}, unread_names=["甲"]).gone == (2,)


def test_a_roster_adds_up() -> None:
    groups = [
        Group("本地", Lodging.OWN, EmployerKind.OWN, 5),
        Group("样例市东区", Lodging.RENTED, EmployerKind.AGENCY, 3),
        Group("湖北武汉", Lodging.DORM, EmployerKind.SUBCONTRACTOR, 2),
        Group("日本", Lodging.DORM, EmployerKind.OWN, 1),
    ]
    assert summed(groups, ["样例市"], ["湖北"]) == Summary(11, 3, 2, 3, 3, 6, 3, 2)


@pytest.mark.parametrize(
    ("origin", "local"),
    [("本地", True), ("本县城关", True), ("样例市", True), ("日本地区", False), ("湖北", False)],
)
def test_what_counts_as_local(origin: str, local: bool) -> None:
    assert is_local(origin, frozenset({"样例市", ""})) is local


def test_numbers_of_the_tests_are_of_no_region() -> None:
    assert number(1).startswith("990000")


def test_a_list_that_is_silent_takes_nothing_back() -> None:
    known = Told(
        "甲", EmployerKind.AGENCY, "虚构派遣", "工", "本地", Lodging.DORM, "13800000001", TODAY
    )
    assert filled(known, BASE, [Column.NAME]) == known
    said = filled(known, BASE, [Column.NAME, Column.EMPLOYER])
    assert (said.employer_kind, said.mobile) == (EmployerKind.OWN, "13800000001")


@pytest.mark.parametrize("cell", ["'" * 200_000, "x" + "'" * 200_000 + "x", "(" * 200_000])
def test_an_endless_cell_is_read_in_no_time(cell: str) -> None:
    lines = [[*HEADINGS, cell], row(1, **{"姓名": cell}), row(2, **{"证件号码": cell})]
    assert [bad.row for bad in read(lines).bad] == [2, 3]


def test_a_paste_has_no_more_columns_than_a_roster_could_have() -> None:
    assert [len(line) for line in rows_of("a\t" * 100_000)] == [120]
