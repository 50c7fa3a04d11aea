"""Lay a document out as a PDF: offline, and the same bytes for the same content.

WeasyPrint corrupts memory when threads share it, so one process keeps one `Renderer` for its
whole life. `Renderer.render` takes a lock all the same: a second thread waits, it never crashes.
"""

import hashlib
import os
import unicodedata
import zlib
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Never
from urllib.parse import urlsplit

import pydyf  # type: ignore[import-untyped]
from jinja2 import FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from workflow.issuing.content import DocumentContent
from workflow.issuing.fitting import layout, masthead, width
from workflow.issuing.qr import drawn
from workflow.issuing.specimen import SPECIMEN
from workflow.issuing.wording import written

SEAL_DIAMETER = 42 * 72 / 25.4
"""42 mm in points, the size of the round seal of a town's office."""

_POINTS_PER_PIXEL = 0.75
_SEAL_RISE = 4.0  # issuer and date lie a little below the seal's middle
# Controls, bidirectional marks, lone surrogates and private characters can make a page read
# differently from what was decided, and none of them belongs in an official text.
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co"}


@dataclass(frozen=True, slots=True)
class SealSpot:
    """Where the seal's centre lies: page from 0, x and y in points from the bottom left."""

    page: int
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Rendered:
    """An unsigned document and the place its seal goes to."""

    pdf: bytes
    seal: SealSpot


class NothingOutside(URLFetcher):
    """Refuse every address and stop the document that asked.

    A document needs nothing from anywhere: the stylesheet is parsed once, fonts come through
    fontconfig, and the QR code is drawn in the page.
    """

    def __init__(self) -> None:
        super().__init__(fail_on_errors=True)

    def fetch(self, url: str, headers: object = None) -> Never:
        raise ValueError(f"a document may not fetch {url[:200]}")


class Renderer:
    """Turns contents into PDFs with one font configuration and one parsed stylesheet.

    `templates` is the folder of letter.html and letter.css; `fonts` is the built folder with
    fonts.conf. The constructor sets FONTCONFIG_FILE for the process: fontconfig reads it when a
    configuration is made, so a process serves one font folder only.
    """

    def __init__(self, templates: Path, fonts: Path) -> None:
        os.environ["FONTCONFIG_FILE"] = str((fonts / "fonts.conf").resolve(strict=True))
        self._fonts = FontConfiguration()
        self._fetcher = NothingOutside()
        self._css = CSS(
            string=(templates / "letter.css").read_text("utf-8"),
            font_config=self._fonts,
            url_fetcher=self._fetcher,
        )
        self._template = page_template(templates)
        self._lock = Lock()
        self.templates = templates

    def warm(self) -> None:
        """Render a specimen, so that a worker's first real document is not the slow one."""
        self.render(SPECIMEN)

    def render(self, content: DocumentContent) -> Rendered:
        """Lay out one document. Raises FatalURLFetchingError if the page asks for an address."""
        html = compose(self._template, content)
        with self._lock:
            document = self._laid_out(html, self._css)
            return Rendered(_written(document, content.document_id), _seal_spot(document))

    def print(self, html: str, css: str, name: str) -> bytes:
        """A sheet that is no document: unsigned, without a seal. ``name`` fixes its identifier."""
        with self._lock:
            style = CSS(string=css, font_config=self._fonts, url_fetcher=self._fetcher)
            return _written(self._laid_out(html, style), name)

    def _laid_out(self, html: str, css: CSS) -> Document:
        page = HTML(string=html, url_fetcher=self._fetcher)
        return page.render(font_config=self._fonts, stylesheets=[css])


def _written(document: Document, name: str) -> bytes:
    identifier = hashlib.sha256(name.encode()).digest()[:16]
    pdf: bytes = document.write_pdf(pdf_identifier=identifier, finisher=_compress)
    return pdf


def page_template(templates: Path, name: str = "letter.html") -> Template:
    """Load a page so that it can reach nothing, escapes everything and tolerates no typo."""
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


def compose(template: Template, content: DocumentContent) -> str:
    """Write the page as HTML."""
    issued_on = written(content.issued_on)
    return template.render(
        letter=content,
        issued_on=issued_on,
        date_width=width(issued_on),
        layout=layout(content),
        masthead=masthead(content.issuer),
        qr=drawn(content.verify_url),
        host=urlsplit(content.verify_url).netloc,
    )


def _compress(_document: Document, pdf: pydyf.PDF) -> None:
    """Compress streams at level 4: pydyf's 9 costs 22 ms a document and saves 3 % of its size."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.compress:
            item.compress = False
            body = item.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
            item.stream = [zlib.compress(body, 4)]
            item.extra["Filter"] = "/FlateDecode"


def _seal_spot(document: Document) -> SealSpot:
    for number, page in enumerate(document.pages):
        if "seal" in page.anchors:
            # A rectangle in WeasyPrint 70, although its documentation still says a point.
            left, top, right, bottom = page.anchors["seal"]
            x = (left + right) / 2 * _POINTS_PER_PIXEL
            y = (page.height - (top + bottom) / 2) * _POINTS_PER_PIXEL
            return SealSpot(number, x, y + _SEAL_RISE, SEAL_DIAMETER)
    raise ValueError("the template has no element with the id seal")


def _printable(value: object) -> object:
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return "".join(c for c in value if unicodedata.category(c) not in _UNPRINTABLE)
