"""Every red alert is found, phoned about and ended, and its proposal is decided by somebody."""

import re
from dataclasses import fields
from datetime import timedelta

import pytest
from flask import Flask

from tests.cast import Cast
from tests.conftest import Clock
from tests.health import poster
from tests.health.alarms import alarm, fever, newest
from tests.health.town import AT, NUMBERS, hire, open_campaign, place_of
from tests.pages import Visitor
from web import healthcounts, post
from workflow.core.alerts import Proposal, Settlement
from workflow.core.health import Half
from workflow.store import placecounts, placehealth, townhealth
from workflow.store.db import db
from workflow.store.placecounts import Counted, Sums
from workflow.store.standings import Alert
from workflow.store.towns import Place
from workflow.usecases.health import alerting, declaring

HOME = "/liaison/health"
SETTLED = {"settlement": "released", "words": "电话核实，量错了"}
MANY_PEOPLE = """INSERT INTO engagements (place_id, person_id, line, name, employer_kind, employer,
 post, origin, lodging, from_seq, until_seq)
 SELECT place_id, person_id, :l, name, employer_kind, employer, post, origin, lodging, from_seq,
 999 FROM engagements WHERE place_id = :p AND line < 900 LIMIT 1"""
A_VERSION = """INSERT INTO roster_versions (place_id, seq, made_at, made_by, added, changed, gone,
 total) SELECT place_id, 999, made_at, made_by, 0, 0, 0, 1 FROM roster_versions
 WHERE place_id = :p LIMIT 1"""
MANY_ALERTS = """INSERT INTO health_alerts (place_id, line, kind, key, day, grounds, raised_at,
 told_at, words, proposal, proposal_words)
 SELECT place_id, :l, kind, :k, day, grounds, raised_at, told_at, words, 'none', proposal_words
 FROM health_alerts WHERE id = :id"""


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


def test_a_proposal_waits_though_the_alert_is_settled(app: Flask, alert) -> None:
    lin = Visitor(app, "zhuanyuan")
    told = {"settlement": "to_clinic", "words": "卫生院接走了"}
    lin.decide(f"{HOME}/alerts/{alert.id}/settle", told, person(alert))
    for path in (HOME, f"{HOME}/places/{alert.place_id}", person(alert)):
        assert "建议临时管控，等您定" in lin.get(path).text
    page = lin.get(person(alert)).text
    assert "办结：" in page
    assert "企业专员" in page
    assert "卫生院接走了" not in page
    shown = lin.post(f"{person(alert)}/reveal", {"reason": "alert"}, person(alert)).text
    assert "卫生院接走了" in shown
    decide = f"{HOME}/alerts/{alert.id}/proposal"
    said = {"decision": "taken", "grounds": "同宿舍六人"}
    assert lin.post(decide, said, person(alert)).status_code == 302
    assert newest().proposal is Proposal.TAKEN
    assert lin.post(decide, said, person(alert)).status_code == 409
    assert "赵*" not in lin.get(HOME).text


def test_whom_to_phone(app: Flask, cast: Cast, alert) -> None:
    place = db.session.get_one(Place, alert.place_id)
    name, call = place.contact_name, f'href="tel:{place.contact_mobile}"'
    db.session.rollback()
    lin, clinic = Visitor(app, "zhuanyuan"), Visitor(app, "weisheng")
    for path in (HOME, f"{HOME}/places/{alert.place_id}", person(alert)):
        page = lin.get(path).text
        assert call in page
        assert name in page
    assert call in clinic.get("/office/health/alerts").text


def test_the_number_left_by_poster_is_among_the_details(app: Flask, cast: Cast) -> None:
    open_campaign(cast)
    line = hire(cast, "赵甲", NUMBERS[0], mobile="13900000002")
    entry_id = poster.tell(cast)
    declaring.confirm_entry(place_of(cast), entry_id, cast.he, AT)
    where = f"{HOME}/places/{place_of(cast)}/people/{line}"
    lin = Visitor(app, "zhuanyuan")
    shown = lin.post(f"{where}/reveal", {"reason": "alert"}, where).text
    assert "本人扫码留的" in shown
    assert 'href="tel:13900000001"' in shown
    assert 'href="tel:13900000002"' in shown


def test_the_oldest_of_many_reds_can_be_settled(app: Flask, cast: Cast, alert) -> None:
    db.session.execute(db.text(A_VERSION), {"p": alert.place_id})
    for n in range(townhealth.PAGE):
        row = {"p": alert.place_id, "l": 900 + n, "k": f"many/{n}", "id": alert.id}
        db.session.execute(db.text(MANY_PEOPLE), row)
        db.session.execute(db.text(MANY_ALERTS), row)
    db.session.commit()
    lin, place = Visitor(app, "zhuanyuan"), f"{HOME}/places/{alert.place_id}"
    first = lin.get(place).text
    assert f'href="{person(alert)}"' not in first.partition("别的不能直接上班的人")[0]
    older = re.search(r'href="([^"]+before=\d+)"', first)
    assert older
    assert f'href="{person(alert)}"' in lin.get(older[1]).text
    assert "核实完了，办结" in lin.get(person(alert)).text
    lin.decide(f"{HOME}/alerts/{alert.id}/settle", SETTLED, person(alert))
    settled = db.session.get_one(Alert, alert.id).settlement
    db.session.rollback()
    assert settled is Settlement.RELEASED


def test_who_was_released_is_unwell_no_more(app: Flask, cast: Cast, alert, clock: Clock) -> None:
    Visitor(app, "zhuanyuan").decide(f"{HOME}/alerts/{alert.id}/settle", SETTLED, person(alert))
    found = placecounts.of_place(place_of(cast), alert.day)
    assert (found.morning, found.morning_unwell) == (1, 0)
    assert sum(one.morning_unwell for one in placecounts.of_town(alert.day)) == 0
    seq = db.session.execute(db.text("SELECT max(seq) FROM roster_versions")).scalar_one()
    shown = placehealth.numbers(place_of(cast), seq, alert.day, Half.MORNING)
    assert (shown.morning, shown.unwell, shown.troubled) == (1, 0, 0)
    assert "上午报了 1/1，没有异常" in Visitor(app, "zhuanyuan").get(HOME).text
    db.session.rollback()
    fever(cast, alert.line, clock() + timedelta(hours=3))
    assert placecounts.of_place(place_of(cast), alert.day).afternoon_unwell == 1
    db.session.rollback()


def test_fields_come_in_the_order_of_their_numbers() -> None:
    names = ["第一", "第二", "第三", "第十", "第十一", "第二十", "第二十一", "河东"]
    nothing = {one.name: 0 for one in fields(Sums)}
    rows = [Counted(field=f"{one}责任田", place_class="", **nothing) for one in sorted(names)]
    ordered = sorted(rows, key=healthcounts.in_order)
    assert [one.field.removesuffix("责任田") for one in ordered] == names
