"""A case that was handed in, as its enterprise sees it: documents, messages, and what next."""

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import (
    AT,
    Cast,
    accepted,
    approved,
    checked,
    fresh_codes,
    submitted,
    version_of,
)
from tests.conftest import Clock
from tests.pages import Visitor
from web.casepages import history
from web.letterpages import letters_of
from workflow.core.checklist import Verdict
from workflow.core.letters import LetterKind
from workflow.store import cases, documents
from workflow.store.db import db, transaction
from workflow.store.towns import Stop, Town
from workflow.usecases import deciding, talking


@pytest.fixture
def issued(cast: Cast, drain) -> int:
    """A case whose notice is signed."""
    case_id = approved(cast.he, cast.lin)
    drain()
    return case_id


def test_every_letter_is_listed_with_its_state(app: Flask, issued: int) -> None:
    clerk, base = Visitor(app, "yunque"), f"/enterprise/cases/{issued}"
    page = clerk.get(base).text
    for letter in documents.all_of_case(issued):
        assert letter.full_number in page
        assert clerk.get(f"{base}/letters/{letter.id}.pdf").data.startswith(b"%PDF-")
        assert clerk.get(f"{base}/letters/{letter.id}.png").data.startswith(b"\x89PNG")
    assert page.count("已签发</span>") >= 3


@pytest.mark.parametrize("username", ["zhuanyuan", "qiyeban"])
def test_the_officers_open_the_letters_too(app: Flask, issued: int, username: str) -> None:
    door = "liaison" if username == "zhuanyuan" else "office"
    letter = documents.all_of_case(issued)[0]
    path = f"/{door}/cases/{issued}/letters/{letter.id}.pdf"
    assert Visitor(app, username).get(path).data.startswith(b"%PDF-")


def test_a_letter_is_found_with_its_own_case_only(app: Flask, cast: Cast, issued: int) -> None:
    other = submitted(cast.zhe)
    letter = documents.all_of_case(issued)[0]
    Visitor(app, "boli").get(f"/enterprise/cases/{other}/letters/{letter.id}.pdf", 404)
    Visitor(app, "boli").get(f"/enterprise/cases/{issued}/letters/{letter.id}.pdf", 404)


def test_a_letter_being_signed_has_no_file_yet(app: Flask, cast: Cast) -> None:
    case_id = accepted(cast.he)
    letter = documents.all_of_case(case_id)[0]
    clerk = Visitor(app, "yunque")
    assert "正在签名" in clerk.get(f"/enterprise/cases/{case_id}").text
    clerk.get(f"/enterprise/cases/{case_id}/letters/{letter.id}.pdf", 404)


def test_a_notice_held_back_is_shown_to_nobody(app: Flask, cast: Cast) -> None:
    case_id = approved(cast.he, cast.lin)
    notice = documents.of_case(case_id)
    with transaction():
        notice.released_at = None
    with app.test_request_context():
        letters = letters_of(cases.get(case_id, cast.he), "enterprise")
    shown = next(one for one in letters if one.kind is LetterKind.NOTICE)
    assert (shown.state, shown.number, shown.pdf) == ("待签发", "", "")
    page = Visitor(app, "yunque").get(f"/enterprise/cases/{case_id}").text
    assert "待签发" in page
    assert notice.full_number not in page
    Visitor(app).get(f"/v/{notice.token}", 404)


