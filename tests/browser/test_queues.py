"""The officers' lists on a phone and at a desk: narrowed, kept, ticked and released."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import Person
from tests.browser.screens import BOTH
from tests.cast import AT, Cast, accept, accepted, checked, submitted
from tests.holding import held_notices, referred
from workflow.usecases import talking

pytestmark = pytest.mark.browser
Make = Callable[..., Person]


@BOTH
def test_the_office_narrows_its_queue_and_keeps_that(
    app: Flask, cast: Cast, person: Make, screen: str
) -> None:
    for clerk, days in ((cast.he, 5), (cast.zhe, 1), (cast.lv, 0)):
        submitted(clerk, AT - timedelta(days=days))
    office = person(screen)
    office.sign_in("qiyeban")
    office.look("office-home")
    office.open("/office/queue")
    expect(office.page.get_by_text("超了 2 个工作日")).to_be_visible()
    office.look("office-queue")
    office.page.get_by_text("筛选").first.click()
    office.page.get_by_label("只看超期的").check()
    office.look("office-filter")
    office.press("看这些")
    expect(office.page.get_by_role("row")).to_have_count(2)
    office.page.get_by_label("把这次的筛选存为").fill("超期的")
    office.press("存为常用")
    office.page.get_by_text("常用筛选 1 个").click()
    office.look("office-kept")
    office.page.get_by_role("button", name="以后打开就是它").click()
    office.open("/office/queue")
    expect(office.page.get_by_role("row")).to_have_count(2)
    office.open("/office/cases")
    office.look("office-cases")
    office.open("/office/wording")
    office.look("office-wording")


@BOTH
def test_the_liaison_sees_what_changed(app: Flask, cast: Cast, person: Make, screen: str) -> None:
    case_id = submitted(cast.he)
    talking.look(case_id, cast.lin, AT)
    accept(case_id, AT + timedelta(minutes=3))
    accepted(cast.zhe)
    liaison = person(screen)
    liaison.sign_in("zhuanyuan")
    expect(liaison.page.get_by_text("企业办受理；企业办记下核查结果")).to_be_visible()
    liaison.look("liaison-queue")


@BOTH
def test_the_issuer_releases_what_is_ticked(
    app: Flask,
    cast: Cast,
    person: Make,
    screen: str,
    drain_aside: Callable[[], None],
) -> None:
    ids = held_notices(cast)
    issuer = person(screen)
    issuer.sign_in("qianfa")
    page = issuer.page
    issuer.look("issuer-queue")
    page.get_by_role("checkbox").nth(0).check()
    page.get_by_role("checkbox").nth(2).check()
    issuer.press("签发勾选的")
    issuer.look("issuer-check")
    issuer.press("签发")
    expect(page.get_by_role("table").get_by_text("等着办")).to_have_count(2)
    issuer.look("issuer-progress")
    drain_aside()
    expect(page.get_by_role("table").get_by_text("签发了")).to_have_count(2)
    issuer.look("issuer-done")
    issuer.open(f"/issuer/cases/{ids[1]}/preview?kind=notice")
    issuer.look("preview-waiting")
    drain_aside()
    expect(page.get_by_role("img", name="第 1 页")).to_be_visible()
    issuer.look("preview")


def test_nothing_of_it_needs_a_script(
    app: Flask, cast: Cast, person: Make, drain_aside: Callable[[], None]
) -> None:
    held_notices(cast)
    issuer = person("phone", scripts=False)
    issuer.sign_in("qianfa")
    issuer.press("签发这一页的 3 件")
    issuer.press("签发")
    drain_aside()
    expect(issuer.page.get_by_role("table").get_by_text("签发了")).to_have_count(3, timeout=15_000)


@BOTH
def test_the_command_sees_what_waits_and_what_is_late(
    app: Flask, cast: Cast, person: Make, screen: str
) -> None:
    referred(cast.he, cast.lin)
    checked(submitted(cast.lv, AT - timedelta(days=7)), cast.zhou)
    command = person(screen)
    command.sign_in("zhihuibu")
    command.look("command-queue")
    command.open("/command/?turn=late")
    command.look("command-late")
