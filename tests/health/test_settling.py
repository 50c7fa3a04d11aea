"""How an alert ends: by people entitled to it, with words, once, never over something unseen."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from tests.cast import Cast
from tests.health import poster
from tests.health.alarms import LATER, alarm, clinic, fever, labour, newest, told
from tests.health.town import (
    AT,
    NUMBERS,
    TODAY,
    came_from,
    hire,
    link_of,
    open_campaign,
    place_of,
)
from workflow.core.alerts import HealthReason, Proposal, Settlement
from workflow.core.health import CheckIn, ContactKind, Half, Met
from workflow.core.judging import Fitness
from workflow.core.refusals import NotFound, Reason, Refused, Stale
from workflow.core.telling import News
from workflow.jobs.telling import TELLING
from workflow.store import standings
from workflow.store.cases import NoScope
from workflow.store.db import db
from workflow.store.registrations import HealthReveal
from workflow.usecases.health import alerting, checking_in, declaring, looking, settling

WORDS = "电话核实，量错了"


def fitness(cast: Cast, line: int) -> Fitness:
    db.session.expire_all()
    found = standings.of_line(place_of(cast), line)
    assert found is not None
    value = found.fitness
    db.session.rollback()
    return value


@pytest.mark.parametrize("settlement", [Settlement.RELEASED, Settlement.FALSE_ALARM])
def test_who_is_released_may_work_and_the_enterprise_is_told(
    app: Flask, cast: Cast, drain, settlement: Settlement
) -> None:
    alert = alarm(cast)
    drain(TELLING)
    settling.settle(alert.id, settlement, WORDS, cast.lin, LATER)
    assert fitness(cast, alert.line) is Fitness.MAY_WORK
    assert told(waiting=True) == [], "nobody is asked any more"
    assert told(News.HEALTH_RELEASED) == ["yunque"]
    ended = newest()
    assert (ended.settlement, ended.settled_by, ended.words) == (
        settlement,
        cast.lin.account_id,
        WORDS,
    )


@pytest.mark.parametrize("settlement", [Settlement.TO_CLINIC, Settlement.LEFT])
def test_otherwise_the_person_stays_away(cast: Cast, settlement: Settlement) -> None:
    alert = alarm(cast)
    settling.settle(alert.id, settlement, WORDS, cast.lin, LATER)
    assert fitness(cast, alert.line) is Fitness.STOP


def test_the_clinic_settles_what_it_was_told_of(app: Flask, cast: Cast, drain) -> None:
    alert = alarm(cast)
    with pytest.raises(NotFound):
        settling.settle(alert.id, Settlement.RELEASED, WORDS, clinic(), LATER)
    drain(TELLING)
    settling.settle(alert.id, Settlement.TO_CLINIC, WORDS, clinic(), LATER)
    settling.release_person(place_of(cast), alert.line, "治好了", clinic(), LATER)
    assert fitness(cast, alert.line) is Fitness.MAY_WORK
    with pytest.raises(NotFound):
        settling.release_person(place_of(cast), alert.line, "再一次", clinic(), LATER)


def test_words_are_needed(cast: Cast) -> None:
    alert = alarm(cast)
    for words in ("", "  "):
        with pytest.raises(Refused):
            settling.settle(alert.id, Settlement.RELEASED, words, cast.lin, LATER)


def test_nobody_settles_twice(cast: Cast) -> None:
    alert = alarm(cast)
    settling.settle(alert.id, Settlement.RELEASED, WORDS, cast.lin, LATER)
    with pytest.raises(Stale):
        settling.settle(alert.id, Settlement.LEFT, WORDS, cast.lin, LATER)
    assert newest().settlement is Settlement.RELEASED


def test_nobody_else_settles_or_looks(app: Flask, cast: Cast, drain) -> None:
    alert = alarm(cast)
    drain(TELLING)
    place_id, line = place_of(cast), alert.line
    others = (cast.he, cast.command, cast.auditor, cast.admin, cast.issuer, labour())
    department = replace(clinic(), capability=None)
    for actor in (*others, department, cast.zhou, cast.office):
        for deed in (
            lambda who=actor: settling.settle(alert.id, Settlement.LEFT, WORDS, who, LATER),
            lambda who=actor: settling.release_person(place_id, line, WORDS, who, LATER),
            lambda who=actor: settling.decide_proposal(alert.id, True, WORDS, who, LATER),
            lambda who=actor: looking.reveal(place_id, line, HealthReason.ALERT, "", who, LATER),
        ):
            with pytest.raises((NoScope, NotFound)):
                deed()
    assert newest().settlement is None
    assert db.session.query(HealthReveal).count() == 0


def test_the_office_settles_while_it_acts_for_the_field(cast: Cast) -> None:
    alert = alarm(cast)
    acting = replace(cast.office, fields=cast.lin.fields)
    settling.settle(alert.id, Settlement.LEFT, WORDS, acting, LATER)
    assert newest().settled_by == cast.office.account_id


def test_what_was_told_since_is_never_cleared_unseen(cast: Cast) -> None:
    first = alarm(cast)
    ill = replace(came_from("420212", "乙市", TODAY), met=(Met(ContactKind.CONFIRMED, TODAY),))
    declaring.register(link_of(cast, first.line), ill, LATER)
    second = newest()
    assert second.id != first.id
    with pytest.raises(Stale):
        settling.settle(first.id, Settlement.RELEASED, WORDS, cast.lin, LATER)
    with pytest.raises(Stale):
        settling.release_person(place_of(cast), first.line, WORDS, cast.lin, LATER)
    later = LATER + timedelta(minutes=1)
    settling.settle(second.id, Settlement.RELEASED, WORDS, cast.lin, later)
    assert fitness(cast, first.line) is Fitness.MAY_WORK
    with pytest.raises(Stale):
        settling.settle(first.id, Settlement.LEFT, WORDS, cast.lin, later)


def test_ill_again_after_the_release_is_an_alert_again(cast: Cast) -> None:
    first = alarm(cast)
    settling.settle(first.id, Settlement.FALSE_ALARM, WORDS, cast.lin, AT + timedelta(hours=1))
    fever(cast, first.line, LATER, 390)
    assert newest().id != first.id
    assert fitness(cast, first.line) is Fitness.STOP


def test_an_observation_ends_early_or_when_it_is_over(cast: Cast) -> None:
    open_campaign(cast)
    place_id, lines = place_of(cast), []
    for name, number in zip(("赵甲", "钱乙"), NUMBERS, strict=True):
        line = hire(cast, name, number)
        found = declaring.register(link_of(cast, line), came_from("420112", "甲市东区", TODAY), AT)
        assert found.fitness is Fitness.OBSERVE
        lines.append(line)
    settling.release_person(place_id, lines[0], "通知改了", cast.lin, LATER)
    assert fitness(cast, lines[0]) is Fitness.MAY_WORK
    over = AT + timedelta(days=16)
    assert looking.judged_now(place_id, lines[1], over).fitness is Fitness.ASK
    settling.release_person(place_id, lines[1], "观察期满", cast.lin, over)
    assert fitness(cast, lines[1]) is Fitness.MAY_WORK


def test_who_only_has_not_registered_is_not_released(cast: Cast) -> None:
    open_campaign(cast)
    line = hire(cast, "赵甲", NUMBERS[0])
    checking_in.check_in(link_of(cast, line), CheckIn(TODAY, Half.MORNING, 365), AT)
    with pytest.raises(Refused) as refused:
        settling.release_person(place_of(cast), line, WORDS, cast.lin, LATER)
    assert refused.value.refusals[0].reason is Reason.NOTHING_TO_RELEASE


def test_a_proposal_is_decided_by_people_and_asks_people(app: Flask, cast: Cast, drain) -> None:
    alert = alarm(cast)
    drain(TELLING)
    assert alert.proposal is Proposal.OPEN
    with pytest.raises(NoScope):
        settling.decide_proposal(alert.id, True, WORDS, clinic(), LATER)
    settling.decide_proposal(alert.id, True, "先封三号宿舍", cast.lin, LATER)
    assert newest().proposal is Proposal.TAKEN
    assert told(News.HEALTH_CONTROL) == ["qiyeban"]
    with pytest.raises(Stale):
        settling.decide_proposal(alert.id, False, "不封", cast.lin, LATER)
    settling.settle(alert.id, Settlement.RELEASED, WORDS, cast.lin, LATER)
    assert told(News.HEALTH_CONTROL, waiting=True) == []


def test_a_declined_proposal_asks_nobody(app: Flask, cast: Cast, drain) -> None:
    alert = alarm(cast)
    drain(TELLING)
    settling.decide_proposal(alert.id, False, "一个人，已在家", cast.lin, LATER)
    assert newest().proposal is Proposal.DECLINED
    assert told(News.HEALTH_CONTROL) == []


def test_looking_keeps_the_reason_first(cast: Cast) -> None:
    alert = alarm(cast)
    place_id = place_of(cast)
    with pytest.raises(Refused):
        looking.reveal(place_id, alert.line, HealthReason.URGENT, " ", cast.lin, LATER)
    with pytest.raises(Refused):
        looking.reveal(place_id, alert.line, HealthReason.CORRECT, "", cast.lin, LATER)
    seen = looking.reveal(place_id, alert.line, HealthReason.ALERT, "", cast.lin, LATER)
    assert (seen.name, seen.number, seen.mobile) == ("赵甲", NUMBERS[0], "13900000001")
    kept = db.session.query(HealthReveal).all()
    assert [(one.line, one.account_id, one.reason) for one in kept] == [
        (alert.line, cast.lin.account_id, "alert")
    ]


def test_a_poster_red_is_settled_by_the_enterprise_alone(app: Flask, cast: Cast, drain) -> None:
    open_campaign(cast)
    entry_id = poster.tell(cast)
    drain(TELLING)
    assert told(News.HEALTH_CALL_BACK, waiting=True) == ["yunque"]
    with pytest.raises(NotFound):
        settling.settle(newest().id, Settlement.LEFT, WORDS, cast.lin, LATER)
    declaring.dismiss_entry(place_of(cast), entry_id, cast.he, LATER)
    assert newest().settlement is Settlement.CALLED_BACK
    assert told(News.HEALTH_CALL_BACK, waiting=True) == []
    assert alerting.tell(newest().id, LATER) is False
