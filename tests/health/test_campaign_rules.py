"""The campaign is switched on and off by the office, and people are judged anew by its rules."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from tests.cast import Cast
from tests.health.town import (
    AREA,
    AT,
    BASIS,
    CALM,
    NUMBERS,
    RULES,
    STAYED_HOME,
    TODAY,
    came_from,
    hire,
    link_of,
    open_campaign,
    place_of,
)
from workflow.core.judging import Fitness
from workflow.core.refusals import NotFound, Refused
from workflow.core.regions import Region
from workflow.core.risk import AreaLevel, CountFrom, ObservationRule, RiskLevel
from workflow.jobs.tasks import UPKEEP
from workflow.store import healthcampaigns, riskrules, standings
from workflow.store.db import db
from workflow.store.towns import Stop
from workflow.usecases.health import campaign, declaring, rejudging

LATER = AT + timedelta(hours=1)
ELSEWHERE = "430102"


def jobs(task: str = rejudging.TASK) -> list[dict[str, int]]:
    rows = db.session.scalars(
        text(
            "SELECT args FROM procrastinate_jobs WHERE task_name = :task AND status = 'todo'"
            " ORDER BY id"
        ),
        {"task": task},
    )
    return list(rows)


def area(code: str, level: RiskLevel, since: date = TODAY - timedelta(days=2)) -> AreaLevel:
    return AreaLevel(Region("某地", (code,)), level, since, None, "通告第9号")


def fitness(cast: Cast, line: int) -> Fitness | None:
    db.session.expire_all()
    standing = standings.of_line(place_of(cast), line)
    return standing.fitness if standing else None


@pytest.mark.parametrize(
    ("basis", "days", "kept"),
    [(" ", (0, 10), 30), (BASIS, (3, 2), 30), (BASIS, (-9, -1), 30)],
)
def test_what_is_no_campaign_is_refused(
    cast: Cast, basis: str, days: tuple[int, int], kept: int
) -> None:
    stop_id = db.session.scalars(select(Stop.id)).first() or 0
    first, last = (TODAY + timedelta(days=one) for one in days)
    with pytest.raises(Refused):
        campaign.open_campaign(stop_id, basis, (first, last), kept, RULES, cast.office, AT)
    assert healthcampaigns.every() == []


def test_only_the_office_switches_it_on_and_off(cast: Cast) -> None:
    stop_id = db.session.scalars(select(Stop.id)).first() or 0
    days = TODAY, TODAY
    for actor in (cast.he, cast.lin, cast.issuer, replace(cast.office, department_id=1)):
        with pytest.raises(Refused):
            campaign.open_campaign(stop_id, BASIS, days, 30, RULES, actor, AT)
    number = open_campaign(cast)
    for actor in (cast.he, cast.lin):
        with pytest.raises(Refused):
            campaign.end_campaign(number, actor, AT)
        with pytest.raises(Refused):
            campaign.note_area(number, area("4202", RiskLevel.HIGH), actor, AT)
        with pytest.raises(Refused):
            campaign.set_enabled(number, [1], False, actor, AT)


def test_one_is_on_at_a_time_and_it_ends_with_its_day(cast: Cast) -> None:
    number = open_campaign(cast)
    with pytest.raises(Refused):
        open_campaign(cast)
    campaign.end_campaign(number, cast.office, AT)
    campaign.end_campaign(number, cast.office, AT + timedelta(days=3))
    assert healthcampaigns.on(TODAY) is not None
    assert healthcampaigns.on(TODAY + timedelta(days=1)) is None
    assert healthcampaigns.get(number).deleted_on == TODAY + timedelta(days=30)
    with pytest.raises(NotFound):
        campaign.note_area(
            number, area("4202", RiskLevel.HIGH), cast.office, AT + timedelta(days=1)
        )


def test_a_new_level_judges_those_who_were_there_and_nobody_else(
    app: Flask, cast: Cast, clock, drain
) -> None:
    number = open_campaign(cast)
    there, here = hire(cast, "赵甲", NUMBERS[0]), hire(cast, "钱乙", NUMBERS[1])
    declaring.register(link_of(cast, there), came_from(ELSEWHERE, "丙市", TODAY), AT)
    declaring.register(link_of(cast, here), STAYED_HOME, AT)
    assert (fitness(cast, there), fitness(cast, here)) == (Fitness.ASK, Fitness.MAY_WORK)
    noted = campaign.note_area(number, area("4301", RiskLevel.HIGH), cast.office, LATER)
    told = {"campaign_id": number, "area_id": noted, "place_id": 0, "line": 0}
    assert jobs() == [told]
    drain(UPKEEP)
    assert jobs() == []
    assert (fitness(cast, there), fitness(cast, here)) == (Fitness.OBSERVE, Fitness.MAY_WORK)
    assert rejudging.rejudge_batch(number, noted, (0, 0), LATER) == 1
    campaign.set_enabled(number, [noted], False, cast.office, LATER)
    drain(UPKEEP)
    assert fitness(cast, there) is Fitness.ASK


def test_a_level_of_a_part_touches_whoever_named_the_whole(cast: Cast) -> None:
    number = open_campaign(cast)
    line = hire(cast, "赵甲", NUMBERS[0])
    declaring.register(link_of(cast, line), came_from("4202", "乙市", TODAY), AT)
    assert fitness(cast, line) is Fitness.MAY_WORK
    noted = campaign.note_area(number, area("420204", RiskLevel.HIGH), cast.office, LATER)
    assert rejudging.rejudge_batch(number, noted, (0, 0), LATER) == 1
    assert fitness(cast, line) is Fitness.ASK


def test_many_are_judged_in_batches(cast: Cast, drain, monkeypatch) -> None:
    monkeypatch.setattr(rejudging, "BATCH", 1)
    number = open_campaign(cast)
    lines = [hire(cast, f"工{n}", NUMBERS[n]) for n in (0, 1)]
    for line in lines:
        declaring.register(link_of(cast, line), came_from(ELSEWHERE, "丙市", TODAY), AT)
    campaign.note_area(number, area("43", RiskLevel.HIGH), cast.office, LATER)
    drain(UPKEEP)
    assert {fitness(cast, line) for line in lines} == {Fitness.OBSERVE}
    done = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = :task")
    assert db.session.scalar(done, {"task": rejudging.TASK}) == 3


def test_what_is_refused_leaves_no_job(cast: Cast) -> None:
    number = open_campaign(cast)
    with pytest.raises(Refused):
        campaign.note_area(number, replace(area("43", RiskLevel.HIGH), basis=" "), cast.office, AT)
    rule = ObservationRule(
        "D1", TODAY, None, frozenset({RiskLevel.LOW}), 7, CountFrom.ARRIVAL, BASIS
    )
    with pytest.raises(Refused):
        campaign.note_rule(number, rule, cast.office, AT)
    assert jobs() == []


def test_a_rule_that_takes_anothers_place(cast: Cast, drain) -> None:
    number = open_campaign(cast)
    line = hire(cast, "赵甲", NUMBERS[0])
    declaring.register(link_of(cast, line), came_from("420112", "甲市", TODAY), AT)
    shorter = ObservationRule(
        "D3", TODAY, None, frozenset({RiskLevel.HIGH}), 7, CountFrom.NEXT_DAY, "通告第8号"
    )
    contradicting = campaign.note_rule(number, shorter, cast.office, LATER)
    drain(UPKEEP)
    assert fitness(cast, line) is Fitness.ASK  # nobody is observed longer, or shorter, by itself
    campaign.set_rule_enabled(number, contradicting, False, cast.office, LATER)
    takes_over = replace(shorter, code="D4", overrides=frozenset({"D1"}))
    campaign.note_rule(number, takes_over, cast.office, LATER)
    drain(UPKEEP)
    standing = standings.of_line(place_of(cast), line)
    assert standing is not None
    assert (standing.fitness, standing.until) == (Fitness.OBSERVE, TODAY + timedelta(days=7))


def test_the_next_campaign_begins_with_the_usual_rules(cast: Cast) -> None:
    assert campaign.usual_rules() is None
    number = open_campaign(cast)
    campaign.note_area(number, area("43", RiskLevel.HIGH), cast.office, AT)
    usual = campaign.usual_rules()
    assert usual is not None
    assert [one.enabled for one in usual.areas] == [False, False, False]
    assert [one.region.name for one in usual.areas] == [AREA.name, CALM.name, "某地"]
    assert usual.rules == RULES.rules
    assert riskrules.unconfirmed(number) == 0


def test_areas_are_found_by_words(cast: Cast) -> None:
    number = open_campaign(cast)
    found = riskrules.areas_like(number, "乙")
    assert [one.name for one in found] == [CALM.name]
    assert campaign.set_enabled(number, [found[0].id, 999], False, cast.office, AT) == 1
    assert [one.name for one in riskrules.areas_like(number, asked=True)] == [CALM.name]
    assert riskrules.areas_like(number, "%") == []
    assert riskrules.unconfirmed(number) == 1
    rows = select(func.count()).select_from(riskrules.AreaLevelRow)
    assert db.session.scalar(rows) == 2
