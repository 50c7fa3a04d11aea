"""The clerk's pages through HTTP: what is wrong is said beside its field, and typed text stays."""

import re
from io import BytesIO

import pytest
from flask import Flask

from tests import whole
from tests.cast import PAPER, Cast, draft, filled, submitted, version_of
from tests.pages import Visitor
from web import plan
from workflow.store import cases
from workflow.usecases.views import draft_facts


def test_a_stale_section_overwrites_nothing_and_says_so(app: Flask, cast: Cast) -> None:
    case_id = draft(cast.he)
    path = f"/enterprise/cases/{case_id}/sections/plan"
    phone, desk = Visitor(app, "yunque"), Visitor(app, "yunque")
    told = {"version": "1", "headcount": "212"}
    assert phone.post(path, told, path).status_code == 302
    answer = desk.post(path, told | {"headcount": "9"}, path)
    assert answer.status_code == 409
    assert "何样本 09:30 把这里改成了“212 人”" in answer.text
    assert re.search(r'<input[^>]*id="headcount"[^>]*value="9"', answer.text)
    assert cases.get(case_id, cast.he).answers == {"headcount": 212}
    version = re.search(r'name="version"[^>]*value="(\d+)"', answer.text)[1]
    assert desk.post(path, told | {"headcount": "9", "version": version}, path).status_code == 302
    assert cases.get(case_id, cast.he).answers == {"headcount": 9}


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("headcount", "两百", "填了“两百”，这里要填数字"),
        ("headcount", "-3", "要填 1 到 1000000 之间的数"),
        ("headcount", "99999999999999999999", "要填 1 到 1000000 之间的数"),
        ("headcount", "1.5", "填了“1.5”，这里要填数字"),
        ("headcount", "<script>alert(1)</script>", "这里要填数字"),
        ("headcount", "1_0", "这里要填数字"),
        ("headcount", "٢٠", "这里要填数字"),
        ("first_batch_count", "0", "要填 1 到"),
        ("planned_reopen_date", "9999-12-31", "日期太远了"),
        ("planned_reopen_date", "2026-02-30", "不是日期"),
        ("planned_reopen_date", "明天", "不是日期"),
        ("planned_reopen_date", "2026-11-23", "您这类单位 11月26日 起才能复工"),
    ],
)
def test_a_wrong_answer_is_said_back_beside_its_field(
    app: Flask, cast: Cast, field: str, typed: str, words: str
) -> None:
    case_id = draft(cast.he)
    path = f"/enterprise/cases/{case_id}/sections/plan"
    answer = Visitor(app, "yunque").post(path, {"version": "1", field: typed}, path)
    assert answer.status_code == 422
    assert words in answer.text
    assert f'id="{field}-error"' in answer.text
    assert "<script>alert" not in answer.text
    value = re.search(rf'<input[^>]*id="{field}"[^>]*>', answer.text)
    assert value is not None
    assert typed.replace("<", "&lt;").replace(">", "&gt;") in value[0]


def test_more_people_back_than_there_are_is_said_at_the_field(app: Flask, cast: Cast) -> None:
    path = f"/enterprise/cases/{draft(cast.he)}/sections/plan"
    told = {"version": "1", "headcount": "186", "first_batch_count": "212"}
    answer = Visitor(app, "yunque").post(path, told, path)
    assert answer.status_code == 422
    assert "首批返岗人数填了 212，比从业人员数 186 多" in answer.text
    assert 'value="212"' in answer.text


def test_none_of_the_hazards_is_an_answer_of_its_own(app: Flask, cast: Cast) -> None:
    case_id = draft(cast.he)
    path = f"/enterprise/cases/{case_id}/sections/safety"
    clerk = Visitor(app, "yunque")
    both = clerk.post(path, {"version": "1", "hazards": ["none", "dust"]}, path)
    assert both.status_code == 422
    assert "勾了“都没有”，又勾了别的" in both.text
    assert clerk.post(path, {"version": "1", "hazards": ["none"]}, path).status_code == 302
    assert cases.get(case_id, cast.he).answers == {"hazards": []}


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("病毒.pdf", b"MZ\x90\x00" + b"x" * 200, "照片、PDF、Word、Excel"),
        ("坏的.pdf", b"%PDF-1.7 but not really", "打不开"),
        ("空的.pdf", b"", "空"),
        ("大的.pdf", b"%PDF-" + b"0" * (21 * 1024 * 1024), "20"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(
    app: Flask, cast: Cast, name: str, data: bytes, words: str
) -> None:
    path = f"/enterprise/cases/{draft(cast.he)}/materials"
    upload = {"file": (BytesIO(data), name)}
    answer = Visitor(app, "yunque").post(f"{path}/commitment", upload, path)
    assert answer.status_code == 422
    assert words in answer.text
    assert 'id="file-commitment-error"' in answer.text


def test_too_large_a_request_is_refused_in_words(app: Flask, cast: Cast) -> None:
    path = f"/enterprise/cases/{draft(cast.he)}/materials"
    upload = {"file": (BytesIO(b"%PDF-" + b"0" * (40 * 1024 * 1024)), "x.pdf")}
    answer = Visitor(app, "yunque").post(f"{path}/commitment", upload, path)
    assert answer.status_code == 413
    assert "太大" in answer.text


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "C:\\temp\\方案.pdf", "<b>方案</b>.pdf", "方\u202e案.pdf"]
)
def test_a_file_name_is_only_a_name(app: Flask, cast: Cast, name: str) -> None:
    case_id = draft(cast.he)
    path = f"/enterprise/cases/{case_id}/materials"
    clerk = Visitor(app, "yunque")
    upload = {"file": (BytesIO(PAPER), name)}
    assert clerk.post(f"{path}/commitment", upload, path).status_code == 302
    kept = cases.get(case_id, cast.he).attachments[0].name
    assert not {"/", "\\", "\u202e"} & set(kept)
    assert "<b>方案" not in clerk.get(path).text
    assert clerk.get(f"{path.removesuffix('/materials')}/files/{_sha(case_id, cast)}").data == PAPER


