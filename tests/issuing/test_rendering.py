"""The page: what it says, how it is laid out, and what it refuses."""

import hashlib
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError

from tests.issuing.letters import LETTERS, REFUSAL
from tests.issuing.places import FONTS, ROOT, TEMPLATES
from workflow.core.letters import LetterKind
from workflow.issuing.content import ChecklistLine, DocumentContent, Particular, Section
from workflow.issuing.fitting import Layout, layout
from workflow.issuing.rendering import NothingOutside, Renderer
from workflow.issuing.specimen import SPECIMEN

A4 = (595, 842)


def pages_of(text: str) -> list[str]:
    return text.rstrip("\f").split("\f")


def text_of(tool, pdf: bytes) -> str:
    """The text in reading order; only the form feed between pages is left of the white space."""
    return re.sub(r"[^\S\f]+", "", tool(pdf, "pdftotext", "-layout", "{pdf}", "-"))


def test_the_ordinary_notice_is_one_page_and_its_annex(rendered, tool):
    notice, annex = pages_of(text_of(tool, rendered.pdf))
    assert "同意" in notice
    assert "附件：复工条件确认清单" in notice
    assert SPECIMEN.checklist[-1].text in annex
    assert rendered.seal.page == 0


def test_everything_decided_is_printed_and_can_be_extracted(rendered, tool):
    text = text_of(tool, rendered.pdf)
    for part in (SPECIMEN.issuer, SPECIMEN.number, SPECIMEN.title, SPECIMEN.filing_number):
        assert part in text
    assert "2026年2月23日" in text
    assert "一、落实企业主体责任" in text
    assert "五、配合企业专员" in text
    assert "—1—" in text
    assert "—2—" in text


def test_rare_characters_are_printed(rendered, tool):
    assert "虚构瑢喆堃玻璃制品有限公司：" in text_of(tool, rendered.pdf)


def test_it_is_a_notice_and_no_licence(rendered, tool):
    text = text_of(tool, rendered.pdf)
    assert "许可" not in text
    assert "批准" not in text


def test_a_mark_is_on_every_page_and_absent_from_a_real_notice(renderer, rendered, tool):
    assert all(SPECIMEN.mark in page for page in pages_of(text_of(tool, rendered.pdf)))
    real = renderer.render(replace(SPECIMEN, mark=None))
    assert "无效" not in text_of(tool, real.pdf)


def test_the_typed_code_and_how_to_use_it_stand_beside_the_qr_code(rendered, tool):
    text = text_of(tool, rendered.pdf)
    assert f"查验码{SPECIMEN.typed_code}" in text
    assert "fugong.example" in text
    assert SPECIMEN.contact in text


def test_every_font_is_embedded(rendered, tool):
    lines = tool(rendered.pdf, "pdffonts", "{pdf}").splitlines()[2:]
    assert {line.split()[0].partition("+")[2] for line in lines} >= {"FX-Fang", "FX-Hei"}
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in lines)


def test_the_same_content_gives_the_same_bytes(renderer, rendered):
    renderer.render(replace(SPECIMEN, addressee="虚构另一家公司", document_id="other"))
    assert renderer.render(SPECIMEN).pdf == rendered.pdf


@pytest.mark.parametrize("kind", LetterKind)
def test_the_same_letter_gives_the_same_bytes(renderer, kind):
    stored = LETTERS[kind].to_json()
    once = renderer.render(DocumentContent.from_json(stored))
    assert renderer.render(DocumentContent.from_json(stored)).pdf == once.pdf


