"""Who is responsible, as pages say it; passing on, absences, and the office behind them."""

import re

import pytest
from flask import Flask

from forms.duty import ABSENCE_WORDS, HANDOVER_WORDS
from tests.cast import Cast, checked, inspected, submitted, version_of
from tests.conftest import Clock
from tests.pages import Visitor
from workflow.core.duty import AbsenceReason, HandoverReason
from workflow.store import cases

TODAY = {"first_day": "2026-11-23", "last_day": "2026-11-23", "reason": "leave"}


def words_of(html: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html))


def away(app: Flask, username: str, **other: str) -> None:
    answer = Visitor(app, username).post("/liaison/absence", TODAY | other, "/liaison/absence")
    assert answer.status_code == 302, answer.text


@pytest.mark.parametrize("reason", HandoverReason)
def test_every_reason_to_pass_on_has_its_words(reason: HandoverReason) -> None:
    assert HANDOVER_WORDS[reason]


@pytest.mark.parametrize("reason", AbsenceReason)
def test_every_reason_to_be_away_has_its_words(reason: AbsenceReason) -> None:
    assert ABSENCE_WORDS[reason]


def test_the_enterprise_sees_who_answers_and_who_stands_in(
    app: Flask, cast: Cast, clock: Clock
) -> None:
    page = f"/enterprise/cases/{submitted(cast.he)}"
    he = Visitor(app, "yunque")
    assert "企业专员林示例000-0000-0003" in words_of(he.get(page).text)
    assert "企业专员林示例000-0000-0003" in words_of(he.get("/enterprise/").text)
    away(app, "zhuanyuan", last_day="2026-11-24")
    assert "代班的企业专员周示例000-0000-0004" in words_of(he.get("/enterprise/").text)
    said = words_of(he.get(page).text)
    assert "代班的企业专员周示例000-0000-0004林示例到11月24日（周二）都不在，由代班人办。" in said
    away(app, "zhuanyuan2")
    said = words_of(he.get(page).text)
    assert "企业办代管样例镇企业办000-0000-0000" in said
    assert "林示例到11月24日（周二）都不在，代班人周示例也不在。" in said
    clock.forward(days=2)
    assert "企业专员林示例000-0000-0003" in words_of(he.get(page).text)


def test_the_stand_in_works_through_the_queue(app: Flask, cast: Cast) -> None:
    case_id = inspected(cast.he, cast.lin)
    zhou = Visitor(app, "zhuanyuan2")
    assert "云雀" not in zhou.get("/liaison/").text
    away(app, "zhuanyuan")
    queue = zhou.get("/liaison/").text
    assert "云雀" in queue
    assert "代班" in queue
    page = f"/liaison/cases/{case_id}"
    told = {"version": str(version_of(case_id)), "EP-101": "pass"}
    assert zhou.post(f"{page}/checks", told, page).status_code == 302
    assert "周示例（代班）" in zhou.get(page).text
    assert "周示例（代班）" in Visitor(app, "yunque").get(f"/enterprise/cases/{case_id}").text


def test_the_office_takes_over_only_when_both_are_away(app: Flask, cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    office, page = Visitor(app, "qiyeban"), f"/office/cases/{case_id}"
    assert "云雀" not in office.get("/office/queue?turn=cover").text
    shown = office.get(page).text
    assert "轮到企业专员林示例" in shown
    assert 'id="checks"' not in shown
    assert "看电话" not in shown
    seen = {"version": str(version_of(case_id))}
    assert office.post(f"{page}/approve", seen, page).status_code == 409
    away(app, "zhuanyuan")
    away(app, "zhuanyuan2")
    assert "云雀" in office.get("/office/queue?turn=cover").text
    assert "1 件" in words_of(office.get("/office/").text).replace("1件", "1 件")
    answer = office.post(f"{page}/approve", seen, page)
    assert answer.status_code == 302
    assert "吴示例（企业办）" in office.get(page).text


def test_not_my_field(app: Flask, cast: Cast) -> None:
    case_id = submitted(cast.he)
    lin, zhou = Visitor(app, "zhuanyuan"), Visitor(app, "zhuanyuan2")
    page = f"/liaison/cases/{case_id}/hand-over"
    shown = lin.get(page).text
    assert "第二责任田，北示村，周示例" in shown
    assert 'value="1"' not in shown[shown.index("归哪个责任田") :]
    answer = lin.post(page, {"version": str(version_of(case_id))}, page)
    assert answer.status_code == 422
    assert "请选归哪个责任田" in answer.text
    told = {"version": str(version_of(case_id)), "to_field": "2", "reason": "other", "words": " "}
    answer = lin.post(page, told, page)
    assert answer.status_code == 422
    assert "请写一句是什么原因" in answer.text
    answer = lin.post(page, told | {"words": "大门朝北"}, page)
    assert answer.status_code == 302
    assert "已转给第二责任田" in lin.get("/liaison/").text
    lin.get(page, 404)
    assert lin.post(page, told | {"words": "再来"}, "/liaison/").status_code == 404
    queue = words_of(zhou.get("/liaison/?turn=others").text)
    assert "转来的，别的原因：大门朝北" in queue
    assert "转来的" in zhou.get(f"/liaison/cases/{case_id}").text
    for who, door in ((zhou, "liaison"), (Visitor(app, "yunque"), "enterprise")):
        said = who.get(f"/{door}/cases/{case_id}").text
        assert "转办：第一责任田 → 第二责任田（别的原因：大门朝北）" in said
        assert "周示例" in said


@pytest.mark.parametrize("to_field", ["1", "99", "x", "-1", ""])
def test_only_another_field_of_the_town_can_be_chosen(
    app: Flask, cast: Cast, to_field: str
) -> None:
    case_id = submitted(cast.he)
    page = f"/liaison/cases/{case_id}/hand-over"
    told = {"version": str(version_of(case_id)), "to_field": to_field, "reason": "moved"}
    assert Visitor(app, "zhuanyuan").post(page, told, page).status_code == 422
    assert cases.get(case_id, cast.lin)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"last_day": "2026-11-22"}, "比开始那天还早"),
        ({"first_day": "2026-11-20", "last_day": "2026-11-22"}, "已经过去了"),
        ({"last_day": "2028-11-23"}, "超过一年"),
        ({"last_day": "明天"}, "“明天”不是日期"),
        ({"reason": ""}, "请选一项"),
        ({"first_day": ""}, "请填从哪天起"),
    ],
)
def test_a_wrong_absence_is_said_back(
    app: Flask, cast: Cast, told: dict[str, str], words: str
) -> None:
    for username, page in (("zhuanyuan", "/liaison/absence"), ("qiyeban", "/office/absences")):
        answer = Visitor(app, username).post(page, TODAY | {"account": "1"} | told, page)
        assert answer.status_code == 422
        assert words in answer.text


def test_one_is_back_by_a_press(app: Flask, cast: Cast) -> None:
    submitted(cast.he)
    lin, office = Visitor(app, "zhuanyuan"), Visitor(app, "qiyeban")
    told = TODAY | {"account": str(cast.lin.account_id)}
    assert office.post("/office/absences", told, "/office/absences").status_code == 302
    assert "林示例" in office.get("/office/absences").text
    assert "代班的企业专员" in lin.get("/liaison/absence").text
    assert Visitor(app, "zhuanyuan2").post("/liaison/absence/1/back").status_code == 404
    assert lin.post("/liaison/absence/1/back").status_code == 302
    assert "代班的企业专员" not in lin.get("/liaison/absence").text
    assert "没有人请假" in office.get("/office/absences").text
    assert office.post("/office/absences/99/back").status_code == 404
