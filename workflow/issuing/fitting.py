"""Choose the spacing that keeps a document's text and its seal on one page.

GB/T 9704-2012 lets a document adjust its spacing where the seal would not fit any more. Laying out
twice would double the time of a page; counting is enough, since Chinese characters are all of one
width. The numbers are those of letter.css, in points.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from unicodedata import east_asian_width

from workflow.issuing.content import DocumentContent

TEXT_WIDTH, _TEXT_HEIGHT = 442.2, 637.8
_CHARACTERS_PER_LINE = 27.5  # 28 on paper; a little is lost where a mark may not begin a line
_INDENT = 2
_ORDINAL = 2  # "1. " and "一、" before a line
_CELL_CHARACTERS, _CELL_PITCH, _CELL_PADDING = 23, 22, 9
_TITLE_CHARACTERS, _TITLE_PITCH = 20, 32
_MASTHEAD_LARGEST, _MASTHEAD_SMALLEST, _MASTHEAD_PITCH = 36.0, 22.0, 1.2
_SIGNED_CHARACTERS = 14
_RECORD_CHARACTERS, _RECORD_ISSUER, _RECORD_PITCH, _RECORD_MARGIN = 26, 20, 24, 8
_SLACK = 6  # a line with a character of the fallback font is a point higher


@dataclass(frozen=True, slots=True)
class Spacing:
    """How much room the fixed parts take: `head` without issuer and title, `closing` the seal."""

    name: str
    pitch: float
    head: float
    closing: float
    gap: float  # above the enclosures


# The full one leaves 35 mm above the issuer, the snug one a line instead of two between the parts
# of the head; the close one gives up the pitch as well.
FULL = Spacing("full", 28.99, 272.7, 139, 28.99)
REGULAR = Spacing("regular", 28.99, 173.5, 139, 28.99)
SNUG = Spacing("snug", 28.99, 101, 139, 6)
CLOSE = Spacing("close", 25.6, 57.7, 108, 6)
SPACINGS = (FULL, REGULAR, SNUG, CLOSE)


@dataclass(frozen=True, slots=True)
class Layout:
    """The spacing's name (a class of letter.css), and whether the conditions are an annex.

    In points: `record` is the room that the printing record takes at the foot of the last page, and
    a longer issuer is signed `lift` higher, so that the seal keeps its distance from the text.
    """

    spacing: str
    enclosed: bool
    record: float
    lift: float


def layout(content: DocumentContent) -> Layout:
    """Answer the roomiest layout on one page; conditions leave the page only where they must.

    A text too long for any is given all the room, and flows over several pages.
    """
    for enclosed in (False, True) if content.conditions else (False,):
        for spacing in SPACINGS:
            if _height(content, spacing, enclosed) + _SLACK <= _TEXT_HEIGHT:
                return _laid_out(content, spacing, enclosed)
    return _laid_out(content, FULL, bool(content.conditions))


def _laid_out(content: DocumentContent, spacing: Spacing, enclosed: bool) -> Layout:
    lift = (_signed_lines(content) - 1) * spacing.pitch / 2
    return Layout(spacing.name, enclosed, _record(content), lift)


def masthead(issuer: str) -> float:
    """Size the red name to fill one line; a very long name takes two."""
    fitting = TEXT_WIDTH / max(width(issuer), 1) * 0.98
    return round(min(_MASTHEAD_LARGEST, max(_MASTHEAD_SMALLEST, fitting)), 2)


def _height(content: DocumentContent, spacing: Spacing, enclosed: bool) -> float:
    size = masthead(content.issuer)
    height = spacing.head + spacing.closing
    height += ceil(size * width(content.issuer) / TEXT_WIDTH) * size * _MASTHEAD_PITCH
    height += ceil(width(content.title) / _TITLE_CHARACTERS) * _TITLE_PITCH
    height += sum(map(_row, (row.words for row in content.particulars)))
    height += sum(_text(content, enclosed)) * spacing.pitch
    height += (_signed_lines(content) - 1) * spacing.pitch / 2
    annexes = bool(content.checklist) + enclosed
    height += annexes * spacing.pitch + bool(annexes) * spacing.gap
    return height + (0 if annexes else _record(content))


def _signed_lines(content: DocumentContent) -> int:
    return _lines(content.issuer, 0, _SIGNED_CHARACTERS)


def _record(content: DocumentContent) -> float:
    if not content.filed:
        return 0
    lines = _lines(content.issuer, 0, _RECORD_ISSUER)
    if content.copies:
        lines += _lines("，".join(content.copies), 1, _RECORD_CHARACTERS)
    return _RECORD_MARGIN + lines * _RECORD_PITCH


def _text(content: DocumentContent, enclosed: bool) -> Iterator[int]:
    if not content.particulars:
        yield _lines(content.addressee, 1)
    if content.conditions:
        yield 1  # the words that lead to them
    if not enclosed:
        yield from (_lines(text, _INDENT + _ORDINAL) for text in content.conditions)
    for section in content.sections:
        yield _lines(section.heading, _INDENT + _ORDINAL)
        yield from (_lines(text, _INDENT + _ORDINAL) for text in section.lines)
    yield from (_lines(text, _INDENT) for text in content.body + content.closing)


def _row(words: str) -> float:
    return _lines(words, 0, _CELL_CHARACTERS) * _CELL_PITCH + _CELL_PADDING


def _lines(text: str, extra: int, per_line: float = _CHARACTERS_PER_LINE) -> int:
    return ceil((extra + width(text)) / per_line)


def width(text: str) -> float:
    """How many Chinese characters wide a text is; letters and digits count half."""
    return sum(1 if east_asian_width(character) in "WFA" else 0.5 for character in text)
