"""Long names, many items, rare characters: the page keeps its measures, and the seal its place."""

from dataclasses import dataclass, replace

import pytest

from tests.issuing.letters import INSPECTION, LETTERS, REFUSAL
from tests.issuing.paper import (
    BOTTOM,
    CHARACTER,
    HEIGHT,
    LEFT,
    MM,
    PITCH,
    RIGHT,
    WIDTH,
    Box,
    Sheet,
    in_text_block,
    sheets,
    written,
)
from workflow.issuing.content import DocumentContent
from workflow.issuing.fitting import layout
from workflow.issuing.rendering import SEAL_DIAMETER, Renderer, SealSpot
from workflow.issuing.specimen import HEADING, SPECIMEN, checklist
from workflow.issuing.wording import CorrectionLine, correction, notice

RARE = "瑢喆昇堃犇垚赟镕翀㎡㛃𬱖"
TRADITIONAL = "臺灣華僑復產機械製造廠"
LONG_NAME = (
    "虚构" + RARE + TRADITIONAL + "精密光学玻璃深加工与新材料联合研究发展总公司样例分公司"
) * 2


@dataclass(frozen=True, slots=True)
class Measured:
    """A document as it lies on the paper."""

    content: DocumentContent
    pages: list[Sheet]
    seal: SealSpot


def measured(renderer: Renderer, content: DocumentContent) -> Measured:
    page = renderer.render(content)
    return Measured(content, sheets(page.pdf), page.seal)


def corrected(points: int) -> DocumentContent:
    line = CorrectionLine("应急预案", "没有写明发热人员的处置流程和联系人，请补写后重新上传。")
    return correction(HEADING, points=(line,) * points, due_on=SPECIMEN.issued_on, round_number=2)


def noticed(**differences: str) -> DocumentContent:
    """A notice whose every place says the name or address."""
    return notice(
        replace(HEADING, **differences),
        title=SPECIMEN.title,
        body=("同意你单位自2026年2月24日起复工。",),
        conditions=SPECIMEN.conditions,
        basis=("依据《样例镇复工工作细则》（虚构）第三条。",),
        lines=SPECIMEN.checklist,
        replaces="样复工〔2026〕12号",
    )


EXTREMES = {
    **{kind.value: letter for kind, letter in LETTERS.items()},
    "long name": noticed(
        addressee=LONG_NAME[:60], place=LONG_NAME[:30], address="样例县样例镇" + LONG_NAME
    ),
    "rare characters": noticed(addressee=f"虚构{RARE}{TRADITIONAL}公司"),
    "long body": replace(SPECIMEN, body=("同意复工。" * 200,)),
    "long issuer": replace(SPECIMEN, issuer="样例镇" + "企业复工复产" * 3 + "工作组"),
    "1 item": replace(SPECIMEN, checklist=checklist(1)),
    "90 items": replace(SPECIMEN, checklist=checklist(90)),
    "90 items of a record": replace(INSPECTION, checklist=checklist(90)),
    "20 conditions": replace(SPECIMEN, conditions=SPECIMEN.conditions * 4, checklist=checklist(90)),
    "1 point": corrected(1),
    "30 points": corrected(30),
    "many copies": replace(REFUSAL, copies=("样例县复工复产指挥部",) * 8),
    "without a mark": replace(SPECIMEN, mark=None),
}


@pytest.fixture(params=EXTREMES, scope="module")
def extreme(request: pytest.FixtureRequest, renderer: Renderer) -> Measured:
    return measured(renderer, EXTREMES[request.param])


def test_nothing_but_mark_and_page_number_leaves_the_text_block(extreme):
    for number, page in enumerate(extreme.pages, 1):
        inside = in_text_block(page.characters)
        outside = written([box for box in page.characters if box not in inside])
        assert outside.replace(extreme.content.mark or "", "") == f"—{number}—"
        assert min(box.left for box in inside) > LEFT - 0.5
        assert max(box.right for box in inside) < WIDTH - RIGHT + 0.5


def test_the_sheet_is_a4(extreme):
    for page in extreme.pages:
        assert (page.width, page.height) == pytest.approx((WIDTH, HEIGHT), abs=0.1)


def test_the_seal_lies_over_issuer_and_date_a_little_high(extreme):
    sheet = extreme.pages[extreme.seal.page]
    x, y = extreme.seal.x * MM, HEIGHT - extreme.seal.y * MM
    day = signed_date(sheet)
    office = signed_office(sheet, day)
    for line in (office, day):
        assert line.middle[0] == pytest.approx(x, abs=0.5)
        assert y - SEAL_DIAMETER * MM / 2 < line.top
        assert line.bottom < y + SEAL_DIAMETER * MM / 2
    lines_middle = (office.top + day.bottom) / 2
    assert 0.5 < lines_middle - y < 4.5  # pressing low: the lines lie below the seal's middle


def test_the_date_stands_four_characters_from_the_edge(extreme):
    day = signed_date(extreme.pages[extreme.seal.page])
    assert day.right == pytest.approx(WIDTH - RIGHT - 4 * CHARACTER, abs=0.6)


def test_the_seal_begins_within_a_line_of_the_text_and_does_not_cover_it(extreme):
    sheet = extreme.pages[extreme.seal.page]
    top = HEIGHT - extreme.seal.y * MM - SEAL_DIAMETER * MM / 2
    office = signed_office(sheet, signed_date(sheet))
    text = [line for line in in_text_block(sheet.lines) if line.bottom < office.top - 5]
    assert text, "only a seal on the page"
    last = max(line.bottom for line in text)
    assert 0 < top - last < PITCH


def test_the_seal_stays_on_the_sheet(extreme):
    radius = extreme.seal.size / 2 * MM
    assert HEIGHT - extreme.seal.y * MM + radius < HEIGHT - BOTTOM + 10
    assert extreme.seal.x * MM + radius < WIDTH - RIGHT


def test_a_document_said_to_fit_has_its_seal_on_the_first_page(extreme):
    if layout(extreme.content).spacing != "full":
        assert extreme.seal.page == 0


def test_rare_and_traditional_characters_are_printed(renderer):
    content = EXTREMES["rare characters"]
    assert content.addressee in written(measured(renderer, content).pages[0].characters)


def signed_date(sheet: Sheet) -> Box:
    return max(
        (line for line in sheet.lines if line.text == "2026年2月23日"), key=lambda line: line.top
    )


def signed_office(sheet: Sheet, day: Box) -> Box:
    """The issuer's name above the date, of one line or two."""
    above = [
        line
        for line in sheet.lines
        if day.top - 2.2 * PITCH < line.top < day.top - 1
        and line.middle[0] > WIDTH / 2
        and abs(line.middle[0] - day.middle[0]) < 2
    ]
    return Box(
        min(line.left for line in above),
        min(line.top for line in above),
        max(line.right for line in above),
        max(line.bottom for line in above),
        written(above),
    )
