"""Getting in, in a real browser: every page accessible, none wider than the screen."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import Person
from tests.browser.screens import LONG_WAY
from tests.cast import Cast
from tests.entry import FILLED, HELD_CODE, MOBILE, OTHER_MOBILE, SECRET

pytestmark = pytest.mark.browser


def fill_in(person: Person, **other: str) -> None:
    told = FILLED | other
    person.open("/register")
    person.look("register")
    page = person.page
    for key in ("code", "enterprise", "legal_rep", "place", "address", "name", "mobile", "until"):
        page.locator(f"#{key}").fill(told[key])
    page.locator("#password").fill(SECRET)
    page.locator("#village").select_option(told["village"])
    for key in ("place_class", "relation", "scope"):
        page.locator(f"input[name={key}][value={told[key]}]").check()
    person.press("交上去")


def look_after(lin: Person, cast: Cast) -> None:
    """The liaison's pages of an enterprise, and a code to get back in."""
    lin.open("/liaison/enterprises")
    lin.look("enterprises")
    lin.follow("虚构示例合作社")
    lin.look("enterprise")
    lin.follow("办理")
    lin.look("person")
    lin.page.get_by_label("当面见到本人").check()
    lin.press("给一个找回码")
    lin.look("code")
    for page in ("name", "merge"):
        lin.open(f"/liaison/enterprises/{cast.he.enterprise_id}/{page}")
        lin.look(page)


@LONG_WAY
def test_a_stranger_gets_in(person: Callable[[str], Person], cast: Cast, screen: str) -> None:
    claimant, lin = person(screen), person(screen)
    fill_in(claimant, mobile="12", until="2026-01-01")
    claimant.look("register-wrong")
    fill_in(claimant)
    claimant.look("receipt")
    receipt = claimant.page.url.removeprefix(claimant.address)
    fill_in(claimant, code=HELD_CODE, mobile=OTHER_MOBILE)

    lin.sign_in("zhuanyuan")
    lin.follow("登记")
    lin.look("claims")
    lin.follow("虚构示例合作社")
    lin.look("claim")
    lin.press("确认")
    lin.look("claim-wrong")
    lin.page.get_by_label("当面见到本人").check()
    lin.press("确认")
    lin.look("claim-confirmed")
    lin.open("/liaison/claims/2")
    lin.look("claim-held")

    claimant.open(receipt)
    claimant.look("receipt-confirmed")
    claimant.follow("去登录")
    claimant.look("sign-in")
    claimant.page.get_by_label("手机号或用户名").fill(MOBILE)
    claimant.page.get_by_label("密码").fill(SECRET)
    claimant.press("登录")
    claimant.follow("我的企业")
    claimant.look("people")
    claimant.follow("添一个地点")
    claimant.look("place")

    look_after(lin, cast)
    claimant.open("/recover")
    claimant.look("recover")
