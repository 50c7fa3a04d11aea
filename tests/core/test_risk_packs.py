"""Packs of risk rules: a bad one is refused with everything that is wrong, and the demo's counts
from the day on which it is loaded.
"""

from datetime import date, timedelta

import pytest

from workflow.catalogue import divisions, riskpack
from workflow.catalogue.riskpack import RiskPackError
from workflow.core.health import Journey, Registration, Stay, Transport
from workflow.core.judging import Fitness, Record, judge
from workflow.core.risk import RiskLevel, level_on

TODAY = date(2026, 11, 23)
GOOD = """
name = "试"
home = { name = "中牟县", codes = ["410122"] }
[fever]
tenths = 373
[[area]]
name = "湖北省（武汉以外）"
codes = ["42"]
excepted = ["4201"]
level = "low"
since = 2026-11-01
until = 2026-12-01
basis = "通告"
enabled = true
[[rule]]
code = "R1"
levels = ["low"]
since = 2026-11-01
days = 7
count_from = "arrival"
basis = "通告"
enabled = true
"""

BAD = (
    ('codes = ["42"]', 'codes = ["419999"]', "419999 is no division"),
    ('codes = ["42"]', "codes = []", "no codes"),
    ('excepted = ["4201"]', 'excepted = ["4301"]', "4301 is excepted from nothing"),
    ('excepted = ["4201"]', 'excepted = ["42"]', "42 is excepted from nothing"),
    ('level = "low"', 'level = "mild"', "level 'mild' is none of low, medium"),
    ('level = "low"\n', "", "level None is none of"),
    ("until = 2026-12-01", "until = 2026-10-01", "ends before it begins"),
    ("since = 2026-11-01", "since = -3", "counts from the day of loading, which is not told"),
    ("since = 2026-11-01", 'since = "gestern"', "'gestern' is no day"),
    ("since = 2026-11-01\n", "", "no since"),
    ('basis = "通告"', 'basis = ""', "no basis"),
    ("enabled = true", 'enabled = "ja"', "enabled must be said"),
    ("enabled = true\n", "", "enabled must be said"),
    ("days = 7", "days = 700", "days 700 is not from 0 to 60"),
    ("days = 7", "days = -1", "days -1 is not from 0 to 60"),
    ('count_from = "arrival"\n', "", "count_from None is none of arrival, next_day"),
    ("days = 7", 'days = 7\noverrides = ["R9"]', "overrides R9, which is no rule"),
    ("days = 7", "days = 7\nquarantine = true", "quarantine is unknown"),
    ('levels = ["low"]', "levels = []", "levels None is none of"),
    ("tenths = 373", "tenths = 37", "37 is no temperature"),
    ('home = { name = "中牟县", codes = ["410122"] }', "", "home: no codes"),
    ('name = "试"', "", "name: missing"),
    ('name = "试"', "name = ", "not TOML"),
)


def test_a_good_pack_is_read() -> None:
    rules = riskpack.load_rules(GOOD)
    assert rules.fever == 373
    assert rules.areas[0].region.excepted == ("4201",)
    assert rules.rules[0].last_day(date(2026, 11, 2)) == date(2026, 11, 8)


@pytest.mark.parametrize(("good", "bad", "why"), BAD)
def test_a_bad_pack_is_refused_and_says_why(good: str, bad: str, why: str) -> None:
    assert good in GOOD
    with pytest.raises(RiskPackError, match=why):
        riskpack.load_rules(GOOD.replace(good, bad))


def test_all_that_is_wrong_is_said_at_once() -> None:
    twice = GOOD + GOOD[GOOD.index("[[rule]]") :].replace("days = 7", "days = 99")
    with pytest.raises(RiskPackError) as told:
        riskpack.load_rules(twice.replace('"low"', '"mild"'))
    words = str(told.value).splitlines()
    assert [one.split(":")[0] for one in words] == [
        "rule R1",
        "area 1 (湖北省（武汉以外）)",
        "rule R1",
        "rule R1",
        "rule R1",
    ]


def test_examples_count_for_nothing_until_confirmed() -> None:
    rules = riskpack.as_examples(riskpack.load_rules(riskpack.shipped()["y2020"]))
    assert not any(one.enabled for one in (*rules.areas, *rules.rules))


@pytest.mark.parametrize(
    ("words", "arrived", "fitness", "until"),
    [
        ("虚构疫区", 0, Fitness.OBSERVE, 14),
        ("虚构省甲市", -1, Fitness.OBSERVE, 13),
        ("虚构省甲市", -12, Fitness.OBSERVE, 2),
        ("虚构省甲市", -13, Fitness.MAY_WORK, None),
        ("虚构省乙市", -10, Fitness.ASK, None),  # over: to be released
        ("虚构省乙市", -3, Fitness.OBSERVE, 4),
        ("虚构省乙市", -2, Fitness.ASK, None),  # its eastern district differs since then
        ("虚构省乙市东区", -2, Fitness.OBSERVE, 12),
        ("虚构省丙市", 0, Fitness.MAY_WORK, None),
        ("虚构省丁市", 0, Fitness.ASK, None),  # an example
        ("样例县", 0, Fitness.MAY_WORK, None),
        ("境外", -1, Fitness.OBSERVE, 13),
        ("武汉", 0, Fitness.ASK, None),
    ],
)
def test_the_demo_is_judged_by_its_own_outbreak(
    words: str, arrived: int, fitness: Fitness, until: int | None
) -> None:
    text = riskpack.shipped()["demo"]
    assert riskpack.is_demo(text)
    rules = riskpack.load_rules(text, TODAY)
    [place] = divisions.found(words, riskpack.invented(rules))[:1]
    day = TODAY + timedelta(days=arrived)
    stay = Stay(place.code, place.name, day - timedelta(days=5), day)
    told = Registration(stays=(stay,), journey=Journey(day, Transport.COACH))
    found = judge(Record(told, TODAY), TODAY, rules)
    assert found.fitness is fitness
    assert found.until == (None if until is None else TODAY + timedelta(days=until))


def test_every_level_of_the_demo_can_be_met() -> None:
    rules = riskpack.load_rules(riskpack.shipped()["demo"], TODAY)
    met = {level_on(one.code, TODAY, rules) for one in riskpack.invented(rules)}
    assert {RiskLevel.SEVERE, RiskLevel.HIGH, RiskLevel.LOW} < met
