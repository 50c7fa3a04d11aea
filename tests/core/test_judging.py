"""May this person work today? By a table typed out by hand, and by what must hold for everybody."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from workflow.core.health import (
    CheckIn,
    ContactKind,
    Half,
    HealthCode,
    Home,
    Journey,
    Met,
    Registration,
    Stay,
    Symptom,
    Transport,
)
from workflow.core.judging import Fitness, GroundKind, Record, judge
from workflow.core.regions import Region
from workflow.core.risk import AreaLevel, CountFrom, ObservationRule, RiskLevel, RiskRules
from workflow.core.rostering import Lodging

MAY, ASK, OBSERVE, STOP = Fitness
K = GroundKind
DAY = date(2026, 12, 28)  # fourteen days on it is another year
HIGH, LOW, MEDIUM, UNKNOWN, HOME = "4201", "4301", "4401", "3201", "410122"
WELL = Registration(temperature=365)


def area(code: str, level: RiskLevel, since: int = -60, until: int | None = None) -> AreaLevel:
    last = None if until is None else DAY + timedelta(days=until)
    return AreaLevel(Region(code, (code,)), level, DAY + timedelta(days=since), last, "通告")


def rule(code: str, days: int, *levels: RiskLevel, count: str = "next_day") -> ObservationRule:
    since = DAY - timedelta(days=60)
    return ObservationRule(code, since, None, frozenset(levels), days, CountFrom(count), "通告")


RULES = RiskRules(
    home=Region("中牟县", (HOME,)),
    areas=(
        area(HIGH, RiskLevel.HIGH),
        area(LOW, RiskLevel.LOW),
        area(MEDIUM, RiskLevel.MEDIUM),
    ),
    rules=(
        rule("H", 14, RiskLevel.HIGH),
        rule("M", 7, RiskLevel.MEDIUM, count="arrival"),
        rule("L", 0, RiskLevel.LOW),
    ),
)


def day(n: int) -> date:
    return DAY + timedelta(days=n)


def stay(code: str, since: int, until: int) -> Stay:
    return Stay(code, code, day(since), day(until))


def came(arrived: int, *stays: Stay) -> Registration:
    return replace(WELL, stays=stays, journey=Journey(day(arrived), Transport.TRAIN))


def checked(tenths: int | None, *felt: Symptom, on: int = 0) -> CheckIn:
    return CheckIn(day(on), Half.MORNING, tenths, frozenset(felt))


def known(told: Registration, *check_ins: CheckIn) -> Record:
    return Record(told, DAY, check_ins)


MET = {kind: Met(kind, DAY - timedelta(days=2)) for kind in ContactKind}
UNWELL_HOME = Home(Lodging.OWN, together=2, together_unwell=True)

# What was told, the day it is asked for, the answer, until when, and why.
ANSWERS = (
    ("nothing", Record(), 0, ASK, None, (K.UNREGISTERED,)),
    ("at home, well", known(WELL), 0, MAY, None, ()),
    ("37.2", known(WELL, checked(372)), 0, MAY, None, ()),
    ("exactly 37.3", known(WELL, checked(373)), 0, STOP, None, (K.FEVER,)),
    ("37.3 when registering", known(replace(WELL, temperature=373)), 0, STOP, None, (K.FEVER,)),
    ("absent", known(WELL, checked(None)), 0, MAY, None, ()),
    ("a cough", known(WELL, checked(365, Symptom.COUGH)), 0, STOP, None, (K.SYMPTOMS,)),
    ("both", known(WELL, checked(380, Symptom.COUGH)), 0, STOP, None, (K.FEVER, K.SYMPTOMS)),
    ("put right", known(WELL, checked(385), checked(365)), 0, STOP, None, (K.FEVER,)),
    ("of three weeks ago", known(WELL, checked(385, on=-21)), 0, STOP, None, (K.FEVER,)),
    ("ill tomorrow", known(WELL, checked(385, on=1)), 0, MAY, None, ()),
    ("a fever, unregistered", Record(None, None, (checked(385),)), 0, STOP, None,
     (K.FEVER, K.UNREGISTERED)),
    ("met a confirmed one", known(replace(WELL, met=(MET[ContactKind.CONFIRMED],))), 0, STOP, None,
     (K.CONTACT,)),
    ("and a year later", known(replace(WELL, met=(MET[ContactKind.CONFIRMED],))), 365, STOP, None,
     (K.CONTACT,)),
    ("met a feverish one", known(replace(WELL, met=(MET[ContactKind.FEVERISH],))), 0, ASK, None,
     (K.CONTACT,)),
    ("the 14th day of it", known(replace(WELL, met=(MET[ContactKind.FEVERISH],))), 12, ASK, None,
     (K.CONTACT,)),
    ("the 15th", known(replace(WELL, met=(MET[ContactKind.FEVERISH],))), 13, MAY, None, ()),
    ("ill at home", known(replace(WELL, home=UNWELL_HOME)), 0, ASK, None, (K.TOGETHER_UNWELL,)),
    ("red", known(replace(WELL, code=HealthCode.RED)), 0, STOP, None, (K.CODE,)),
    ("yellow", known(replace(WELL, code=HealthCode.YELLOW)), 0, ASK, None, (K.CODE,)),
    ("green", known(replace(WELL, code=HealthCode.GREEN)), 0, MAY, None, ()),
    ("from high risk", known(came(0, stay(HIGH, -5, 0))), 0, OBSERVE, 14, (K.STAYED,)),
    ("its last day", known(came(0, stay(HIGH, -5, 0))), 14, OBSERVE, 14, (K.STAYED,)),
    ("the day after", known(came(0, stay(HIGH, -5, 0))), 15, ASK, None, (K.RELEASE_DUE,)),
    ("counted from arrival", known(came(0, stay(MEDIUM, -5, 0))), 0, OBSERVE, 6, (K.STAYED,)),
    ("and over", known(came(0, stay(MEDIUM, -5, 0))), 7, ASK, None, (K.RELEASE_DUE,)),
    ("from low risk", known(came(0, stay(LOW, -5, 0))), 0, MAY, None, ()),
    ("from where no row is", known(came(0, stay(UNKNOWN, -5, 0))), 0, ASK, None, (K.AREA_UNCLEAR,)),
    ("from words", known(came(0, Stay("", "老家", day(-5), DAY))), 0, ASK, None, (K.AREA_UNCLEAR,)),
    ("within the county", known(came(0, stay(HOME, -5, 0))), 0, MAY, None, ()),
    ("and its town", known(came(0, stay(f"{HOME}", -1, 0))), 0, MAY, None, ()),
    ("in transit", known(came(0, stay(LOW, -9, -1), stay(HIGH, -1, 0))), 0, OBSERVE, 14,
     (K.STAYED,)),
    ("two, the longer counts", known(came(0, stay(MEDIUM, -9, -1), stay(HIGH, -1, 0))), 0, OBSERVE,
     14, (K.STAYED, K.STAYED)),
    ("one known, one not", known(came(0, stay(HIGH, -9, -1), stay(UNKNOWN, -1, 0))), 0, OBSERVE, 14,
     (K.STAYED, K.AREA_UNCLEAR)),
    ("left it 14 days before", known(came(0, stay(HIGH, -30, -14), stay(LOW, -14, 0))), 0, OBSERVE,
     14, (K.STAYED,)),
    ("left it 15 days before", known(came(0, stay(HIGH, -30, -15), stay(LOW, -15, 0))), 0, MAY,
     None, ()),
    ("a trip since", known(came(-30, stay(LOW, -40, -30), stay(HIGH, -3, -1))), 0, OBSERVE, 13,
     (K.STAYED,)),
    ("no journey told", known(replace(WELL, stays=(stay(HIGH, -5, -2),))), 0, OBSERVE, 12,
     (K.STAYED,)),
    ("from nowhere", known(came(0)), 0, ASK, None, (K.JOURNEY_UNCLEAR,)),
    ("not here yet", known(came(3, stay(LOW, -5, 3))), 0, ASK, None, (K.JOURNEY_UNCLEAR,)),
    ("and then here", known(came(3, stay(LOW, -5, 3))), 3, MAY, None, ()),
    ("there after arriving", known(came(-5, stay(LOW, -9, -2))), 0, ASK, None,
     (K.JOURNEY_UNCLEAR,)),
    ("observed already", known(replace(WELL, observed_until=day(3))), 0, OBSERVE, 3, (K.OBSERVED,)),
    ("and over", known(replace(WELL, observed_until=day(3))), 4, ASK, None, (K.RELEASE_DUE,)),
    ("released", Record(came(0, stay(HIGH, -5, 0)), DAY, released=True), 0, MAY, None, ()),
    ("released, ill again", Record(WELL, DAY, (checked(390),), released=True), 0, STOP, None,
     (K.FEVER,)),
    ("told again after it",
     Record(came(0, stay(HIGH, -5, 0)), DAY, cleared=((came(0, stay(HIGH, -5, 0)), DAY),)), 0, MAY,
     None, ()),
    ("more than was cleared",
     Record(came(0, stay(HIGH, -5, 0)), DAY, cleared=((WELL, DAY),)), 0, OBSERVE, 14, (K.STAYED,)),
    ("less, unconfirmed",
     Record(came(0, stay(HIGH, -5, 0)), DAY, waiting=((WELL, DAY),)), 0, OBSERVE, 14,
     (K.STAYED, K.MILDER)),
    ("less, but ill", Record(WELL, DAY, waiting=((replace(WELL, temperature=390), DAY),)), 0, STOP,
     None, (K.FEVER, K.MILDER)),
    ("a fever told before",
     Record(WELL, DAY, earlier=((replace(WELL, temperature=390), day(-20)),)), 0, STOP, None,
     (K.FEVER,)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("record", "on", "fitness", "until", "why"),
    [one[1:] for one in ANSWERS],
    ids=[one[0] for one in ANSWERS],
)
def test_the_answer_of_a_day(
    record: Record,
    on: int,
    fitness: Fitness,
    until: int | None,
    why: tuple[GroundKind, ...],
) -> None:
    found = judge(record, day(on), RULES)
    assert found.fitness is fitness
    assert found.until == (None if until is None else day(until))
    assert sorted(one.kind for one in found.grounds) == sorted(one.value for one in why)


def with_rows(*rows: AreaLevel, rules: tuple[ObservationRule, ...] = RULES.rules) -> RiskRules:
    return replace(RULES, areas=rows, rules=rules)


def answer(code: str, rules: RiskRules) -> tuple[Fitness, date | None]:
    found = judge(known(came(0, stay(code, -5, 0))), DAY, rules)
    return found.fitness, found.until


def test_an_open_row_ends_where_the_next_begins() -> None:
    rows = area(HIGH, RiskLevel.HIGH), area(HIGH, RiskLevel.LOW, -10)
    assert answer(HIGH, with_rows(*rows)) == (MAY, None)
    over = area(HIGH, RiskLevel.LOW, -10, -5)
    assert answer(HIGH, with_rows(rows[0], over)) == (ASK, None)  # and never begins again


def test_rows_that_contradict_are_for_a_person() -> None:
    rows = area(HIGH, RiskLevel.HIGH, -10, 10), area(HIGH, RiskLevel.LOW, -5, 5)
    assert answer(HIGH, with_rows(*rows)) == (ASK, None)
    assert answer(HIGH, with_rows(*reversed(rows))) == (ASK, None)


def test_a_row_that_nobody_confirmed_does_not_count() -> None:
    high = replace(area(HIGH, RiskLevel.HIGH), enabled=False)
    assert answer(HIGH, with_rows(high)) == (ASK, None)
    assert answer(HIGH, with_rows(high, area("42", RiskLevel.LOW))) == (MAY, None)


def test_the_closest_row_counts_and_a_broad_name_asks() -> None:
    rows = area("42", RiskLevel.LOW), area("420112", RiskLevel.HIGH)
    assert answer("420111", with_rows(*rows)) == (MAY, None)
    assert answer("420112", with_rows(*rows))[0] is OBSERVE
    assert answer("4201", with_rows(*rows)) == (ASK, None)
    assert answer("42", with_rows(*rows)) == (ASK, None)
    assert answer("4202", with_rows(*rows)) == (MAY, None)


def test_an_exception_that_nothing_covers_makes_the_whole_unclear() -> None:
    beyond = replace(
        area("42", RiskLevel.LOW), region=Region("湖北（武汉以外）", ("42",), ("4201",))
    )
    assert answer("4202", with_rows(beyond)) == (MAY, None)
    assert answer("4201", with_rows(beyond)) == (ASK, None)
    assert answer("42", with_rows(beyond)) == (ASK, None)
    assert answer("42", with_rows(beyond, area("4201", RiskLevel.LOW))) == (MAY, None)


def test_rules_that_differ_are_for_a_person_unless_one_takes_the_others_place() -> None:
    shorter = rule("H7", 7, RiskLevel.HIGH)
    both = (*RULES.rules, shorter)
    assert answer(HIGH, replace(RULES, rules=both)) == (ASK, None)
    settled = (*RULES.rules, replace(shorter, overrides=frozenset({"H"})))
    assert answer(HIGH, replace(RULES, rules=settled)) == (OBSERVE, day(7))
    alike = (*RULES.rules, rule("H15", 15, RiskLevel.HIGH, count="arrival"))
    assert answer(HIGH, replace(RULES, rules=alike)) == (OBSERVE, day(14))


def test_a_rule_that_names_the_place_goes_before_one_that_names_the_level() -> None:
    wuhan = replace(rule("W", 21, RiskLevel.HIGH), origin=Region("武汉", ("4201",)))
    hubei = replace(rule("E", 10, RiskLevel.HIGH), origin=Region("湖北", ("42",)))
    rules = replace(RULES, areas=(area("42", RiskLevel.HIGH),), rules=(*RULES.rules, wuhan, hubei))
    assert answer("420112", rules) == (OBSERVE, day(21))
    assert answer("4202", rules) == (OBSERVE, day(10))
    assert answer("42", rules) == (ASK, None)  # for a part of it more is asked
