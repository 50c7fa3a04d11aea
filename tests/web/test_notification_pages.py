"""The notifications of each door: grouped, with the next action, read once the case is open."""

import pytest
from flask import Flask

from tests.cast import AT, Cast, accept, accepted, submitted
from tests.conftest import PASSWORD
from tests.pages import Visitor
from tests.told import give_back, waiting
from workflow.core.telling import News
from workflow.store import newslists
from workflow.store.db import db, transaction
from workflow.usecases import talking, telling

PAGE = "/office/notifications"


def test_news_is_grouped_and_says_what_to_do_next(app: Flask, cast: Cast) -> None:
    one = submitted(cast.he)
    submitted(cast.zhe)
    page = Visitor(app, "qiyeban").get(PAGE).text
    assert "2 件待初审" in page
    assert "请核对材料齐不齐" in page
    assert f'href="/office/cases/{one}"' in page
    assert "虚构云雀食品有限公司，一号厂区" in page
    assert page.count('<b class="tag tag-you">2') == 1, "the number beside the bell"
    assert "何样本" not in page


def test_several_messages_on_one_case_are_one_line(app: Flask, cast: Cast) -> None:
    case_id = accepted(cast.he)
    for _ in range(3):
        talking.say(case_id, "几点来？", cast.he, AT)
    page = Visitor(app, "zhuanyuan").get("/liaison/notifications").text
    assert "1 件有新留言" in page
    assert "3 条" in page


def test_opening_the_case_reads_its_news_and_no_other(app: Flask, cast: Cast) -> None:
    one, other = accepted(cast.he), accepted(cast.zhe)
    lin = Visitor(app, "zhuanyuan")
    lin.get(f"/liaison/cases/{one}")
    assert waiting(one) == set()
    assert waiting(other) == {("zhuanyuan", News.TO_INSPECT)}
    assert "1 件待核查" in lin.get("/liaison/notifications").text
    earlier = lin.get("/liaison/notifications/earlier").text
    assert f'href="/liaison/cases/{one}"' in earlier


def test_everything_can_be_marked_as_read_up_to_what_was_shown(app: Flask, cast: Cast) -> None:
    submitted(cast.he)
    office = Visitor(app, "qiyeban")
    page = office.get(PAGE).text
    up_to = page.split('name="up_to" value="')[1].split('"')[0]
    later = submitted(cast.zhe)
    assert office.post(f"{PAGE}/read", {"up_to": up_to}, PAGE).status_code == 302
    assert waiting(later) == {("qiyeban", News.TO_ACCEPT)}
    assert "1 件待初审" in office.get(PAGE).text


def test_what_somebody_else_has_done_is_no_longer_asked(app: Flask, cast: Cast) -> None:
    case_id = submitted(cast.he)
    accept(case_id)
    page = Visitor(app, "qiyeban").get(PAGE).text
    assert "没有新通知" in page
    assert "tag-you" not in page


def test_the_enterprise_is_told_what_to_correct(app: Flask, cast: Cast) -> None:
    case_id = submitted(cast.he)
    give_back(case_id, cast.office)
    page = Visitor(app, "yunque").get("/enterprise/notifications").text
    assert "1 件要补正" in page
    assert f'href="/enterprise/cases/{case_id}"' in page


def test_many_of_a_kind_come_in_pages_without_gap_or_repetition(app: Flask, cast: Cast) -> None:
    many(13, submitted(cast.he))
    found: list[int] = []
    before = None
    while lines := newslists.page(cast.office, 4, news=News.TO_ACCEPT, before=before):
        found += [line.case_id for line in lines]
        before = lines[-1].last_id
    db.session.rollback()
    assert len(found) == len(set(found)) == 14
    office = Visitor(app, "qiyeban")
    page = office.get(PAGE).text
    assert "14 件待初审" in page
    assert "还有 4 件" in page
    assert office.get(f"{PAGE}/to_accept").text.count('class="go" href="/office/cases/') == 14