def test_a_filing_is_withdrawn_in_two_steps_and_filed_again(app: Flask, cast: Cast) -> None:
    case_id = submitted(cast.he)
    clerk, base = Visitor(app, "yunque"), f"/enterprise/cases/{case_id}"
    assert f'href="{base}/withdraw"' in clerk.get(base).text
    assert "撤回这一件申报？" in clerk.get(f"{base}/withdraw").text
    stale = clerk.post(f"{base}/withdraw", {"version": "1"}, f"{base}/withdraw")
    assert stale.status_code == 409
    version = {"version": str(version_of(case_id))}
    assert clerk.post(f"{base}/withdraw", version, f"{base}/withdraw").location == base
    page = clerk.get(base).text
    assert "这一件您已撤回" in page
    assert "去重新申报" in page
    home = clerk.get("/enterprise/").text
    assert "上一件已撤回" in home
    assert "以前的 1 件" in home
    stop = db.session.scalars(select(Stop.id)).one()
    place = cases.get(case_id, cast.he).place_id
    told = {"place": str(place), "stop": str(stop), "kind": "ep_reopen"}
    again = clerk.post("/enterprise/cases", told, "/enterprise/").location
    assert again != base
    home = clerk.get("/enterprise/").text
    assert "接着填" in home
    assert "以前的 1 件" in home
    assert "看现在办的这一件" in clerk.get(base).text


def test_what_was_decided_cannot_be_withdrawn(app: Flask, issued: int) -> None:
    clerk, base = Visitor(app, "yunque"), f"/enterprise/cases/{issued}"
    assert "/withdraw" not in clerk.get(base).text
    assert "这一步已经办过" in clerk.get(f"{base}/withdraw").text


def test_a_refusal_leads_to_its_letter_and_to_filing_again(app: Flask, cast: Cast) -> None:
    with transaction() as session:
        town = session.scalars(select(Town)).one()
        town.hearing, town.remedies = "可以陈述和申辩。", "可以申请行政复议。"
    case_id = checked(submitted(cast.he), cast.lin)
    version = version_of(case_id)
    deciding.refuse(case_id, "设施不全。", "依据", version, cast.lin, AT, fresh_codes)
    page = Visitor(app, "yunque").get(f"/enterprise/cases/{case_id}").text
    assert "写在《暂不同意复工告知书》里" in page
    assert "去重新申报" in page


def test_a_void_notice_says_why(app: Flask, cast: Cast, issued: int) -> None:
    deciding.void(issued, "地址写错了。", version_of(issued), cast.issuer, AT)
    page = Visitor(app, "yunque").get(f"/enterprise/cases/{issued}").text
    assert "通知单已作废，不能再凭它复工。理由：地址写错了。" in page
    assert "已作废</span>" in page


def test_both_sides_talk_and_see_who_looked(app: Flask, cast: Cast, clock: Clock) -> None:
    case_id = submitted(cast.he)
    clerk, base = Visitor(app, "yunque"), f"/enterprise/cases/{case_id}"
    clerk.get(base)
    clerk.post(f"{base}/messages", {"text": "周四上午方便吗？"}, base)
    clock.forward(minutes=5)
    officer = Visitor(app, "qiyeban")
    officer.post(f"/office/cases/{case_id}/messages", {"text": "方便。"}, "/privacy")
    page = clerk.get(base).text
    assert "周四上午方便吗？" in page
    assert "企业办" in page
    assert "方便。" in page
    clerk.post(f"{base}/messages", {"text": ""}, base)
    assert "还没写。" in clerk.get(base).text


def test_an_officer_who_looked_is_named_with_the_time(app: Flask, cast: Cast) -> None:
    case_id = submitted(cast.he)
    talking.look(case_id, cast.lin, AT)
    page = Visitor(app, "yunque").get(f"/enterprise/cases/{case_id}").text
    assert f"企业专员{cast.lin.name} 11月23日 09:30 看过" in page


def test_the_marks_of_one_inspection_are_one_line_of_the_history(cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    code = cases.get(case_id, cast.lin).submission.checks[-1].code
    checked(case_id, cast.lin, **{code.replace("-", "_"): Verdict.FAIL})
    told = [one.what for one in history(case_id)]
    assert told.count("专员记下核查结果") == 1
    assert told[-1] == "开始填报"


def test_the_decision_is_listed_before_the_record_of_its_inspection(
    app: Flask, cast: Cast, issued: int
) -> None:
    with app.test_request_context():
        listed = [one.kind for one in letters_of(cases.get(issued, cast.he), "enterprise")]
    assert listed == [LetterKind.NOTICE, LetterKind.INSPECTION, LetterKind.ACCEPTANCE]
