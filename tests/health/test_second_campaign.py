"""A second campaign: by its own rules, whatever was told and judged in the one before."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from flask import Flask
from sqlalchemy import select

from tests.cast import Cast, submitted
from tests.health.town import (
    AT,
    BASIS,
    CALM,
    NUMBERS,
    RULES,
    STAYED_HOME,
    TODAY,
    came_from,
    entry,
    hire,
    last_line,
    link_of,
    place_of,
)
from workflow.core.confirming import Finding
from workflow.core.health import CheckIn, Half, Home
from workflow.core.judging import Fitness
from workflow.core.risk import AreaLevel, RiskLevel, RiskRules
from workflow.core.rostering import Lodging
from workflow.jobs.healthrules import begin_campaign
from workflow.jobs.tasks import UPKEEP
from workflow.store import cases, placecounts, placehealth, rosters, standings
from workflow.store.db import db
from workflow.store.greens import Greens
from workflow.store.towns import Stop
from workflow.usecases import rostering
from workflow.usecases.health import campaign, checking_in, declaring, forgetting, watching
from workflow.usecases.views import review_view

D = timedelta(days=1)
STRICTER = replace(
    RULES,
    areas=(RULES.areas[0], AreaLevel(CALM, RiskLevel.HIGH, TODAY - 30 * D, None, BASIS)),
)


def asks(cast: Cast, first: date, last: date, rules: RiskRules = RULES, at: datetime = AT) -> int:
    """A campaign of these days."""
    stop_id = db.session.scalars(select(Stop.id).order_by(Stop.id)).first() or 0
    return campaign.open_campaign(stop_id, BASIS, (first, last), 30, rules, cast.office, at)


def fitness(cast: Cast, line: int) -> Fitness | None:
    db.session.expire_all()
    found = standings.of_line(place_of(cast), line)
    answer = found.fitness if found else None
    db.session.rollback()
    return answer


def told_before(cast: Cast) -> tuple[int, datetime]:
    """Somebody whom the campaign of today lets work and that of tomorrow does not; and then."""
    asks(cast, TODAY - 7 * D, TODAY, at=AT - 7 * D)
    asks(cast, TODAY + D, TODAY + 60 * D, STRICTER, at=AT - 3 * D)
    line = hire(cast, "赵甲", NUMBERS[0])
    declaring.register(link_of(cast, line), came_from("420202", "乙市", TODAY - D), AT)
    assert fitness(cast, line) is Fitness.MAY_WORK
    return line, AT + D


def finding(case_id: int, cast: Cast, at: datetime) -> Finding:
    return review_view(cases.get(case_id, cast.lin), at).from_data["EP-111"]


def test_the_fast_lane_keeps_nothing_by_the_rules_of_before(app: Flask, cast: Cast) -> None:
    line, then = told_before(cast)
    link = link_of(cast, line, then)
    green = CheckIn(TODAY + D, Half.MORNING, 365)
    lane: Greens = app.extensions["greens"]
    assert not lane.keep(link.id, green, then)
    assert checking_in.check_in(link, green, then).fitness is Fitness.OBSERVE
    assert fitness(cast, line) is Fitness.OBSERVE


def test_the_page_of_the_enterprise_judges_anew(cast: Cast) -> None:
    line, then = told_before(cast)
    watching.bring_up_to_date(place_of(cast), cast.he, then)
    assert fitness(cast, line) is Fitness.OBSERVE
    assert placehealth.to_judge_anew(place_of(cast), TODAY + D) == []


def test_a_job_judges_everybody_once_it_has_begun(app: Flask, cast: Cast, clock, drain) -> None:
    line, _ = told_before(cast)
    begin_campaign(0)
    drain(UPKEEP)
    assert fitness(cast, line) is Fitness.MAY_WORK
    clock.forward(days=1)
    begin_campaign(0)
    drain(UPKEEP)
    assert fitness(cast, line) is Fitness.OBSERVE


def test_a_campaign_that_is_on_at_once_judges_everybody(app: Flask, cast: Cast, drain) -> None:
    asks(cast, TODAY - 7 * D, TODAY - D, at=AT - 7 * D)
    line = hire(cast, "赵甲", NUMBERS[0], AT - D)
    back = came_from("420202", "乙市", TODAY - 2 * D)
    declaring.register(link_of(cast, line, AT - D), back, AT - D)
    asks(cast, TODAY, TODAY + 60 * D, STRICTER)
    drain(UPKEEP)
    assert fitness(cast, line) is Fitness.OBSERVE


def test_who_registered_before_it_has_not_registered(cast: Cast) -> None:
    asks(cast, TODAY - 60 * D, TODAY - 20 * D, at=AT - 60 * D)
    place_id, early = place_of(cast), AT - 55 * D
    line = hire(cast, "赵甲", NUMBERS[0], early)
    declaring.register(link_of(cast, line, early), STAYED_HOME, early)
    asks(cast, TODAY - D, TODAY + 60 * D, at=AT - D)
    case_id = submitted(cast.he)

    def unregistered() -> tuple[int, int, int]:
        missing = finding(case_id, cast, AT).missing
        seq = rosters.latest_seq(place_id) or 0
        numbers = placehealth.numbers(place_id, seq, TODAY, Half.MORNING)
        places = placecounts.of_place(place_id, TODAY)
        return numbers.unregistered, places.unregistered, len(missing)

    assert unregistered() == (1, 1, 1)
    watching.bring_up_to_date(place_id, cast.he, AT)
    assert unregistered() == (1, 1, 1)
    declaring.register(link_of(cast, line), STAYED_HOME, AT)
    assert unregistered() == (0, 0, 0)


def test_forgetting_one_campaign_leaves_the_reds_of_the_next(
    app: Flask, cast: Cast, clock, drain
) -> None:
    asks(cast, TODAY - 60 * D, TODAY - 35 * D, at=AT - 60 * D)
    early, yesterday = AT - 40 * D, AT - D
    lines = []
    for name, number in zip(
        ("赵甲", "钱乙", "孙丙"), (*NUMBERS, "410122197001010015"), strict=True
    ):
        rostering.add_person(place_of(cast), entry(name, number), cast.he, early)
        lines.append(last_line(place_of(cast)))
    ill, well, _ = lines
    for line in lines:
        declaring.register(link_of(cast, line, early), STAYED_HOME, early)
    asks(cast, TODAY - 34 * D, TODAY + 60 * D, at=AT - 34 * D)
    again = replace(STAYED_HOME, home=Home(Lodging.RENTED))
    for line in (ill, well):
        declaring.register(link_of(cast, line, yesterday), again, yesterday)
    fever = CheckIn(TODAY - D, Half.MORNING, 389)
    checking_in.check_in(link_of(cast, ill, yesterday), fever, yesterday)
    forgetting.forget(AT)
    assert [fitness(cast, one) for one in lines] == [Fitness.STOP, Fitness.MAY_WORK, None]
    drain(UPKEEP)
    assert [fitness(cast, one) for one in lines] == [Fitness.STOP, Fitness.MAY_WORK, None]
    numbers = placehealth.numbers(place_of(cast), 3, TODAY, Half.MORNING)
    assert (numbers.stopped, numbers.unregistered) == (1, 1)


def test_a_red_of_what_is_forgotten_is_gone_with_it(app: Flask, cast: Cast, clock, drain) -> None:
    asks(cast, TODAY - 60 * D, TODAY - 35 * D, at=AT - 60 * D)
    early, yesterday = AT - 40 * D, AT - D
    line = hire(cast, "赵甲", NUMBERS[0], early)
    fever = CheckIn(TODAY - 40 * D, Half.MORNING, 389)
    checking_in.check_in(link_of(cast, line, early), fever, early)
    asks(cast, TODAY - 34 * D, TODAY + 60 * D, at=AT - 34 * D)
    green = CheckIn(TODAY - D, Half.MORNING, 365)
    checking_in.check_in(link_of(cast, line, yesterday), green, yesterday)
    assert fitness(cast, line) is Fitness.STOP
    forgetting.forget(AT)
    drain(UPKEEP)
    assert fitness(cast, line) is Fitness.ASK, "not registered, and no fever is known"
