"""Everybody concerned hears of a step, nobody hears twice, and not the one who took it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.cast import (
    ANSWERS,
    AT,
    PAPER,
    PLANS,
    ROSTER,
    Cast,
    accept,
    accepted,
    approve,
    approved,
    checked,
    enter,
    filled,
    fresh_codes,
    inspected,
    submitted,
    version_of,
)
from tests.told import (
    CHANGING,
    THREE,
    again,
    answer,
    everything,
    give_back,
    issue,
    new,
    publish,
    rectify,
    refer,
    send_back,
    waiting,
)
from tests.usecases.test_standing_in import MONDAY, away
from workflow.core.days import day_of
from workflow.core.duty import HandoverReason
from workflow.core.refusals import Stale
from workflow.core.roles import Actor, Role
from workflow.core.telling import News
from workflow.store.cases import Case
from workflow.store.db import db, transaction
from workflow.usecases import (
    accepting,
    deciding,
    filing,
    founding,
    handing_over,
    releasing,
    submitting,
    talking,
    telling,
)

BASIS = "《样例办法》第一条"


# What is done, and who is told of it.
WALK: list[tuple[Callable[[int, Cast], object], set[tuple[str, News]]]] = [
    (
        lambda one, cast: submitting.submit(one, version_of(one), cast.he, AT),
        {("qiyeban", News.TO_ACCEPT)},
    ),
    (lambda one, cast: give_back(one, cast.office), {("yunque", News.TO_CORRECT)}),
    (lambda one, cast: again(one, cast.he), {("qiyeban", News.TO_ACCEPT)}),
    (
        lambda one, _: accept(one),
        {("zhuanyuan", News.TO_INSPECT), ("weisheng", News.TO_ADVISE), ("yingji", News.TO_ADVISE)},
    ),
    (lambda one, cast: rectify(one, cast.lin), {("yunque", News.TO_RECTIFY)}),
    (lambda one, cast: again(one, cast.he), {("zhuanyuan", News.TO_INSPECT)}),
    (lambda one, cast: checked(one, cast.lin), set()),
    (lambda one, _: answer(one, "weisheng"), set()),
    (lambda one, _: answer(one, "yingji"), set()),
    (lambda one, cast: refer(one, cast.lin), {("qiyeban", News.TO_DECIDE)}),
    (lambda one, cast: refer(one, cast.office), {("zhihuibu", News.TO_DECIDE)}),
    (lambda one, cast: send_back(one, cast.command), {("qiyeban", News.SENT_BACK)}),
    (lambda one, cast: refer(one, cast.office), {("zhihuibu", News.TO_DECIDE)}),
    (lambda one, cast: approve(one, cast.command), {("qianfa", News.TO_RELEASE)}),
    (lambda one, cast: send_back(one, cast.issuer), {("zhihuibu", News.SENT_BACK)}),
    (lambda one, cast: approve(one, cast.command), {("qianfa", News.TO_RELEASE)}),
    (lambda one, cast: releasing.release(one, version_of(one), cast.issuer, AT), set()),
    (lambda one, _: issue(one), {("yunque", News.ISSUED)}),
    (
        lambda one, cast: deciding.void(one, "填错了", version_of(one), cast.issuer, AT),
        {("yunque", News.VOIDED)},
    ),
]


def test_everybody_concerned_hears_of_every_step(cast: Cast) -> None:
    publish(THREE)
    one = filled(cast.he)
    for place, (deed, heard) in enumerate(WALK):
        assert new(one, lambda deed=deed: deed(one, cast)) == heard, place
    assert waiting(one) == {("yunque", News.ISSUED), ("yunque", News.VOIDED)}


def test_an_approval_that_releases_itself_asks_no_issuer(cast: Cast) -> None:
    case_id = approved(cast.he, cast.lin)
    assert "qianfa" not in {name for name, _ in everything(case_id)}
    assert new(case_id, lambda: issue(case_id)) == {("yunque", News.ISSUED)}


def test_what_cannot_be_accepted_or_is_refused_is_told_the_enterprise(cast: Cast) -> None:
    one, other = submitted(cast.he), inspected(cast.zhe, cast.lin)
    assert new(
        one,
        lambda: accepting.not_accept(
            one, "不在本镇", BASIS, version_of(one), cast.office, AT, fresh_codes
        ),
    ) == {("yunque", News.NOT_ACCEPTED)}
    assert new(
        other,
        lambda: deciding.refuse(
            other, "隐患没除", BASIS, version_of(other), cast.lin, AT, fresh_codes
        ),
    ) == {("boli", News.REFUSED)}


def test_a_notice_that_was_changed_is_told_the_enterprise(cast: Cast) -> None:
    publish(CHANGING)
    first = approved(cast.he, cast.lin)
    issue(first)
    change = filing.open_change(first, cast.he, AT)
    filing.save_answers(change, ANSWERS, version_of(change), cast.he, AT)
    for paper, proves in ((b"1", PLANS), (b"2", ROSTER)):
        filing.attach(change, "x.pdf", PAPER + paper, proves, cast.he, AT)
    submitting.submit(change, version_of(change), cast.he, AT)
    checked(change, cast.lin)
    approve(change, cast.lin)
    assert new(first, lambda: issue(change)) == {("yunque", News.SUPERSEDED)}


@pytest.mark.parametrize(
    ("bring", "heard"),
    [
        (submitted, {("qiyeban", News.WITHDRAWN)}),
        (accepted, {("zhuanyuan", News.WITHDRAWN)}),
    ],
)
def test_a_withdrawal_is_told_whoever_had_the_ball(
    cast: Cast, bring: Callable[[Actor], int], heard: set[tuple[str, News]]
) -> None:
    case_id = bring(cast.he)
    assert new(case_id, lambda: submitting.withdraw(case_id, version_of(case_id), cast.he, AT)) == (
        heard
    )
    assert waiting(case_id) == heard, "nobody is asked to do what is over"


def test_a_colleague_hears_of_it_and_the_one_who_did_it_does_not(cast: Cast) -> None:
    founding.add_account(Role.ENTERPRISE, "何二", "yunque2", "correct-horse", cast.he.enterprise_id)
    case_id = submitted(cast.he)
    give_back(case_id, cast.office)
    assert waiting(case_id) == {("yunque", News.TO_CORRECT), ("yunque2", News.TO_CORRECT)}
    submitting.withdraw(case_id, version_of(case_id), cast.he, AT)
    assert waiting(case_id) == {("yunque2", News.WITHDRAWN)}


def test_whose_authority_has_run_out_hears_nothing(cast: Cast) -> None:
    with transaction() as session:
        session.execute(
            db.text("UPDATE accounts SET authorised_until = :day WHERE username = 'yunque'"),
            {"day": day_of(AT) - timedelta(days=1)},
        )
    case_id = submitted(cast.he)
    give_back(case_id, cast.office)
    assert waiting(case_id) == set()


@pytest.mark.parametrize(
    ("absent", "hears"),
    [(("lin",), "zhuanyuan2"), (("lin", "zhou"), "qiyeban")],
)
def test_who_acts_for_the_field_today_is_told(
    cast: Cast, absent: tuple[str, ...], hears: str
) -> None:
    for who in absent:
        away(getattr(cast, who), MONDAY, MONDAY)
    founding.add_account(Role.OFFICE, "吴二", "qiyeban2", "correct-horse")
    case_id = submitted(cast.he)
    accept(case_id)
    found = waiting(case_id)
    assert (hears, News.TO_INSPECT) in found or hears == "qiyeban"  # who accepted it knows
    if hears == "qiyeban":
        assert found == {("qiyeban2", News.TO_INSPECT)}


def test_messages_go_to_the_other_side_each_once(cast: Cast) -> None:
    case_id = accepted(cast.he)
    for _ in range(2):
        talking.say(case_id, "几点来？", cast.he, AT)
    talking.say(case_id, "下午", cast.lin, AT)
    heard = [one for one in everything(case_id) if one[1] is News.MESSAGE]
    assert heard == [
        ("zhuanyuan", News.MESSAGE),
        ("zhuanyuan", News.MESSAGE),
        ("yunque", News.MESSAGE),
    ]


def test_what_was_passed_on_is_told_the_new_liaison_and_no_longer_asked_of_the_old(
    cast: Cast,
) -> None:
    case_id = accepted(cast.he)
    handing_over.hand_over(case_id, 2, HandoverReason.MOVED, "", version_of(case_id), cast.lin, AT)
    assert waiting(case_id) == {("zhuanyuan2", News.HANDED_OVER)}


def test_a_department_that_answered_is_asked_no_more(cast: Cast) -> None:
    publish(THREE)
    case_id = accepted(cast.he)
    founding.add_account(Role.OFFICE, "蒋二", "weisheng2", "correct-horse", department="镇卫生院")
    answer(case_id, "weisheng")
    assert ("weisheng", News.TO_ADVISE) not in waiting(case_id)
    assert ("yingji", News.TO_ADVISE) in waiting(case_id)


def test_a_step_that_comes_to_nothing_tells_nobody(cast: Cast) -> None:
    case_id = submitted(cast.he)
    before = everything(case_id)
    with pytest.raises(Stale):
        submitting.withdraw(case_id, version_of(case_id) - 1, cast.he, AT)
    assert everything(case_id) == before


def test_the_same_event_tells_nobody_twice(app: Flask, cast: Cast) -> None:
    case_id = accepted(cast.he)
    message = talking.say(case_id, "几点来？", cast.he, AT)
    before = everything(case_id)
    with transaction() as session:
        case = session.get_one(Case, case_id)
        telling.of_message(case, message, cast.he, AT)
    assert everything(case_id) == before


def test_opening_a_case_reads_what_was_said_of_it(cast: Cast) -> None:
    one, other = submitted(cast.he), submitted(cast.zhe)
    telling.read_case(one, enter().office, AT)
    assert waiting(one) == set()
    assert waiting(other) == {("qiyeban", News.TO_ACCEPT)}
