"""Documents as pictures, compared with approved ones.

    .venv/bin/python -m tests.issuing.pictures [NAME…]

draws the documents anew and approves them. Look at every picture before committing it: what is
approved here is what enterprises will be handed.
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

from tests.issuing.letters import LETTERS, STAFF
from tests.issuing.places import AT, FONTS, TEMPLATES
from workflow.issuing.authority import make_development_authority
from workflow.issuing.content import DocumentContent
from workflow.issuing.keys import load_signing_key
from workflow.issuing.rendering import Renderer
from workflow.issuing.seal import placeholder_seal
from workflow.issuing.signing import Sealer
from workflow.issuing.specimen import HEADING, SPECIMEN

REFERENCES = Path(__file__).with_name("references")
DOTS_PER_INCH = 60
_TOLERATED = 72  # of 255: antialiasing differs a little between versions of the rasteriser
_BAND = 24  # dots, about 10 mm: what one message is about

PICTURED: dict[str, DocumentContent] = {
    **{kind.value: letter for kind, letter in LETTERS.items()},
    "notice_with_staff": replace(SPECIMEN, staff=STAFF),
    "notice_with_conditions_as_annex": replace(SPECIMEN, conditions=SPECIMEN.conditions * 2),
}


def drawn(pdf: bytes) -> list[Image.Image]:
    """Every page in grey, with the seal."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        document.init_forms()  # the seal is the appearance of a form field
        return [
            page.render(scale=DOTS_PER_INCH / 72, grayscale=True).to_pil().convert("L")
            for page in document
        ]
    finally:
        document.close()


def approved(name: str) -> list[Image.Image]:
    return [Image.open(path).convert("L") for path in _paths(name)]


def differences(expected: list[Image.Image], found: list[Image.Image]) -> list[str]:
    """Say page by page where two documents look different, in millimetres of the sheet."""
    if len(expected) != len(found):
        return [f"{len(found)} pages, approved are {len(expected)}"]
    return [
        f"page {number}, {place}"
        for number, (old, new) in enumerate(zip(expected, found, strict=True), 1)
        for place in _places(old, new)
    ]


def _places(old: Image.Image, new: Image.Image) -> Iterator[str]:
    if old.size != new.size:
        yield f"size {new.size}, approved is {old.size}"
        return
    gap = ImageChops.difference(old, new).point(lambda value: 255 * (value > _TOLERATED))
    for top in range(0, old.height, _BAND):
        box = gap.crop((0, top, old.width, min(top + _BAND, old.height))).getbbox()
        if box:
            sides = (box[0], box[2], top + box[1], top + box[3])
            left, right, above, below = (round(dots * 25.4 / DOTS_PER_INCH) for dots in sides)
            yield f"{left} to {right} mm from the left, {above} to {below} from the top"


def _paths(name: str) -> list[Path]:
    return sorted(REFERENCES.glob(f"{name}.*.png"))


def _approve(names: list[str]) -> None:
    renderer = Renderer(TEMPLATES, FONTS)
    with tempfile.TemporaryDirectory() as folder:
        keys = Path(folder) / "keys"
        make_development_authority(keys, AT)
        key = load_signing_key(keys)
    sealer = Sealer(key, placeholder_seal(FONTS, HEADING.issuer), None)
    REFERENCES.mkdir(exist_ok=True)
    for name in names or PICTURED:
        for old in _paths(name):
            old.unlink()
        pages = drawn(sealer.sign(renderer.render(PICTURED[name]), AT).pdf)
        for number, page in enumerate(pages, 1):
            # Sixteen greys are enough and make small files.
            page.point(lambda value: round(value / 17) * 17).save(
                REFERENCES / f"{name}.{number}.png", optimize=True
            )
        sys.stdout.write(f"{name}: {len(pages)}\n")


if __name__ == "__main__":
    _approve(sys.argv[1:])
