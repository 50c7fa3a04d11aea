"""The path as people walk it: the clerk files, the liaison approves, anyone verifies."""

from collections.abc import Callable
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Person
from tests.browser.declaring import onward
from tests.cast import PAPER

pytestmark = pytest.mark.browser


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    found = []
    for name in ("防控方案和应急预案.pdf", "花名册和证件.pdf"):
        path = tmp_path / name
        path.write_bytes(PAPER + name.encode())
        found.append(path)
    return found


def fetched(one: Person, path: str) -> bytes:
    """What the browser would save: asked for with its own cookies."""
    cookies = "; ".join(f"{c['name']}={c['value']}" for c in one.page.context.cookies())
    with urlopen(Request(one.address + path, headers={"Cookie": cookies}), timeout=10) as answer:
        return answer.read()


def file(clerk: Person, papers: list[Path]) -> None:
    clerk.open("/")
    clerk.look("landing")
    clerk.sign_in("boli")
    clerk.look("home")
    page = clerk.page
    page.get_by_role("button", name="填报企业复工报备").click()
    page.get_by_label("拟复工日期").fill("2026-11-30")
    page.get_by_label("从业人员数").fill("186")
    page.get_by_label("首批返岗人数").fill("212")
    onward(clerk)
    expect(page.get_by_role("alert")).to_contain_text("首批返岗人数填了 212，比从业人员数 186 多")
    expect(page.get_by_label("首批返岗人数")).to_have_value("212")
    clerk.look("section-error")
    page.get_by_label("首批返岗人数").fill("150")
    onward(clerk)
    page.get_by_label("口罩库存").fill("900")
    onward(clerk)
    clerk.look("section")
    page.get_by_label("动火（焊接、切割）").check()
    onward(clerk)
    clerk.look()
    clerk.follow("看过了，下一步")
    for path, labels in zip(
        papers, (("承诺书", "防控方案", "应急预案"), ("员工花名册", "特种作业证")), strict=True
    ):
        for label in labels:
            section = page.get_by_role("region", name=label)
            section.get_by_label("选文件").set_input_files(path)
            section.get_by_role("button").get_by_text("传上来").click()
            expect(section.get_by_text("已传")).to_be_visible()
    clerk.look("materials")
    clerk.follow("下一步：核对并提交")
    clerk.look("check")
    clerk.press("提交")
    expect(page.get_by_text("已提交，受理号 样受〔2026〕1号")).to_be_visible()
    clerk.look("submitted")


def review(liaison: Person) -> None:
    page = liaison.page
    liaison.sign_in("zhuanyuan")
    liaison.look("queue")
    liaison.follow("虚构瑢喆堃玻璃制品有限公司")
    liaison.look("case")
    for group in page.locator("fieldset.check").all():
        group.get_by_role("radio", name="合格", exact=True).check()
    isolation = page.locator("fieldset.check", has_text="备有临时隔离观察室")
    isolation.get_by_role("radio", name="不合格", exact=True).check()
    isolation.get_by_role("textbox").fill("只有一间，还堆着原料")
    liaison.press("存下核查结果")
    expect(page.locator("#why-not")).to_contain_text("1 项必须合格的不合格")
    expect(page.locator(".turn-what")).to_contain_text("备有临时隔离观察室")
    expect(page.locator("button", has_text="同意，签发通知单")).to_be_disabled()
    liaison.look("blocked")
    isolation = page.locator("fieldset.check", has_text="备有临时隔离观察室")
    isolation.get_by_role("radio", name="合格", exact=True).check()
    liaison.press("存下核查结果")
    liaison.look("ready")
    page.get_by_role("button", name="同意，签发通知单").dblclick()
    expect(page.get_by_text("正在排版、签名")).to_be_visible()
    liaison.look("issuing")


@pytest.mark.parametrize("screen", ["phone", "desk"])
def test_from_the_filing_to_the_verified_notice(
    person: Callable[[str], Person],
    papers: list[Path],
    drain_aside: Callable[[], None],
    screen: str,
) -> None:
    clerk, liaison = person(screen), person(screen)
    file(clerk, papers)
    review(liaison)
    clerk.page.reload()
    expect(clerk.page.get_by_text("正在排版、签名")).to_be_visible()
    drain_aside()
    for one in (clerk, liaison):  # neither page is loaded again
        expect(one.page.get_by_role("link", name="打开通知单（PDF）")).to_be_visible()
        one.look("issued")
    link = clerk.page.get_by_role("link", name="打开通知单（PDF）")
    pdf = fetched(clerk, str(link.get_attribute("href")))
    assert pdf.startswith(b"%PDF-")
    anyone = person(screen)
    anyone.open(clerk.page.get_by_role("link", name="查它现在管不管用").get_attribute("href") or "")
    expect(anyone.page.get_by_role("heading", level=1)).to_have_text("有效")
    anyone.look("verified")
    saved = clerk.pictures / "notice.pdf"
    saved.write_bytes(pdf)
    anyone.open("/verify")
    anyone.look("verify")
    anyone.page.get_by_label("PDF").set_input_files(saved)
    anyone.press("查")
    expect(anyone.page.get_by_role("heading", level=1)).to_have_text("有效")
