"""Corrections as the enterprise sees them: every point beside its place, then handed in again."""

import re
from io import BytesIO

import pytest
from flask import Flask

from tests.cast import AT, PAPER, Cast, fresh_codes, inspected, submitted, version_of
from tests.pages import Visitor
from workflow.core.checklist import Check, Verdict
from workflow.core.corrections import Anchor, Fault
from workflow.core.days import day_of
from workflow.core.refusals import Refused
from workflow.core.states import State
from workflow.store import cases, corrections, documents, files
from workflow.store.db import db
from workflow.usecases import correcting, inspecting, review, submitting

POINTS = [
    (Anchor.FACT, "headcount", "和花名册对不上，请核对。"),
    (Anchor.MATERIAL, "commitment", "没有签名，请签好再传。"),
    (Anchor.FACT, "stock_masks", "够用几天？"),
    (Anchor.WHOLE, "", "请核对全部内容。"),
]


@pytest.fixture
def returned(cast: Cast) -> int:
    """He's filing, given back with a point at two answers, at a material and at the whole."""
    case_id = submitted(cast.he)
    for anchor, key, words in POINTS:
        correcting.raise_point(case_id, anchor, key, Fault.UNCLEAR, words, cast.office, AT)
    correcting.return_case(case_id, version_of(case_id), cast.office, AT, fresh_codes)
    return case_id


def section_of(app: Flask, case_id: int, cast: Cast, fact: str) -> str:
    sections = cases.get(case_id, cast.he).kind.sections
    return next(one.key for one in sections if fact in one.facts)


def test_home_says_what_is_to_be_done_and_until_when(app: Flask, returned: int) -> None:
    page = Visitor(app, "yunque").get("/enterprise/").text
    assert "待补正" in page
    assert "轮到您补正" in page
    assert "还有 5 个工作日" in page
    assert "有 4 处要补正，还有 4 处没改" in page
    assert f'href="/enterprise/cases/{returned}/corrections"' in page


def test_every_point_leads_to_its_place(app: Flask, cast: Cast, returned: int) -> None:
    clerk = Visitor(app, "yunque")
    page = clerk.get(f"/enterprise/cases/{returned}/corrections").text
    for _, _, words in POINTS:
        assert words in page
    key = section_of(app, returned, cast, "headcount")
    for place in (f"sections/{key}#q-headcount", "materials#commitment", "check"):
        assert f'href="/enterprise/cases/{returned}/{place}"' in page
    assert page.count("还没改") == 4
    assert "和花名册对不上" in clerk.get(f"/enterprise/cases/{returned}/sections/{key}").text
    assert "没有签名" in clerk.get(f"/enterprise/cases/{returned}/materials").text


def test_what_was_handed_in_stands_beside_the_point(app: Flask, cast: Cast, returned: int) -> None:
    key = section_of(app, returned, cast, "headcount")
    page = Visitor(app, "yunque").get(f"/enterprise/cases/{returned}/sections/{key}").text
    assert re.search(r"交上来时填的：212", page)


def test_a_point_is_closed_by_a_change_or_by_words(app: Flask, cast: Cast, returned: int) -> None:
    clerk, base = Visitor(app, "yunque"), f"/enterprise/cases/{returned}"
    key = section_of(app, returned, cast, "headcount")
    told = {"headcount": "200", "version": str(version_of(returned))}
    kept = {"planned_reopen_date": "2026-11-30", "first_batch_count": "186"}
    answer = clerk.post(f"{base}/sections/{key}", told | kept, f"{base}/sections/{key}")
    assert answer.location == f"{base}/corrections"
    file = {"file": (BytesIO(PAPER + b"new"), "承诺书 签名.pdf")}
    answer = clerk.post(f"{base}/materials/commitment", file, f"{base}/materials")
    assert answer.status_code == 302
    assert clerk.get(f"{base}/corrections").text.count("还没改") == 1
    refused = clerk.get(f"{base}/check").text
    assert "还有 1 条没改，也没说明" in refused
    assert f'href="{base}/corrections"' in refused
    masks = corrections.open_points(returned)[2]
    said = {"words": "够用十天。"}
    clerk.post(f"{base}/points/{masks.id}", said, f"{base}/corrections")
    page = clerk.get(f"{base}/corrections").text
    assert "都改了或说明了" in page
    assert "够用十天。" in page