def _sha(case_id: int, cast: Cast) -> str:
    return cases.get(case_id, cast.he).attachments[0].sha256


def test_a_file_is_never_active_content(app: Flask, cast: Cast) -> None:
    case_id = submitted(cast.he)
    answer = Visitor(app, "yunque").get(f"/enterprise/cases/{case_id}/files/{_sha(case_id, cast)}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_check_page_names_everything_that_is_missing(app: Flask, cast: Cast) -> None:
    case_id = draft(cast.he)
    page = Visitor(app, "yunque").get(f"/enterprise/cases/{case_id}/check").text
    assert "还差 9 处" in page
    for words in (
        "拟复工日期",
        "口罩库存",
        "危险工艺和危险作业",
        "防控方案",
        "承诺书",
    ):
        assert re.search(rf"<li><a[^>]*>[^<]*{words}", page), words
    assert re.search(r"<button[^>]*disabled[^>]*>提交", page)


def test_submitting_leads_to_the_number(app: Flask, cast: Cast) -> None:
    case_id = filled(cast.he)
    clerk = Visitor(app, "yunque")
    answer = clerk.post(
        f"/enterprise/cases/{case_id}/submit", {"version": str(version_of(case_id))}, "/privacy"
    )
    assert answer.status_code == 302
    assert "已提交，申报号 样申〔2026〕1号" in clerk.get(answer.location).text


def test_a_page_of_a_filing_leads_on_once_it_is_submitted(app: Flask, cast: Cast) -> None:
    case_id = submitted(cast.he)
    clerk = Visitor(app, "yunque")
    for tail in ("sections/plan", "materials", "check"):
        answer = clerk.call("GET", f"/enterprise/cases/{case_id}/{tail}")
        assert answer.location.endswith(f"/enterprise/cases/{case_id}")
    assert "已经提交，不能再改" in clerk.get(f"/enterprise/cases/{case_id}").text


def test_a_form_without_its_version_changes_nothing(app: Flask, cast: Cast) -> None:
    case_id = draft(cast.he)
    path = f"/enterprise/cases/{case_id}/sections/plan"
    clerk = Visitor(app, "yunque")
    for version in (None, "", "²", "٣", "9" * 20, "-1"):
        told = {"headcount": "7"} | ({} if version is None else {"version": version})
        assert clerk.post(path, told, path).status_code == 422
    assert cases.get(case_id, cast.he).answers == {}


def test_a_file_swapped_meanwhile_stops_the_submission(app: Flask, cast: Cast) -> None:
    case_id = filled(cast.he)
    seen = {"version": str(version_of(case_id))}
    clerk = Visitor(app, "yunque")
    path = f"/enterprise/cases/{case_id}/materials"
    upload = {"file": (BytesIO(PAPER + b"swapped"), "x.pdf")}
    assert clerk.post(f"{path}/commitment", upload, path).status_code == 302
    assert clerk.post(f"/enterprise/cases/{case_id}/submit", seen, "/privacy").status_code == 409


def test_a_file_is_saved_as_what_it_is_whatever_it_was_called(app: Flask, cast: Cast) -> None:
    case_id = draft(cast.he)
    path = f"/enterprise/cases/{case_id}/materials"
    clerk = Visitor(app, "yunque")
    upload = {"file": (BytesIO(PAPER), "核查表.hta")}
    assert clerk.post(f"{path}/commitment", upload, path).status_code == 302
    answer = clerk.get(f"/enterprise/cases/{case_id}/files/{_sha(case_id, cast)}")
    assert answer.headers["Content-Disposition"].endswith(".pdf")
    assert ".hta" not in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("place_class", ["factory", "shop"])
def test_no_model_text_tells_the_number_that_officers_see_for_a_reason_only(
    cast: Cast, place_class: str
) -> None:
    case_id = whole.open_whole(cast.he, place_class)
    whole.answer(case_id, cast.he)
    case = cases.get(case_id, cast.he)
    texts = [one.text for one in plan.writings(case, draft_facts(case), case.answers)]
    assert any(case.place.contact_name in text for text in texts)
    assert not any(case.place.contact_mobile in text for text in texts)


def test_a_clash_undoes_nothing_else_that_was_saved_meanwhile(app: Flask, cast: Cast) -> None:
    case_id = draft(cast.he)
    path = f"/enterprise/cases/{case_id}/sections/plan"
    phone, desk = Visitor(app, "yunque"), Visitor(app, "yunque")
    told = {"version": "1", "headcount": "212", "first_batch_count": "186"}
    assert phone.post(path, told, path).status_code == 302
    answer = desk.post(path, {"version": "1", "headcount": "300"}, path)
    assert answer.status_code == 409
    assert re.search(r'<input[^>]*id="headcount"[^>]*value="300"', answer.text)
    assert re.search(r'<input[^>]*id="first_batch_count"[^>]*value="186"', answer.text)
