"""代报 and poster entries through HTTP: rows, what was typed stays, who is unwell goes apart."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from forms.healthday import BadTemperature, tenths
from tests.cast import Cast
from tests.health.staff import hired, number
from tests.health.town import AT, STAYED_HOME, TODAY, came_from, open_campaign, place_of
from tests.pages import Visitor
from workflow.core.health import Half, Registration, ToldBy
from workflow.core.papers import Document, DocumentKind
from workflow.store import checkins, entrylists
from workflow.store.db import db
from workflow.store.registrations import HealthReveal
from workflow.usecases.health import declaring, links
from workflow.usecases.health.declaring import Identity

HEALTH = "/enterprise/places/1/health"
SEVERAL = f"{HEALTH}/check-in"
PAGE = {"day": TODAY.isoformat(), "half": "morning"}
ENTRIES = f"{HEALTH}/entries"


@pytest.fixture
def clerk(app: Flask, cast: Cast) -> Visitor:
    open_campaign(cast)
    return Visitor(app, "yunque")


@pytest.mark.parametrize(
    ("typed", "found"),
    [("36.5", 365), ("36", 360), (" ３６．５ ", 365), ("36.5℃", 365), ("36。5", 365),
     ("36,5", 365), ("36.5度", 365), ("42", 420), ("34.0", 340), ("", None)],
)  # fmt: skip
def test_temperatures_as_people_write_them(app: Flask, typed: str, found: int | None) -> None:
    with app.test_request_context():
        assert tenths(typed) == found


@pytest.mark.parametrize(
    "typed", ["365", "365 度", "33.9", "42.1", "36.55", "好", "-36", "3 6", "0"]
)
def test_what_is_no_temperature_is_refused_in_words(app: Flask, typed: str) -> None:
    with app.test_request_context(), pytest.raises(BadTemperature, match=typed.strip()[:2]):
        tenths(typed)


def told(line: int, half: Half = Half.MORNING) -> list[tuple[int | None, ToldBy]]:
    rows = checkins.told_for(1, line, TODAY, half)
    return [(checkins.as_told(row).temperature, row.told_by) for row in rows]


def test_several_are_told_for_and_empty_rows_tell_nothing(clerk: Visitor, cast: Cast) -> None:
    a, b, c = hired(cast, 3)
    rows = {f"t-{a}": "36.5", f"a-{a}": "", f"t-{b}": "", f"a-{b}": "rest", f"t-{c}": ""}
    answer = clerk.post(SEVERAL, PAGE | rows, SEVERAL)
    assert answer.location.endswith("check-in?half=morning")
    assert (told(a), told(b), told(c)) == (
        [(365, ToldBy.ENTERPRISE)],
        [(None, ToldBy.ENTERPRISE)],
        [],
    )
    page = clerk.get(answer.location).text
    assert "已存下 2 人" in page
    assert re.findall(r'name="t-(\d+)"', page) == [str(c)]


def test_a_mistake_is_said_beside_its_row_and_holds_up_no_other(clerk: Visitor, cast: Cast) -> None:
    a, b = hired(cast, 2)
    answer = clerk.post(SEVERAL, PAGE | {f"t-{a}": "365", f"t-{b}": "36.6"}, SEVERAL)
    assert answer.status_code == 422
    assert "体温写成 36.5 这样" in answer.text
    assert f'id="t-{a}-error"' in answer.text
    assert re.search(rf'id="t-{a}"[^>]*value="365"', answer.text)
    assert "已存下 1 人" in answer.text
    assert (told(a), told(b)) == ([], [(366, ToldBy.ENTERPRISE)])


@pytest.mark.parametrize("row", [{"t": "38.4"}, {"t": "36.5", "u": "1"}])
def test_who_is_unwell_has_a_page_of_their_own(
    clerk: Visitor, cast: Cast, row: dict[str, str]
) -> None:
    a, b, c = hired(cast, 3)
    rows = {f"{key}-{a}": value for key, value in row.items()}
    rows |= {f"t-{b}": "36.6", f"t-{c}": "38.8"}
    answer = clerk.post(SEVERAL, PAGE | rows, SEVERAL)
    assert "代赵甲报" in answer.text
    assert f'value="{row["t"]}"' in answer.text
    assert "孙丙 发烧，已存下" in answer.text
    at_once = [(384, ToldBy.ENTERPRISE)] if row["t"] == "38.4" else []
    assert (told(a), told(b), told(c)) == (
        at_once,
        [(366, ToldBy.ENTERPRISE)],
        [(388, ToldBy.ENTERPRISE)],
    )
    fevers = [one.alert.line for one in entrylists.alerts(1, AT)]
    assert sorted(one or 0 for one in fevers) == ([a, c] if at_once else [c])
    one = f"{HEALTH}/people/{a}/check-in"
    ill = PAGE | {"temperature": row["t"], "symptoms": "cough", "absence": ""}
    assert clerk.post(one, ill, one).location.endswith(f"/people/{a}")
    assert told(a) == [*at_once, (tenths(row["t"]), ToldBy.ENTERPRISE)]
    assert "要停岗" in clerk.get(HEALTH).text
    assert "请马上处理" in clerk.get(HEALTH).text
    assert "让本人马上离开岗位" in clerk.get(ENTRIES).text


def test_who_is_unwell_can_be_told_of_without_a_thermometer(clerk: Visitor, cast: Cast) -> None:
    (line,) = hired(cast, 1)
    page = clerk.post(SEVERAL, PAGE | {f"t-{line}": "", f"u-{line}": "1"}, SEVERAL).text
    assert "刚才勾了不舒服" in page
    assert re.search(r'value="other"[^>]* checked|checked[^>]* value="other"', page)
    one = f"{HEALTH}/people/{line}/check-in"
    ill = PAGE | {"temperature": "", "symptoms": "other", "absence": ""}
    assert clerk.post(one, ill, one).status_code == 302
    assert told(line) == [(None, ToldBy.ENTERPRISE)]
    assert "要停岗" in clerk.get(HEALTH).text


@pytest.mark.parametrize(
    "sent",
    [
        {"day": "2026-11-22", "half": "morning"},
        {"day": TODAY.isoformat(), "half": "night"},
        {},
    ],
)
def test_a_page_of_another_day_keeps_nothing(
    clerk: Visitor, cast: Cast, sent: dict[str, str]
) -> None:
    (line,) = hired(cast, 1)
    assert clerk.post(SEVERAL, sent | {f"t-{line}": "36.5"}, SEVERAL).status_code == 302
    assert told(line) == []


def test_rows_of_people_who_are_not_ours_are_left_out(clerk: Visitor, cast: Cast) -> None:
    hired(cast, 1)
    rows = {"t-99": "36.5", "t-x": "36.5", "t-999999999999": "36.5", "t-": "36.5", "u-98": "1"}
    assert clerk.post(SEVERAL, PAGE | rows, SEVERAL).status_code == 302
    assert told(99) == []


def test_the_morning_can_be_told_later_but_not_the_afternoon_before(
    clerk: Visitor, cast: Cast, clock
) -> None:
    (line,) = hired(cast, 1)
    assert "上午。只列还没报的人" in clerk.get(f"{SEVERAL}?half=afternoon").text
    clock.forward(hours=5)
    assert "补报上午的" in clerk.get(SEVERAL).text
    page = clerk.get(f"{SEVERAL}?half=morning").text
    assert "上午。只列还没报的人" in page
    clerk.post(f"{SEVERAL}?half=morning", PAGE | {f"t-{line}": "36.5"}, SEVERAL)
    assert told(line) == [(365, ToldBy.ENTERPRISE)]


def test_one_person_needs_a_figure_or_a_reason(clerk: Visitor, cast: Cast) -> None:
    (line,) = hired(cast, 1)
    one = f"{HEALTH}/people/{line}/check-in"
    answer = clerk.post(one, PAGE | {"temperature": "", "absence": ""}, one)
    assert answer.status_code == 422
    assert "还没填体温" in answer.text
    answer = clerk.post(one, PAGE | {"temperature": "365", "symptoms": ["cough"]}, one)
    assert re.search(r'value="cough"[^>]* checked', answer.text)
    assert 'value="365"' in answer.text
    assert clerk.post(one, PAGE | {"temperature": "", "absence": "x"}, one).status_code == 422
    assert clerk.post(one, PAGE | {"symptoms": "x", "absence": "rest"}, one).status_code == 422
    assert clerk.post(one, PAGE | {"absence": "rest"}, one).status_code == 302


def tell_poster(cast: Cast, at: int, told: Registration = STAYED_HOME) -> int:
    poster = links.poster_of(place_of(cast), cast.he)
    poster = poster or links.make_poster(place_of(cast), cast.he, AT)
    document = Document(DocumentKind.RESIDENT, number(at))
    identity = Identity("赵甲" if at == 0 else "来人", document, "13900000009")
    declaring.tell_poster(poster, identity, told, f"form-{at}", AT + timedelta(seconds=at))
    return at


def test_an_entry_is_confirmed_and_leads_to_the_link(clerk: Visitor, cast: Cast) -> None:
    (line,) = hired(cast, 1)
    tell_poster(cast, 0, came_from("420112", "甲市东区", TODAY))
    assert "扫码填的登记 1 条" in clerk.get(HEALTH).text
    page = clerk.get(ENTRIES).text
    assert "名册上有这个证件的人" in page
    assert number(0) not in page
    entry = f"{ENTRIES}/1"
    page = clerk.get(entry).text
    for hidden in (number(0), "甲市", "13900000009"):
        assert hidden not in page
    answer = clerk.post(f"{entry}/confirm", page=entry)
    assert answer.location.endswith(f"/people/{line}")
    assert "观察中" in clerk.get(answer.location).text
    assert "扫码填的" in clerk.get(answer.location).text
    clerk.get(entry, 409)
    assert clerk.post(f"{entry}/confirm", page=HEALTH).status_code == 409


def test_a_red_one_is_called_first(clerk: Visitor, cast: Cast) -> None:
    hired(cast, 1)
    tell_poster(cast, 1)
    tell_poster(cast, 0, replace(STAYED_HOME, temperature=391))
    page = clerk.get(ENTRIES).text
    assert page.index("赵甲") < page.index("来人")
    assert page.count("请先打电话核实") == 1
    entry = f"{ENTRIES}/2"
    assert clerk.post(f"{entry}/mobile", {}, entry).status_code == 422
    shown = clerk.post(f"{entry}/mobile", {"reason": "contact"}, entry).text
    assert "13900000009" in shown
    assert number(0) in shown
    (kept,) = db.session.query(HealthReveal).all()
    assert (kept.entry_id, kept.reason) == (2, "contact")
    assert clerk.post(f"{entry}/dismiss", page=entry).location.endswith("/entries")
    assert "赵甲" not in clerk.get(ENTRIES).text


def test_who_is_not_on_the_roster_is_added_first(clerk: Visitor, cast: Cast) -> None:
    tell_poster(cast, 1)
    entry = f"{ENTRIES}/1"
    page = clerk.get(entry).text
    assert "/roster/people/new?entry=1" in page
    assert "是本人填的</button>" not in page
    assert clerk.post(f"{entry}/confirm", page=entry).status_code == 409


@pytest.mark.parametrize("after", ["x", "0.", "2.1", "1.99999999999", "0.1"])
def test_odd_pages_of_entries(clerk: Visitor, after: str) -> None:
    clerk.get(f"{ENTRIES}?after={after}")
