"""The check-in's pages: three taps, plain words, light, and what can't be is said so."""

import gzip
import re
from collections import Counter
from pathlib import Path

import pytest
from flask import Flask

from tests.cast import Cast
from tests.conftest import Clock
from tests.health.greening import GREEN, PAGE, Staff, rows, worker
from tests.health.town import NUMBERS, hire, link_of, open_campaign, place_of
from tests.pages import Visitor, check
from web.frame import limiter
from workflow.core.health import Symptom
from workflow.store import rosters, stafflinks
from workflow.store.checkins import as_told
from workflow.store.db import db
from workflow.usecases import rostering
from workflow.usecases.health import links

COLD, WARM = 60_000, 10_000


@pytest.fixture
def staff(app: Flask, cast: Cast) -> Staff:
    return worker(app, cast)


def sent(staff: Staff, **fields: object) -> tuple[int, str]:
    told = {name: said for name, said in {**GREEN, **fields}.items() if said is not None}
    answer = staff.visitor.post(PAGE, told, page="/staff/absent")
    if answer.status_code != 303:
        check(answer.text)
    return answer.status_code, answer.text


def test_a_usual_day_is_three_taps(staff: Staff) -> None:
    page = staff.visitor.get(PAGE).text
    assert "赵*，早上好" in page
    assert "11月23日（周一）上午" in page
    assert sent(staff)[0] == 303
    done = staff.visitor.get("/staff/done").text
    assert "今天可以上班" in done
    assert "36.5\u00a0℃，没有不舒服。" in done
    assert "<td>36.5</td><td>–</td>" in done
    assert staff.visitor.get(PAGE, 303).location == "/staff/done"
    again = staff.visitor.get(PAGE + "?half=morning").text
    assert "改今天上午的：先前报的是 36.5\u00a0℃" in again


def test_in_the_afternoon_the_morning_can_come_late(staff: Staff, clock: Clock) -> None:
    clock.forward(hours=5)
    assert 'name="half" value="afternoon"' in staff.visitor.get(PAGE).text
    assert sent(staff, half="morning")[0] == 303
    assert "报今天下午的" in staff.visitor.get("/staff/done").text


def test_the_unwell_are_asked_where_and_how_much(staff: Staff) -> None:
    status, page = sent(staff, temperature="hot", feeling="unwell")
    assert status == 200
    assert "量得多少度" in page
    assert "还没报上，先别上班" in page
    assert "咽痛" in page
    assert rows() == []
    told = {"temperature": "hot", "feeling": "unwell", "more": "1"}
    assert sent(staff, **told, exact="38.4", symptoms=["cough"])[0] == 303
    done = staff.visitor.get("/staff/done").text
    assert "先别上班" in done
    assert "量得 38.4\u00a0℃" in done


def test_the_unwell_may_have_no_thermometer(staff: Staff) -> None:
    status, page = sent(staff, temperature=None, feeling="unwell")
    assert (status, "量得多少度" in page, "咽痛" in page) == (200, False, True)
    told = {"temperature": None, "feeling": "unwell", "more": "1", "symptoms": ["cough"]}
    assert sent(staff, **told)[0] == 303
    (row,) = rows()
    assert (row.unwell, as_told(row).symptoms) == (True, {Symptom.COUGH})
    done = staff.visitor.get("/staff/done").text
    assert "先别上班" in done
    assert "说不舒服：咳嗽" in done


def test_low_asks_only_how_much(staff: Staff) -> None:
    status, page = sent(staff, temperature="low")
    assert (status, "咽痛" in page) == (200, False)
    assert sent(staff, temperature="low", more="1", exact="35.8")[0] == 303
    assert rows()[0].temperature == 358


@pytest.mark.parametrize("typed", ["365", "33.9", "42.1", "abc", "", "37.55", "-37", "3 7", "NaN"])
def test_no_thermometer_shows_that(staff: Staff, typed: str) -> None:
    status, page = sent(staff, temperature="hot", more="1", exact=typed)
    assert status == 422
    assert 'id="exact-error"' in page
    assert not typed or f"填了“{typed}”" in page
    assert rows() == []


@pytest.mark.parametrize(
    ("pressed", "typed"), [("hot", "36.2"), ("hot", "37.2"), ("low", "36.1"), ("low", "38.4")]
)
def test_what_is_typed_must_agree_with_what_was_pressed(
    staff: Staff, pressed: str, typed: str
) -> None:
    status, page = sent(staff, temperature=pressed, more="1", exact=typed)
    assert (status, rows()) == (422, [])
    assert f"填了“{typed}”，刚才点的却是" in page
    assert f'value="{typed}"' in page
    assert "点错了，回去重选</a>" in page


