"""The rules of spring 2020, day by day: what they say, and where they leave it to a person."""

from datetime import date

import pytest

from workflow.catalogue import divisions, riskpack
from workflow.core.health import Journey, Registration, Stay, Transport
from workflow.core.judging import Fitness, GroundKind, Judgement, Record, judge
from workflow.core.regions import ABROAD
from workflow.core.risk import RiskLevel, RiskRules, Unclear, level_on

MAY, ASK, OBSERVE = Fitness.MAY_WORK, Fitness.ASK, Fitness.OBSERVE
AREA, RULE = GroundKind.AREA_UNCLEAR, GroundKind.RULE_UNCLEAR
WUHAN, DONGXIHU, HUBEI = "4201", "420112", "42"
HUANGZHOU, LUOTIAN, WUFENG = "421102", "421123", "420529"  # 黄冈城区，黄冈罗田，宜昌五峰
ENSHI, YINGSHAN, HUANGSHI = "422801", "421124", "420204"
LHASA = "540102"


@pytest.fixture(scope="module")
def rules() -> RiskRules:
    return riskpack.load_rules(riskpack.shipped()["y2020"])


def judged(code: str, arrived: date, rules: RiskRules, day: date | None = None) -> Judgement:
    stay = Stay(code, "那里", arrived.replace(day=1), arrived)
    told = Registration(stays=(stay,), journey=Journey(arrived, Transport.TRAIN))
    return judge(Record(told, arrived), day or arrived, rules)


# (month, day) of arrival: where from, what follows, its last day or why nobody but a person knows
ARRIVALS = (
    # Z1: severe areas and high risk, 14 days from the day after, until 19 March
    ((2, 4), WUHAN, ASK, RULE),  # a day before any rule
    ((2, 5), WUHAN, OBSERVE, date(2020, 2, 19)),
    ((2, 5), HUBEI, OBSERVE, date(2020, 2, 19)),
    ((2, 28), HUANGZHOU, OBSERVE, date(2020, 3, 13)),  # the last day as a severe area
    ((2, 29), WUHAN, OBSERVE, date(2020, 3, 14)),  # now high, 2020 is a leap year
    ((2, 29), YINGSHAN, OBSERVE, date(2020, 3, 14)),
    ((3, 6), YINGSHAN, OBSERVE, date(2020, 3, 20)),
    ((3, 7), YINGSHAN, ASK, AREA),  # when it was lowered is not known
    ((3, 19), YINGSHAN, ASK, RULE),  # low with the rest, but Z4 is not confirmed
    ((3, 19), WUHAN, OBSERVE, date(2020, 4, 2)),
    # Z7 is not confirmed
    ((3, 20), WUHAN, ASK, RULE),
    ((3, 26), WUHAN, ASK, RULE),
    # medium: Z2 is not confirmed, Z6 from 20 March
    ((3, 12), HUANGZHOU, ASK, AREA),  # 10 to 12 March are missing
    ((3, 13), HUANGZHOU, ASK, RULE),
    ((3, 18), HUANGZHOU, ASK, RULE),
    ((3, 27), WUHAN, MAY, None),
    ((4, 7), WUHAN, MAY, None),  # N1 is of low risk only: Z6 still counts
    ((4, 17), WUHAN, MAY, None),
    # low: Z3 in February, Z4 (not confirmed) in March, Z6, and N1 instead of it
    ((2, 29), WUFENG, OBSERVE, date(2020, 3, 7)),
    ((3, 1), WUFENG, ASK, RULE),
    ((3, 20), WUFENG, MAY, None),
    ((4, 6), WUFENG, MAY, None),
    ((4, 7), WUFENG, MAY, None),
    ((4, 18), WUHAN, MAY, None),
    ((4, 18), HUBEI, MAY, None),  # all of it is low by now
    ((3, 26), HUBEI, ASK, AREA),  # Wuhan is not what the rest is
    ((3, 10), HUBEI, ASK, AREA),
    ((3, 19), "4211", ASK, RULE),  # all of 黄冈 is low, by rows of its parts and of its province
    ((3, 14), "4211", ASK, AREA),  # 城区 is medium, of the counties nothing is known
    ((3, 10), LUOTIAN, ASK, AREA),
    # 东西湖 in May: closer than the city
    ((5, 10), DONGXIHU, MAY, None),
    ((5, 11), DONGXIHU, MAY, None),  # medium: Z6
    ((5, 20), WUHAN, ASK, AREA),  # named too broadly while one district differs
    ((6, 1), WUHAN, ASK, AREA),
    ((6, 2), WUHAN, MAY, None),
    # abroad: Z5
    ((3, 19), ABROAD, ASK, AREA),
    ((3, 20), ABROAD, OBSERVE, date(2020, 4, 3)),
    ((4, 30), ABROAD, OBSERVE, date(2020, 5, 14)),
    ((3, 25), "81", ASK, AREA),  # Hong Kong is not named by any row
    # not confirmed as severe, and never told of
    ((2, 10), "3303", ASK, AREA),
    ((2, 10), "4115", ASK, AREA),
    ((4, 10), LHASA, ASK, AREA),
    ((4, 10), "", ASK, AREA),
    # home is the city: whoever moves inside it comes from nowhere
    ((2, 10), "410122", MAY, None),
    ((2, 10), "4101", MAY, None),
)


