"""A stranger's spreadsheet as plain cells: xlsx, xls and csv, opened in a child process.

Nothing of the file is kept. Hidden sheets are not read: whoever sent the file may not know of them.
"""

import json
import math
import sys
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from struct import unpack_from
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from workflow.core.cells import Cell, Lost
from workflow.core.pasting import rows_of
from workflow.core.refusals import Reason, Refusal, Refused
from workflow.core.tables import SEARCHED_ROWS, Book, Sheet, layout_of
from workflow.store import aside, formulas

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_PARTS = 5_000
MAX_ROWS = 50_000
MAX_MERGES = 50_000
MAX_SHEETS = 60
MAX_COLUMNS = 120
MAX_TEXT = 2_000
MAX_SIGNS = 8_000_000  # of all cells: 20,000 people told of in 400 signs each
ENCODINGS = ("utf-8-sig", "gb18030")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XLS_BEGINS = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_XLS_LOCKED, _XLS_SHEET, _XLS_ENDS = 0x2F, 0x85, 0x0A
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_NO_TABLE = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"<")


def read(data: bytes) -> Book:
    """The sheet that looks most like a roster. Raises ``Refused`` for what can't be read."""
    if not data:
        raise _refused(Reason.FILE_EMPTY)
    if len(data) > MAX_BYTES:
        raise _refused(Reason.FILE_TOO_BIG, str(MAX_BYTES // 1024 // 1024))
    said = json.loads(aside.run("workflow.store.sheets", data))
    if "refusals" in said:
        raise aside.heard(said["refusals"])
    rows = [[_cell(cell) for cell in row] for row in said["rows"]]
    merges = tuple((a, b, c, d) for a, b, c, d in said["merges"])
    sheet = Sheet(said["name"], rows, merges)
    return Book(sheet, tuple(said["hidden"]), tuple(said["others"]))


def opened(data: bytes) -> Book:
    """The same in this process: for the child alone."""
    if data.startswith(_OLE):
        if _LOCKED in data or _is_locked(data):
            raise _refused(Reason.FILE_ENCRYPTED)
        return _workbook(data)
    if data.startswith(b"PK\x03\x04"):
        _check_package(data)
        return _workbook(data)
    if data.lstrip().startswith(_NO_TABLE):
        raise _refused(Reason.SHEET_NOT_ACCEPTED)
    return Book(Sheet("", _bounded(rows_of(_decoded(data)))))


def _is_locked(data: bytes) -> bool:
    """Whether an old workbook (xls) says among its first records that it is encrypted."""
    at = data.find(_XLS_BEGINS)
    while 0 <= at <= len(data) - 4:
        record, size = unpack_from("<HH", data, at)
        if record in {_XLS_LOCKED, _XLS_SHEET, _XLS_ENDS}:
            return bool(record == _XLS_LOCKED)
        at += 4 + size
    return False


def _check_package(data: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
    except Exception as error:
        # A broken package has more ways to fail than BadZipFile.
        raise _refused(Reason.FILE_BROKEN) from error
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise _refused(Reason.FILE_TOO_BIG, str(MAX_UNPACKED // 1024 // 1024))
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise _refused(Reason.SHEET_NOT_ACCEPTED)


def _workbook(data: bytes) -> Book:
    try:
        return _best_sheet(data, CalamineWorkbook.from_filelike(BytesIO(data)))
    except PasswordError as error:
        raise _refused(Reason.FILE_ENCRYPTED) from error
    except CalamineError as error:
        raise _refused(Reason.FILE_BROKEN) from error


def _best_sheet(data: bytes, book: CalamineWorkbook) -> Book:
    sheets = [one for one in book.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
    seen = [one.name for one in sheets if one.visible is SheetVisibleEnum.Visible][:MAX_SHEETS]
    tops = {name: _top(book.get_sheet_by_name(name)) for name in seen}
    filled = [name for name in seen if any(any(row) for row in tops[name].rows)]
    if not filled:
        raise _refused(Reason.ROSTER_EMPTY)
    chosen = max(filled, key=lambda name: _likeness(tops[name]))
    found = book.get_sheet_by_name(chosen)
    rows = _bounded(found.to_python(skip_empty_area=False))
    formulas.mark_lost(data, chosen, rows)
    merges = tuple((a, b, c, d) for (a, b), (c, d) in (found.merged_cell_ranges or ())[:MAX_MERGES])
    return Book(
        Sheet(chosen, rows, merges),
        tuple(one.name for one in sheets if one.visible is not SheetVisibleEnum.Visible),
        tuple(name for name in filled if name != chosen),
    )


def _top(sheet: CalamineSheet) -> Sheet:
    return Sheet("", _plain(sheet.to_python(skip_empty_area=False, nrows=SEARCHED_ROWS)))


def _likeness(sheet: Sheet) -> int:
    layout = layout_of(sheet)
    return len(layout.columns) if layout else 0


def _bounded(rows: Iterable[Sequence[Any]]) -> list[list[Cell]]:
    """The rows up to the last that is not empty. Raises ``Refused`` for too much."""
    plain = _plain(rows)
    while plain and not plain[-1]:
        plain.pop()
    count = sum(1 for row in plain if row)
    if count > MAX_ROWS:
        raise _refused(Reason.ROSTER_TOO_LONG, str(count))
    # A workbook names a text once and may show it in a million cells: so its size says nothing.
    if sum(_signs(cell) for row in plain for cell in row) > MAX_SIGNS:
        raise _refused(Reason.SHEET_TOO_FULL)
    return plain


def _signs(cell: Cell) -> int:
    return len(cell) if isinstance(cell, str) else 8


def _plain(rows: Iterable[Sequence[Any]]) -> list[list[Cell]]:
    return [
        [_told(value) for value in row[:MAX_COLUMNS]] if any(one != "" for one in row) else []
        for row in rows
    ]


def _told(value: Any) -> Cell:
    if isinstance(value, str):
        return value[:MAX_TEXT]
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return float(value) if math.isfinite(value) else Lost(str(value))
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else str(value)


def _decoded(data: bytes) -> str:
    for encoding in ("utf-16",) if data.startswith(_WIDE) else ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refused(Reason.SHEET_NOT_ACCEPTED)


def _refused(reason: Reason, *facts: str) -> Refused:
    return Refused(Refusal(reason, facts))


def _json(cell: object) -> dict[str, str]:
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    assert isinstance(cell, Lost)
    return {"lost": cell.shown}


def _cell(said: Any) -> Cell:
    if not isinstance(said, dict):
        return said  # type: ignore[no-any-return] # a text or a number
    return date.fromisoformat(said["day"]) if "day" in said else Lost(said["lost"])


def main() -> None:
    """The child: reads the file, answers one object of JSON."""
    aside.limit()
    answer: dict[str, object]
    try:
        book = opened(sys.stdin.buffer.read())
    except Refused as refused:
        answer = {"refusals": aside.told(refused)}
    else:
        answer = {
            "name": book.sheet.name,
            "rows": book.sheet.rows,
            "merges": book.sheet.merges,
            "hidden": book.hidden,
            "others": book.others,
        }
    sys.stdout.write(json.dumps(answer, default=_json))


if __name__ == "__main__":
    main()
