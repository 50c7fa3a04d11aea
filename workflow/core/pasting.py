"""Rows and cells out of plain text: pasted from a spreadsheet, or of a csv file."""

import csv
from collections.abc import Iterable
from io import StringIO

MOST_COLUMNS = 120
SEPARATORS = ("\t", ",", ";", "|", "，")
_LOOKED_AT = 20


def rows_of(text: str) -> list[list[str]]:
    """The table in a text. Cells may stand in quotes, as spreadsheets write those with breaks.

    Without any separator the cells are what blanks part, as in a list copied from a chat.
    """
    return [row[:MOST_COLUMNS] for row in _parted(text)]


def _parted(text: str) -> Iterable[list[str]]:
    text = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    separator = _separator(lines)
    if not separator:
        return [line.split() for line in lines]
    if separator != "，" and text.count('"') % 2 == 0:
        try:
            return list(csv.reader(StringIO(text, newline=""), delimiter=separator))
        except csv.Error:
            pass  # a cell longer than any cell should be: then quotes mean nothing
    return [line.split(separator) for line in lines]


def _separator(lines: list[str]) -> str:
    """The sign most lines are parted by; the first of ``SEPARATORS`` where two are as frequent."""
    looked_at = [line for line in lines if line.strip()][:_LOOKED_AT]
    counts = {one: sum(one in line for line in looked_at) for one in SEPARATORS}
    best = max(SEPARATORS, key=lambda one: counts[one])
    return best if counts[best] else ""