def many(count: int, case_id: int) -> None:
    """As many withdrawn cases more, each with news that the office has not read."""
    with transaction() as session:
        for n in range(count):
            session.execute(COPY, {"case": case_id, "number": f"样申〔2026〕{900 + n}号"})


COPY = db.text(
    "WITH made AS (INSERT INTO cases (place_id, enterprise_id, field_id, stop_id, filing,"
    " catalogue_id, state, version, answers, saved_at, filing_number, submitted_at, closed_at,"
    " level) SELECT place_id, enterprise_id, field_id, stop_id, filing, catalogue_id, 'withdrawn',"
    " 1, answers, saved_at, :number, submitted_at, submitted_at, 0 FROM cases WHERE id = :case"
    " RETURNING id) INSERT INTO notifications (account_id, case_id, news, key, at)"
    " SELECT a.id, made.id, 'to_accept', 'copy/' || made.id, now() FROM made, accounts a"
    " WHERE a.username = 'qiyeban'"
)


def test_the_stand_in_is_told_without_a_link(app: Flask, cast: Cast) -> None:
    case_id = accepted(cast.he)
    tell_stand_in(case_id)
    page = Visitor(app, "zhuanyuan2").get("/liaison/notifications").text
    assert "1 件专员办超时了" in page
    assert "请提醒专员" in page
    assert f"/liaison/cases/{case_id}" not in page


def tell_stand_in(case_id: int) -> None:
    with transaction() as session:
        session.execute(
            db.text(
                "INSERT INTO notifications (account_id, case_id, news, key, at)"
                " SELECT id, :case, 'remind', 'turn/1/overdue', :at FROM accounts"
                " WHERE username = 'zhuanyuan2'"
            ),
            {"case": case_id, "at": AT},
        )


@pytest.mark.parametrize(
    ("given", "status", "kept"),
    [
        ("Wu@Town.Example", 302, "wu@town.example"),
        ("", 302, ""),
        ("nobody", 422, "old@town.example"),
        ("a@b@c.example", 422, "old@town.example"),
        ("用户@town.example", 422, "old@town.example"),
        ("wu@例子.example", 422, "old@town.example"),
        ("wu@town.example\r\nBcc: all@town.example", 422, "old@town.example"),
        ("taken@town.example", 302, "taken@town.example"),
    ],
)
def test_an_address_is_kept_if_it_is_one(
    app: Flask, cast: Cast, given: str, status: int, kept: str
) -> None:
    telling.set_address("old@town.example", cast.office)
    telling.set_address("taken@town.example", cast.lin)
    office = Visitor(app, "qiyeban")
    answer = office.post(f"{PAGE}/address", {"address": given}, PAGE)
    assert answer.status_code == status
    assert telling.address_of(cast.office)[0] == kept
    db.session.rollback()


def test_an_address_does_not_sign_anybody_in(app: Flask, cast: Cast) -> None:
    telling.set_address("old@town.example", cast.office)
    told = {"email": "old@town.example", "password": PASSWORD}
    assert Visitor(app).post("/sign-in", told).status_code == 200


@pytest.mark.parametrize("number", ["9" * 20, "-1", "²", "x"])
def test_a_number_that_no_row_has_is_not_found(app: Flask, number: str) -> None:
    office = Visitor(app, "qiyeban")
    office.get(f"{PAGE}/earlier?before={number}", 404)
    assert office.post(f"{PAGE}/read", {"up_to": number}, PAGE).status_code == 404


def test_a_kind_there_is_not_is_not_found(app: Flask) -> None:
    Visitor(app, "qiyeban").get(f"{PAGE}/nonsense", 404)


def test_the_administrator_sees_that_no_mail_is_sent(app: Flask) -> None:
    assert "没有设置发信" in Visitor(app, "guanli").get("/admin/jobs").text