def test_old_stands_against_new_before_it_is_handed_in_again(
    app: Flask, cast: Cast, returned: int
) -> None:
    clerk, base = Visitor(app, "yunque"), f"/enterprise/cases/{returned}"
    test_a_point_is_closed_by_a_change_or_by_words(app, cast, returned)
    page = clerk.get(f"{base}/check").text
    assert "改了 2 处" in page
    assert re.search(r"<del[^>]*>212 ?人?</del>", page)
    assert re.search(r"<ins[^>]*>200", page)
    assert "承诺书 签名.pdf" in page
    answer = clerk.post(f"{base}/submit", {"version": str(version_of(returned))}, f"{base}/check")
    assert answer.status_code == 302
    assert "已重新提交，申报号 样申〔2026〕1号" in clerk.get(base).text
    assert cases.get(returned, cast.he).state is State.SUBMITTED


def test_what_was_handed_in_keeps_its_files(app: Flask, cast: Cast, returned: int) -> None:
    case = cases.get(returned, cast.he)
    one = case.attachments[0]
    clerk, base = Visitor(app, "yunque"), f"/enterprise/cases/{returned}"
    clerk.post(f"{base}/materials/{one.id}/remove", {}, f"{base}/materials")
    assert one.name not in clerk.get(f"{base}/materials").text
    assert files.read(one.sha256).startswith(b"%PDF")
    assert clerk.get(f"{base}/files/{one.sha256}").data.startswith(b"%PDF")


def test_rectifying_is_told_with_the_officers_words(app: Flask, cast: Cast) -> None:
    case_id = inspected(cast.he, cast.lin)
    failed = [Check("EP-141", Verdict.FAIL, "观察室堆着原料")]
    review.confirm(case_id, failed, version_of(case_id), cast.lin, AT)
    inspecting.rectify(case_id, day_of(AT), version_of(case_id), cast.lin, AT, fresh_codes)
    clerk, base = Visitor(app, "yunque"), f"/enterprise/cases/{case_id}"
    assert "轮到您整改" in clerk.get(base).text
    page = clerk.get(f"{base}/corrections").text
    assert "要整改的 1 处" in page
    assert "观察室堆着原料" in page
    point = corrections.open_points(case_id)[0]
    clerk.post(f"{base}/points/{point.id}", {"words": "清空了"}, f"{base}/corrections")
    clerk.post(f"{base}/submit", {"version": str(version_of(case_id))}, f"{base}/check")
    db.session.expire_all()
    assert cases.get(case_id, cast.he).state is State.ACCEPTED


def test_nobody_else_writes_what_was_given_back(app: Flask, cast: Cast, returned: int) -> None:
    office = Visitor(app, "qiyeban")
    for page in ("corrections", "check", "materials", "withdraw"):
        path = f"/office/cases/{returned}/{page}"
        if page == "withdraw":
            assert "这件是企业自己填的" in office.get(path).text
        else:
            office.get(path, 302)
    words = {"words": "代企业说明"}
    point = corrections.open_points(returned)[0]
    office.post(f"/office/cases/{returned}/points/{point.id}", words, "/privacy")
    assert corrections.open_points(returned)[0].answer is None
    with pytest.raises(Refused):
        submitting.answer_point(returned, point.id, "代企业说明", cast.office, AT)


def test_there_is_nothing_to_correct_in_a_draft_or_a_filing_under_way(
    app: Flask, cast: Cast
) -> None:
    case_id = submitted(cast.he)
    clerk = Visitor(app, "yunque")
    clerk.get(f"/enterprise/cases/{case_id}/corrections", 302)
    assert documents.all_of_case(case_id) == []
