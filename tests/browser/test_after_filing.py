"""What becomes of a filing otherwise: withdrawn, refused, changed; anyone sees what still holds."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from tests import whole
from tests.browser.conftest import Person
from tests.browser.screens import BOTH
from tests.cast import AT, Cast, approve, checked, fresh_codes, submitted, version_of
from workflow.core.states import State
from workflow.store import cases, documents
from workflow.store.db import db, transaction
from workflow.store.towns import Town
from workflow.usecases import deciding, releasing, submitting

pytestmark = pytest.mark.browser


@BOTH
def test_withdrawn_and_filed_again(
    person: Callable[[str], Person], cast: Cast, screen: str
) -> None:
    submitted(cast.he)
    clerk = person(screen)
    clerk.sign_in("yunque")
    clerk.follow("看办到哪一步")
    clerk.look("submitted")
    clerk.follow("不办了，撤回这一件")
    clerk.look("withdraw")
    clerk.press("撤回")
    expect(clerk.page.get_by_text("这一件您已撤回")).to_be_visible()
    clerk.look("withdrawn")
    clerk.follow("去重新申报")
    clerk.page.get_by_text("以前的 1 件").click()
    clerk.look("home-again")
    clerk.page.get_by_role("button", name="填报企业复工报备").click()
    clerk.look()
    expect(clerk.page.get_by_label("从业人员数")).to_have_value("212")


@BOTH
def test_refused_with_its_letter(
    person: Callable[[str], Person],
    cast: Cast,
    drain_aside: Callable[[], None],
    screen: str,
) -> None:
    with transaction() as session:
        town = session.scalars(select(Town)).one()
        town.hearing, town.remedies = "可以陈述和申辩。", "可以申请行政复议。"
    case_id = checked(submitted(cast.he), cast.lin)
    version = version_of(case_id)
    deciding.refuse(case_id, "观察室没有备好。", "依据", version, cast.lin, AT, fresh_codes)
    drain_aside()
    clerk = person(screen)
    clerk.sign_in("yunque")
    clerk.look("home-refused")
    clerk.open(f"/enterprise/cases/{case_id}")
    expect(clerk.page.get_by_text("暂不同意复工。理由")).to_be_visible()
    clerk.look("refused")
    letter = clerk.page.get_by_role("link", name="查验").first
    anyone = person(screen)
    anyone.open(letter.get_attribute("href") or "")
    expect(anyone.page.get_by_text("不能凭它复工").first).to_be_visible()
    anyone.look("verified-refusal")


@BOTH
def test_a_change_takes_the_place_of_the_notice(
    person: Callable[[str], Person],
    cast: Cast,
    drain_aside: Callable[[], None],
    screen: str,
) -> None:
    case_id = whole.open_whole(cast.he)
    whole.answer(case_id, cast.he)
    whole.complete(case_id, cast.he)
    submitting.submit(case_id, version_of(case_id), cast.he, AT)
    checked(case_id, cast.lin)
    approve(case_id, cast.lin)
    if cases.get(case_id, cast.lin).state is State.AWAITING_RELEASE:
        releasing.release(case_id, version_of(case_id), cast.issuer, AT)
    drain_aside()
    db.session.expire_all()
    clerk = person(screen)
    clerk.sign_in("yunque")
    clerk.open(f"/enterprise/cases/{case_id}")
    clerk.look("issued-with-change")
    clerk.page.get_by_role("button", name="填报").click()
    clerk.look("change")
    clerk.open("/enterprise/")
    clerk.look("home-changing")
    notice = documents.of_case(case_id)
    anyone = person(screen)
    anyone.open("/verify")
    anyone.page.get_by_label("12 位码").fill(notice.typed_code)
    anyone.press("查")
    expect(anyone.page.get_by_role("alert")).to_contain_text("请填文号末几位")
    anyone.look("number-missing")
    anyone.page.get_by_label("文号末几位").fill(str(notice.number))
    anyone.press("查")
    expect(anyone.page.get_by_role("heading", level=1)).to_have_text("有效")
