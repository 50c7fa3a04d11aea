"""Finds cells of an xlsx that have a formula but no result, or ended in an error.

Programs that write workbooks often leave the results out, until a spreadsheet opens the file. The
reader of values shows such a cell as empty, and an empty cell would be the wrong thing to report.
"""

import re
import zipfile
from io import BytesIO
from posixpath import join, normpath
from xml.etree import ElementTree

from workflow.core.cells import Cell, Lost

_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^/>])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_PLACE = re.compile(rb"\br=\"([A-Z]{1,3})([0-9]{1,7})\"")
_RESULT = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)</")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_ERROR, _TEXT = b't="e"', b't="str"'


def mark_lost(data: bytes, sheet: str, rows: list[list[Cell]]) -> None:
    """Puts ``Lost`` where the sheet has such cells. Other kinds of file are left as they are."""
    if not zipfile.is_zipfile(BytesIO(data)):
        return
    with zipfile.ZipFile(BytesIO(data)) as package:
        part = _part(package, sheet)
        xml = package.read(part) if part else b""
    if _ERROR not in xml and not _FORMULA.search(xml):
        return
    for attributes, content in _CELL.findall(xml):
        place = _PLACE.search(attributes)
        lost = _lost(attributes, content)
        if place and lost:
            _put(rows, int(place[2]) - 1, _column(place[1].decode()), lost)


def _lost(attributes: bytes, content: bytes) -> Lost | None:
    result = _RESULT.search(content)
    if _ERROR in attributes:
        return Lost(result[1].decode("utf-8", "replace") if result else "")
    empty = result is None or not result[1].strip()
    return Lost() if empty and _TEXT not in attributes and _FORMULA.search(content) else None


def _put(rows: list[list[Cell]], row: int, column: int, cell: Lost) -> None:
    if row >= len(rows) or not rows[row] or column >= len(rows[row]):
        return  # beyond everything that is filled: it tells of nobody
    rows[row][column] = cell


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _part(package: zipfile.ZipFile, sheet: str) -> str:
    """The name of the part that holds a sheet; nothing if it can't be told."""
    try:
        book = ElementTree.fromstring(package.read("xl/workbook.xml"))
        links = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    except (KeyError, ElementTree.ParseError):
        return ""
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for one in book.iter():
        if one.tag.endswith("}sheet") and one.get("name") == sheet:
            link = next((value for key, value in one.items() if key.endswith("}id")), "")
            target = targets.get(link, "")
            path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            return path if path in package.namelist() else ""
    return ""
