"""Two people on one filing: each sees what the other did, and nobody overwrites anything."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Person
from tests.browser.saving import choose, kept, later, line, open_section
from tests.cast import AT, Cast
from tests.entry import HELD_CODE, MOBILE, VISIT, claimed
from tests.whole import open_whole
from workflow.usecases import admitting

pytestmark = pytest.mark.browser
LOOK = 10.1  # seconds after which a page asks what others did
Pair = tuple[Person, Person]


@pytest.fixture
def case_id(cast: Cast) -> int:
    """A draft of He's enterprise, which has a second clerk, Sun."""
    admitting.let_in(claimed(code=HELD_CODE), True, False, VISIT, cast.lin, AT)
    return open_whole(cast.he)


@pytest.fixture
def two(person: Callable[..., Person], case_id: int) -> Pair:
    """He at the desk and Sun on the phone, before the same section."""
    he = open_section(person("desk"), case_id, "living")
    return he, open_section(person("phone"), case_id, "living", MOBILE)


def test_each_sees_what_the_other_did_and_both_are_kept(two: Pair, case_id: int) -> None:
    he, sun = (one.page for one in two)
    choose(he, "has_dorm", "yes")
    sun.locator("#shuttle_bus_count").fill("2")
    sun.locator("#shuttle_bus_count").blur()
    later(he, 1)
    later(sun, 1)
    expect(line(he)).to_contain_text("已保存")
    expect(line(sun)).to_contain_text("已保存")
    assert kept(case_id) == {"has_dorm": True, "shuttle_bus_count": 2}
    later(he, LOOK)
    later(sun, LOOK)
    expect(he.locator("#shuttle_bus_count")).to_have_value("2")
    expect(he.locator("#shuttle_bus_count-live")).to_have_text("孙样本 09:30 改的")
    expect(sun.locator("#q-has_dorm input[value=yes]")).to_be_checked()
    expect(sun.locator("#dorm_residents")).to_be_visible()
    two[1].look("changed-by-another")


def clash(he: Page, sun: Page, case_id: int) -> None:
    """He says two buses, Sun had said three: Sun's stays until He has chosen."""
    sun.locator("#shuttle_bus_count").fill("3")
    he.locator("#shuttle_bus_count").fill("2")
    later(sun, 2.1)
    expect(line(sun)).to_contain_text("已保存")
    later(he, 2.1)
    expect(he.locator("#shuttle_bus_count-live")).to_have_text("孙样本 09:30 把这里改成了“3 辆”。")
    expect(he.locator("#shuttle_bus_count")).to_have_value("2")
    choose(he, "has_canteen", "no")  # saves the page again, but not what is in dispute
    later(he, 1)
    expect(line(he)).to_contain_text("已保存")
    assert kept(case_id) == {"shuttle_bus_count": 3, "has_canteen": False}
    he.get_by_role("button", name="存下，下一步").click()
    expect(line(he)).to_contain_text("请先选用谁的")
    assert kept(case_id)["shuttle_bus_count"] == 3


def test_a_clash_is_settled_by_ones_own(two: Pair, case_id: int) -> None:
    he, sun = (one.page for one in two)
    clash(he, sun, case_id)
    two[0].look("clash")
    he.get_by_role("button", name="用我填的").click()
    later(he, 0.1)
    expect(line(he)).to_have_text("09:30 已保存")
    assert kept(case_id)["shuttle_bus_count"] == 2


def test_a_clash_is_settled_by_the_others(two: Pair, case_id: int) -> None:
    he, sun = (one.page for one in two)
    clash(he, sun, case_id)
    he.get_by_role("button", name="用对方的").click()
    expect(he.locator("#shuttle_bus_count")).to_have_value("3")
    later(he, 0.1)
    expect(line(he)).to_have_text("09:30 已保存")
    assert kept(case_id)["shuttle_bus_count"] == 3


def test_a_text_both_write_is_not_overwritten(person: Callable[..., Person], case_id: int) -> None:
    he = open_section(person("desk"), case_id, "plan", what="sections")
    he.page.locator("#headcount").fill("30")
    he.page.locator("#headcount").blur()
    later(he.page, 1)
    expect(line(he.page)).to_contain_text("已保存")
    he.page.goto(f"{he.address}/enterprise/cases/{case_id}/parts/card")
    sun = open_section(person("phone"), case_id, "card", MOBILE, what="parts")
    for one, text in ((sun, "孙写的"), (he, "何写的")):
        one.page.locator("#text").fill(text)
        later(one.page, 2.1)
        expect(line(one.page)).not_to_contain_text("存过")
    expect(line(sun.page)).to_contain_text("已保存")
    expect(he.page.locator("#text-live")).to_have_text("孙样本 09:30 也改了这一篇。")
    he.look("clash-of-parts")
    assert kept(case_id)["part.card"] == "孙写的"
    he.page.get_by_role("button", name="用我填的").click()
    later(he.page, 0.1)
    expect(line(he.page)).to_have_text("09:30 已保存")
    assert kept(case_id)["part.card"] == "何写的"
