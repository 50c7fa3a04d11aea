"""员工健康 at the enterprise's door: today, one person, links, the poster, the report."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from tests.cast import Cast
from tests.health.staff import everybody, hired, tells
from tests.health.town import AT, STAYED_HOME, came_from, link_of, open_campaign, place_of
from tests.pages import Visitor
from tests.web.endpoints import WRITTEN
from workflow.store import checkins, stafflinks
from workflow.store.db import db
from workflow.usecases.health import declaring, links, settling

HEALTH = "/enterprise/places/1/health"


@pytest.fixture
def clerk(app: Flask, cast: Cast) -> Visitor:
    open_campaign(cast)
    assert place_of(cast) == 1
    return Visitor(app, "yunque")


def test_without_a_campaign_there_is_no_such_door(app: Flask, cast: Cast) -> None:
    clerk = Visitor(app, "yunque")
    assert "员工健康" not in clerk.get("/enterprise/").text
    for tail in ("", "/check-in", "/links", "/poster", "/entries", "/people/1"):
        clerk.get(HEALTH + tail, 404)
    clerk.get("/enterprise/health", 404)


def test_the_menu_leads_to_the_only_place(clerk: Visitor) -> None:
    assert "员工健康" in clerk.get("/enterprise/").text
    assert clerk.call("GET", "/enterprise/health").location.endswith(HEALTH)
    assert "名册上还没有人" in clerk.get(HEALTH).text


def test_today_shows_who_must_not_work_and_not_where_they_have_been(
    clerk: Visitor, cast: Cast
) -> None:
    everybody(cast)
    page = clerk.get(HEALTH).text
    for said in ("4/8", "先别安排上岗 3 人", "上午还没报 3 人", "去过要观察的地方", "38.4"):
        assert said in page
    assert "甲市" not in page
    chat = re.search(r"<textarea[^>]*id=\"chat\"[^>]*>([^<]*)</textarea>", page)
    assert chat is not None
    assert chat[1].endswith("周戊、吴己")


@pytest.mark.parametrize(
    ("show", "names"),
    [
        ("missing", "孙丙 周戊 吴己"),
        ("unwell", "钱乙 王辛"),
        ("absent", "李丁"),
        ("unregistered", "吴己 王辛"),
        ("observed", "孙丙"),
        ("stopped", "钱乙 王辛"),
    ],
)
def test_a_list_can_be_narrowed(clerk: Visitor, cast: Cast, show: str, names: str) -> None:
    everybody(cast)
    page = clerk.get(f"{HEALTH}?show={show}").text
    assert re.findall(r"people/\d+\">([^<]+)</a><span", page) == names.split()


@pytest.mark.parametrize(
    "query", ["show=x", "after=0", "after=99", "employer=%27", "employer=%00", "show="]
)
def test_odd_questions_show_a_page(clerk: Visitor, cast: Cast, query: str) -> None:
    hired(cast, 2)
    clerk.get(f"{HEALTH}?{query}")
    clerk.get(f"{HEALTH}?after=x", 404)


def test_a_person_is_shown_with_why_and_the_week(clerk: Visitor, cast: Cast) -> None:
    lines = everybody(cast)
    ill = clerk.get(f"{HEALTH}/people/{lines[1]}").text
    for said in ("先别上班", "量得 38.4\u00a0℃", "发烧", "单位代报"):
        assert said in ill
    observed = clerk.get(f"{HEALTH}/people/{lines[2]}").text
    assert "最后一天" in observed
    assert "甲市" not in observed
    assert "没登记" in clerk.get(f"{HEALTH}/people/{lines[5]}").text
    clerk.get(f"{HEALTH}/people/99", 404)


def test_a_link_is_given_shown_and_ended(clerk: Visitor, cast: Cast) -> None:
    (line,) = hired(cast, 1)
    person = f"{HEALTH}/people/{line}"
    assert "给他一个链接" in clerk.get(person).text
    assert clerk.post(f"{person}/link", page=person).status_code == 302
    page = clerk.get(person).text
    code = re.search(r"/s/([0-9a-z]+)<", page)
    assert code is not None
    assert "<svg" in page
    assert stafflinks.link(code[1], AT)
    clerk.post(f"{person}/link/revoke", page=person)
    assert "给他一个链接" in clerk.get(person).text
    db.session.expire_all()
    assert stafflinks.link(code[1], AT) is None
    assert clerk.post(f"{HEALTH}/people/99/link", page=person).status_code == 404


def test_links_for_everybody_as_slips_and_as_text(clerk: Visitor, cast: Cast) -> None:
    hired(cast, 3)
    page = f"{HEALTH}/links"
    assert "没有纸条" in clerk.get(f"{page}/slips").text
    assert "没有链接" in clerk.get(f"{page}/text").text
    clerk.post(f"{page}/give", page=page)
    assert "3 人里，3 人有链接" in clerk.get(page).text
    slips = clerk.get(f"{page}/slips").text
    assert slips.count('class="qr"') == 3
    assert "赵甲" in slips
    assert "赵*" not in slips
    text = clerk.get(f"{page}/text").text
    assert len(re.findall(r"(?:赵甲|钱乙|孙丙)（[^（）]+）：http://\S+/s/[0-9a-z]{24}", text)) == 3
    clerk.post(f"{page}/revoke", page=page)
    assert "3 人里，0 人有链接" in clerk.get(page).text


def test_the_poster_is_made_printed_and_ended(clerk: Visitor, cast: Cast, drain) -> None:
    page = f"{HEALTH}/poster"
    assert "做海报" in clerk.get(page).text
    clerk.get(f"{page}.pdf", 404)
    clerk.post(f"{page}/new", page=page)
    assert "正在排版" in clerk.get(page).text
    assert "data-progress-url" in clerk.get(f"{page}/progress").text
    drain()
    assert "打开海报" in clerk.get(f"{page}/progress").text
    answer = clerk.get(f"{page}.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Cache-Control"] == "no-store"
    clerk.post(f"{page}/revoke", page=page)
    clerk.get(f"{page}.pdf", 404)


def test_the_report_of_the_day(clerk: Visitor, cast: Cast) -> None:
    lines = hired(cast, 2)
    report = f"{HEALTH}/report"
    page = clerk.get(HEALTH).text
    for said in ("还没交", "没报不等于没事", "没收齐，应报 2 人，报了 0 人", "今天没人上班"):
        assert said in page
    assert clerk.post(report, {"seen": "0", "nobody": "1"}, HEALTH).status_code == 302
    assert "交的：<b>今天没人上班" in clerk.get(HEALTH).text
    clerk.post(report, {"seen": "0"}, HEALTH)
    page = clerk.get(HEALTH).text
    assert "<b>没收齐：应报 2 人，报了 0 人</b>" in page
    assert "交零报告" not in page
    tells(cast, lines[0], 390)
    answer = clerk.post(report, {"seen": "0"}, HEALTH)
    assert answer.status_code == 409
    assert "刚才又有人报了不舒服，现在一共 1 人" in answer.text
    page = clerk.get(HEALTH).text
    assert "交日报：有异常，1 人" in page
    assert 'value="1">今天没人上班' not in page
    clerk.post(report, {"seen": "1"}, HEALTH)
    page = clerk.get(HEALTH).text
    assert "有异常，1 人不舒服或停岗" in page
    assert "没收齐：应报 2 人，报了 1 人" in page
    assert "<b>零报告" not in page


def test_what_says_less_waits_for_the_liaison(clerk: Visitor, cast: Cast, clock) -> None:
    (line,) = hired(cast, 1)
    link = link_of(cast, line)
    declaring.register(link, came_from("420112", "甲市东区", AT.date()), AT)
    declaring.register(link, STAYED_HOME, AT + timedelta(minutes=1))
    clock.forward(minutes=10)
    assert "后来改说的比先前少，等专员核实" in clerk.get(HEALTH).text
    person = f"{HEALTH}/people/{line}"
    page = clerk.get(person).text
    assert all(one in page for one in ("后来说的比先前少，等专员核实", "林示例", "000-0000-0003"))
    assert "甲市" not in page
    assert "registrations/" not in page
    settling.release_person(place_of(cast), line, "问过本人", cast.lin, AT + timedelta(minutes=9))
    page = clerk.get(person).text
    assert "比先前少" not in page
    assert "等核实" not in page


@pytest.mark.parametrize("username", ["boli", "muye"])
def test_another_enterprise_finds_nothing(app: Flask, cast: Cast, username: str) -> None:
    open_campaign(cast)
    (line,) = hired(cast, 1)
    links.make_poster(place_of(cast), cast.he, AT)
    visitor = Visitor(app, username)
    with app.test_request_context():
        adapter = app.url_map.bind("127.0.0.1")
        ids = {"place_id": 1, "line": line, "row_id": 1, "entry_id": 1, "answer": "confirm"}
        calls = [
            (method, adapter.build(rule.endpoint, {name: ids[name] for name in rule.arguments}))
            for rule in app.url_map.iter_rules()
            if rule.endpoint.startswith("enterprise.health") and "place_id" in rule.arguments
            for method in sorted((rule.methods or set()) & {"GET", "POST"})
        ]
    assert len(calls) > 20
    for method, path in calls:
        answer = visitor.get(path, 404) if method == "GET" else visitor.post(path, page="/privacy")
        assert (path, answer.status_code) == (path, 404)
        assert "赵" not in answer.text
    assert stafflinks.poster_of(1) is not None
    assert checkins.report_of(1, AT.date()) is None


def test_only_enterprises_come_in_here() -> None:
    mine = {roles and frozenset(one.value for one in roles) for name, roles in WRITTEN.items()
            if name.startswith("enterprise.health")}  # fmt: skip
    assert mine == {frozenset({"enterprise"})}
