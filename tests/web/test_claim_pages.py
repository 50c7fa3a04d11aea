"""From a stranger's registration to the first sign-in, over HTTP."""

import pytest
from flask import Flask

from tests.cast import Cast
from tests.entry import (
    FILLED,
    HELD_CODE,
    MOBILE,
    OTHER_MOBILE,
    SECRET,
    UNKNOWN_CODE,
    account_of,
    bare,
    claim_of,
    claimed,
    fill_in,
    sign_in,
)
from tests.pages import Visitor
from web.frame import limiter
from workflow.core.claims import ClaimState
from workflow.store.db import db


def decide(visitor: Visitor, door: str = "liaison", **told: str):
    page = f"/{door}/claims/{claim_of().id}"
    return visitor.post(f"{page}/confirm", told, page)


def test_a_claim_leads_to_an_account_once_it_is_confirmed(app: Flask, cast: Cast) -> None:
    claimant, lin = Visitor(app), Visitor(app, "zhuanyuan")
    claimant.get("/register")
    receipt = fill_in(claimant)
    waiting = claimant.get(receipt).text
    assert "等待核实" in waiting
    assert "林示例" in waiting
    assert "000-0000-0003" in waiting
    assert sign_in(app, MOBILE)[1] == 200, "no account before the confirmation"
    assert account_of() is None

    assert "虚构示例合作社" in lin.get("/liaison/claims").text
    page = lin.get(f"/liaison/claims/{claim_of().id}").text
    assert "孙样本" in page
    assert MOBILE not in page
    assert "138****0001" in page
    assert decide(lin, means="visit").status_code == 302
    lin.get(f"/liaison/claims/{claim_of().id}")
    lin.get("/liaison/claims")

    assert "可以登录了" in claimant.get(receipt).text
    person, status = sign_in(app, "+86 138 0000 0001")
    assert status == 302
    assert "仓库" in person.get("/enterprise/").text
    mine = person.get("/enterprise/people").text
    assert "虚构示例合作社" in mine
    assert "孙样本（您）" in mine
    assert claim_of().password is None


def test_a_refused_claimant_reads_why_and_what_to_do(app: Flask, cast: Cast) -> None:
    claimant, lin = Visitor(app), Visitor(app, "zhuanyuan")
    receipt = fill_in(claimant)
    page = f"/liaison/claims/{claim_of().id}"
    assert lin.post(f"{page}/refuse", {}, page).status_code == 422
    told = {"cause": "not_authorised", "note": "授权书没有盖章"}
    assert lin.post(f"{page}/refuse", told, page).status_code == 302
    shown = claimant.get(receipt).text
    assert "企业没有授权这位经办人" in shown
    assert "授权书没有盖章" in shown
    assert "请让企业出具授权书" in shown
    assert sign_in(app, MOBILE)[1] == 200
    assert lin.post(f"{page}/refuse", told, page).status_code == 409
    assert claim_of().password is None


def test_a_claim_is_found_by_its_receipt_number_however_it_is_typed(app: Flask, cast: Cast) -> None:
    claimant = Visitor(app)
    receipt = fill_in(claimant).rpartition("/")[2]
    typed = receipt.lower().replace("-", " ")
    found = claimant.post("/claims", {"receipt": typed}, "/register")
    assert found.location == f"/claims/{receipt}"
    for wrong in ("", "x", "2222-2222-2222", "长" * 500):
        answer = claimant.post("/claims", {"receipt": wrong}, "/register")
        if answer.status_code == 302:
            answer = claimant.call("GET", answer.location)
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"code": "91000000MA0000001X"}, "“91000000MA0000001X”这个代码对不上校验位"),
        ({"code": "91000000MA000001R"}, "填了 17 位"),
        ({"code": "91000000MA0000OO1R"}, "没有 I、O、S、V、Z"),
        ({"code": ""}, "请填代码；没有代码的，勾下面一项"),
        ({"no_code": "y"}, "又勾了没有代码"),
        ({"code": "", "no_code": "y"}, "请写一句为什么没有代码"),
        ({"mobile": "12345"}, "“12345”不是手机号"),
        ({"mobile": ""}, "请填您的手机号"),
        ({"until": "2026-11-22"}, "“2026-11-22”已经过了"),
        ({"until": "2046-11-22"}, "最长填三年以内"),
        ({"until": "明天"}, "“明天”不是日期"),
        ({"until": ""}, "受托经办的，请照授权书填到期日"),
        ({"village": "没有村"}, "请从列表里选一个村"),
        ({"village": ""}, "请从列表里选一个村"),
        ({"place_class": "castle"}, "请选一个。"),
        ({"enterprise": ""}, "请填企业名称"),
        ({"enterprise": "长" * 121}, "填了 121 个字，最多 120 个"),
        ({"enterprise": "好运<b>来</b>"}, "名称里有“&lt;”"),
        ({"name": "孙😀"}, "姓名里有“😀”"),
        ({"name": "\0\u202e\u200b"}, "请填您的姓名"),
        ({"password": "short1"}, "密码要 8 到 128 位"),
        ({"password": "onlyletters"}, "字母和数字都要有"),
        ({"password": ""}, "请填设一个密码"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    app: Flask, cast: Cast, told: dict[str, str], words: str
) -> None:
    answer = Visitor(app).post("/register", FILLED | told, "/register")
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="钱样本"' in answer.text, "what was typed stays"
    assert FILLED["password"] not in answer.text
    assert claim_of() is None


