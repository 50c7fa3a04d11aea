"""The people of an enterprise over HTTP: sessions that die, ways back in, guesses that fail."""

import re

import pytest
from flask import Flask

from tests.cast import AT, Cast
from tests.entry import HELD_CODE, MOBILE, SECRET, VISIT, account_of, bare, claimed, sign_in
from tests.pages import Visitor
from workflow.core.claims import Scope
from workflow.store import enterprises
from workflow.store.db import db
from workflow.usecases import admitting, people

FRESH = "new-secret-22"


@pytest.fixture
def clerk(app: Flask, cast: Cast) -> Visitor:
    """A clerk of He's, signed in."""
    admitting.let_in(claimed(code=HELD_CODE), True, False, VISIT, cast.lin, AT)
    visitor, status = sign_in(app, MOBILE)
    assert status == 302
    return visitor


def outside(visitor: Visitor) -> bool:
    answer = visitor.call("GET", "/enterprise/people")
    return answer.status_code == 302 and answer.location.startswith("/sign-in")


def test_the_owner_changes_people_and_a_clerk_only_sees_them(
    app: Flask, cast: Cast, clerk: Visitor
) -> None:
    person = f"/enterprise/people/{account_of().id}"
    seen = clerk.get("/enterprise/people").text
    assert "孙样本（您）" in seen
    assert "138****0001" in seen
    assert MOBILE not in seen
    assert person not in seen
    assert clerk.get(person, 409)
    assert clerk.post(person, {"until": "2027-01-01"}, "/privacy").status_code == 409
    assert clerk.post(f"{person}/end", {}, "/privacy").status_code == 409
    assert clerk.get("/enterprise/places/new", 409)

    owner = Visitor(app, "yunque")
    assert person in owner.get("/enterprise/people").text
    owner.get(person)
    wrong = owner.post(person, {"until": "2026-01-01"}, person)
    assert (wrong.status_code, "已经过了" in wrong.text) == (422, True)
    assert owner.post(person, {"until": ""}, person).status_code == 422
    assert owner.post(person, {"until": "2027-01-01"}, person).status_code == 302
    assert "授权到 2027年1月1日" in owner.get("/enterprise/people").text


def test_the_session_of_who_was_ended_dies_at_once(app: Flask, cast: Cast, clerk: Visitor) -> None:
    assert not outside(clerk)
    person = f"/enterprise/people/{account_of().id}"
    assert Visitor(app, "yunque").post(f"{person}/end", {}, person).status_code == 302
    assert outside(clerk)
    assert sign_in(app, MOBILE)[1] == 200


def test_who_is_past_the_last_day_neither_acts_nor_signs_in(
    app: Flask, cast: Cast, clerk: Visitor, clock
) -> None:
    account = account_of()
    people.extend_clerk(account.id, AT.date(), cast.he, AT)
    clock.forward(hours=14)  # still the same day in the town
    assert not outside(clerk)
    clock.forward(hours=2)
    assert outside(clerk)
    assert "您的授权已经到期" in clerk.get("/sign-in").text
    assert sign_in(app, MOBILE)[1] == 200
    answer = clerk.post("/enterprise/cases", {"place": "1", "stop": "1"})
    assert answer.location.startswith("/sign-in")


def test_an_authority_for_filing_does_not_manage(app: Flask, cast: Cast) -> None:
    admitting.confirm_new(claimed(scope=Scope.FILING), VISIT, cast.lin, AT)
    visitor, _status = sign_in(app, MOBILE)
    assert "添地点由负责人办" in visitor.get("/enterprise/people").text
    visitor.get("/enterprise/places/new", 409)


@pytest.mark.parametrize("account_id", [1, 9, 999, 2**40])
def test_people_of_others_are_not_found(app: Flask, cast: Cast, account_id: int) -> None:
    owner = Visitor(app, "yunque")
    path = f"/enterprise/people/{account_id}"
    owner.get(path, 404)
    assert owner.post(path, {"until": "2027-01-01"}, "/privacy").status_code == 404
    assert owner.post(f"{path}/end", {}, "/privacy").status_code == 404


def test_the_owner_asks_for_a_further_place(app: Flask, cast: Cast) -> None:
    owner = Visitor(app, "yunque")
    assert 'value="何样本"' in owner.get("/enterprise/places/new").text
    told = {"place": "冷库", "place_class": "shop", "village": "东示村", "address": "一组"}
    told |= {"contact": "何样本", "contact_mobile": "13800000009"}
    wrong = owner.post("/enterprise/places/new", told | {"place": ""}, "/enterprise/places/new")
    assert "请填地点名称" in wrong.text
    answer = owner.post("/enterprise/places/new", told, "/enterprise/places/new")
    assert answer.status_code == 302
    assert "冷库" in owner.get("/enterprise/people").text
    lin = Visitor(app, "zhuanyuan")
    path = re.search(r"/liaison/claims/\d+", lin.get("/liaison/claims").text)[0]
    assert "已有企业添一个地点" in lin.get(path).text
    assert lin.post(f"{path}/confirm", {"means": "visit"}, path).status_code == 302
    lin.get(path)
    assert "冷库" in owner.get("/enterprise/").text


