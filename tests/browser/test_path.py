"""The path as the enterprise walks it: it files, corrects, and holds a notice anyone can verify."""

from collections.abc import Callable
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from tests.browser.conftest import Person
from tests.browser.declaring import onward
from tests.browser.screens import LONG_WAY
from tests.cast import AT, PAPER, Cast, approve, checked, fresh_codes, version_of
from workflow.core.corrections import Anchor, Fault
from workflow.store.cases import Case
from workflow.store.db import db
from workflow.usecases import correcting, talking

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
    expect(page.get_by_text("已提交，申报号 样申〔2026〕1号")).to_be_visible()
    clerk.look("submitted")


def give_back(cast: Cast) -> int:
    """The office's points, at an answer, at a material and at the whole; the case."""
    case_id = db.session.scalars(select(Case.id)).one()
    for anchor, key, words in (
        (Anchor.FACT, "headcount", "比花名册上多 30 人，请核对。"),
        (Anchor.MATERIAL, "commitment", "没有签名，请签好再拍照上传。"),
        (Anchor.FACT, "stock_masks", "请说明够用几天。"),
    ):
        correcting.raise_point(case_id, anchor, key, Fault.UNCLEAR, words, cast.office, AT)
    correcting.return_case(case_id, version_of(case_id), cast.office, AT, fresh_codes)
    return case_id


def correct(clerk: Person, paper: Path) -> None:
    page = clerk.page
    clerk.open("/enterprise/")
    clerk.look("home-returned")
    clerk.follow("去改")
    clerk.look("corrections")
    clerk.follow("去改")
    expect(page.locator("#q-headcount .fix")).to_contain_text("比花名册上多 30 人")
    clerk.look("section-correcting")
    page.get_by_label("从业人员数").fill("160")
    page.get_by_role("button", name="存下，回到要改的").click()
    page.get_by_role("region", name="承诺书").get_by_role("link", name="去改").click()
    section = page.get_by_role("region", name="承诺书")
    section.get_by_label("选文件").set_input_files(paper)
    section.get_by_role("button").get_by_text("传上来").click()
    expect(section.locator(".fix")).to_contain_text("改了")
    clerk.look("materials-correcting")
    clerk.follow("回到要改的")
    masks = page.get_by_role("region", name="口罩")
    masks.get_by_text("写一句说明").click()
    masks.get_by_label("怎么改的").fill("每天用 150 只，够 6 天，已再订 3000 只。")
    masks.get_by_role("button", name="存下说明").click()
    expect(page.get_by_text("都改了或说明了，可以重新提交。")).to_be_visible()
    clerk.look("corrected")
    clerk.follow("核对，重新提交")
    clerk.look("compared")
    clerk.press("重新提交")
    expect(page.get_by_text("已重新提交，申报号 样申〔2026〕1号")).to_be_visible()
    page.get_by_label("写一句话").fill("承诺书已经重签，请看。")
    clerk.press("发出")
    clerk.look("resubmitted")


@LONG_WAY
def test_from_the_filing_to_the_verified_notice(
    person: Callable[[str], Person],
    papers: list[Path],
    cast: Cast,
    drain_aside: Callable[[], None],
    screen: str,
) -> None:
    clerk = person(screen)
    file(clerk, papers)
    case_id = give_back(cast)
    correct(clerk, papers[1])
    talking.look(case_id, cast.office, AT)
    checked(case_id, cast.lin)
    clerk.page.reload()
    clerk.look("inspecting")
    approve(case_id, cast.lin)
    clerk.page.reload()
    expect(clerk.page.get_by_text("正在排版、签名")).to_be_visible()
    drain_aside()
    link = clerk.page.get_by_role("link", name="打开通知单（PDF）")
    expect(link).to_be_visible()  # the page is not loaded again
    clerk.look("issued")
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
    clerk.open(f"/enterprise/cases/{case_id}")
    clerk.look("case-issued")
