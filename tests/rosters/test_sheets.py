"""Files as they come: formulas, hidden sheets, encodings, passwords, bombs."""

import zipfile
from datetime import date
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
import xlwt

from tests.cast import PAPER
from tests.rosters import lists
from workflow.core.cells import Lost
from workflow.core.refusals import Reason, Refused
from workflow.store.aside import MEMORY_BYTES
from workflow.store.sheets import MAX_BYTES, read

ROWS = lists.rows(1, 2)


def why(data: bytes) -> tuple[Reason, tuple[str, ...]]:
    with pytest.raises(Refused) as caught:
        read(data)
    (refusal,) = caught.value.refusals
    return refusal.reason, refusal.facts


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xls(*merge: int) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("花名册", cell_overwrite_ok=True)
    for at, line in enumerate(ROWS):
        for column, cell in enumerate(line):
            sheet.write(at, column, cell)
    if merge:
        sheet.merge(*merge)
    book.add_sheet("藏").visibility = 1
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def repacked(data: bytes, old: bytes, new: bytes) -> bytes:
    """The workbook with something else in its first sheet."""
    with zipfile.ZipFile(BytesIO(data)) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert old in parts[sheet]
    return package(**(parts | {sheet: parts[sheet].replace(old, new, 1)}))


def package(**parts: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, content in parts.items():
            whole.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


def test_a_workbook_is_read_as_it_stands() -> None:
    book = read(lists.workbook(ROWS))
    assert book.sheet.name == "花名册"
    assert [list(line) for line in book.sheet.rows] == ROWS


def test_an_old_workbook_is_read_too() -> None:
    assert [list(line) for line in read(xls()).sheet.rows] == ROWS
    book = read(xls(1, 2, 3, 3))
    assert [line[3] for line in book.sheet.rows] == ["从哪里来", "本县", ""]
    assert (book.hidden, book.sheet.merges) == (("藏",), ((1, 3, 2, 3),))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_csv_is_read_in_every_encoding(encoding: str, separator: str) -> None:
    data = lists.text(ROWS, separator).encode(encoding)
    assert [list(line) for line in read(data).sheet.rows] == ROWS


def test_rare_characters_survive_gb18030() -> None:
    lines = lists.rows(1, **{"姓名": "㛃𬱖"})
    assert read(lists.text(lines, ",").encode("gb18030")).sheet.rows[1][0] == "㛃𬱖"


def test_a_nul_in_a_csv_is_taken_out() -> None:
    data = lists.text(lists.rows(1, **{"姓名": "张\0三"}), ",").encode()
    assert read(data).sheet.rows[1][0] == "张三"


def test_the_sheet_most_like_a_roster_is_read_and_the_rest_is_named() -> None:
    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.active.append(["请填第二张"])
    for name, state in (("名册", "visible"), ("旧的", "hidden"), ("更旧", "veryHidden")):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        for line in ROWS:
            sheet.append(line)
    book.create_sheet("空的")
    found = read(saved(book))
    assert found.sheet.name == "名册"
    assert (found.hidden, found.others) == (("旧的", "更旧"), ("说明",))


def test_formulas_without_results_and_errors_are_lost_and_results_are_read() -> None:
    book = openpyxl.Workbook()
    for line in ([*ROWS[0]], ["=1+1", "#N/A", "x", "y", "z", "", ""]):
        book.active.append(line)
    assert list(read(saved(book)).sheet.rows[1])[:3] == [Lost(""), Lost("#N/A"), "x"]
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as worked_out:
        sheet = worked_out.add_worksheet()
        sheet.write_row(0, 0, ROWS[0])
        sheet.write_formula(1, 0, '="张"&"三"', None, "张三")
        sheet.write_formula(1, 1, '=IF(1,"","")', None, "")
        sheet.write(1, 2, "x")
    data = repacked(buffer.getvalue(), b'<c r="B2">', b'<c r="B2" t="str">')  # as Excel says it
    assert list(read(data).sheet.rows[1])[:3] == ["张三", "", "x"]


def test_merged_cells_numbers_and_days_are_told() -> None:
    book = openpyxl.Workbook()
    for line in (ROWS[0], ["甲", 410122199001011234, date(2026, 2, 10), 46063]):
        book.active.append(line)
    book.active.merge_cells("A2:A3")
    found = read(saved(book)).sheet
    assert found.merges == ((1, 0, 2, 0),)
    assert found.rows[1][1] > 4e17  # type: ignore[operator]
    assert list(found.rows[1][2:4]) == [date(2026, 2, 10), 46063.0]


def test_fifty_thousand_rows_are_read_and_no_more() -> None:
    assert len(read(lists.workbook(lists.rows(*range(1, 49_001)))).sheet.rows) == 49_001
    assert why(lists.workbook(lists.rows(*range(1, 50_001)))) == (
        Reason.ROSTER_TOO_LONG,
        ("50001",),
    )


def test_a_cell_far_below_is_no_trouble() -> None:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ROWS[0])
        sheet.write(300_000, 0, "x")
    assert len(read(buffer.getvalue()).sheet.rows) == 300_001


def test_a_password_is_recognised() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    locked = ole + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    assert why(locked)[0] is Reason.FILE_ENCRYPTED


def test_a_password_of_an_old_workbook_is_recognised() -> None:
    data = xls()
    start = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")  # the beginning of its stream
    inside = start + 20
    lock = b"\x2f\x00\x06\x00\x01\x00\x01\x00\x01\x00"
    # The next record gives way: nothing behind the lock can be read anyway.
    assert why(data[:inside] + lock + data[inside + len(lock) :])[0] is Reason.FILE_ENCRYPTED


BOMB = b"<worksheet><sheetData>" + b" " * 210_000_000


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.FILE_EMPTY),
        (b"x" * (MAX_BYTES + 1), Reason.FILE_TOO_BIG),
        (PAPER, Reason.SHEET_NOT_ACCEPTED),
        (b"<html><table><tr><td>", Reason.SHEET_NOT_ACCEPTED),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, Reason.SHEET_NOT_ACCEPTED),
        (bytes(range(128, 256)) * 9, Reason.SHEET_NOT_ACCEPTED),
        (b"PK\x03\x04 no more", Reason.FILE_BROKEN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no more", Reason.FILE_BROKEN),
        (lists.workbook(ROWS)[:3000], Reason.FILE_BROKEN),
        (package(word__document_xml=b"<x/>"), Reason.SHEET_NOT_ACCEPTED),
        (package(xl__workbook_xml=b"<x/>"), Reason.FILE_BROKEN),
        (lists.workbook([[""]]), Reason.ROSTER_EMPTY),
    ],
)
def test_what_is_no_table_is_refused_by_its_kind(data: bytes, reason: Reason) -> None:
    assert why(data)[0] is reason


def test_a_bomb_is_refused_by_what_it_says_it_holds() -> None:
    assert why(package(xl__workbook_xml=BOMB)) == (Reason.FILE_TOO_BIG, ("200",))


def test_a_bomb_that_lies_harms_only_the_child() -> None:
    blanks = b"<sheetData>" + b"<row/>" * (MEMORY_BYTES // 24)
    bomb = repacked(lists.workbook(ROWS), b"<sheetData>", blanks)
    assert why(_with_small_sizes(bomb))[0] is Reason.FILE_BROKEN


def _with_small_sizes(data: bytes) -> bytes:
    """The same package, whose directory says that nothing in it is larger than a kilobyte."""
    changed, at = bytearray(data), data.find(b"PK\x01\x02")
    while at >= 0:
        changed[at + 24 : at + 28] = (1024).to_bytes(4, "little")
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(changed)
