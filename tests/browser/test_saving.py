"""A filing saves itself: it says so, says loudly when it can't, and loses nothing typed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Person
from tests.browser.saving import choose, kept, later, line, open_section, sign_in
from tests.cast import Cast
from tests.whole import open_whole

pytestmark = pytest.mark.browser
SAVED, DORM = "已保存", ("#q-dorm_residents", "#q-dorm_rooms", "#q-dorm_area_m2")


@pytest.fixture
def case_id(cast: Cast) -> int:
    """The draft of a shop, under the shipped catalogue; nothing answered yet."""
    return open_whole(cast.he)


@pytest.fixture
def at_section(person: Callable[..., Person], case_id: int) -> Callable[..., Person]:
    """Somebody signed in, before a section of that draft."""

    def open_one(key: str, screen: str = "desk") -> Person:
        return open_section(person(screen), case_id, key)

    return open_one


def test_an_answer_is_saved_without_a_button_and_the_list_follows(
    at_section: Callable[..., Person], case_id: int
) -> None:
    one = at_section("living", screen="phone")
    page = one.page
    count = page.locator("[data-count]").first
    before = int(count.inner_text())
    page.locator("#shuttle_bus_count").press_sequentially("1")
    later(page, 2.1)  # typing rests; the field is not left
    expect(line(page)).to_contain_text(SAVED)
    expect(line(page)).to_be_in_viewport()
    assert kept(case_id) == {"shuttle_bus_count": 1}
    for question in DORM:
        expect(page.locator(question)).to_be_hidden()
    choose(page, "has_dorm", "yes")
    later(page, 1)
    for question in DORM:
        expect(page.locator(question)).to_be_visible()
    box = page.locator("#q-has_dorm + .new")
    expect(box).to_contain_text("清单多了")
    assert int(count.inner_text()) > before
    one.look("more-asked")
    choose(page, "has_dorm", "no")
    later(page, 1)
    expect(box).to_contain_text("清单少了")
    for question in DORM:
        expect(page.locator(question)).to_be_hidden()
    assert kept(case_id) == {"shuttle_bus_count": 1, "has_dorm": False}


def test_the_button_stays_where_an_answer_asks_for_more(
    at_section: Callable[..., Person], case_id: int
) -> None:
    page = at_section("living").page
    choose(page, "has_dorm", "yes")
    page.get_by_role("button", name="存下，下一步").click()
    expect(page.locator("#dorm_residents")).to_be_focused()
    expect(line(page)).to_contain_text("还有几问")
    with page.expect_navigation(url="**/sections/supplies"):
        page.get_by_role("button", name="存下，下一步").click()
    assert kept(case_id) == {"has_dorm": True}


def test_a_wrong_number_is_said_beside_it_while_the_rest_is_kept(
    at_section: Callable[..., Person], case_id: int
) -> None:
    one = at_section("supplies", screen="phone")
    page = one.page
    page.locator("#stock_masks").fill("两百")
    page.locator("#thermometers").fill("1")
    page.locator("#thermometers").blur()
    later(page, 1)
    expect(page.locator("#stock_masks-live")).to_contain_text("填了“两百”，这里要填数字")
    expect(line(page)).to_contain_text("有 1 处要改")
    expect(page.locator("#stock_masks")).to_have_value("两百")
    expect(page.locator("#stock_masks")).to_have_attribute("aria-invalid", "true")
    one.look("wrong")
    assert kept(case_id) == {"thermometers": 1}
    page.locator("#stock_masks").fill("200")
    later(page, 2.1)
    expect(line(page)).to_have_text("09:30 已保存")
    expect(page.locator("#stock_masks-live")).to_be_hidden()


def test_without_a_network_it_says_so_and_saves_once_there_is_one(
    at_section: Callable[..., Person], case_id: int
) -> None:
    one = at_section("unit", screen="phone")
    page = one.page
    page.context.set_offline(True)
    page.locator("#industry").fill("面包加工")
    later(page, 2.1)
    expect(line(page)).to_contain_text("没有网，没存上")
    expect(page.locator(".sync[data-state=failed]")).to_be_visible()
    page.get_by_role("button", name="存下，下一步").click()
    expect(line(page)).to_contain_text("没有网，没存上")
    expect(page.locator("#industry")).to_have_value("面包加工")
    assert kept(case_id) == {}
    page.context.set_offline(False)
    later(page)
    expect(line(page)).to_contain_text(SAVED)
    assert kept(case_id) == {"industry": "面包加工"}


def test_an_error_of_the_server_is_said_and_tried_again(
    at_section: Callable[..., Person], case_id: int
) -> None:
    page = at_section("unit").page
    page.route("**/sections/unit", lambda route: route.fulfill(status=500, body="{}"), times=1)
    page.locator("#industry").fill("面包加工")
    later(page, 2.1)
    expect(line(page)).to_contain_text("没存上。请别关页面")
    later(page)
    expect(line(page)).to_contain_text(SAVED)
    assert kept(case_id) == {"industry": "面包加工"}


def test_an_answer_lost_on_the_way_back_is_no_clash_with_oneself(
    at_section: Callable[..., Person], case_id: int
) -> None:
    page = at_section("unit").page

    def lose(route):  # the server has it; the page never hears of it
        route.fetch()
        route.abort()

    page.route("**/sections/unit", lose, times=1)
    page.locator("#industry").fill("面包")
    later(page, 2.1)
    expect(line(page)).to_contain_text("没有网，没存上")
    page.locator("#industry").fill("面包加工")
    later(page)  # what was sent goes once more, then what was typed since
    expect(line(page)).to_have_text("09:30 已保存")
    assert kept(case_id) == {"industry": "面包加工"}


def test_who_was_signed_out_loses_nothing(at_section: Callable[..., Person], case_id: int) -> None:
    one = at_section("unit")
    page = one.page
    page.wait_for_load_state("networkidle")  # an answer under way would bring the cookie back
    page.context.clear_cookies()
    page.locator("#industry").fill("面包加工")
    later(page, 2.1)
    expect(line(page)).to_contain_text("没存上：您已退出")
    expect(page.locator("#industry")).to_have_value("面包加工")
    assert kept(case_id) == {}
    other = page.context.new_page()
    sign_in(Person(other, one.address, one.pictures))
    expect(other.get_by_role("heading", level=1)).to_have_text("我的申报")
    other.close()
    later(page)
    expect(line(page)).to_contain_text(SAVED)
    assert kept(case_id) == {"industry": "面包加工"}


def test_what_was_half_filled_in_is_there_on_the_phone(
    at_section: Callable[..., Person],
) -> None:
    page = at_section("plan").page
    page.locator("#headcount").fill("30")
    page.locator("#work_scope").fill("只开一楼")
    page.locator("#work_scope").blur()
    later(page, 1)
    expect(line(page)).to_contain_text(SAVED)
    phone = at_section("plan", screen="phone").page
    expect(phone.locator("#headcount")).to_have_value("30")
    expect(phone.locator("#work_scope")).to_have_value("只开一楼")
    expect(line(phone)).to_contain_text("存过，换手机也能接着填")
