"""Measure a PDF as with a ruler: millimetres from the left and from the top of the sheet."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

MM = 25.4 / 72
WIDTH, HEIGHT = 210.0, 297.0
RED = (0xE6, 0x00, 0x12)
TOP, LEFT, BOTTOM, RIGHT = 37, 28, 35, 26
TEXT_WIDTH = WIDTH - LEFT - RIGHT
PITCH = 28.99 * MM
CHARACTER = 16 * MM
Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Box:
    """Where something lies; `text` for a character or line, `colour` for a drawn shape."""

    left: float
    top: float
    right: float
    bottom: float
    text: str = ""
    colour: Colour = (0, 0, 0)

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def wide(self) -> float:
        return self.right - self.left

    @property
    def high(self) -> float:
        return self.bottom - self.top


class Sheet:
    """One page: its characters, gathered into lines, and its drawn shapes."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.width, self.height = (points * MM for points in page.get_size())
        self.characters = list(_characters(page))
        self.lines = list(_lines(self.characters))
        self.shapes = list(_shapes(page))

    def line(self, start: str) -> Box:
        """The one line that begins with these words."""
        (found,) = [line for line in self.lines if line.text.startswith(start)]
        return found

    def rules(self) -> list[Box]:
        """The straight horizontal lines, from the top down."""
        flat = [shape for shape in self.shapes if shape.high < 0.8 and shape.wide > 5]
        return sorted(flat, key=lambda shape: shape.top)


def sheets(pdf: bytes) -> list[Sheet]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [Sheet(page) for page in document]
    finally:
        document.close()


def in_text_block(boxes: list[Box]) -> list[Box]:
    return [box for box in boxes if box.top > TOP - 1 and box.bottom < HEIGHT - BOTTOM + 1]


def _characters(page: pypdfium2.PdfPage) -> Iterator[Box]:
    text = page.get_textpage()
    half = ""
    for index in range(text.count_chars()):
        letter = half + chr(raw.FPDFText_GetUnicode(text.raw, index))
        # pdfium gives a character beyond the first plane in two halves.
        half = letter if len(letter) == 1 and "\ud800" <= letter <= "\udbff" else ""
        if letter.strip() and not half:
            letter = letter.encode("utf-16", "surrogatepass").decode("utf-16")
            # The loose box is the em square; the tight one depends on the strokes.
            yield _box(text.get_charbox(index, loose=True), page.get_height(), letter)


def _lines(characters: list[Box]) -> Iterator[Box]:
    """Characters side by side, whose middles are level, make a line."""
    line: list[Box] = []
    for box in characters:
        if line and not _continues(line[-1], box):
            yield _joined(line)
            line = []
        line.append(box)
    if line:
        yield _joined(line)


def _continues(last: Box, box: Box) -> bool:
    level = abs(last.middle[1] - box.middle[1]) < 1.5
    return level and -1 < box.left - last.right < 2 * box.high


def _joined(line: list[Box]) -> Box:
    return Box(
        min(box.left for box in line),
        min(box.top for box in line),
        max(box.right for box in line),
        max(box.bottom for box in line),
        written(line),
    )


def written(boxes: list[Box]) -> str:
    return "".join(box.text for box in boxes)


def _shapes(page: pypdfium2.PdfPage) -> Iterator[Box]:
    for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        channels = [ctypes.c_uint() for _ in range(4)]
        raw.FPDFPageObj_GetFillColor(shape.raw, *map(ctypes.byref, channels))
        red, green, blue = (channel.value for channel in channels[:3])
        box = _box(shape.get_bounds(), page.get_height(), "")
        yield Box(box.left, box.top, box.right, box.bottom, "", (red, green, blue))


def _box(points: tuple[float, float, float, float], height: float, text: str) -> Box:
    left, bottom, right, top = points
    return Box(left * MM, (height - top) * MM, right * MM, (height - bottom) * MM, text)
