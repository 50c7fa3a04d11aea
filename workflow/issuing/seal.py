"""Draw the placeholder seal, marked 样章, as vector outlines.

The signature's appearance draws it, and nothing else does: a page without a signature has no
seal. A town replaces it by its own: `Sealer` takes any pyHanko content, for example
`ImportedPdfPage(path)`.
"""

from math import cos, pi, sin
from pathlib import Path

from fontTools.misc.transform import Transform
from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.layout import BoxConstraints

from workflow.issuing.rendering import SEAL_DIAMETER

_CINNABAR = "0.702 0.153 0.118"
_RING_WIDTH = 2.4
_CENTRE_SIZE = 29.0
_LETTER_LARGEST = 13.5
_LETTER_RADIUS = 0.38  # of the diameter, to the middle of a letter
_ARC_LARGEST = 1.45 * pi  # leaves a gap at the foot, where the name begins and ends
_ARC_PER_LETTER = 0.42
_OPTICAL_MIDDLE = 0.38  # of the em, from the baseline: where a Chinese character's middle lies
_CIRCLE = 0.5523  # control points of a quarter circle


def placeholder_seal(fonts: Path, around: str, centre: str = "样章") -> RawContent:
    """Draw a round seal with the office's name around and a word in the middle.

    `fonts` is the built font folder. A character that the font lacks is left out, since a
    placeholder must not stop a town with a rare name from starting.
    """
    with TTFont(fonts / "FXSong.ttf", lazy=True) as font:
        letters = _Letters(font)
        letters.write_around(around)
        letters.write_across(centre)
        drawing = b"\n".join((_ring(), letters.operators()))
    return RawContent(drawing, box=BoxConstraints(width=SEAL_DIAMETER, height=SEAL_DIAMETER))


def _ring() -> bytes:
    m, r = SEAL_DIAMETER / 2, (SEAL_DIAMETER - _RING_WIDTH) / 2
    quarters = [f"{m + r:.2f} {m:.2f} m"]
    for x, y in ((1, 0), (0, 1), (-1, 0), (0, -1)):
        # (x, y) is where the quarter begins and (-y, x) where it ends.
        points = (x - y * _CIRCLE, y + x * _CIRCLE, x * _CIRCLE - y, y * _CIRCLE + x, -y, x)
        quarters.append(" ".join(f"{m + r * point:.2f}" for point in points) + " c")
    return f"{_CINNABAR} RG {_CINNABAR} rg {_RING_WIDTH} w {' '.join(quarters)} s".encode()


class _Letters:
    """Collects the outlines of a seal's letters, its centre being the origin."""

    def __init__(self, font: TTFont) -> None:
        self._glyphs = font.getGlyphSet()
        self._names = font.getBestCmap()
        self._em = font["head"].unitsPerEm
        self._pen = _OperatorPen(self._glyphs)

    def operators(self) -> bytes:
        return " ".join((*self._pen.operators, "f")).encode()

    def write_around(self, text: str) -> None:
        arc = min(_ARC_LARGEST, _ARC_PER_LETTER * max(len(text) - 1, 0))
        step = arc / max(len(text) - 1, 1)
        radius = SEAL_DIAMETER * _LETTER_RADIUS
        size = min(_LETTER_LARGEST, step * radius * 0.92)
        for place, letter in enumerate(text):
            turn = arc / 2 - place * step  # anticlockwise from the top
            self._draw(letter, size, -sin(turn) * radius, cos(turn) * radius, turn)

    def write_across(self, text: str) -> None:
        for place, letter in enumerate(text):
            self._draw(letter, _CENTRE_SIZE, (place - (len(text) - 1) / 2) * _CENTRE_SIZE, 0, 0)

    def _draw(self, letter: str, size: float, x: float, y: float, turn: float) -> None:
        name = self._names.get(ord(letter))
        if name is None:
            return
        middle = SEAL_DIAMETER / 2
        place = Transform().translate(middle + x, middle + y).rotate(turn).scale(size / self._em)
        place = place.translate(-self._em / 2, -self._em * _OPTICAL_MIDDLE)
        self._glyphs[name].draw(TransformPen(self._pen, place))


class _OperatorPen(BasePen):
    """Writes outlines as PDF operators; the base class turns quadratic curves into cubic ones."""

    def __init__(self, glyphs: object) -> None:
        super().__init__(glyphs)
        self.operators: list[str] = []

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 - fontTools calls it so
        self._add("m", pt)

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 - fontTools calls it so
        self._add("l", pt)

    def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802 - fontTools calls it so
        self._add("c", *points)

    def _closePath(self) -> None:  # noqa: N802 - fontTools calls it so
        self._add("h")

    def _add(self, operator: str, *points: tuple[float, float]) -> None:
        self.operators += [f"{value:.2f}" for point in points for value in point]
        self.operators.append(operator)
