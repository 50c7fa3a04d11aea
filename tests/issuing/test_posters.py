"""The poster of a place: looks as approved, leads where it should, and is one sheet."""

from dataclasses import replace

import pypdfium2
import pytest
import segno
from PIL import Image

from tests.issuing.paper import sheets
from tests.issuing.pictures import approved, differences, drawn
from tests.issuing.posters import ADDRESS, NAME, POSTER
from workflow.issuing.poster import print_poster

SCALE = 8  # dots for each point


def modules(pdf: bytes) -> list[list[int]]:
    """The QR code as it is printed: 1 where a module is black, from the picture of the sheet."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0].render(scale=SCALE, grayscale=True).to_pil().convert("L")
    finally:
        document.close()
    black = page.point(lambda value: 255 * (value < 128))
    left, top, right, bottom = _code(black)
    count = len(segno.make(ADDRESS, error="m", micro=False).matrix)
    wide, high = (right - left) / count, (bottom - top) / count
    return [
        [
            int(black.getpixel((left + (x + 0.5) * wide, top + (y + 0.5) * high)) > 0)
            for x in range(count)
        ]
        for y in range(count)
    ]


def _code(black: Image.Image) -> tuple[int, int, int, int]:
    """Where the code lies: its finders are as wide as it, its sides stand free of anything."""
    mm = SCALE * 72 / 25.4
    left, top = round(50 * mm), round(68 * mm)
    box = black.crop((left, top, round(160 * mm), round(172 * mm))).getbbox()
    assert box is not None
    return left + box[0], top + box[1], left + box[2], top + box[3]


def test_the_poster_looks_as_it_was_approved(renderer):
    assert differences(approved(NAME), drawn(print_poster(renderer, POSTER))) == []


def test_the_comparison_sees_another_address(renderer):
    other = replace(POSTER, url=ADDRESS.replace("0001", "0002"))
    assert differences(approved(NAME), drawn(print_poster(renderer, other)))


def test_the_code_in_the_picture_is_that_of_the_address(renderer):
    expected = segno.make(ADDRESS, error="m", micro=False).matrix
    assert modules(print_poster(renderer, POSTER)) == [list(row) for row in expected]


def test_equal_posters_are_equal_bytes(renderer):
    assert print_poster(renderer, POSTER) == print_poster(renderer, POSTER)


def test_it_says_what_is_asked_why_and_until_when(renderer):
    (sheet,) = sheets(print_poster(renderer, POSTER))
    words = "".join(one.text for one in sheet.characters)
    for said in (
        "虚构云雀食品有限公司",
        "2026年11月16日至2027年1月22日",
        "最晚2027年2月21日全部删除",
        "扫码不会显示任何人的信息",
        "自检样本·无效",
    ):
        assert said in words
    assert ADDRESS.rpartition("/")[2] not in words


def test_a_real_one_carries_no_mark(renderer):
    (sheet,) = sheets(print_poster(renderer, replace(POSTER, mark="")))
    assert "自检" not in "".join(one.text for one in sheet.characters)


@pytest.mark.parametrize("length", [1, 30, 60, 120])
def test_names_of_any_length_stay_on_one_sheet(renderer, length):
    long = replace(POSTER, enterprise="瑢" * length, place="喆" * length)
    (sheet,) = sheets(print_poster(renderer, long))
    assert max(one.bottom for one in sheet.characters) < 290
    last = max(one.bottom for one in sheet.characters if one.text == "除")
    first = min(one.top for one in sheet.lines if one.text.startswith("扫码不会"))
    assert last < first


def test_a_name_that_looks_like_markup_is_printed_as_it_is(renderer):
    (sheet,) = sheets(print_poster(renderer, replace(POSTER, place="<img src=x>")))
    assert "<imgsrc=x>" in "".join(one.text for one in sheet.characters)
