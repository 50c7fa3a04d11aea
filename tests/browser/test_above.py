"""提前复工 through its pages: departments, the liaison, the command twice, the issuer's batch."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests import whole
from tests.browser import walking as walk
from tests.browser.conftest import Person
from tests.browser.screens import LONG_WAY
from tests.browser.walking import Drain, Make
from tests.cast import AT, Cast, approve, checked, fresh_codes, version_of
from workflow.core.deciding import View
from workflow.core.roles import Actor
from workflow.store import documents
from workflow.store.accounts import actor_of, named
from workflow.store.db import db
from workflow.usecases import deciding, opinions, submitting

pytestmark = pytest.mark.browser
OTHER = "虚构瑢喆堃玻璃制品有限公司"
DEPARTMENTS = ("weisheng", "yingji")
EARLY = {
    "planned_reopen_date": date(2026, 11, 25),
    "essential_type": "daily_life",
    "early_reason": "供应居民日用",
}


def early(clerk: Actor, liaison: Actor) -> int:
    """A shop that wants to reopen before its day: handed in, accepted, inspected."""
    case_id = whole.open_place(clerk, kind="ep_early")
    whole.answer(case_id, clerk, **EARLY)
    whole.complete(case_id, clerk)
    submitting.submit(case_id, version_of(case_id), clerk, AT)
    return checked(case_id, liaison)


def held_already(cast: Cast) -> int:
    """Another one, which went the whole way and waits for the issuer."""
    case_id = early(cast.zhe, cast.lin)
    for username in DEPARTMENTS:
        actor = actor_of(named(username), AT.date())
        opinions.answer(case_id, View.AGREES, "", actor, AT)
    deciding.refer(case_id, "", version_of(case_id), cast.lin, AT, fresh_codes)
    approve(case_id, cast.command)
    return case_id


def advise(clinic: Person, username: str) -> None:
    walk.enter(clinic, username)
    clinic.look("department")
    walk.do(clinic, "答复部门意见")
    clinic.page.get_by_label("没有意见").check()
    clinic.press("答复")
    expect(clinic.page.get_by_text("已答复")).to_be_visible()
    clinic.look("advised")


def refer(liaison: Person, words: str) -> None:
    walk.do(liaison, "同意并报上一级审定")
    liaison.page.get_by_label("意见").fill(words)
    liaison.press("报上去")
    expect(liaison.page.get_by_text("已报上一级")).to_be_visible()


def send_back(command: Person) -> None:
    walk.enter(command, "zhihuibu")
    command.look("command")
    walk.bar(command).get_by_text("别的决定").click()
    walk.do(command, "退回重办")
    command.page.get_by_label("理由").fill("请写明值守安排。")
    command.look("send-back")
    command.press("确认退回")
    expect(command.page.get_by_text("已退回", exact=True)).to_be_visible()
    command.look("sent-back")


def agree(command: Person) -> None:
    command.open("/command/")
    command.follow(walk.COMPANY)
    command.look("command-again")
    walk.do(command, "同意")
    command.press("确认同意")
    expect(command.page.get_by_text("已同意，文号")).to_be_visible()
    command.look("command-agreed")


def release_two(issuer: Person, drain: Drain) -> None:
    """What it will say is looked at; then both are let go, and the page tells how far it is."""
    issuer.sign_in("qianfa")
    page = issuer.page
    page.get_by_role("checkbox").nth(0).check()
    page.get_by_role("checkbox").nth(1).check()
    issuer.press("签发勾选的")
    walk.preview(issuer, drain, "issuer-preview", page.get_by_role("link", name="先看").first)
    issuer.look("issuer-check")
    issuer.press("签发")
    expect(page.get_by_role("table").get_by_text("等着办")).to_have_count(2)
    drain()
    expect(page.get_by_role("table").get_by_text("签发了")).to_have_count(2)
    issuer.look("issuer-done")


@LONG_WAY
def test_an_early_filing_goes_up_twice_and_is_released_with_another(
    person: Make, cast: Cast, drain_aside: Drain, screen: str
) -> None:
    whole.publish()
    case_id = early(cast.he, cast.lin)
    held_already(cast)
    db.session.commit()
    for username in DEPARTMENTS:
        advise(person(screen), username)
    liaison, command = person(screen), person(screen)
    walk.enter(liaison, "zhuanyuan")
    expect(liaison.page.locator("#opinions")).to_contain_text("没有意见")
    liaison.look("inspected")
    refer(liaison, "同意上报。")
    liaison.look("referred")
    send_back(command)
    liaison.open("/liaison/")
    liaison.follow(walk.COMPANY)
    expect(liaison.page.get_by_text("请写明值守安排。")).to_be_visible()
    liaison.look("came-back")
    refer(liaison, "值守两人，已写进方案。")
    agree(command)
    release_two(person(screen), drain_aside)
    db.session.rollback()
    notice = documents.of_case(case_id)
    assert notice is not None
    anyone = person(screen)
    walk.verify(anyone, notice.typed_code, str(notice.number))
    walk.heading(anyone, "有效")
