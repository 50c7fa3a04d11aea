"""The clerk's way on a phone: make the poster, confirm who came through it, give a link."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Person
from tests.browser.walking import heading
from tests.cast import Cast
from tests.health.staff import hired, number
from tests.health.town import AT, STAYED_HOME, open_campaign
from workflow.core.papers import Document, DocumentKind
from workflow.store import stafflinks
from workflow.store.db import db
from workflow.usecases.health import declaring
from workflow.usecases.health.declaring import Identity

pytestmark = pytest.mark.browser


def come_by_poster(at: int) -> None:
    """Somebody reads the poster and tells; the browser has the main thread's loop."""
    poster = stafflinks.poster_of(1)
    assert poster is not None
    identity = Identity("赵甲", Document(DocumentKind.RESIDENT, number(at)), "13900000009")
    declaring.tell_poster(poster, identity, STAYED_HOME, f"form-{at}", AT)
    db.session.rollback()


def test_from_the_poster_to_the_link(
    cast: Cast, person: Callable[..., Person], drain_aside: Callable[[], None]
) -> None:
    open_campaign(cast)
    hired(cast, 3)
    he = person("phone")
    he.sign_in("yunque")
    he.follow("员工健康")
    he.look("health")
    he.follow("登记海报")
    he.press("做海报")
    drain_aside()
    expect(he.page.get_by_role("link", name="打开海报，打印")).to_be_visible()
    he.look("health-poster")
    come_by_poster(0)
    he.follow("员工健康")
    he.follow("扫码填的登记 1 条")
    he.look("health-entries")
    he.follow("去核实")
    he.page.get_by_text("看他留的手机号和证件号码").click()
    he.page.get_by_label("联系本人").check()
    he.press("显示号码")
    expect(he.page.get_by_text("13900000009")).to_be_visible()
    he.look("health-entry")
    he.press("问过了，是本人填的")
    heading(he, "赵甲 可以上班")
    he.press("给他一个链接")
    expect(he.page.get_by_role("img", name="赵甲的链接的二维码")).to_be_visible()
    he.look("health-person")


def test_several_at_once_and_the_report_of_the_day(
    cast: Cast, person: Callable[..., Person]
) -> None:
    open_campaign(cast)
    hired(cast, 3)
    he = person("phone")
    he.sign_in("yunque")
    he.follow("员工健康")
    he.follow("代几个人报体温")
    rows = he.page.locator("fieldset")
    rows.nth(0).get_by_label("体温").fill("36.5")
    rows.nth(1).get_by_label("体温").fill("365")
    rows.nth(2).get_by_label("在不在岗").select_option(label="轮休")
    he.look("health-several")
    he.press("存下这一页")
    expect(he.page.get_by_role("alert")).to_contain_text("体温写成 36.5 这样")
    he.look("health-several-wrong")
    he.page.get_by_label("体温").fill("38.2")
    he.press("存下这一页")
    heading(he, "代钱乙报")
    he.look("health-one")
    he.page.get_by_label("咳嗽").check()
    he.press("报上去")
    heading(he, "钱乙 先别上班")
    he.look("health-stopped")
    he.follow("员工健康")
    he.press("交日报：有异常，1 人")
    expect(he.page.get_by_text("有异常，1 人不舒服或停岗")).to_be_visible()
    he.look("health-reported")
    he.follow("每人的链接")
    he.press("给没有的人都做一个")
    he.look("health-links")
    he.follow("打印成纸条，剪开发")
    he.look("health-slips")
