"""The office's own pages: how the town is divided, all cases, and paper filings taken in."""

import re
from io import BytesIO

import pytest
from flask import Flask

from tests.cast import PAPER, Cast, submitted
from tests.pages import Visitor
from workflow.store.db import db


def test_gaps_and_overlaps_are_said(app: Flask, cast: Cast) -> None:
    office = Visitor(app, "qiyeban")
    assert "没人管" not in office.get("/office/fields").text
    told = {"name": "南示村", "code": "410000"}
    assert office.post("/office/villages", told, "/office/fields").status_code == 302
    assert "1 处没人管" in office.get("/office/fields").text
    assert "1 处没划清" in office.get("/office/").text
    again = office.post("/office/villages", told, "/office/fields")
    assert again.status_code == 422
    assert "“南示村”已经有了" in again.text
    field = {"name": "工地组", "villages": ["南示村"], "classes": ["site"], "liaison": "1"}
    answer = office.post("/office/fields/new", field | {"stand_in": ""}, "/office/fields/new")
    assert answer.status_code == 302
    said = office.get("/office/fields").text
    assert "南示村（工业企业、道路基础设施、商贸服务" in said
    db.session.execute(db.text("UPDATE fields SET villages = '{东示村}' WHERE name = '工地组'"))
    db.session.commit()
    said = office.get("/office/fields").text
    assert "1 处两边都管" in said
    assert "东示村：工地组和第一责任田" in said or "东示村：第一责任田和工地组" in said


def test_an_overlap_is_refused_beside_its_field(app: Flask, cast: Cast) -> None:
    office, page = Visitor(app, "qiyeban"), "/office/fields/2"
    told = {"name": "第二责任田", "villages": ["北示村", "东示村"], "liaison": "2"}
    answer = office.post(page, told | {"stand_in": "1"}, page)
    assert answer.status_code == 422
    assert "东示村已经归第一责任田管" in answer.text
    assert re.search(r'value="东示村" checked', answer.text)  # what was ticked is kept
    same = office.post(page, told | {"villages": ["北示村"], "stand_in": "2"}, page)
    assert same.status_code == 422
    assert "同一个人" in same.text
    office.get("/office/fields/99", 404)


def test_all_cases_page_by_page(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for clerk in (cast.he, cast.zhe, cast.lv):
        submitted(clerk)
    monkeypatch.setattr("workflow.store.caselists.MOST_LISTED", 2)
    office = Visitor(app, "qiyeban")
    first = office.get("/office/cases").text
    assert ("青禾" in first, "云雀" in first) == (True, False)
    (more,) = re.findall(r'href="(/office/cases\?[^"]*after=[^"]+)"', first)
    second = office.get(more.replace("&amp;", "&")).text
    assert ("青禾" in second, "云雀" in second) == (False, True)
    assert "after=" not in second
    assert "云雀" not in office.get("/office/cases?field=2").text
    assert "没有这样的申报" in office.get("/office/cases?state=issued").text
    for odd in ("state=draft", "state=x", "field=99", "field=x", "after=x", "after=-1"):
        assert "青禾" in office.get(f"/office/cases?{odd}").text
    assert office.get("/office/cases?after=99999999999999999999").status_code == 200


def test_a_code_copied_wrong_is_said_back(app: Flask, cast: Cast) -> None:
    office, new = Visitor(app, "qiyeban"), "/office/enterprises/new"
    wrong = office.post(new, {"name": "虚构豆腐坊", "credit_code": "91000000MA0000001X"}, new)
    assert wrong.status_code == 422
    assert "“91000000MA0000001X”这个代码对不上校验位" in wrong.text
    assert 'value="91000000MA0000001X"' in wrong.text


def test_a_paper_filing_is_taken_in(app: Flask, cast: Cast) -> None:
    office = Visitor(app, "qiyeban")
    assert "没找到" in office.get("/office/records?words=豆腐").text
    new = "/office/enterprises/new?name=虚构豆腐坊"
    wrong = office.post(new, {"name": "虚构豆腐坊", "credit_code": "9100-I"}, new)
    assert wrong.status_code == 422
    assert "填了 5 位，代码是 18 位" in wrong.text
    assert 'value="9100-I"' in wrong.text
    taken = {"name": "虚构豆腐坊", "credit_code": "91000000ma0000001r"}
    assert "已经有企业用了" in office.post(new, taken, new).text
    made = office.post(new, {"name": "虚构豆腐坊", "credit_code": ""}, new)
    assert made.status_code == 302
    page = made.location
    place = {
        "name": "作坊",
        "place_class": "shop",
        "village": "东示村",
        "address": "3号",
        "contact_name": "尤样本",
        "contact_mobile": "000-0000",
    }
    short = office.post(page, place | {"contact_mobile": "12"}, page)
    assert short.status_code == 422
    assert "填了“12”" in short.text
    assert office.post(page, place, page).status_code == 302
    assert "样镇个〔2026〕1号" in office.get(page).text
    opened = office.post("/office/records", {"place": "4", "stop": "1"}, page)
    assert opened.status_code == 302
    draft = office.get(opened.location).text
    assert "还没传纸质申报的扫描件" in draft
    assert "企业办代录" in draft
    scan = {"file": (BytesIO(PAPER), "纸.pdf")}
    assert office.post(opened.location, scan, opened.location).status_code == 302
    assert "还没传纸质申报的扫描件" not in office.get(opened.location).text
    broken = {"file": (BytesIO(b"%PDF-x"), "纸.pdf")}
    answer = office.post(opened.location, broken, opened.location)
    assert answer.status_code == 422
    assert "打不开" in answer.text
    assert "虚构豆腐坊" in office.get("/office/records").text


def test_a_draft_is_nobody_elses_to_open(app: Flask, cast: Cast) -> None:
    case_id = submitted(cast.he)
    office = Visitor(app, "qiyeban")
    office.get(f"/office/records/{case_id}", 404)
    assert office.post("/office/records", {"place": "1", "stop": "1"}).status_code == 409
    for told in ({"place": "99", "stop": "1"}, {"place": "x", "stop": "1"}, {}):
        assert office.post("/office/records", told).status_code == 404
    office.get("/office/enterprises/99", 404)
    assert "有自己的账号" in office.get("/office/enterprises/1").text
