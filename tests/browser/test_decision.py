"""The decision through its pages: one filing from the desk of the office to the notice."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import walking as walk
from tests.browser.conftest import Person
from tests.browser.screens import LONG_WAY
from tests.browser.walking import Drain, Make
from tests.cast import PAPER, Cast, accepted, filled
from workflow.store import documents
from workflow.store.db import db

pytestmark = pytest.mark.browser
ISOLATION = "备有临时隔离观察室"


def hand_in(clerk: Person) -> None:
    clerk.sign_in("yunque")
    clerk.look("home")
    clerk.follow("接着填")
    clerk.look("filing")
    clerk.page.goto(re.sub(r"(cases/\d+).*", r"\1/check", clerk.page.url))
    clerk.look("check")
    clerk.press("提交")
    expect(clerk.page.get_by_text("已提交，申报号")).to_be_visible()


def give_back(office: Person, drain: Drain) -> None:
    """Two points, one notice, looked at before it goes out."""
    walk.enter(office, "qiyeban")
    office.look("office")
    walk.ask_to_correct(office, "首批返岗人数", "前后对不上", "和花名册对不上，请核对。")
    walk.ask_to_correct(office, "承诺书", "没签名、没盖章", "没有签名，请签好再传。")
    office.look("office-noted")
    walk.do(office, "发出补正告知（2 处）", "notice")
    walk.preview(office, drain, "notice-preview")
    office.press("发出补正告知")
    expect(office.page.get_by_text("已发出补正告知，文号")).to_be_visible()
    office.look("office-returned")


def correct(clerk: Person, folder: Path) -> None:
    page = clerk.page
    clerk.open("/enterprise/")
    clerk.look("home-returned")
    clerk.follow("去改")
    clerk.look("corrections")
    page.get_by_role("region", name="首批返岗人数").get_by_role("link", name="去改").click()
    clerk.look("correcting")
    page.get_by_label("首批返岗人数").fill("150")
    page.get_by_role("button", name="存下，回到要改的").click()
    page.get_by_role("region", name="承诺书").get_by_role("link", name="去改").click()
    paper = folder / "承诺书（已签）.pdf"
    paper.write_bytes(PAPER + b"signed")
    section = page.get_by_role("region", name="承诺书")
    section.get_by_label("选文件").set_input_files(paper)
    section.get_by_role("button").get_by_text("传上来").click()
    expect(section.locator(".fix")).to_contain_text("改了")
    clerk.look("correcting-paper")
    clerk.follow("回到要改的")
    answer_first(clerk, "少报的是两名门卫，已加进花名册。")
    clerk.follow("核对，重新提交")
    clerk.look("compared")
    clerk.press("重新提交")
    expect(page.get_by_text("已重新提交")).to_be_visible()


def answer_first(clerk: Person, words: str) -> None:
    """A sentence on the first of the points."""
    page = clerk.page
    page.get_by_text("写一句说明").first.click()
    page.get_by_label("怎么改的").first.fill(words)
    page.get_by_role("button", name="存下说明").first.click()
    clerk.look("answered")


def ask_to_mend(liaison: Person, folder: Path, by_keys: bool) -> None:
    """The place is looked at; what fails bars the approval until it is mended."""
    walk.enter(liaison, "zhuanyuan")
    liaison.look("accepted")
    walk.begin(liaison, "begin")
    liaison.look("begun")
    walk.mark_all(liaison, by_keys)
    failed = walk.fail(liaison, ISOLATION, "只有一间，还堆着原料")
    walk.photograph(failed, folder, 2)
    walk.barred(liaison, "同意")
    expect(walk.bar(liaison)).to_contain_text("必须合格的不合格")
    liaison.look("failed")
    walk.do(liaison, "要求整改")
    liaison.page.get_by_label("前改好").fill("2026-11-26")
    liaison.look("rectify")
    liaison.press("要求整改，发核查记录")
    expect(liaison.page.get_by_text("已要求整改")).to_be_visible()
    liaison.look("rectifying")


def mend(clerk: Person) -> None:
    clerk.open("/enterprise/")
    clerk.look("home-mending")
    clerk.follow("去改")
    clerk.look("mending")
    answer_first(clerk, "原料已搬走，另备了一间。")
    clerk.follow("核对，重新提交")
    clerk.look("compared-mended")
    clerk.press("重新提交")
    expect(clerk.page.get_by_text("已重新提交")).to_be_visible()


def approve(liaison: Person, drain: Drain) -> None:
    """Looked at once more; what it will say is seen; the page then tells by itself."""
    walk.again(liaison)
    liaison.look("accepted-again")
    walk.begin(liaison)
    liaison.look("begun-again")
    walk.item(liaison, ISOLATION).locator("label.pass").click()
    expect(liaison.page.locator(".syncbar")).to_contain_text(walk.SAVED)
    walk.do(liaison, "同意")
    liaison.page.get_by_label("另外的条件").fill("食堂分两批用餐")
    walk.preview(liaison, drain, "approve-preview")
    liaison.look("approve")
    liaison.press("确认同意")
    expect(liaison.page.locator("#notice")).to_contain_text("正在排版、签名")
    liaison.look("signing")
    drain()
    expect(liaison.page.get_by_role("link", name="打开通知单（PDF）")).to_be_visible()
    liaison.look("issued")


def hold(clerk: Person) -> Path:
    """The enterprise opens its notice; the file as it was saved."""
    clerk.open("/enterprise/")
    clerk.look("home-issued")
    clerk.follow("看通知单")
    clerk.look("case-issued")
    link = clerk.page.get_by_role("link", name="打开通知单（PDF）")
    saved = clerk.pictures / "notice.pdf"
    saved.write_bytes(walk.fetched(clerk, str(link.get_attribute("href"))))
    return saved


def holds(anyone: Person, address: str, saved: Path, case_id: int) -> None:
    """Whoever holds the paper finds that it holds: by QR, by code, by the file."""
    anyone.open(address)
    walk.heading(anyone, "有效")
    expect(anyone.page.get_by_text("食堂分两批用餐")).to_be_visible()
    anyone.look("verified")
    db.session.rollback()
    notice = documents.of_case(case_id)
    assert notice is not None
    walk.verify(anyone, notice.typed_code, str(notice.number)[-2:])
    walk.heading(anyone, "有效")
    walk.verify_file(anyone, saved)
    walk.heading(anyone, "有效")
    expect(anyone.page.get_by_text("一字不差")).to_be_visible()
    anyone.look("verified-file")


@LONG_WAY
def test_from_the_filing_through_one_notice_of_corrections_to_the_acceptance(
    person: Make, cast: Cast, tmp_path: Path, drain_aside: Drain, screen: str
) -> None:
    filled(cast.he)
    db.session.commit()
    clerk, office = person(screen), person(screen)
    hand_in(clerk)
    give_back(office, drain_aside)
    drain_aside()
    correct(clerk, tmp_path)
    walk.again(office)
    expect(office.page.locator("#changed")).to_contain_text("企业改了 2 处")
    expect(office.page.locator("#changed")).to_contain_text("少报的是两名门卫")
    office.look("office-changed")
    walk.accept(office)
    office.look("office-accepted")


@LONG_WAY
def test_from_the_visit_through_mending_to_the_verified_notice(
    person: Make, cast: Cast, tmp_path: Path, drain_aside: Drain, screen: str
) -> None:
    case_id = accepted(cast.he)
    db.session.commit()
    clerk, liaison = person(screen), person(screen)
    ask_to_mend(liaison, tmp_path, by_keys=screen == "desk")
    drain_aside()
    clerk.sign_in("yunque")
    mend(clerk)
    approve(liaison, drain_aside)
    saved = hold(clerk)
    link = clerk.page.get_by_role("link", name="查它现在管不管用")
    holds(person(screen), str(link.get_attribute("href")), saved, case_id)
