"""Registering on a phone: through the poster one after the other, and by a personal link."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.health.town import AT, NUMBERS, hire, link_of, open_campaign, place_of
from workflow.store import stafflinks
from workflow.usecases.health import links


@pytest.fixture
def line(cast: Cast) -> int:
    open_campaign(cast)
    return hire(cast, "赵甲", NUMBERS[0])


def choose(page: Page, question: str, answer: str) -> None:
    """As a thumb does: on the words."""
    group = page.get_by_role("group", name=question)
    group.locator("label", has_text=re.compile(f"^\\s*{answer}\\s*$")).click()
    expect(group.get_by_role("radio", name=answer, exact=True)).to_be_checked()


def tell_of_today(page: Page) -> None:
    choose(page, "最近 14 天见过这些人吗", "没有")
    page.get_by_label("现在体温").fill("36.5")
    choose(page, "健康码现在是什么颜色", "没有，或不用")
    choose(page, "住哪里", "宿舍")


def who(page: Page) -> None:
    page.get_by_label("姓名", exact=True).fill("赵甲")
    page.get_by_label("证件号码").fill(NUMBERS[0])
    page.get_by_label("手机号").fill("13900000001")


@pytest.mark.parametrize("scripts", [True, False])
def test_one_after_the_other_through_the_poster(
    cast: Cast, person, line: int, scripts: bool
) -> None:
    code = stafflinks.code_of(links.make_poster(place_of(cast), cast.he, AT))
    phone = person("phone", scripts=scripts)
    phone.open(f"/p/{code}")
    phone.look("poster")
    page = phone.page
    who(page)
    choose(page, "最近 14 天离开过本县吗", "没离开过")
    expect(page.get_by_label("在哪里", exact=True)).to_be_hidden()
    page.get_by_label("现在体温").fill("365")
    phone.press("交上去")
    expect(page.get_by_role("alert")).to_contain_text("填了 365")
    expect(page.get_by_label("证件号码")).to_have_value(NUMBERS[0])
    phone.look("poster-wrong")
    tell_of_today(page)
    page.get_by_label("手机号").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("收到了")
    phone.look("received")
    phone.follow("下一位")
    for one in ("姓名", "证件号码", "手机号", "现在体温"):
        expect(page.get_by_label(one, exact=True)).to_have_value("")
    assert not page.locator(":checked:not(option)").count()


def test_by_link_an_unclear_place_is_picked_and_the_answer_is_shown(
    cast: Cast, person, line: int
) -> None:
    phone = person("phone")
    page = phone.page
    phone.open(f"/s/{stafflinks.code_of(link_of(cast, line))}")
    choose(page, "最近 14 天离开过本县吗", "离开过")
    page.get_by_label("在哪里", exact=True).fill("江汉")
    page.get_by_label("从哪天", exact=True).fill("2026-11-10")
    page.get_by_label("到哪天", exact=True).fill("2026-11-20")
    phone.press("还去过别处，加一处")
    expect(page.get_by_label("在哪里", exact=True).nth(1)).to_be_focused()
    page.get_by_label("在哪里", exact=True).nth(1).fill("鼓楼区")
    page.get_by_label("从哪天", exact=True).nth(1).fill("2026-11-20")
    page.get_by_label("到哪天", exact=True).nth(1).fill("2026-11-22")
    page.get_by_label("哪天到本地的").fill("2026-11-22")
    page.get_by_label("怎么来的").select_option("火车、高铁")
    tell_of_today(page)
    phone.press("交上去")
    expect(page.get_by_role("alert")).to_contain_text("请选一处")
    phone.look("which")
    page.get_by_text("江苏省南京市鼓楼区", exact=True).click()
    phone.press("交上去")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("观察中|等核实"))
    expect(page.get_by_text("江汉").first).to_be_visible()
    phone.look("mine")
    phone.follow("改，或重新登记")
    expect(page.get_by_label("哪天到本地的")).to_have_value("2026-11-22")
    phone.look("again")
    phone.follow("看告知")
    phone.look("notice")


def test_a_clerk_tells_for_somebody(cast: Cast, person, line: int) -> None:
    clerk = person("desk")
    clerk.sign_in("yunque")
    clerk.open(f"/enterprise/places/{place_of(cast)}/roster/people/{line}/register")
    choose(clerk.page, "最近 14 天离开过本县吗", "没离开过")
    clerk.press("替本人报上")
    expect(clerk.page.get_by_role("alert")).to_contain_text("请选一项")
    tell_of_today(clerk.page)
    clerk.press("替本人报上")
    expect(clerk.page.get_by_role("status").first).to_contain_text("已替 赵甲 报上：可以上班")
