"""Refused, changed and voided, through the pages: what each means to who holds the paper."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import whole
from tests.browser import walking as walk
from tests.browser.conftest import Person
from tests.browser.declaring import onward
from tests.browser.screens import LONG_WAY
from tests.browser.walking import Drain, Make
from tests.cast import AT, Cast, accept, accepted, approve, checked, inspecting_at, version_of
from workflow.jobs.demo import HEARING, REMEDIES
from workflow.store import documents
from workflow.store.db import db
from workflow.store.documents import Document
from workflow.usecases import submitting, townwords

pytestmark = pytest.mark.browser


def write_the_words(office: Person) -> None:
    """The office fills in what documents of refusal must say."""
    office.sign_in("qiyeban")
    office.follow("文书设置")
    office.page.get_by_label("陈述和申辩").fill(HEARING)
    office.page.get_by_label("救济途径").fill(REMEDIES)
    office.look("wording")
    office.press("存下")


def refuse(liaison: Person, drain: Drain) -> None:
    walk.bar(liaison).get_by_text("别的决定").click()
    walk.do(liaison, "暂不同意")
    liaison.page.get_by_label("事实").fill("观察室没有备好。")
    liaison.page.get_by_label("依据").fill("国发明电〔2020〕4号第四条")
    walk.preview(liaison, drain, "refusal-preview")
    liaison.look("refuse")
    liaison.press("确认暂不同意，发告知书")
    expect(liaison.page.get_by_text("已发暂不同意告知书，文号")).to_be_visible()
    liaison.look("refused-liaison")


@LONG_WAY
def test_a_refusal_says_why_and_what_can_be_done(
    person: Make, cast: Cast, drain_aside: Drain, screen: str
) -> None:
    case_id = inspecting_at(accepted(cast.he), cast.lin)
    townwords.set_words("", "", cast.office, AT)
    db.session.commit()
    liaison, clerk = person(screen), person(screen)
    walk.enter(liaison, "zhuanyuan")
    walk.bar(liaison).get_by_text("别的决定").click()
    walk.barred(liaison, "暂不同意")
    expect(walk.bar(liaison)).to_contain_text("文书设置")
    liaison.look("cannot-refuse")
    write_the_words(person(screen))
    liaison.page.reload()
    refuse(liaison, drain_aside)
    drain_aside()
    clerk.sign_in("yunque")
    clerk.look("home-refused")
    clerk.open(f"/enterprise/cases/{case_id}")
    for words in ("观察室没有备好。", "国发明电〔2020〕4号第四条", HEARING, REMEDIES):
        expect(clerk.page.get_by_role("main")).to_contain_text(words)
    clerk.look("refused")
    letter = clerk.page.get_by_role("link", name="打开 PDF").first
    assert walk.fetched(clerk, str(letter.get_attribute("href"))).startswith(b"%PDF-")


def issued_whole(cast: Cast) -> int:
    case_id = whole.open_whole(cast.he)
    whole.answer(case_id, cast.he)
    whole.complete(case_id, cast.he)
    submitting.submit(case_id, version_of(case_id), cast.he, AT)
    approve(checked(case_id, cast.lin), cast.lin)
    return case_id


def change(clerk: Person, case_id: int) -> int:
    """The enterprise wants more people in the first batch, and hands that in."""
    page = clerk.page
    clerk.sign_in("yunque")
    clerk.open(f"/enterprise/cases/{case_id}")
    page.get_by_role("button", name="填报").click()
    clerk.look("change")
    new = int(page.url.split("/cases/")[1].split("/")[0])
    clerk.open(f"/enterprise/cases/{new}/sections/plan")
    page.get_by_label("拟复工日期").fill("2026-12-02")
    page.get_by_label("首批返岗").fill("28")
    onward(clerk)
    clerk.open(f"/enterprise/cases/{new}/check")
    clerk.look("change-check")
    clerk.press("提交")
    expect(page.get_by_text("已提交，申报号")).to_be_visible()
    clerk.look("change-handed-in")
    return new


def notice_of(case_id: int) -> Document:
    db.session.rollback()
    db.session.expire_all()
    found = documents.of_case(case_id)
    assert found is not None
    return found


def void(issuer: Person, case_id: int) -> None:
    issuer.sign_in("qianfa")
    issuer.open(f"/issuer/cases/{case_id}")
    issuer.look("issuer-case")
    walk.bar(issuer).get_by_text("别的决定").click()
    walk.do(issuer, "作废")
    issuer.page.get_by_label("理由").fill("人数写错了。")
    issuer.look("void")
    issuer.press("确认作废")
    expect(issuer.page.get_by_text("已作废").first).to_be_visible()
    issuer.look("voided")


@LONG_WAY
def test_a_change_takes_the_place_of_a_notice_and_is_voided(
    person: Make, cast: Cast, drain_aside: Drain, tmp_path: Path, screen: str
) -> None:
    old_id = issued_whole(cast)
    drain_aside()
    clerk, anyone = person(screen), person(screen)
    old = notice_of(old_id)
    code, number, old_file = old.typed_code, str(old.number), tmp_path / "old.pdf"
    new_id = change(clerk, old_id)
    clerk.open(f"/enterprise/cases/{old_id}")
    link = clerk.page.get_by_role("link", name="打开通知单（PDF）")
    old_file.write_bytes(walk.fetched(clerk, str(link.get_attribute("href"))))
    clerk.look("still-holds")
    approve(checked(accept(new_id), cast.lin), cast.lin)
    drain_aside()
    new_number = notice_of(new_id).full_number
    for ask in (
        lambda: walk.verify(anyone, code, number),
        lambda: walk.verify_file(anyone, old_file),
    ):
        ask()
        walk.heading(anyone, "真实，已被变更代替")
        expect(anyone.page.get_by_text(f"新的一份是 {new_number}")).to_be_visible()
    anyone.look("replaced")
    clerk.open(f"/enterprise/cases/{old_id}")
    clerk.look("case-replaced")
    void(person(screen), new_id)
    new = notice_of(new_id)
    walk.verify(anyone, new.typed_code, str(new.number))
    walk.heading(anyone, "已作废")
    anyone.look("verified-void")
