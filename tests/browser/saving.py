"""Short ways for tests of how a filing saves itself."""

from playwright.sync_api import Locator, Page

from tests.browser.conftest import Person
from tests.conftest import PASSWORD
from tests.entry import MOBILE, SECRET
from workflow.store.cases import Case
from workflow.store.db import db


def sign_in(one: Person, who: str = "yunque") -> None:
    """Signs in without looking at the page: other tests do."""
    page = one.page
    page.goto(one.address + "/sign-in")
    page.get_by_label("手机号或用户名").fill(who)
    page.get_by_label("密码").fill(SECRET if who == MOBILE else PASSWORD)
    page.get_by_role("button", name="登录").click()


def open_section(
    one: Person, case_id: int, key: str, who: str = "yunque", *, what: str = "sections"
) -> Person:
    """Somebody signed in, before a section or part of a draft; the test may move its clock."""
    sign_in(one, who)
    one.page.clock.install()
    one.page.goto(f"{one.address}/enterprise/cases/{case_id}/{what}/{key}")
    return one


def kept(case_id: int) -> dict[str, object]:
    """The answers as the database has them."""
    db.session.rollback()
    db.session.expire_all()
    found = db.session.get(Case, case_id)
    assert found is not None
    return found.answers


def line(page: Page) -> Locator:
    """Where the page says whether it saved."""
    return page.locator("[data-sync]")


def later(page: Page, seconds: float = 5.1) -> None:
    """As if that time had passed on the page."""
    page.clock.run_for(seconds * 1000)


def choose(page: Page, key: str, value: str) -> None:
    page.locator(f"#q-{key} input[value={value}]").check()