def test_marks_that_cannot_be_seen_are_dropped(app: Flask, cast: Cast) -> None:
    fill_in(Visitor(app), name="孙\u202e\u200b\0样本", enterprise="  虚构\u2066示例\t合作社 ")
    assert claim_of().name == "孙样本"
    assert claim_of().enterprise_name == "虚构示例 合作社"


def test_ten_megabytes_are_not_taken(app: Flask, cast: Cast) -> None:
    answer = Visitor(app).post("/register", FILLED | {"why": "长" * 3_500_000}, "/register")
    assert answer.status_code == 413


def test_a_known_code_or_number_gets_the_very_same_answer(app: Flask, cast: Cast) -> None:
    lin = Visitor(app, "zhuanyuan")
    fill_in(Visitor(app))
    assert decide(lin, means="visit").status_code == 302
    pages = []
    for told in (
        {"code": HELD_CODE, "mobile": OTHER_MOBILE},  # held
        {"code": FILLED["code"], "mobile": MOBILE},  # held, and the number has an account
        {"code": UNKNOWN_CODE, "mobile": "13900000009"},
    ):
        stranger = Visitor(app)
        receipt = fill_in(stranger, **told)
        pages.append(bare(stranger.get(receipt).text))
    assert pages[0] == pages[1] == pages[2]


def test_a_claim_in_another_field_is_not_found(app: Flask, cast: Cast) -> None:
    claim_id = claimed()
    zhou = Visitor(app, "zhuanyuan2")
    unknown = bare(zhou.get("/liaison/claims/999", 404).text)
    assert bare(zhou.get(f"/liaison/claims/{claim_id}", 404).text) == unknown
    assert "虚构示例合作社" not in zhou.get("/liaison/claims").text
    for tail in ("confirm", "refuse"):
        told = {"means": "visit", "cause": "not_reached"}
        answer = zhou.post(f"/liaison/claims/{claim_id}/{tail}", told, "/privacy")
        assert answer.status_code == 404
    office = Visitor(app, "qiyeban")
    office.get(f"/office/claims/{claim_id}", 404)
    assert claim_of().state is ClaimState.PENDING


def test_without_a_code_the_office_gives_a_number(app: Flask, cast: Cast) -> None:
    claimant = Visitor(app)
    receipt = fill_in(claimant, code="", no_code="y", why="农户自办作坊")
    assert "企业办" in claimant.get(receipt).text
    assert "林示例" not in claimant.get(receipt).text
    Visitor(app, "zhuanyuan").get(f"/liaison/claims/{claim_of().id}", 404)
    office = Visitor(app, "qiyeban")
    assert "1" in office.get("/office/").text
    assert "农户自办作坊" in office.get(f"/office/claims/{claim_of().id}").text
    assert decide(office, "office", means="visit").status_code == 302
    person, status = sign_in(app, MOBILE)
    assert status == 302
    assert "样镇个〔2026〕1号" in person.get("/enterprise/people").text
    # Whoever registers it again names that number; the liaison sees whose it is.
    fill_in(Visitor(app), code="样镇个[2026]1号", mobile=OTHER_MOBILE)
    page = Visitor(app, "zhuanyuan").get(f"/liaison/claims/{claim_of(OTHER_MOBILE).id}").text
    assert "已登记：虚构示例合作社" in page


def test_the_number_in_the_claim_does_not_count_as_known(app: Flask, cast: Cast) -> None:
    fill_in(Visitor(app))
    lin = Visitor(app, "zhuanyuan")
    own = decide(lin, means="call", number="138-0000-0001")
    assert own.status_code == 422
    assert "这是登记里填的号码" in own.text
    none = decide(lin, means="call")
    assert "请填打的是哪个号码" in none.text
    assert decide(lin).status_code == 422
    assert account_of() is None
    assert decide(lin, means="call", number="000-0000-0052").status_code == 302
    db.session.rollback()
    assert claim_of().verified_number == "000-0000-0052"


def test_joining_and_handing_over_are_chosen_on_the_page(app: Flask, cast: Cast) -> None:
    fill_in(Visitor(app), code=HELD_CODE)
    lin = Visitor(app, "zhuanyuan")
    page = lin.get(f"/liaison/claims/{claim_of().id}").text
    assert "已登记：虚构云雀食品有限公司" in page
    assert "何**（负责人）" in page
    assert "何样本" not in page
    uninvited = decide(lin, means="visit", decision="join", where="same")
    assert uninvited.status_code == 422
    assert "加入要先问过企业负责人" in uninvited.text
    assert "请选谁离开了" in decide(lin, means="visit", decision="handover", where="same").text
    told = {"means": "visit", "decision": "join", "where": "same", "owner_asked": "y"}
    assert decide(lin, **told).status_code == 302
    assert account_of().enterprise_id == cast.he.enterprise_id


def test_whoever_registers_too_often_is_slowed_down(app: Flask, cast: Cast) -> None:
    visitor = Visitor(app)
    token = visitor.token("/register")
    limiter.enabled = True
    try:
        codes = [
            visitor.post_bare("/register", {"csrf_token": token}).status_code for _ in range(11)
        ]
    finally:
        limiter.enabled = False
    assert codes == [422] * 10 + [429]


def test_no_page_of_a_claim_is_kept(app: Flask, cast: Cast) -> None:
    visitor = Visitor(app)
    receipt = fill_in(visitor)
    for path in ("/register", receipt, "/recover"):
        assert visitor.get(path).headers["Cache-Control"] == "no-store"


def test_the_ways_in_are_shown(app: Flask, cast: Cast) -> None:
    visitor = Visitor(app)
    assert "/register" in visitor.get("/").text
    page = visitor.get("/sign-in").text
    assert "/register" in page
    assert "/recover" in page
    assert SECRET not in page
