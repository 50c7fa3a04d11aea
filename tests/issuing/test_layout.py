"""The layout of GB/T 9704-2012, measured on the paper in millimetres."""

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.issuing.letters import ACCEPTANCE, LETTERS, REFUSAL
from tests.issuing.paper import (
    BOTTOM,
    CHARACTER,
    HEIGHT,
    LEFT,
    MM,
    PITCH,
    RED,
    RIGHT,
    TEXT_WIDTH,
    TOP,
    WIDTH,
    Sheet,
    in_text_block,
    sheets,
)
from workflow.core.letters import LetterKind
from workflow.issuing.content import DocumentContent
from workflow.issuing.rendering import Renderer
from workflow.issuing.specimen import SPECIMEN, checklist

FULL = REFUSAL  # two pages, so it has all the room that the standard gives


def measured(renderer: Renderer, content: DocumentContent) -> list[Sheet]:
    return sheets(renderer.render(content).pdf)


def test_odd_pages_are_numbered_right_and_even_ones_left(renderer):
    pages = measured(renderer, replace(SPECIMEN, checklist=checklist(90)))
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        foot = page.line(f"—{number}—")
        assert foot.top == pytest.approx(HEIGHT - BOTTOM + 7, abs=0.5)
        edge = 14 * MM  # one character of size four
        if number % 2:
            assert foot.right == pytest.approx(WIDTH - RIGHT - edge, abs=0.5)
        else:
            assert foot.left == pytest.approx(LEFT + edge, abs=0.5)


def test_the_issuer_begins_35_mm_below_the_top_of_the_text_block(renderer):
    first, *_ = measured(renderer, FULL)
    issuer = first.line(FULL.issuer)
    assert issuer.top == pytest.approx(TOP + 35, abs=1)
    assert issuer.middle[0] == pytest.approx(LEFT + TEXT_WIDTH / 2, abs=0.5)


def test_the_number_stands_two_lines_below_the_issuer(renderer):
    first, *_ = measured(renderer, FULL)
    number, issuer = first.line(FULL.number), first.line(FULL.issuer)
    assert number.top - issuer.bottom == pytest.approx(2 * PITCH, abs=2.5)
    assert number.middle[0] == pytest.approx(LEFT + TEXT_WIDTH / 2, abs=0.5)


@pytest.mark.parametrize("content", [FULL, SPECIMEN, ACCEPTANCE])
def test_the_red_rule_is_as_wide_as_the_text_block(renderer, content):
    first, *_ = measured(renderer, content)
    (rule,) = [shape for shape in first.rules() if shape.colour == RED]
    assert (rule.left, rule.right) == pytest.approx((LEFT, WIDTH - RIGHT), abs=0.1)
    assert rule.high == pytest.approx(1.2 * MM, abs=0.05)


def test_the_red_rule_is_4_mm_below_the_number(renderer):
    first, *_ = measured(renderer, FULL)
    (rule,) = [shape for shape in first.rules() if shape.colour == RED]
    assert rule.top - first.line(FULL.number).bottom == pytest.approx(4, abs=0.5)


def test_the_title_is_of_size_two_in_the_middle_two_lines_below_the_rule(renderer):
    first, *_ = measured(renderer, FULL)
    title = first.line(FULL.title)
    (rule,) = [shape for shape in first.rules() if shape.colour == RED]
    assert title.wide / len(FULL.title) == pytest.approx(22 * MM, abs=0.1)
    assert title.middle[0] == pytest.approx(LEFT + TEXT_WIDTH / 2, abs=0.5)
    assert title.top - rule.bottom == pytest.approx(2 * PITCH, abs=2.5)


def test_the_addressee_is_flush_left_a_line_below_the_title(renderer):
    first, *_ = measured(renderer, FULL)
    addressee = first.line(FULL.addressee)
    assert addressee.text.endswith("：")
    assert addressee.left == pytest.approx(LEFT, abs=0.3)
    assert addressee.top - first.line(FULL.title).bottom == pytest.approx(PITCH, abs=4)


def test_the_body_has_28_characters_of_size_three_on_lines_of_28_99_points(renderer):
    first, *_ = measured(renderer, replace(FULL, body=("字" * 400,)))
    lines = [line for line in first.lines if line.text.startswith("字")]
    assert {len(line.text) for line in lines[1:-1]} == {28}
    assert len(lines[0].text) == 26  # the first begins two characters in
    assert lines[0].left - lines[1].left == pytest.approx(2 * CHARACTER, abs=0.3)
    steps = [below.middle[1] - above.middle[1] for above, below in pairwise(lines)]
    assert steps == pytest.approx([PITCH] * len(steps), abs=0.05)


def test_a_page_of_text_has_22_lines(renderer):
    pages = measured(renderer, replace(FULL, body=("字" * 2000,)))
    assert len(in_text_block(pages[1].lines)) == 22


def test_the_printing_record_is_at_the_foot_of_the_last_page(renderer):
    *before, last = measured(renderer, REFUSAL)
    first, middle, end = last.rules()
    for rule in (first, middle, end):
        assert (rule.left, rule.right) == pytest.approx((LEFT, WIDTH - RIGHT), abs=0.1)
    heights = (first.high, middle.high, end.high)
    assert heights == pytest.approx((0.35, 0.25, 0.35), abs=0.03)
    assert end.bottom == pytest.approx(HEIGHT - BOTTOM, abs=0.2)
    assert last.line("抄送：").left == pytest.approx(LEFT + 14 * MM, abs=0.3)
    printed = last.line("2026年2月23日印发")
    assert printed.right == pytest.approx(WIDTH - RIGHT - 14 * MM, abs=0.3)
    assert printed.high == pytest.approx(14 * MM, abs=1)
    assert not any("印发" in line.text for sheet in before for line in sheet.lines)


def test_a_long_issuer_leaves_the_printing_date_its_room(renderer):
    issuer = "样例镇" + "企业复工复产" * 3 + "工作组"
    last = measured(renderer, replace(SPECIMEN, issuer=issuer))[-1]
    day = last.line("2026年2月23日印发")
    level = [line for line in last.lines if abs(line.middle[1] - day.middle[1]) < 2]
    assert all(line.right < day.left for line in level if line != day)
    assert last.rules()[-1].bottom == pytest.approx(HEIGHT - BOTTOM, abs=0.2)
    assert in_text_block(last.lines)[-1].bottom < HEIGHT - BOTTOM


@pytest.mark.parametrize("count", range(8, 40))
def test_the_printing_record_never_stands_alone(renderer, count):
    pages = measured(renderer, replace(SPECIMEN, checklist=checklist(count)))
    last = in_text_block(pages[-1].lines)
    record = pages[-1].line("2026年2月23日印发")
    above = [line for line in last if line.bottom < record.top - 2]
    assert above
    assert not [
        line
        for line in last
        if line.bottom > record.top and "印发" not in line.text and line.text != SPECIMEN.issuer
    ]


@pytest.mark.parametrize(
    "kind", [LetterKind.ACCEPTANCE, LetterKind.CORRECTION, LetterKind.INSPECTION]
)
def test_papers_of_the_procedure_have_no_printing_record(renderer, kind):
    pages = measured(renderer, LETTERS[kind])
    assert not any("印发" in line.text for page in pages for line in page.lines)