@pytest.mark.parametrize(("arrived", "code", "fitness", "then"), ARRIVALS)
def test_what_followed_an_arrival(
    arrived: tuple[int, int],
    code: str,
    fitness: Fitness,
    then: date | GroundKind | None,
    rules: RiskRules,
) -> None:
    found = judged(code, date(2020, *arrived), rules)
    assert found.fitness is fitness
    assert found.until == (then if isinstance(then, date) else None)
    if isinstance(then, GroundKind):
        assert [one.kind for one in found.grounds] == [then.value]


LEVELS = (
    (WUHAN, (1, 22), None),
    (WUHAN, (1, 23), RiskLevel.SEVERE),
    (WUHAN, (2, 28), RiskLevel.SEVERE),
    (WUHAN, (2, 29), RiskLevel.HIGH),
    (WUHAN, (3, 26), RiskLevel.HIGH),
    (WUHAN, (3, 27), RiskLevel.MEDIUM),
    (WUHAN, (4, 17), RiskLevel.MEDIUM),
    (WUHAN, (4, 18), RiskLevel.LOW),
    (DONGXIHU, (5, 11), RiskLevel.MEDIUM),
    (DONGXIHU, (6, 2), RiskLevel.LOW),
    (HUANGZHOU, (3, 9), None),  # an example with low confidence does not count
    (HUANGZHOU, (3, 13), RiskLevel.MEDIUM),
    (HUANGZHOU, (3, 19), RiskLevel.LOW),
    (HUANGSHI, (3, 6), None),
    (HUANGSHI, (3, 7), RiskLevel.MEDIUM),
    (ENSHI, (3, 15), RiskLevel.MEDIUM),
    (ENSHI, (3, 16), RiskLevel.LOW),
    (LUOTIAN, (3, 6), RiskLevel.MEDIUM),
    (LUOTIAN, (3, 18), None),
    (LUOTIAN, (3, 19), RiskLevel.LOW),
    ("410122", (3, 1), None),
    (ABROAD, (3, 19), None),
    (ABROAD, (3, 20), RiskLevel.OVERSEAS),
)


@pytest.mark.parametrize(("code", "on", "level"), LEVELS)
def test_the_level_of_a_day(
    code: str, on: tuple[int, int], level: RiskLevel | None, rules: RiskRules
) -> None:
    assert level_on(code, date(2020, *on), rules) == (level or Unclear())


def test_a_district_city_is_its_districts(rules: RiskRules) -> None:
    urban = {one.region for one in rules.areas if one.region.name.endswith("城区")}
    assert len(urban) == 5
    for region in urban:
        city = region.codes[0][:4]
        inside = (f"{city}{n:02d}" for n in range(1, 21))
        districts = [one for one in inside if (divisions.named(one) or "").endswith("区")]
        found = [divisions.found(str(divisions.named(one))) for one in districts]
        assert set(region.codes) == {one.code for (one, *_) in found} & set(districts)


def test_every_row_says_where_it_is_from(rules: RiskRules) -> None:
    assert len(rules.areas) == 32
    assert all(one.basis for one in (*rules.areas, *rules.rules))
    assert {one.code for one in rules.rules if not one.enabled} == {"Z2", "Z4", "Z7"}
    assert sum(not one.enabled for one in rules.areas) == 4
