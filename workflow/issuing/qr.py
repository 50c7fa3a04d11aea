"""An address as a QR code, drawn into the page: nothing is fetched."""

import segno
from markupsafe import Markup


def drawn(url: str, border: int = 0) -> Markup:
    """The code as SVG, with ``border`` modules of white around it (four, on a screen)."""
    code = segno.make(url, error="m", micro=False)
    return Markup(code.svg_inline(border=border, omitsize=True))  # noqa: S704 - segno's own drawing
