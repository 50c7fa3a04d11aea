"""A mismeasured fever clears what was felt, and nothing else; counts hold who stands there now."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.health.alarms import LATER, fever, newest, told
from tests.health.town import (
    AT,
    NUMBERS,
    STAYED_HOME,
    TODAY,
    came_from,
    hire,
    link_of,
    open_campaign,
    place_of,
)
from workflow.core.alerts import Settlement
from workflow.core.health import (
    CheckIn,
    ContactKind,
    Half,
    HealthCode,
    Met,
    Registration,
    Symptom,
)
from workflow.core.judging import Fitness
from workflow.core.refusals import Reason, Refusal, Refused
from workflow.core.telling import News
from workflow.store import placecounts, placehealth, reminders, rosters, standings
from workflow.store.db import db
from workflow.usecases import rostering
from workflow.usecases.health import checking_in, declaring, reminding, settling

A_MINUTE = timedelta(minutes=1)
ILL = replace(STAYED_HOME, temperature=385, symptoms=frozenset({Symptom.COUGH}))
MET = replace(STAYED_HOME, met=(Met(ContactKind.CONFIRMED, TODAY),))
AWAY = came_from("420112", "甲市东区", TODAY)


def test_no_false_alarm_of_today_clears_what_the_clinic_has_in_its_care(cast: Cast) -> None:
    open_campaign(cast)
    line, day = hire(cast, "赵甲", NUMBERS[0]), timedelta(days=1)
    link = link_of(cast, line)
    declaring.register(link, STAYED_HOME, AT)
    fever(cast, line, tenths=395)
    settling.settle(newest().id, Settlement.TO_CLINIC, "去了医院", cast.lin, AT + A_MINUTE)
    checking_in.check_in(link, CheckIn(TODAY + day, Half.MORNING, 374), AT + day)
    said = newest().id, Settlement.FALSE_ALARM, "今天按错了", cast.lin, AT + day + A_MINUTE
    with pytest.raises(Refused) as refused:
        settling.settle(*said)
    assert refused.value.refusals == (Refusal(Reason.WITH_CLINIC),)
    assert fitness(cast, line) is Fitness.STOP


def test_who_is_still_to_be_asked_is_not_said_to_be_free(cast: Cast) -> None:
    open_campaign(cast)
    line = hire(cast, "赵甲", NUMBERS[0])
    yellow = replace(STAYED_HOME, code=HealthCode.YELLOW, code_source="手机")
    declaring.register(link_of(cast, line), yellow, AT)
    fever(cast, line)
    settling.settle(newest().id, Settlement.FALSE_ALARM, "量错", cast.lin, AT + A_MINUTE)
    assert fitness(cast, line) is Fitness.ASK
    assert told(News.HEALTH_RELEASED) == []


def fitness(cast: Cast, line: int) -> Fitness | None:
    db.session.expire_all()
    found = standings.of_line(place_of(cast), line)
    answer = found.fitness if found else None
    db.session.rollback()
    return answer


@pytest.mark.parametrize(
    ("registration", "left"),
    [(STAYED_HOME, Fitness.MAY_WORK), (ILL, Fitness.MAY_WORK), (AWAY, Fitness.OBSERVE)],
)
def test_it_clears_only_what_was_felt(
    cast: Cast, registration: Registration, left: Fitness
) -> None:
    open_campaign(cast)
    line = hire(cast, "赵甲", NUMBERS[0])
    declaring.register(link_of(cast, line), registration, AT)
    fever(cast, line)
    settling.settle(newest().id, Settlement.FALSE_ALARM, "量错", cast.lin, AT + A_MINUTE)
    assert fitness(cast, line) is left
    assert bool(told(News.HEALTH_RELEASED)) == (left is Fitness.MAY_WORK)
    fever(cast, line, LATER)
    assert fitness(cast, line) is Fitness.STOP, "a fever after it is a new one"
    settling.settle(newest().id, Settlement.RELEASED, "好了", cast.lin, LATER + A_MINUTE)
    assert fitness(cast, line) is Fitness.MAY_WORK, "and a release clears all"


def test_a_contact_beside_it_alarms_anew(cast: Cast) -> None:
    open_campaign(cast)
    line = hire(cast, "赵甲", NUMBERS[0])
    declaring.register(link_of(cast, line), MET, AT)
    fever(cast, line)
    first = newest()
    settling.settle(first.id, Settlement.FALSE_ALARM, "量错", cast.lin, AT + A_MINUTE)
    assert fitness(cast, line) is Fitness.STOP
    again = newest()
    assert again.id != first.id
    assert again.settlement is None


def test_who_has_left_hides_nobody_who_is_missing(cast: Cast) -> None:
    open_campaign(cast)
    place_id = place_of(cast)
    left, there = hire(cast, "赵甲", NUMBERS[0]), hire(cast, "钱乙", NUMBERS[1])
    for half, at in ((Half.MORNING, AT), (Half.AFTERNOON, LATER)):
        checking_in.check_in(link_of(cast, left), CheckIn(TODAY, half, 385), at)
    assert reminders.maybe_missing(TODAY, Half.MORNING) == [place_id]
    checking_in.check_in(link_of(cast, there), CheckIn(TODAY, Half.MORNING, 365), AT)
    assert reminders.maybe_missing(TODAY, Half.MORNING) == []
    seq = rosters.latest_seq(place_id) or 0
    numbers = placehealth.numbers(place_id, seq, TODAY, Half.MORNING)
    assert (numbers.unwell, numbers.troubled) == (1, 1), "unwell twice is one person"
    rostering.remove_person(place_id, left, rosters.one(place_id, left).from_seq, cast.he, LATER)
    hire(cast, "赵甲二", "410122197001010015", LATER)
    assert reminders.maybe_missing(TODAY, Half.MORNING) == [place_id]
    assert reminding.remind(AT + timedelta(hours=1)) == 1
    counts = placecounts.of_place(place_id, TODAY)
    assert (counts.morning, counts.morning_unwell, counts.afternoon) == (1, 0, 0)
    (row,) = [one for one in placecounts.of_town(TODAY) if one.people]
    assert (row.morning, row.morning_missing, row.afternoon_missing) == (1, 1, 2)
