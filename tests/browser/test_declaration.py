"""A shop of thirty people declares its reopening, from the registration to the number it gets."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Person
from tests.browser.declaring import Clerk, answer_sections, list_people, photo, register
from tests.browser.screens import LONG_WAY
from tests.cast import AT, Cast
from workflow.catalogue.loading import shipped
from workflow.usecases import founding

pytestmark = pytest.mark.browser
MOST_INPUTS = 40
SECTIONS = ["单位信息", "复工安排", "人员", "场所", "食宿、出行和隔离", "防控物资", "复工安全"]


@pytest.fixture
def whole(cast: Cast) -> None:
    """The shipped catalogue is in force."""
    founding.publish_catalogue(shipped("epidemic"), None, AT)


def hand_in(clerk: Clerk, folder: Path) -> None:
    """From the first section to the number; each step is the one before's 下一步."""
    one, page = clerk.one, clerk.one.page
    assert answer_sections(clerk) == SECTIONS
    assert clerk.heading() == "要求清单"
    expect(page.locator(".why").first).to_be_visible()
    one.look("needs")
    one.follow("看过了，下一步")
    assert clerk.heading().startswith("员工名册")
    list_people(clerk)
    one.follow("名册好了，接着填申报")
    assert clerk.heading() == "发热处置卡"
    one.press("写好了，存下")
    assert clerk.heading() == "材料上传"
    give(clerk, photo(folder))
    one.follow("下一步：核对并提交")
    one.press("提交")
    expect(page.get_by_text("已提交，申报号 样申〔2026〕1号")).to_be_visible()
    one.look("submitted")


def give(clerk: Clerk, picture: Path) -> None:
    """The promise, as a photograph; it is shown where it was given."""
    section = clerk.one.page.get_by_role("region", name="承诺书")
    section.get_by_label("选文件").set_input_files(picture)
    section.get_by_role("button", name="传上来").click()
    expect(section.get_by_text("已传")).to_be_visible()
    expect(section.locator("img")).to_be_visible()
    clerk.one.look("materials")


@LONG_WAY
def test_a_shop_declares_with_at_most_forty_inputs(
    whole: None, person: Callable[..., Person], tmp_path: Path, screen: str
) -> None:
    clerk = Clerk(person(screen))
    register(clerk.one, person(screen))
    clerk.one.page.get_by_role("button", name="填报企业复工报备").click()
    hand_in(clerk, tmp_path)
    assert 0 < clerk.inputs <= MOST_INPUTS, clerk.inputs


def test_a_shop_declares_without_scripts(
    whole: None, person: Callable[..., Person], tmp_path: Path
) -> None:
    clerk = Clerk(person("desk", scripts=False))
    register(clerk.one, person("desk", scripts=False))
    clerk.one.page.get_by_role("button", name="填报企业复工报备").click()
    hand_in(clerk, tmp_path)
