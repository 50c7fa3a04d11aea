"""The fast lane takes what is plainly green, and nothing else; both ways keep the same."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from structlog.testing import capture_logs

from tests.cast import Cast
from tests.conftest import DATABASE, Clock, Server
from tests.health.greening import GREEN, PAGE, Staff, counted, rows, worker
from tests.health.town import BASIS, NUMBERS, TODAY, place_of
from tests.pages import Visitor
from workflow.core.health import Absence, CheckIn, Half, Symptom
from workflow.core.judging import Fitness
from workflow.core.regions import Region
from workflow.core.risk import AreaLevel, RiskLevel
from workflow.store import rosterlines, standings
from workflow.store.checkins import as_told
from workflow.store.db import db, transaction
from workflow.store.greens import Greens
from workflow.usecases.health import campaign, checking_in

ENDED = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{DATABASE}'"


@pytest.fixture
def staff(app: Flask, cast: Cast) -> Staff:
    return worker(app, cast)


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """What the fast lane said of each form that it asked the database about."""
    said: list[bool] = []
    keep = Greens.keep

    def noted(self: Greens, *told: object) -> bool:
        said.append(keep(self, *told))  # type: ignore[arg-type]
        return said[-1]

    monkeypatch.setattr(Greens, "keep", noted)
    return said


def test_a_green_one_is_kept_by_the_lane(staff: Staff, taken: list[bool]) -> None:
    assert staff.tell() == 303
    assert taken == [True]
    (row,) = rows()
    assert as_told(row) == CheckIn(TODAY, Half.MORNING, 365)
    assert (row.seq, row.unwell, row.account_id) == (0, False, None)
    assert counted() == (1, 1)


def test_both_ways_give_the_same_answer(app: Flask, staff: Staff, taken: list[bool]) -> None:
    def headers() -> dict[str, str]:
        answer = staff.visitor.post(PAGE, GREEN, page="/staff/absent")
        assert answer.status_code == 303
        left_out = {"x-request-id", "content-length", "content-type", "vary"}
        return {k: v for k, v in answer.headers.items() if k.lower() not in left_out}

    fast, ordinary = headers(), headers()
    assert taken == [True, False]
    policy = ordinary["Content-Security-Policy"]  # the lane has no page to give a nonce to
    ordinary["Content-Security-Policy"] = re.sub(" 'nonce-[^']+'", "", policy)
    assert fast == ordinary
    assert counted() == (1, 1)
    assert len(rows()) == 1


def test_the_lane_writes_the_line_of_a_request(staff: Staff, taken: list[bool]) -> None:
    staff.visitor.token(PAGE)
    with capture_logs() as lines:
        answer = staff.visitor.post(PAGE, GREEN, page="/staff/absent")
    (line,) = [one for one in lines if one.get("method") == "POST"]
    assert taken == [True]
    assert line["endpoint"] == "staff.keep"
    assert (line["status"], line["request_id"]) == (303, answer.headers["X-Request-Id"])


@pytest.mark.parametrize(
    "fields",
    [
        {"feeling": "unwell"},
        {"temperature": "hot"},
        {"temperature": "37.3"},
        {"temperature": ["36.5", "36.6"]},
        {"half": "afternoon"},
        {"half": ["morning", "afternoon"]},
        {"day": "2026-11-22"},
        {"day": "2026-11-24"},
        {"absence": "rest", "temperature": None},
        {"more": "1"},
        {"csrf_token": "x" * 24},
        {"temperature": "３６．５"},
    ],
    ids=str,
)
def test_what_is_not_plainly_green_never_reaches_the_statement(
    staff: Staff, taken: list[bool], fields: dict[str, object]
) -> None:
    staff.tell(**fields)
    assert taken == []


def _stopped(cast: Cast, staff: Staff) -> None:
    hot = CheckIn(TODAY, Half.MORNING, 390)
    with db.session.no_autoflush:
        checking_in.check_in(staff.link, hot, staff.link.made_at + timedelta(days=1))


def _unjudged(cast: Cast, staff: Staff) -> None:
    db.session.execute(db.text("DELETE FROM health_standings"))
    db.session.commit()


def _new_rule(cast: Cast, staff: Staff) -> None:
    at = staff.link.made_at + timedelta(days=1)
    area = AreaLevel(Region("丙市", ("4301",)), RiskLevel.HIGH, TODAY, None, BASIS)
    campaign.note_area(1, area, cast.office, at)


@pytest.mark.parametrize("changed", [_stopped, _unjudged, _new_rule], ids=lambda f: f.__name__)
def test_whoever_is_not_plainly_green_goes_the_ordinary_way(
    cast: Cast, staff: Staff, taken: list[bool], changed: Callable[[Cast, Staff], None]
) -> None:
    changed(cast, staff)
    assert staff.tell() == 303
    assert taken == [False]
    first, said = counted()
    assert first == said == 1
    assert rows()[-1].temperature == 365


def test_a_lower_threshold_of_fever_counts_in_the_lane(
    cast: Cast, staff: Staff, taken: list[bool]
) -> None:
    db.session.execute(db.text("UPDATE risk_homes SET fever = 370"))
    db.session.commit()
    assert staff.tell(temperature="37.1") == 303
    assert taken == [False]
    standing = standings.of_line(place_of(cast), staff.link.line)
    assert standing is not None
    assert standing.fitness is Fitness.STOP


def test_while_somebody_else_tells_of_them_the_lane_waits_for_nobody(
    app: Flask, staff: Staff
) -> None:
    greens = app.extensions["greens"]
    told = CheckIn(TODAY, Half.MORNING, 365)
    with transaction():
        rosterlines.hold_line(staff.link.place_id, staff.link.line)
        assert not greens.keep(staff.link.id, told, app.config["CLOCK"]())
    assert greens.keep(staff.link.id, told, app.config["CLOCK"]())


def test_the_database_was_restarted_in_between(
    staff: Staff, server: Server, taken: list[bool], clock: Clock
) -> None:
    assert staff.tell() == 303
    db.session.remove()
    server.run(ENDED)
    clock.forward(hours=5)
    assert staff.tell(half="afternoon") == 303
    assert taken == [True, False]
    assert counted() == (2, 2)


def test_put_right_it_stands_beside_what_was_told(staff: Staff) -> None:
    assert staff.tell() == 303
    assert staff.tell(temperature="36.9") == 303
    assert [(row.seq, row.temperature) for row in rows()] == [(0, 365), (1, 369)]
    assert counted() == (1, 1)


def test_a_link_of_another_place_tells_for_its_own_person_only(
    app: Flask, cast: Cast, staff: Staff
) -> None:
    other = worker(app, cast, NUMBERS[1], begin=False)
    assert other.tell() == 303
    (row,) = rows()
    assert row.line == other.link.line
    other.visitor.take_cookies_of(staff.visitor)


def test_a_token_of_another_session_is_not_taken(app: Flask, cast: Cast, staff: Staff) -> None:
    other = worker(app, cast, NUMBERS[1], begin=False)
    token = other.visitor.token("/staff/absent")
    assert staff.visitor.post_bare(PAGE, {**GREEN, "csrf_token": token}).status_code == 400
    assert Visitor(app).post_bare(PAGE, {**GREEN, "csrf_token": token}).status_code == 404
    assert rows() == []


def test_the_ordinary_way_keeps_all_that_is_told(staff: Staff, clock: Clock) -> None:
    assert staff.tell(absence="leave", temperature=None) == 303
    clock.forward(hours=5)
    ill = {"half": "afternoon", "temperature": "hot", "feeling": "unwell", "more": "1"}
    assert staff.tell(**ill, exact="38。4度", symptoms=["cough", "taste"]) == 303
    first, second = (as_told(row) for row in rows())
    assert (first.absence, first.temperature) == (Absence.LEAVE, None)
    assert (second.temperature, second.symptoms) == (384, {Symptom.COUGH, Symptom.TASTE})
    assert counted() == (2, 2)
