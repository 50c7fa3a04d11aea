"""The office's page of working days: what is known, what the town enters, and what is wrong."""

from datetime import date

import pytest
from flask import Flask

from tests.cast import Cast
from tests.pages import Visitor
from workflow.store.calendar import calendar

PAGE = "/office/calendar"
TOLD = {
    "first_day": "2027-01-01",
    "last_day": "2027-01-03",
    "kind": "off",
    "note": "国务院办公厅通知",
}
UNKNOWN = "明年的放假安排还没有，先按周一至周五算"


def test_the_office_is_warned_of_a_year_nobody_arranged(app: Flask, cast: Cast) -> None:
    office = Visitor(app, "qiyeban")
    assert "2027 年的还没有" in office.get("/office/").text
    page = office.get(PAGE).text
    assert UNKNOWN in page
    assert page.count("系统里有国务院办公厅公布的放假安排") == 1
    complete = f"{PAGE}/years/2027/complete"
    assert "2027 年的都填全了" not in page
    assert office.post(PAGE, TOLD, PAGE).status_code == 302
    page = office.get(PAGE).text
    assert UNKNOWN in page
    assert "2027 年的都填全了" in page
    assert office.post(complete, page=PAGE).status_code == 302
    assert UNKNOWN not in office.get(PAGE).text
    assert "年的还没有" not in office.get("/office/").text
    assert office.post(f"{PAGE}/years/2027/reopen", page=PAGE).status_code == 302
    assert UNKNOWN in office.get(PAGE).text
    assert office.post(f"{PAGE}/years/2029/complete", page=PAGE).status_code == 404


def test_days_are_entered_and_taken_out_again(app: Flask, cast: Cast) -> None:
    office = Visitor(app, "qiyeban")
    assert office.post(PAGE, TOLD, PAGE).status_code == 302
    worked = TOLD | {"first_day": "2027-01-09", "last_day": "", "kind": "worked"}
    assert office.post(PAGE, worked, PAGE).status_code == 302
    page = office.get(PAGE).text
    assert "1月2日（周六）" in page
    assert "1月9日（周六）" in page
    assert "吴示例填的" in page
    assert not calendar().is_working(date(2027, 1, 1))
    assert calendar().is_working(date(2027, 1, 9))
    for _ in range(2):
        assert office.post(f"{PAGE}/days/2027-01-01/remove", page=PAGE).status_code == 302
    assert "1月1日" not in office.get(PAGE).text
    assert office.post(f"{PAGE}/days/yesterday/remove", page=PAGE).status_code == 404


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"last_day": "2026-12-31"}, "结束的日期比开始的早"),
        ({"last_day": "2027-02-28"}, "一次最多填 31 天"),
        ({"first_day": "2025-12-31", "last_day": ""}, "只能填 2026 年和 2027 年的"),
        ({"first_day": "2027-12-31", "last_day": "2028-01-01"}, "只能填 2026 年和 2027 年的"),
        ({"first_day": "元旦"}, "“元旦”不是日期"),
        ({"first_day": ""}, "请填从哪天起"),
        ({"kind": ""}, "请选放假还是上班"),
        ({"note": "\u202e "}, "请写一句依据"),
        ({"note": "长" * 41}, "最多写 40 个字"),
    ],
)
def test_wrong_days_are_said_back(app: Flask, cast: Cast, told: dict[str, str], words: str) -> None:
    answer = Visitor(app, "qiyeban").post(PAGE, TOLD | told, PAGE)
    assert answer.status_code == 422
    assert words in answer.text
