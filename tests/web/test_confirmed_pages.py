"""What data answer is shown with its numbers, and never as something to be ticked."""

import re

import pytest
from flask import Flask

from tests.cast import ANSWERS, Cast, inspected
from tests.health.town import AT, NUMBERS, STAYED_HOME, hire, link_of, open_campaign
from tests.pages import Visitor
from tests.web.reviewing import bar, page_of
from workflow.usecases.health import declaring

NUMBERS_SAID = "由登记数据得出：2人里1人已登记。"


@pytest.fixture
def case_id(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> int:
    """Under inspection; the second of two people has not registered."""
    monkeypatch.setitem(ANSWERS, "first_batch_count", 2)
    open_campaign(cast)
    first = hire(cast, "赵甲", NUMBERS[0])
    hire(cast, "钱乙", NUMBERS[1])
    declaring.register(link_of(cast, first), STAYED_HOME, AT)
    return inspected(cast.he, cast.lin)


def test_the_liaison_sees_numbers_and_who_is_missing(app: Flask, case_id: int) -> None:
    liaison = Visitor(app, "zhuanyuan")
    page = liaison.get(page_of("liaison", case_id)).text
    assert NUMBERS_SAID in page
    assert "还差名册第 2 号" in page
    assert f"/liaison/cases/{case_id}/roster" in page
    assert 'name="EP-111"' not in page
    assert 'name="EP-101"' in page
    assert "钱乙" not in page
    assert not re.search(r'name="then" value="approve"', bar(page))


def test_a_mark_that_is_sent_all_the_same_is_not_kept(app: Flask, case_id: int) -> None:
    liaison, page = Visitor(app, "zhuanyuan"), page_of("liaison", case_id)
    liaison.post(f"{page}/checks", {"EP-111": "pass", "version": "9"}, page)
    assert NUMBERS_SAID in liaison.get(page).text


def test_the_office_sees_numbers_alone(app: Flask, case_id: int) -> None:
    page = Visitor(app, "qiyeban").get(page_of("office", case_id)).text
    assert NUMBERS_SAID in page
    assert "还差名册" not in page


def test_the_enterprise_is_led_to_whoever_is_missing(app: Flask, case_id: int) -> None:
    clerk = Visitor(app, "yunque")
    page = clerk.get(page_of("enterprise", case_id)).text
    assert NUMBERS_SAID in page
    assert "核查的人说：由登记数据" not in page
    link = re.search(r'href="([^"]+show=unregistered)"', page)
    assert link is not None
    shown = clerk.get(link[1].replace("&amp;", "&")).text
    assert "钱乙" in shown
    assert "赵甲" not in shown
