"""Staff health at the liaison: reds first, masked; details once, for a reason; how it ended."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.cast import Cast
from tests.conftest import Clock
from tests.health import poster
from tests.health.alarms import alarm, feverish, newest
from tests.health.town import NUMBERS, hire, open_campaign, place_of
from tests.pages import Visitor
from web import post
from workflow.core.alerts import Settlement
from workflow.core.telling import News
from workflow.store import controls, placecounts
from workflow.store.db import db
from workflow.usecases.health import alerting

HOME = "/liaison/health"
SETTLED = {"settlement": "released", "words": "电话核实，量错了"}


@pytest.fixture
def alert(app: Flask, cast: Cast, clock: Clock):
    """An alert that everyone was told of; an hour later."""
    post.configure(app)
    found = alarm(cast)
    alerting.tell(found.id, clock())
    clock.forward(hours=1)
    return found


def person(alert) -> str:
    return f"{HOME}/places/{alert.place_id}/people/{alert.line}"


def test_without_a_campaign_there_is_no_such_page(app: Flask) -> None:
    lin = Visitor(app, "zhuanyuan")
    lin.get(HOME, 404)
    assert HOME not in lin.get("/liaison/").text


def test_the_page_names_nobody(app: Flask, alert) -> None:
    lin = Visitor(app, "zhuanyuan")
    assert f'href="{HOME}"' in lin.get("/liaison/").text
    page = lin.get(HOME).text
    assert "赵*" in page
    assert "发热" in page
    assert "虚构云雀食品有限公司" in page
    assert "没报告" in page
    for hidden in ("赵甲", "38.4", NUMBERS[0], "13900000001"):
        assert hidden not in page
        assert hidden not in lin.get(f"{HOME}/places/{alert.place_id}").text
        assert hidden not in lin.get(person(alert)).text


def test_details_are_shown_once_for_a_reason(app: Flask, alert) -> None:
    lin = Visitor(app, "zhuanyuan")
    answer = lin.post(f"{person(alert)}/reveal", {}, person(alert))
    assert answer.status_code == 422
    assert "请选一项" in answer.text
    urgent = {"reason": "urgent", "why": ""}
    assert lin.post(f"{person(alert)}/reveal", urgent, person(alert)).status_code == 422
    shown = lin.post(f"{person(alert)}/reveal", {"reason": "alert"}, person(alert))
    assert shown.status_code == 200
    assert shown.headers["Cache-Control"] == "no-store"
    for told in ("赵甲", "38.4", NUMBERS[0], "13900000001", "没出去过"):
        assert told in shown.text
    assert "赵甲" not in lin.get(person(alert)).text
    rows = db.session.execute(db.text("SELECT reason, role FROM health_reveals")).all()
    assert [tuple(one) for one in rows] == [("alert", "liaison")]


def test_it_is_settled_with_words_and_once(app: Flask, alert) -> None:
    lin = Visitor(app, "zhuanyuan")
    settle = f"{HOME}/alerts/{alert.id}/settle"
    bare = lin.post(settle, {"settlement": "released", "words": " "}, person(alert))
    assert bare.status_code == 422
    assert "请写一句怎么核实的" in bare.text
    done = lin.decide(settle, SETTLED, person(alert))
    assert done.location == person(alert), "where the proposal still waits"
    assert newest().settlement is Settlement.RELEASED
    assert lin.post(settle, SETTLED, HOME).status_code == 409


def test_a_proposal_says_what_it_is_and_is_not(app: Flask, alert) -> None:
    lin = Visitor(app, "zhuanyuan")
    page = lin.get(person(alert)).text
    assert "系统不会自己关停任何地方" in page
    assert "没有法律效力" in page
    decide = f"{HOME}/alerts/{alert.id}/proposal"
    assert lin.post(decide, {"decision": "taken"}, person(alert)).status_code == 422
    told = {"decision": "taken", "grounds": "同宿舍六人"}
    assert lin.post(decide, told, person(alert)).status_code == 302
    assert "已采纳" in lin.get(person(alert)).text
    office = Visitor(app, "qiyeban")
    assert "采纳了临时管控" in office.get("/office/notifications").text
    page = office.get("/office/health").text
    assert page.index("要安排人") < page.index("各责任田")
    for said in ("云雀", "同宿舍六人", "企业专员采纳"):
        assert said in page
    assert "赵" not in page
    assert "要安排人" not in Visitor(app, "zhihuibu").get("/command/health").text
    assert controls.adopted(newest().proposal_at + timedelta(days=14)) == []


def test_a_proposal_that_was_declined_is_nobodys_to_do(app: Flask, alert) -> None:
    told = {"decision": "declined", "grounds": "单独居住"}
    lin = Visitor(app, "zhuanyuan")
    lin.post(f"{HOME}/alerts/{alert.id}/proposal", told, person(alert))
    assert "要安排人" not in Visitor(app, "qiyeban").get("/office/health").text


@pytest.mark.parametrize("username", ["zhuanyuan2", "qiyeban"])
def test_others_find_nothing(app: Flask, alert, username: str) -> None:
    visitor, door = Visitor(app, username), "office" if username == "qiyeban" else "liaison"
    base = f"/{door}/health"
    where = f"{base}/places/{alert.place_id}"
    home = visitor.get(f"{base}/alerts" if door == "office" else base).text
    assert "赵*" not in home
    for path in (where, f"{where}/people/{alert.line}"):
        visitor.get(path, 404)
    for tail in (f"{where}/people/{alert.line}/reveal", f"{base}/alerts/{alert.id}/settle"):
        answer = visitor.post(tail, {"reason": "alert"} | SETTLED, "/privacy")
        assert answer.status_code == 404
    assert newest().settlement is None


@pytest.mark.parametrize("username", ["shenji", "guanli", "qianfa", "yunque"])
def test_other_roles_are_refused(app: Flask, alert, username: str) -> None:
    visitor = Visitor(app, username)
    for door in ("liaison", "office"):
        visitor.get(f"/{door}/health/places/{alert.place_id}/people/{alert.line}", 403)


def test_who_may_work_is_nobodys_business(app: Flask, cast: Cast, alert) -> None:
    line = hire(cast, "钱乙", NUMBERS[1])
    Visitor(app, "zhuanyuan").get(f"{HOME}/places/{alert.place_id}/people/{line}", 404)


def test_a_red_by_poster_is_only_a_number(app: Flask, cast: Cast) -> None:
    open_campaign(cast)
    hire(cast, "赵甲", NUMBERS[0])
    poster.tell(cast)
    page = Visitor(app, "zhuanyuan").get(HOME).text
    assert "等企业回电核实 1" in page
    assert "赵" not in page


def test_the_bell_leads_to_the_place_and_opening_it_reads_it(app: Flask, cast: Cast, alert) -> None:
    lin = Visitor(app, "zhuanyuan")
    page = lin.get("/liaison/notifications").text
    assert "1 家有员工要停岗" in page
    assert "先让本人停岗" in page
    assert f'href="{HOME}/places/{alert.place_id}"' in page
    assert "赵" not in page
    lin.get(f"{HOME}/places/{alert.place_id}")
    assert "1 家有员工要停岗" not in lin.get("/liaison/notifications").text
    assert str(News.HEALTH_RED.value) not in lin.get("/liaison/notifications").text


def test_numbers_of_the_town_name_nobody(app: Flask, alert) -> None:
    for username, path in (("qiyeban", "/office/health"), ("zhihuibu", "/command/health")):
        visitor = Visitor(app, username)
        page = visitor.get(path).text
        assert "第一责任田" in page
        assert "一天以内 1 条" in page
        for hidden in ("赵", "云雀", "一号厂区"):
            assert hidden not in page
    assert 'href="/command/health"' in Visitor(app, "zhihuibu").get("/command/").text


def test_places_come_in_pages_by_what_is_the_matter(app: Flask, cast: Cast) -> None:
    open_campaign(cast)
    feverish(cast)
    fields = [one[0] for one in db.session.execute(db.text("SELECT id FROM fields"))]
    first = placecounts.of_fields(fields, newest().day, limit=1)
    assert (first[0].id, first[0].rank, first[0].reds, first[0].stopped) == (
        place_of(cast),
        0,
        1,
        1,
    )
    assert (first[0].total, first[0].registered, first[0].morning_unwell) == (1, 1, 1)
    rest = placecounts.of_fields(fields, newest().day, (first[0].rank, first[0].id))
    assert len(rest) == 2
    assert place_of(cast) not in {one.id for one in rest}


@pytest.mark.parametrize("after", ["x", "0", "9.1", "0.99999999999", "0.-1", "²"])
def test_a_page_there_is_not_is_not_found(app: Flask, cast: Cast, after: str) -> None:
    open_campaign(cast)
    Visitor(app, "zhuanyuan").get(f"{HOME}?after={after}", 404)
