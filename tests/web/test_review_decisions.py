"""Decisions through HTTP: offered as the table allows, taken in two steps, with their words."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.cast import Cast, accepted, approved, checked, submitted, version_of
from tests.holding import held_notices, referred
from tests.pages import Visitor
from tests.usecases.ways import asked
from tests.web.reviewing import offered, page_of, seen
from workflow.core.states import State
from workflow.store import cases, decisions

Make = Callable[[Cast], int]
WHO = {"liaison": "zhuanyuan", "office": "qiyeban", "issuer": "qianfa", "command": "zhihuibu"}
MADE: dict[str, Make] = {
    "submitted": lambda cast: submitted(cast.he),
    "accepted": lambda cast: accepted(cast.he),
    "checked": lambda cast: checked(submitted(cast.he), cast.lin),
    "referred": lambda cast: referred(cast.he, cast.lin),
    "held": lambda cast: held_notices(cast)[0],
}
# Typed out by hand: what each door's page offers, by how far the case has come.
OFFERED = {
    ("submitted", "office"): {"not_accept"},
    ("accepted", "liaison"): {"inspect", "refuse"},
    ("checked", "liaison"): {"approve", "refuse"},
    ("referred", "command"): {"approve", "refuse", "send_back"},
    ("held", "issuer"): {"release", "send_back", "void"},
}
ADVERSE = {"words": "现场没有隔离观察室", "basis": "样例文件第三条"}


@pytest.mark.parametrize("made", MADE)
@pytest.mark.parametrize("door", WHO)
def test_the_page_offers_what_the_table_allows(
    app: Flask, cast: Cast, made: str, door: str
) -> None:
    case_id = MADE[made](cast)
    assert offered(Visitor(app, WHO[door]), door, case_id) == OFFERED.get((made, door), set())


def test_a_department_is_offered_no_decision(app: Flask, cast: Cast) -> None:
    case_id = submitted(cast.he)
    asked(case_id)
    weisheng = Visitor(app, "weisheng")
    assert offered(weisheng, "office", case_id) == {"opinion"}
    for step in ("accept", "not-accept", "approve"):
        answer = weisheng.post(f"{page_of('office', case_id)}/{step}", seen(case_id) | ADVERSE)
        assert answer.status_code == 403
    assert cases.get(case_id, cast.office).state is State.SUBMITTED


def test_the_office_accepts_once_its_items_are_marked(app: Flask, cast: Cast) -> None:
    case_id = submitted(cast.he)
    office, page = Visitor(app, "qiyeban"), page_of("office", case_id)
    assert "还有 6 项没查" in office.get(f"{page}/accept").text
    assert office.post(f"{page}/accept", seen(case_id)).status_code == 409
    codes = ("EP-101", "EP-103", "EP-104", "EP-106", "EP-111", "EP-202")
    told = seen(case_id, then="accept") | dict.fromkeys(codes, "pass")
    assert office.post(f"{page}/checks", told).location == f"{page}/accept"
    assert office.post(f"{page}/accept", seen(case_id)).status_code == 302
    assert cases.get(case_id, cast.office).state is State.ACCEPTED
    assert "受理通知书" in office.get(page).text


def test_an_approval_is_looked_over_and_has_conditions(app: Flask, cast: Cast) -> None:
    case_id = MADE["checked"](cast)
    lin, page = Visitor(app, "zhuanyuan"), page_of("liaison", case_id)
    html = lin.get(f"{page}/approve").text
    assert "核查 10 项的结果作为附件" in html
    assert f'formaction="{page}/preview?kind=notice"' in html
    answer = lin.post(f"{page}/approve", seen(case_id, words="食堂分两批用餐"), page)
    assert answer.status_code == 302
    assert cases.get(case_id, cast.lin).state is State.APPROVED
    assert [one.words for one in decisions.of_case(case_id)] == ["食堂分两批用餐"]


def test_an_early_filing_goes_up_with_an_opinion(app: Flask, cast: Cast) -> None:
    case_id = referred(cast.he, cast.lin)
    command, page = Visitor(app, "zhihuibu"), page_of("command", case_id)
    assert "轮到您审定" in command.get(page).text
    assert command.post(f"{page}/approve", seen(case_id), page).status_code == 302
    assert cases.get(case_id, cast.command).state is State.AWAITING_RELEASE
    issuer, mine = Visitor(app, "qianfa"), page_of("issuer", case_id)
    issuer.get(f"{mine}/release")
    assert issuer.post(f"{mine}/release", seen(case_id), mine).status_code == 302
    assert cases.get(case_id, cast.issuer).state is State.APPROVED


def test_what_is_sent_back_or_voided_says_why(app: Flask, cast: Cast) -> None:
    first, second, _ = held_notices(cast)
    issuer = Visitor(app, "qianfa")
    for case_id, step, state in (
        (first, "send-back", State.ACCEPTED),
        (second, "void", State.VOIDED),
    ):
        page = page_of("issuer", case_id)
        silent = issuer.post(f"{page}/{step}", seen(case_id, words="  "), page)
        assert silent.status_code == 422
        assert "请写明理由" in silent.text
        assert (
            issuer.post(f"{page}/{step}", seen(case_id, words="人数写错"), page).status_code == 302
        )
        assert cases.get(case_id, cast.issuer).state is state
        assert "人数写错" in issuer.get(page).text


@pytest.mark.parametrize(
    ("made", "door", "step", "state"),
    [
        ("submitted", "office", "not-accept", State.NOT_ACCEPTED),
        ("checked", "liaison", "refuse", State.REFUSED),
        ("referred", "command", "refuse", State.REFUSED),
    ],
)
def test_an_adverse_decision_tells_facts_and_basis(
    app: Flask, cast: Cast, made: str, door: str, step: str, state: State
) -> None:
    case_id = MADE[made](cast)
    one, page = Visitor(app, WHO[door]), page_of(door, case_id)
    for told in ({"words": "只有事实"}, {"basis": "只有依据"}):
        assert one.post(f"{page}/{step}", seen(case_id) | told, page).status_code == 422
    assert one.post(f"{page}/{step}", seen(case_id) | ADVERSE, page).status_code == 302
    assert cases.get(case_id, cast.office).state is state


def test_nobody_decides_twice_or_from_an_old_page(app: Flask, cast: Cast) -> None:
    case_id = MADE["checked"](cast)
    lin, page = Visitor(app, "zhuanyuan"), page_of("liaison", case_id)
    old = {"version": str(version_of(case_id) - 1)}
    assert "有人先办了一步" in lin.post(f"{page}/approve", old, page).text
    now = seen(case_id)
    codes = [lin.post(f"{page}/approve", now, page).status_code for _ in range(2)]
    assert codes == [302, 409]


def test_a_decided_case_offers_nothing_to_those_below(app: Flask, cast: Cast) -> None:
    case_id = approved(cast.he, cast.lin)
    assert offered(Visitor(app, "zhuanyuan"), "liaison", case_id) == set()
    assert offered(Visitor(app, "qianfa"), "issuer", case_id) == {"void"}