@pytest.mark.parametrize(
    ("pressed", "typed"), [("hot", "37.3"), ("hot", "37。9"), ("low", "36，0")]
)
def test_the_edges_agree_and_full_stops_and_commas_are_points(
    staff: Staff, pressed: str, typed: str
) -> None:
    assert sent(staff, temperature=pressed, more="1", exact=typed)[0] == 303


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"day": "2026-11-24"}, "这一页不是今天的"),
        ({"day": "2026-11-22"}, "这一页不是今天的"),
        ({"day": "x"}, "这一页不是今天的"),
        ({"half": "afternoon"}, "下午还没到"),
        ({"half": ["morning", "afternoon"]}, "只选一样"),
        ({"half": "night"}, "只选一样"),
        ({"temperature": "41.0"}, "请选量得的体温"),
        ({"temperature": None}, "请选量得的体温"),
        ({"temperature": ["36.5", "36.6"], "feeling": "unwell"}, "请选量得的体温"),
        ({"feeling": None}, "请选有没有不舒服"),
        ({"absence": "party", "temperature": None}, "选的不在"),
        ({"feeling": "unwell", "more": "1"}, "请勾上不舒服的地方"),
        ({"feeling": "unwell", "more": "1", "symptoms": ["plague"]}, "选的不在"),
    ],
    ids=str,
)
def test_what_cannot_be_is_said_in_words(
    staff: Staff, fields: dict[str, object], words: str
) -> None:
    status, page = sent(staff, **fields)
    assert (status, words in page) == (422, True), page
    assert rows() == []


def test_whoever_is_absent_says_why(staff: Staff) -> None:
    staff.visitor.get("/staff/absent")
    assert sent(staff, absence="rest", temperature=None)[0] == 303
    assert "轮休" in staff.visitor.get("/staff/done").text


def test_who_has_not_registered_is_told_so(app: Flask, cast: Cast) -> None:
    open_campaign(cast)
    link = link_of(cast, hire(cast, "钱乙", "410122198811023525"))
    visitor = Visitor(app)
    visitor.get(f"/s/{stafflinks.code_of(link)}", 303)
    if "staff.register" in app.view_functions:
        visitor.get(PAGE, 303)
    assert "还没有登记" in visitor.get("/staff/done").text


def test_nothing_is_kept_for_whoever_may_not(
    app: Flask, cast: Cast, staff: Staff, clock: Clock
) -> None:
    token = staff.visitor.token("/staff/absent")
    whole = {**GREEN, "csrf_token": token}
    links.revoke_link(place_of(cast), staff.link.line, cast.he, clock())
    assert staff.visitor.post_bare(PAGE, whole).status_code == 404
    assert rows() == []


def test_whoever_left_the_place_tells_nothing_more(cast: Cast, staff: Staff, clock: Clock) -> None:
    whole = {**GREEN, "csrf_token": staff.visitor.token("/staff/absent")}
    seq = rosters.latest_seq(place_of(cast)) or 0
    rostering.remove_person(place_of(cast), staff.link.line, seq, cast.he, clock())
    assert staff.visitor.post_bare(PAGE, whole).status_code == 404
    assert rows() == []


def test_after_the_campaign_nothing_is_asked(staff: Staff) -> None:
    whole = {**GREEN, "csrf_token": staff.visitor.token("/staff/absent")}
    db.session.execute(db.text("UPDATE health_campaigns SET ends_on = '2026-11-22'"))
    db.session.commit()
    assert staff.visitor.post_bare(PAGE, whole).status_code == 404
    assert rows() == []


def test_the_page_is_light_and_asks_for_no_script(app: Flask, staff: Staff) -> None:
    """As nginx sends it: text packed at its usual level, with some 600 bytes of headers each."""
    page = staff.visitor.get(PAGE).text
    assert "<script" not in page
    files = set(re.findall(r'(?:href|src)="/static/([^"?]+)', page))
    folder = Path(app.static_folder or "")
    packed = {one: len(gzip.compress((folder / one).read_bytes(), 1)) + 600 for one in files}
    done = staff.visitor.get("/staff/done").text
    warm = len(gzip.compress(page.encode(), 1)) + len(gzip.compress(done.encode(), 1)) + 3 * 1200
    assert warm < WARM, warm
    assert warm + sum(packed.values()) < COLD, packed


def test_a_link_is_limited_and_no_other_with_it(app: Flask, cast: Cast, staff: Staff) -> None:
    line = hire(cast, "钱乙", NUMBERS[1])
    other = Visitor(app)
    other.get(f"/s/{stafflinks.code_of(link_of(cast, line))}", 303)
    limiter.enabled = True
    try:
        assert Counter(sent(staff)[0] for _ in range(22)) == {303: 21, 429: 1}
        assert staff.visitor.get("/staff/done").status_code == 200
        assert other.post(PAGE, GREEN, page="/staff/absent").status_code == 303
    finally:
        limiter.enabled = False
