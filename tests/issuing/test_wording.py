"""What the documents say, composed from plain values."""

from datetime import date

import pytest

from tests.issuing.letters import (
    ACCEPTANCE,
    BEGAN,
    CORRECTION,
    ENDED,
    HEARING,
    INSPECTION,
    LETTERS,
    MATERIALS,
    NON_ACCEPTANCE,
    POINTS,
    REFUSAL,
    REMEDIES,
)
from workflow.core.letters import LetterKind
from workflow.issuing.content import ChecklistLine, DocumentContent
from workflow.issuing.specimen import HEADING, SPECIMEN
from workflow.issuing.wording import (
    TITLES,
    acceptance,
    correction,
    inspection_record,
    notice,
    refusal,
)


def words(content: DocumentContent) -> str:
    """All that stands on the page between addressee and seal."""
    sections = [text for part in content.sections for text in (part.heading, *part.lines)]
    rows = [row.label + row.words for row in content.particulars]
    return "\n".join((*rows, *content.body, *content.conditions, *sections, *content.closing))


@pytest.mark.parametrize("kind", LetterKind)
def test_every_kind_has_its_title_and_survives_its_stored_form(kind):
    letter = LETTERS[kind]
    assert (letter.kind, letter.title) == (kind, TITLES[kind])
    assert DocumentContent.from_json(letter.to_json()) == letter


@pytest.mark.parametrize("kind", LetterKind)
def test_every_kind_says_whose_filing_it_is_about(kind):
    letter = LETTERS[kind]
    for part in (
        "一号厂区（样例镇虚构大道1号）",
        "复工报备（节后复工复产）",
        "申报号样受〔2026〕37号",
    ):
        assert part in words(letter)
    assert (letter.addressee, letter.place) == (HEADING.addressee, HEADING.place)


@pytest.mark.parametrize("kind", LetterKind)
def test_no_kind_speaks_of_a_licence(kind):
    assert all(word not in words(LETTERS[kind]) for word in ("许可", "批准", "核准", "受理号"))


def test_acceptance_names_the_day_the_materials_and_the_term():
    text = words(ACCEPTANCE)
    assert "于2026年2月20日提交的复工报备" in text
    assert "材料齐全，现予受理。" in text
    assert f"{'、'.join(MATERIALS)}，共6项。" in text
    assert "我单位将在2026年2月25日前（含当日）答复。补正、整改的时间不计入。" in text
    assert "能否复工，以另行发出的文书为准。" in text


def test_acceptance_promises_no_term_that_nobody_set():
    without = acceptance(HEADING, submitted_on=date(2026, 2, 20), materials=(), due_on=None)
    assert without.sections == ()
    assert "答复" not in words(without)


def test_correction_is_one_list_of_everything():
    text = words(CORRECTION)
    assert "全部内容一次性告知如下，共3项：" in text
    assert [section.heading for section in CORRECTION.sections] == ["需要补正的内容", "怎样补正"]
    assert CORRECTION.sections[0].lines == tuple(f"{one.label}：{one.reason}" for one in POINTS)


def test_correction_says_until_when_how_and_whom_to_ask():
    text = words(CORRECTION)
    assert "请在网上的原申报中逐项改好，重新提交。" in text
    assert "2026年2月27日前（含当日）" in text
    assert "补正的时间不计入我单位的办理期限。" in text
    assert HEADING.contact in text


def test_correction_counts_its_rounds_from_the_second():
    def said(round_number: int) -> str:
        day = date(2026, 2, 27)
        return words(correction(HEADING, points=POINTS, due_on=day, round_number=round_number))

    assert "次补正" not in said(1)
    assert "这是本次申报的第2次补正。" in said(2)


def test_the_record_tells_how_when_and_by_whom():
    rows = {row.label: row.words for row in INSPECTION.particulars}
    assert rows["核查方式"] == "现场核查"
    assert rows["核查时间"] == "2026年2月22日9时30分至11时05分"
    assert rows["核查人员"] == "林样例（企业专员）"
    assert rows["其他参加人员"] == "样例县住建部门1人、被核查单位安全负责人"
    assert rows["照片"] == "12张"


def test_the_record_counts_the_results_and_says_what_to_mend_until_when():
    text = words(INSPECTION)
    assert "共核查10项：合格9项，不涉及1项。逐项结果见附件。" in text
    assert "符合复工条件，同意复工。" in text
    assert "请在2026年2月28日前（含当日）改好，并请企业专员复查。" in text


def test_a_record_without_checks_photos_and_faults_says_so():
    record = inspection_record(
        HEADING,
        mode="视频",
        where="样例镇虚构大道1号",
        began=BEGAN,
        ended=ENDED,
        inspector="林样例",
        others=(),
        lines=(),
        photos=0,
        opinion="需要到现场再看。",
        to_mend=(),
        mend_by=None,
    )
    rows = {row.label: row.words for row in record.particulars}
    assert (rows["照片"], rows["其他参加人员"]) == ("无", "无")
    assert (rows["核查方式"], rows["核查地点"]) == ("视频核查", "样例镇虚构大道1号")
    assert "没有逐项核查的内容。" in words(record)
    assert "改好" not in words(record)


def test_a_notice_says_which_one_it_replaces():
    assert "代替" not in words(SPECIMEN)
    assert "本文书代替样复工〔2026〕12号，原文书请不要再使用。" in words(
        noticed(replaces="样复工〔2026〕12号")
    )


def test_a_notice_names_its_basis_only_where_given():
    body = noticed(basis=("依据：甲。",)).body
    assert body[1:] == ("依据：甲。", "同意复工。")
    assert noticed().body[1:] == ("同意复工。",)


def test_a_refusal_states_facts_basis_hearing_and_remedies_in_this_order():
    headings = [section.heading for section in REFUSAL.sections]
    assert headings == ["事实和理由", "依据", "陈述和申辩", "救济途径"]
    assert REFUSAL.sections[2].lines == (HEARING,)
    assert REFUSAL.sections[3].lines == (REMEDIES,)
    assert "暂不同意复工。" in words(REFUSAL)
    assert "上列问题解决后，可以重新申报。" in words(REFUSAL)


def test_a_basis_that_nobody_named_is_not_invented():
    headings = [section.heading for section in NON_ACCEPTANCE.sections]
    assert headings == ["事实和理由", "陈述和申辩", "救济途径"]
    assert "不予受理。" in words(NON_ACCEPTANCE)
    assert "重新申报" not in words(NON_ACCEPTANCE)


@pytest.mark.parametrize("missing", [{"facts": ()}, {"hearing": " "}, {"remedies": ""}])
def test_an_adverse_document_that_leaves_a_right_out_is_not_composed(missing):
    given = {"facts": ("甲。",), "basis": (), "hearing": HEARING, "remedies": REMEDIES} | missing
    with pytest.raises(ValueError, match="facts, hearing and remedies"):
        refusal(HEADING, LetterKind.REFUSAL, **given)


def test_only_letters_to_the_outside_have_a_printing_record():
    filed = {kind for kind, letter in LETTERS.items() if letter.filed}
    assert filed == {LetterKind.NOTICE, LetterKind.REFUSAL, LetterKind.NON_ACCEPTANCE}


def noticed(**more: object) -> DocumentContent:
    given = {"title": "复工通知单", "body": ("同意复工。",), "conditions": (), "basis": ()}
    line = ChecklistLine("XJ-001", "机制到位", "分工到人", "合格", "")
    return notice(HEADING, **given | {"lines": (line,)} | more)
