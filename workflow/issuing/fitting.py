"""Choose the line pitch that keeps a notice's text and its seal on one page.

GB/T 9704-2012 lets a document adjust its pitch where the seal would not fit any more. Laying out
twice would double the time of a page; counting is enough, since Chinese characters are all of one
width.
"""

from math import ceil
from unicodedata import east_asian_width

from workflow.issuing.content import NoticeContent

_CHARACTERS_PER_LINE = 27.5  # 28 on paper; a little is lost where a mark may not begin a line
_INDENT = 2
_OPENING = 12  # characters the template itself adds to the first paragraph
_REGULAR_LINES = 9
_CLOSE_LINES = 15


def pitch(content: NoticeContent) -> str:
    """Answer "regular" (28.99 pt) or "close"; a text too long for both stays regular."""
    lines = _text_lines(content)
    return "close" if _REGULAR_LINES < lines <= _CLOSE_LINES else "regular"


def _text_lines(content: NoticeContent) -> int:
    opening = content.place + content.address + content.campaign + content.filing
    lines = _lines(content.addressee, 1)
    lines += _lines(opening + content.acceptance_number, _OPENING + _INDENT)
    lines += sum(_lines(text, _INDENT) for text in content.basis + content.body)
    lines += sum(_lines(text, 2 * _INDENT) for text in content.conditions)
    return lines + bool(content.conditions) + bool(content.checklist)


def _lines(text: str, extra: int) -> int:
    return ceil((extra + sum(map(_width, text))) / _CHARACTERS_PER_LINE)


def _width(character: str) -> float:
    return 1 if east_asian_width(character) in "WFA" else 0.5
