"""The office switches health on, keeps its dated rules, and sees the notice staff see."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.cast import Cast
from tests.health.town import TODAY
from tests.pages import Visitor
from workflow.core.risk import RiskLevel, Unclear, level_on
from workflow.jobs.tasks import UPKEEP
from workflow.store import healthcampaigns, riskrules
from workflow.store.db import db

PAGE = "/office/campaign"
OPEN = f"{PAGE}/open"
AREAS, AREA = f"{PAGE}/areas", f"{PAGE}/areas/new"
RULES, RULE = f"{PAGE}/rules", f"{PAGE}/rules/new"
BASIS = "样例县疫情防控指挥部通告第1号"
TOLD = {
    "basis": BASIS,
    "starts_on": TODAY.isoformat(),
    "ends_on": (TODAY + timedelta(days=60)).isoformat(),
    "kept_days": "30",
    "pack": "demo",
}
HIGH = {"words": "武汉东西湖", "level": "high", "since": "2026-11-20", "basis": "通告第2号"}
OBSERVED = {
    "number": "S1",
    "levels": ["high"],
    "days": "7",
    "count_from": "arrival",
    "since": "2026-11-20",
    "basis": "通告第3号",
}


@pytest.fixture
def office(app: Flask, cast: Cast) -> Visitor:
    return Visitor(app, "qiyeban")


@pytest.fixture
def opened(office: Visitor) -> Visitor:
    assert office.post(OPEN, TOLD, OPEN).status_code == 302
    return office


def test_it_is_off_until_the_office_opens_it(office: Visitor) -> None:
    page = office.get(PAGE).text
    assert "现在不登记员工健康" in page
    assert office.get(AREAS, 404)
    assert office.get(f"{PAGE}/notice", 404)
    assert "本镇常用的" not in office.get(OPEN).text
    assert office.post(OPEN, TOLD, OPEN).location == PAGE
    page = office.get(PAGE).text
    assert "正在登记" in page
    assert BASIS in page
    assert "2027年2月21日" in page  # ends on 22 January, kept for 30 days
    notice = office.get(f"{PAGE}/notice").text
    assert BASIS in notice
    assert "2027年2月21日" in notice


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"basis": " "}, "请写依据"),
        ({"ends_on": "2026-11-01", "starts_on": "2026-10-01"}, "已经过去了"),
        ({"ends_on": "2026-11-01"}, "结束的日期比开始的早"),
        ({"ends_on": "2029-11-01"}, "超过一年了"),
        ({"starts_on": "9999-12-01", "ends_on": "9999-12-31"}, "超过两年了"),
        ({"kept_days": "29"}, "只能填 30 到 90"),
        ({"kept_days": "91"}, "只能填 30 到 90"),
        ({"kept_days": "很久"}, "要填数字"),
        ({"pack": "epidemic"}, "用哪套风险规则"),
        ({"pack": "blank"}, "请写上"),
        ({"words": "乌有之乡"}, "没找到“乌有之乡”"),
        ({"words": "鼓楼区"}, "有几处，请选一处"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(
    office: Visitor, told: dict[str, str], words: str
) -> None:
    answer = office.post(OPEN, TOLD | told, OPEN)
    assert answer.status_code == 422
    assert words in answer.text
    assert healthcampaigns.every() == []


def test_a_real_town_begins_with_its_own_place(office: Visitor) -> None:
    told = TOLD | {"pack": "blank", "words": "鼓楼区", "code": "410204"}
    assert office.post(OPEN, told, OPEN).status_code == 302
    [campaign] = healthcampaigns.every()
    rules = riskrules.rules(campaign.id)
    assert (rules.home.codes, rules.fever, rules.areas) == (("410204",), 373, ())
    assert "还没有一条" in office.get(AREAS).text
    assert "还没有一条" in office.get(RULES).text


def test_rules_of_2020_are_examples_that_count_for_nothing(office: Visitor) -> None:
    assert office.post(OPEN, TOLD | {"pack": "y2020"}, OPEN).status_code == 302
    [campaign] = healthcampaigns.every()
    rules = riskrules.rules(campaign.id)
    assert not any(one.enabled for one in (*rules.areas, *rules.rules))
    assert level_on("4201", TODAY, rules) == Unclear()
    assert "有 40 条是例子" in office.get(PAGE).text


def test_it_ends_and_the_next_one_takes_over_the_usual_rules(opened: Visitor) -> None:
    assert "今天就结束" in opened.get(PAGE).text
    [campaign] = healthcampaigns.every()
    assert opened.post(f"{PAGE}/{campaign.id}/end", page=PAGE).status_code == 302
    assert opened.post(f"{PAGE}/{campaign.id + 9}/end", page=PAGE).status_code == 404
    assert "今天就结束" not in opened.get(PAGE).text
    days = {"starts_on": "2026-11-24", "ends_on": "2026-12-24"}
    answer = opened.post(OPEN, TOLD | days | {"starts_on": "2026-11-23"}, OPEN)
    assert "已经有一次健康登记" in answer.text
    assert "本镇常用的" in opened.get(OPEN).text
    assert opened.post(OPEN, TOLD | days | {"pack": "usual"}, OPEN).status_code == 302
    rules = riskrules.rules(healthcampaigns.every()[0].id)
    assert all(one.enabled for one in rules.rules)
    assert not any(one.enabled for one in rules.areas)


def test_areas_are_added_found_confirmed_and_taken_out(opened: Visitor, drain) -> None:
    assert opened.post(AREA, HIGH, AREA).status_code == 302
    assert opened.post(AREA, HIGH | {"words": "中牟", "level": "low"}, AREA).status_code == 302
    page = opened.get(f"{AREAS}?q=东西湖").text
    assert "湖北省武汉市东西湖区" in page
    assert "中牟" not in page
    assert "没有找到" in opened.get(f"{AREAS}?q=乌有").text
    [example] = riskrules.areas_like(healthcampaigns.every()[0].id, asked=True)
    assert example.name == "虚构省丁市"
    fields = {"row": [str(example.id), "x", "999999"], "count": "on"}
    assert opened.post(AREAS, fields, AREAS).status_code == 302
    drain(UPKEEP)
    rules = riskrules.rules(healthcampaigns.every()[0].id)
    assert level_on("420112", TODAY, rules) is RiskLevel.HIGH
    assert level_on("9904", TODAY, rules) is RiskLevel.MEDIUM
    assert opened.post(AREAS, fields | {"count": "off"}, AREAS).status_code == 302
    db.session.expire_all()
    assert "等确认" in opened.get(f"{AREAS}?asked=1").text
    assert opened.post(AREAS, {"count": "on"}, AREAS).status_code == 302
    assert "没有勾选" in opened.get(AREAS).text


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"words": ""}, "请写是哪里"),
        ({"words": "老家"}, "没找到“老家”"),
        ({"words": "朝阳"}, "辽宁省朝阳市"),
        ({"level": ""}, "请选一个等级"),
        ({"until": "2026-11-01"}, "结束的日期比开始的早"),
        ({"since": "昨天"}, "“昨天”不是日期"),
        ({"since": "9999-12-31"}, "离今天超过两年了"),
        ({"until": "9999-12-31"}, "离今天超过两年了"),
        ({"basis": ""}, "请写依据"),
        ({"basis": "字" * 301}, "最多写 300 个字"),
    ],
)
def test_a_wrong_area_stays_on_the_page(opened: Visitor, told: dict[str, str], words: str) -> None:
    answer = opened.post(AREA, HIGH | told, AREA)
    assert answer.status_code == 422
    assert words in answer.text


def test_rules_are_added_confirmed_and_taken_out(opened: Visitor) -> None:
    assert opened.post(RULE, OBSERVED | {"overrides": ["Y1"]}, RULE).status_code == 302
    again = opened.post(RULE, OBSERVED, RULE)
    assert again.status_code == 422
    assert "“S1”已经有了" in again.text
    page = opened.get(RULES).text
    assert "取代：Y1" in page
    assert "观察 7 天，从到达当天算起" in page
    campaign_id = healthcampaigns.every()[0].id
    mine = next(one for one in riskrules.rule_rows(campaign_id) if one.code == "S1")
    for count in ("off", "on"):
        assert opened.post(f"{RULES}/{mine.id}", {"count": count}, RULES).status_code == 302
        db.session.expire_all()
        assert mine.enabled is (count == "on")
    assert "同时管一样的人" not in page
    told = OBSERVED | {"number": "S3", "days": "3"}
    assert opened.post(RULE, told, RULE).status_code == 302
    assert "和Y1、S1同时管一样的人" in opened.get(RULES).text
    assert "S1（" in opened.get(RULE).text
    told = OBSERVED | {"number": "S2", "words": "朝阳", "code": "110105"}
    assert opened.post(RULE, told, RULE).status_code == 302
    assert "北京市朝阳区" in opened.get(RULES).text


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"levels": []}, "至少选一个等级"),
        ({"days": "61"}, "请填 0 到 60"),
        ({"days": ""}, "请填观察几天"),
        ({"number": " "}, "请给它一个编号"),
        ({"words": "老家"}, "没找到“老家”"),
        ({"until": "2026-11-01"}, "结束的日期比开始的早"),
        ({"since": "0001-01-01"}, "离今天超过两年了"),
        ({"since": "9999-12-31"}, "离今天超过两年了"),
        ({"until": "9999-12-31"}, "离今天超过两年了"),
    ],
)
def test_a_wrong_rule_stays_on_the_page(opened: Visitor, told: dict[str, str], words: str) -> None:
    answer = opened.post(RULE, OBSERVED | told, RULE)
    assert answer.status_code == 422
    assert words in answer.text


@pytest.mark.parametrize("username", ["weisheng", "yingji", "laodong"])
def test_a_department_has_no_part_in_it(opened: Visitor, app: Flask, username: str) -> None:
    other = Visitor(app, username)
    for page in (PAGE, OPEN, AREAS, AREA, RULES, RULE, f"{PAGE}/notice"):
        other.get(page, 403)
    assert PAGE not in other.get("/privacy").text


def test_only_the_offices_menu_shows_it(opened: Visitor, app: Flask) -> None:
    assert PAGE in opened.get("/office/").text
    for username in ("zhuanyuan", "yunque", "zhihuibu"):
        assert PAGE not in Visitor(app, username).get("/privacy").text