def test_another_process_gives_the_same_bytes(rendered):
    program = (
        "import hashlib, sys; from pathlib import Path;"
        "from workflow.issuing.rendering import Renderer;"
        "from workflow.issuing.specimen import SPECIMEN;"
        "page = Renderer(Path(sys.argv[1]), Path(sys.argv[2])).render(SPECIMEN);"
        "sys.stdout.write(hashlib.sha256(page.pdf).hexdigest())"
    )
    command = [sys.executable, "-c", program, str(TEMPLATES), str(FONTS)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout == hashlib.sha256(rendered.pdf).hexdigest()


def test_the_document_id_is_inside_the_file(renderer, rendered):
    assert renderer.render(replace(SPECIMEN, document_id="other")).pdf != rendered.pdf


@pytest.mark.parametrize("count", [0, 1, 3, 5, 6, 7, 8, 12, 20])
@pytest.mark.parametrize("length", [12, 40])
def test_a_notice_is_one_page_and_the_seal_is_on_it(renderer, tool, count, length):
    conditions = tuple("项" * length + "。" for _ in range(count))
    page = renderer.render(replace(SPECIMEN, conditions=conditions))
    sealed = pages_of(text_of(tool, page.pdf))[0]
    assert page.seal.page == 0
    assert "复工通知单" in sealed
    left, bottom = page.seal.x - page.seal.size / 2, page.seal.y - page.seal.size / 2
    assert 0 < left < left + page.seal.size < A4[0]
    assert 0 < bottom < bottom + page.seal.size < A4[1]


@pytest.mark.parametrize("count", range(1, 8))
@pytest.mark.parametrize("length", [14, 23, 24, 25, 40])
def test_a_text_that_is_said_to_fit_fits_on_one_page(renderer, count, length):
    facts = Section("事实和理由", ("项" * length + "。",) * count)
    content = replace(REFUSAL, sections=(facts, *REFUSAL.sections[2:]))
    if layout(content).spacing != "full":
        assert renderer.render(content).seal.page == 0


def test_conditions_stay_on_the_page_while_they_fit(renderer, tool):
    def placed(count: int) -> Layout:
        return layout(replace(SPECIMEN, conditions=("逐项落实到岗到人。",) * count))

    assert [placed(count).enclosed for count in (0, 1, 5, 8, 9, 30)] == [False] * 4 + [True] * 2
    assert [placed(count).spacing for count in (0, 1, 8, 9)] == [
        "regular",
        "snug",
        "close",
        "snug",
    ]
    sealed, *_ = pages_of(text_of(tool, renderer.render(SPECIMEN).pdf))
    assert "一、落实企业主体责任" in sealed


def test_many_conditions_become_the_first_annex(renderer, tool):
    page = renderer.render(replace(SPECIMEN, conditions=("逐项落实到岗到人。" * 4,) * 8))
    notice, annex, checklist = pages_of(text_of(tool, page.pdf))
    assert "请持续做到附件1所列要求" in notice
    assert "附件：1．复工后持续做到的要求2．复工条件确认清单" in notice.replace("\n", "")
    assert annex.partition("附件1")[2].startswith("复工后持续做到的要求")
    assert "八、逐项落实" in annex
    assert checklist.partition("附件2")[2].startswith("复工条件确认清单")


def test_a_notice_without_conditions_and_checklist_is_one_page(renderer, tool):
    page = renderer.render(replace(SPECIMEN, conditions=(), checklist=()))
    (only,) = pages_of(text_of(tool, page.pdf))
    assert "附件" not in only
    assert "2026年2月23日印发" in only
    assert "请持续做到" not in only


def test_a_long_issuer_stays_on_the_page(renderer, tool):
    page = renderer.render(replace(SPECIMEN, issuer="样例" * 20))
    assert "样例样例" in text_of(tool, page.pdf)
    assert page.seal.x + page.seal.size / 2 < A4[0]


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "{{7*7}}{% raw %}",
        "甲&乙&amp;<b>",
        '"><img src=file:///etc/passwd>',
        "</title><style>*{display:none}</style>",
        "长" * 5000,
        "A" * 500,
    ],
)
def test_hostile_text_is_printed_as_it_is_written(renderer, tool, hostile):
    page = renderer.render(replace(SPECIMEN, addressee=hostile, mark=None))
    assert "".join(hostile.split())[:40] in text_of(tool, page.pdf)


@pytest.mark.parametrize("invisible", ["\u202e", "\u200f", "\u2066", "\x00", "\x1b", "\ue000"])
def test_characters_that_could_change_the_reading_are_dropped(renderer, tool, invisible):
    page = renderer.render(replace(SPECIMEN, addressee=f"虚构{invisible}甲乙公司"))
    assert "虚构甲乙公司：" in text_of(tool, page.pdf)


@pytest.mark.parametrize("hostile", ["<b>甲</b>", "&lt;甲", "{{ 甲 }}", "甲\u202e乙", "甲\x00乙"])
def test_no_part_of_any_letter_is_taken_for_markup_or_turns_the_reading(renderer, tool, hostile):
    everywhere = replace(
        REFUSAL,
        particulars=(Particular(hostile, hostile),),
        body=(hostile,),
        sections=(Section(hostile, (hostile, hostile)),),
        closing=(hostile,),
        copies=(hostile, hostile),
        checklist=(ChecklistLine(hostile, hostile, hostile, hostile, hostile),),
        checklist_title=hostile,
    )
    shown = "".join(c for c in hostile if c not in "\u202e\x00 ")
    text = text_of(tool, renderer.render(everywhere).pdf)
    assert not {"\u202e", "\x00"} & set(text)
    assert text.count(shown) >= 14  # of 16: the narrow cells may break it


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "http://127.0.0.1:9/x.png", "data:image/png,x", "ftp://h/x"]
)
def test_a_document_may_fetch_nothing(address):
    with pytest.raises(ValueError, match="may not fetch"):
        NothingOutside().fetch(address)
    with pytest.raises(FatalURLFetchingError):
        HTML(string=f"<img src='{address}'>", url_fetcher=NothingOutside()).render()


def test_a_word_the_template_does_not_know_stops_the_page(tmp_path):
    (tmp_path / "letter.css").write_text("")
    (tmp_path / "letter.html").write_text("{{ letter.nothing }}")
    with pytest.raises(Exception, match="nothing"):
        Renderer(tmp_path, FONTS).render(SPECIMEN)
