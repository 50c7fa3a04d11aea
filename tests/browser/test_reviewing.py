"""The officer's page in a browser: marked by key or touch, photographed, corrected, decided."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Person
from tests.browser.declaring import photo
from tests.browser.screens import BOTH
from tests.cast import Cast, accepted, submitted
from workflow.store.db import db

pytestmark = pytest.mark.browser
SAVED = "已保存"


def item(one: Person, text: str) -> Locator:
    return one.page.locator("fieldset.check", has_text=text)


def unmarked(one: Person) -> Locator:
    """The items nobody has marked when the page was opened."""
    return one.page.locator("fieldset.check:not(:has(input[checked]))")


def begin(liaison: Person, case_id: int) -> None:
    liaison.sign_in("zhuanyuan")
    liaison.open(f"/liaison/cases/{case_id}")
    liaison.look("accepted")
    liaison.follow("开始核查")
    liaison.page.get_by_label("到现场").check()
    liaison.look("begin")
    liaison.press("开始核查")


@BOTH
def test_an_inspection_from_its_beginning_to_the_approval(
    person: Callable[..., Person], cast: Cast, tmp_path: Path, screen: str
) -> None:
    case_id = accepted(cast.he)
    db.session.commit()
    liaison = person(screen)
    begin(liaison, case_id)
    page = liaison.page
    for one in page.locator("fieldset.check").all():
        one.get_by_role("radio", name="合格", exact=True).check()
    expect(page.locator(".syncbar")).to_contain_text(SAVED)
    expect(page.locator("[data-left]")).to_have_text("都查过了")
    isolation = item(liaison, "备有临时隔离观察室")
    isolation.get_by_role("radio", name="不合格", exact=True).check()
    expect(page.locator(".syncbar")).to_contain_text("写一句为什么")
    isolation.get_by_role("textbox").fill("只有一间，还堆着原料")
    expect(page.locator(".syncbar")).to_contain_text(SAVED)
    expect(page.locator(".actionbar")).to_contain_text("必须合格的不合格")
    isolation.locator("input[type=file]").set_input_files(photo(tmp_path, 2400))
    expect(isolation.locator(".evid img")).to_have_count(1)
    liaison.look("inspecting")
    isolation.get_by_role("radio", name="合格", exact=True).check()
    approve = page.locator(".actionbar").get_by_role("button", name="同意", exact=True)
    expect(approve).to_be_enabled()
    approve.click()
    liaison.look("approve")
    page.get_by_label("另外的条件").fill("食堂分两批用餐")
    liaison.press("确认同意")
    expect(page.locator("#notice")).to_contain_text("正在排版、签名")
    liaison.look("approved")


@BOTH
def test_the_office_checks_and_asks_for_corrections(
    person: Callable[..., Person], cast: Cast, screen: str
) -> None:
    case_id = submitted(cast.he)
    db.session.commit()
    office = person(screen)
    office.sign_in("qiyeban")
    office.open(f"/office/cases/{case_id}")
    office.look("office")
    page = office.page
    page.get_by_role("link", name="要改").filter(has_text="首批返岗人数").click()
    office.look()
    page.get_by_label("前后对不上").check()
    expect(page.get_by_label("请企业改什么")).to_have_value("和别处填的对不上，请核对后改成一致。")
    office.look("point")
    office.press("放进补正告知")
    expect(page.locator("#points")).to_contain_text("首批返岗人数")
    office.look("noted")
    office.follow("看整份告知")
    office.look("notice")
    office.press("发出补正告知")
    expect(page.get_by_text("已发出补正告知")).to_be_visible()
    office.look("returned")


def test_the_keys_of_the_desk_mark_every_item(person: Callable[..., Person], cast: Cast) -> None:
    case_id = accepted(cast.he)
    db.session.commit()
    liaison = person("desk")
    begin(liaison, case_id)
    page = liaison.page
    items = page.locator("fieldset.check")
    for _ in range(items.count()):
        page.keyboard.press("j")
        page.keyboard.press("1")
    expect(page.locator("[data-left]")).to_have_text("都查过了")
    page.keyboard.press("k")
    page.keyboard.press("2")
    page.keyboard.press("n")
    page.keyboard.type("1 楼没有")  # writing, a number is a number
    expect(page.locator(".syncbar")).to_contain_text(SAVED)
    second_last = items.nth(items.count() - 2)
    expect(second_last.get_by_role("textbox")).to_have_value("1 楼没有")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#keys dl")).to_be_visible()
    liaison.look("keys")
    page.reload()
    expect(second_last.get_by_role("textbox")).to_have_value("1 楼没有")


def test_a_mark_made_without_a_line_is_kept_once_there_is_one(
    person: Callable[..., Person], cast: Cast
) -> None:
    case_id = accepted(cast.he)
    db.session.commit()
    liaison = person("phone")
    begin(liaison, case_id)
    page = liaison.page
    first = unmarked(liaison).first
    page.context.set_offline(True)
    first.get_by_role("radio", name="合格", exact=True).check()
    expect(page.locator(".syncbar")).to_contain_text("没有网")
    page.context.set_offline(False)
    expect(page.locator(".syncbar")).to_contain_text(SAVED, timeout=10_000)


def test_two_officers_at_one_item_are_told_of_each_other(
    person: Callable[..., Person], cast: Cast
) -> None:
    case_id = accepted(cast.he)
    db.session.commit()
    one, two = person("desk"), person("desk")
    begin(one, case_id)
    two.sign_in("zhuanyuan")
    two.open(f"/liaison/cases/{case_id}")
    for each, at in ((one, 0), (two, 1)):  # different items: both are kept
        unmarked(each).nth(at).get_by_role("radio", name="合格", exact=True).check()
        expect(each.page.locator(".syncbar")).to_contain_text(SAVED)
    same = unmarked(two).first
    same.get_by_role("radio", name="不涉及", exact=True).check()
    same.get_by_role("textbox").fill("没有")
    expect(same).to_contain_text("记成了“合格”")
    same.get_by_role("textbox").fill("这里没有")
    expect(two.page.locator(".syncbar")).to_contain_text(SAVED)


def test_without_scripts_everything_goes_by_form(
    person: Callable[..., Person], cast: Cast, tmp_path: Path
) -> None:
    case_id = accepted(cast.he)
    db.session.commit()
    liaison = person("phone", scripts=False)
    begin(liaison, case_id)
    page = liaison.page
    for one in page.locator("fieldset.check").all():
        one.get_by_role("radio", name="合格", exact=True).check()
    isolation = item(liaison, "备有临时隔离观察室")
    isolation.get_by_role("radio", name="不合格", exact=True).check()
    liaison.press("存下核查结果")
    expect(page.get_by_role("heading", level=1)).to_have_text("还差几句，写上就能存")
    page.get_by_role("textbox").fill("堆着原料")
    liaison.press("存下核查结果")
    expect(page.get_by_text("已存下核查结果")).to_be_visible()
    isolation.locator("input[type=file]").set_input_files(photo(tmp_path, 300))
    isolation.get_by_role("button", name="传照片").click()
    expect(isolation.locator(".evid img")).to_have_count(1)
    isolation.get_by_role("link", name="要改").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("备有临时隔离观察室")
