"""A phone on a slow line: usable, and it says how far it is."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Person
from tests.browser.declaring import photo
from tests.browser.saving import kept, line, sign_in
from tests.cast import Cast
from tests.whole import open_whole

pytestmark = pytest.mark.browser
KBIT = 1000 / 8  # bytes a second


def slow(page: Page) -> None:
    """About the second generation of mobile networks: 400 kbit/s, 400 ms there and back."""
    line = {"latency": 400, "downloadThroughput": 400 * KBIT, "uploadThroughput": 400 * KBIT}
    session = page.context.new_cdp_session(page)
    session.send("Network.emulateNetworkConditions", {"offline": False} | line)


def test_on_a_slow_line_it_says_that_it_saves_and_how_much_has_gone(
    cast: Cast, person: Callable[..., Person], tmp_path: Path
) -> None:
    case_id = open_whole(cast.he)
    one = person("phone")
    sign_in(one)
    page = one.page
    slow(page)
    page.goto(f"{one.address}/enterprise/cases/{case_id}/sections/unit")
    page.locator("#industry").fill("面包加工")
    page.locator("#industry").blur()
    expect(line(page)).to_have_text("正在保存…")
    expect(line(page)).to_have_text("09:30 已保存")
    assert kept(case_id) == {"industry": "面包加工"}
    page.goto(f"{one.address}/enterprise/cases/{case_id}/materials")
    section = page.get_by_role("region", name="承诺书")
    section.get_by_label("选文件").set_input_files(photo(tmp_path, side=300))
    section.get_by_role("button", name="传上来").click()
    expect(section.get_by_text(re.compile(r"正在传，已传 [1-9]\d?%"))).to_be_visible()
    expect(section.get_by_text("已传", exact=True)).to_be_visible(timeout=15_000)
    one.look("slow")  # the server is done with the page when it goes
