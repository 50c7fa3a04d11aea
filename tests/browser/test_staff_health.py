"""Staff health from end to end on a phone: poster, registration, a week of check-ins, a fever."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import Person
from tests.browser.test_registration import choose, tell_of_today, who
from tests.browser.walking import heading, keep
from tests.cast import Cast
from tests.conftest import Clock
from tests.health.town import NUMBERS, hire, open_campaign, place_of
from web import post
from workflow.jobs.telling import TELLING
from workflow.store import stafflinks
from workflow.store.db import db
from workflow.usecases.health import links

pytestmark = pytest.mark.browser
DAYS = 7


def by_poster(one: Person, code: str) -> None:
    one.open(f"/p/{code}")
    who(one.page)
    choose(one.page, "最近 14 天离开过本县吗", "没离开过")
    tell_of_today(one.page)
    one.press("交上去")
    heading(one, "收到了")


def confirmed(clerk: Person, clock: Clock) -> str:
    """The clerk confirms who came, and gives the link that is to be sent on."""
    clerk.sign_in("yunque")
    clerk.follow("员工健康")
    clerk.follow("扫码填的登记 1 条")
    clerk.follow("去核实")
    clerk.press("问过了，是本人填的")
    heading(clerk, "赵甲 可以上班")
    clerk.press("给他一个链接")
    link = stafflinks.links_of(1, clock())[1]
    db.session.rollback()
    return stafflinks.code_of(link)


def check_in(worker: Person, heat: str) -> None:
    """Three taps, as on a usual day."""
    page = worker.page
    page.locator("label", has_text=heat).first.click()
    page.locator("label", has_text="没有不舒服").click()
    worker.press("3. 报上去")


def tell_of_a_fever(worker: Person) -> None:
    """Asked for the figure, and told at once not to work."""
    worker.page.locator("label", has_text="37.3 或更高").click()
    worker.page.locator("label", has_text="没有不舒服").click()
    worker.press("3. 报上去")
    worker.page.get_by_label("量得多少度").fill("38.6")
    worker.press("报上去")
    heading(worker, "先别上班")


def test_a_week_and_then_a_fever(
    app: Flask,
    cast: Cast,
    clock: Clock,
    person: Callable[..., Person],
    drain_aside: Callable[..., None],
) -> None:
    post.configure(app)
    open_campaign(cast)
    hire(cast, "赵甲", NUMBERS[0])
    poster = stafflinks.code_of(links.make_poster(place_of(cast), cast.he, clock()))
    worker, clerk, lin = person("phone"), person("phone"), person("phone")
    by_poster(worker, poster)
    code = confirmed(clerk, clock)
    for day in range(DAYS):
        worker.open(f"/s/{code}")
        if day:  # the poster told of this morning
            check_in(worker, f"36.{day}")
        heading(worker, "可以上班")
        clock.forward(hours=5)
        worker.open("/staff/check-in?half=afternoon")
        check_in(worker, "36.6")
        heading(worker, "可以上班")
        clock.forward(hours=19)
    worker.open(f"/s/{code}")
    worker.look("week")
    tell_of_a_fever(worker)
    worker.look("stopped")
    drain_aside(TELLING)
    lin.sign_in("zhuanyuan")
    lin.open("/liaison/notifications")
    expect(lin.page.get_by_text("要停岗").first).to_be_visible()
    lin.look("told")
    lin.follow("虚构云雀食品有限公司，一号厂区")
    lin.follow("健康")
    expect(lin.page.get_by_role("link", name="赵*").first).to_be_visible()
    lin.look("alert")
    keep(worker, "week")
