"""A call that was noted is opened again, and a day of return needs somebody who named it."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.cast import Cast
from tests.conftest import Clock
from tests.health.alarms import labour
from tests.health.town import AT, TODAY, open_campaign, place_of
from tests.pages import Visitor
from tests.web.test_return_calls import A_DAY, LIST, colleague, returning
from workflow.core.alerts import Reached
from workflow.core.refusals import NotFound
from workflow.store import returncalls
from workflow.store.db import db
from workflow.usecases.health import calls, looking


def test_a_call_that_was_noted_is_opened_again(app: Flask, cast: Cast, clock: Clock) -> None:
    open_campaign(cast)
    line = returning(cast, TODAY + A_DAY)
    caller = Visitor(app, "laodong")
    there = caller.post(f"{LIST}/next", {}, LIST).location
    caller.post(there, {"reached": "no_answer", "worries": "响了很久"}, there)
    assert f'href="{there}"' in caller.get(LIST).text
    page = caller.get(there).text
    assert "没人接，响了很久" in page
    assert "13900000001" not in page
    assert "13900000001" in caller.post(f"{there}/number", {}, there).text
    talked = {"reached": "talked", "returns_on": "2026-11-26", "worries": ""}
    assert caller.post(there, talked, there).location == LIST
    found = returncalls.of_line(place_of(cast), line)
    assert [one.reached for one in found] == ["talked", "no_answer"]
    db.session.rollback()
    clock.forward(days=1)
    caller.get(there, 404)


def test_nobody_opens_the_call_of_another(app: Flask, cast: Cast) -> None:
    open_campaign(cast)
    returning(cast, TODAY)
    found, other = calls.next_person(labour(), AT), colleague()
    calls.note_call(*found, Reached.NO_ANSWER, None, "", labour(), AT)
    with pytest.raises(NotFound):
        calls.note_call(*found, Reached.TALKED, None, "", other, AT)
    later = AT + timedelta(hours=4)
    assert calls.next_person(other, later) == found
    for look in (calls.given, looking.reveal_mobile):
        with pytest.raises(NotFound):
            look(*found, labour(), later)


@pytest.mark.parametrize("reached", ["no_answer", "wrong_number", "will_not_return"])
def test_a_day_of_return_needs_somebody_who_said_it(
    app: Flask, cast: Cast, clock: Clock, reached: str
) -> None:
    open_campaign(cast)
    line = returning(cast, TODAY + A_DAY)
    caller = Visitor(app, "laodong")
    there = caller.post(f"{LIST}/next", {}, LIST).location
    answer = caller.post(there, {"reached": reached, "returns_on": "2026-11-26"}, there)
    assert answer.status_code == 422
    assert "请清空这一天" in answer.text
    assert 'value="2026-11-26"' in answer.text
    assert returncalls.of_line(place_of(cast), line) == []
