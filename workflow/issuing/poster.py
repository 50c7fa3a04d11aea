"""The poster of a place (登记海报): one A4 sheet to be hung up, with the address as a QR code.

It names the enterprise and nobody else; what it leads to says nothing about anyone.
"""

from dataclasses import dataclass
from datetime import date

from workflow.issuing.qr import drawn
from workflow.issuing.rendering import Renderer, page_template
from workflow.issuing.wording import written


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterContent:
    """What a poster says. Equal contents give equal bytes.

    ``deleted_on``: the day by which everything told is gone. ``mark`` is empty on a real one.
    """

    enterprise: str
    place: str
    url: str
    since: date
    until: date
    deleted_on: date
    issuer: str
    contact: str
    mark: str = ""


def print_poster(renderer: Renderer, content: PosterContent) -> bytes:
    """The poster as a PDF, ready to be printed."""
    template = page_template(renderer.templates, "poster.html")
    html = template.render(
        poster=content,
        qr=drawn(content.url),
        days=(written(content.since), written(content.until), written(content.deleted_on)),
    )
    css = (renderer.templates / "poster.css").read_text("utf-8")
    return renderer.print(html, css, f"poster {content.url}")