def give_code(app: Flask, cast: Cast) -> str:
    page = f"/liaison/enterprises/{cast.he.enterprise_id}/people/{cast.he.account_id}"
    lin = Visitor(app, "zhuanyuan")
    lin.get(page)
    assert lin.post(f"{page}/code", {}, page).status_code == 422
    answer = lin.post(f"{page}/code", {"means": "call", "number": "000-0000-0052"}, page)
    assert answer.status_code == 200
    code = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", answer.text)[0]
    assert code not in lin.get(page).text
    return code


def recover(app: Flask, **told: str):
    return Visitor(app).post("/recover", told | {"password": FRESH}, "/recover")


def test_a_lost_password_is_replaced_by_a_code_from_the_liaison(app: Flask, cast: Cast) -> None:
    code = give_code(app, cast)
    before = Visitor(app, "yunque")
    assert recover(app, identity="yunque", code=code).status_code == 302
    assert outside(before)
    assert sign_in(app, "yunque", FRESH)[1] == 302
    again = recover(app, identity="yunque", code=code)
    assert again.status_code == 422
    assert code not in again.text
    assert FRESH not in again.text


def test_every_miss_of_a_recovery_gets_the_same_answer(app: Flask, cast: Cast) -> None:
    code = give_code(app, cast)
    used = recover(app, identity="yunque", code=code)
    assert used.status_code == 302
    give_code(app, cast)
    answers = [
        recover(app, identity=identity, code=tried)
        for identity, tried in (
            ("yunque", code),  # used
            ("yunque", "2222-2222-2222"),  # wrong
            ("13912345678", code),  # nobody
            ("qiyeban", code),  # no one of an enterprise
            ("boli", code),  # another's
        )
    ]
    pages = {
        re.sub(r'value="[^"]*"', "", bare(answer.text)) for answer in answers
    }  # but for what was typed
    assert len(pages) == 1
    assert {answer.status_code for answer in answers} == {422}


def test_the_liaison_hands_over_ends_renames_and_merges(
    app: Flask, cast: Cast, clerk: Visitor
) -> None:
    lin = Visitor(app, "zhuanyuan")
    base = f"/liaison/enterprises/{cast.he.enterprise_id}"
    assert "虚构云雀" in lin.get("/liaison/enterprises").text
    person = f"{base}/people/{account_of().id}"
    assert "交给他负责" in lin.get(person).text
    assert lin.post(f"{person}/owner", {"means": "visit"}, person).status_code == 302
    assert "孙*" in lin.get(base).text
    renamed = {"enterprise": "虚构百灵公司", "why": "通知书", "means": "visit"}
    assert lin.post(f"{base}/name", renamed | {"why": ""}, f"{base}/name").status_code == 422
    assert lin.post(f"{base}/name", renamed, f"{base}/name").status_code == 302
    assert "虚构云雀食品有限公司 → 虚构百灵公司" in lin.get(base).text
    merged = {"into": "91000000MA0000009X", "why": "协议", "means": "visit"}
    missing = lin.post(f"{base}/merge", merged, f"{base}/merge")
    assert (missing.status_code, "没有用这个代码" in missing.text) == (422, True)
    other = f"/liaison/enterprises/{cast.zhe.enterprise_id}"
    answer = lin.post(f"{other}/merge", merged | {"into": HELD_CODE}, f"{other}/merge")
    assert answer.status_code == 302
    assert "并入其他企业" in lin.get(base).text or enterprises.changes(cast.he.enterprise_id)
    assert "玻璃厂" in clerk.get("/enterprise/people").text
    assert lin.post(f"{person}/end", {"means": "visit"}, person).status_code == 302
    assert outside(clerk)
    assert "现在没有人在经办" in lin.get(base).text


def test_enterprises_of_other_fields_are_not_found(app: Flask, cast: Cast) -> None:
    zhou = Visitor(app, "zhuanyuan2")
    base = f"/liaison/enterprises/{cast.he.enterprise_id}"
    for tail in ("", f"/people/{cast.he.account_id}", "/name", "/merge"):
        zhou.get(base + tail, 404)
    told = {"means": "visit", "enterprise": "新名", "into": HELD_CODE, "why": "因为"}
    person = f"{base}/people/{cast.he.account_id}"
    for path in (f"{person}/code", f"{person}/end", f"{person}/owner", f"{base}/name"):
        assert zhou.post(path, told, "/privacy").status_code == 404
    db.session.rollback()
    assert sign_in(app, "yunque", SECRET)[1] == 200
