"""The two widths at which pages are looked at, and which tests walk at which."""

import re

import pytest
from playwright.sync_api import Page

WIDTHS = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1440, "height": 900}}
BOTH = pytest.mark.parametrize("screen", WIDTHS)
# A long way is walked on a phone at every change, and at a desk too by make test-all.
LONG_WAY = pytest.mark.parametrize(
    "screen", ["phone", pytest.param("desk", marks=pytest.mark.slow)]
)
_SAID = re.compile(r"(?<=>)[^<]+|(?<=value=\")[^\"]+|(?<=nonce=\")[^\"]+|(?<=[/_-])[0-9]+")


def build(page: Page) -> tuple[int, str]:
    """A page by its width and what it is built of, whatever it says: equals are as accessible."""
    width = (page.viewport_size or {"width": 0})["width"]
    return width, _SAID.sub(lambda said: said[0].strip()[:1] and "…", page.content())
