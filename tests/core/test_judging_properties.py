"""What must hold of every judgement: order doesn't matter, telling more is never milder, and one
origin is treated as any other of the same level.
"""

from dataclasses import fields, replace
from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

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
from workflow.core.judging import STRICTNESS, Judgement, Record, judge
from workflow.core.milder import is_milder
from workflow.core.regions import Region
from workflow.core.risk import AreaLevel, CountFrom, ObservationRule, RiskLevel, RiskRules
from workflow.core.rostering import Lodging

DAY = date(2026, 12, 28)
# Pairs of divisions that every row treats alike, and some that no row knows.
TWINS = {"420112": "430102", "4201": "4301", "42": "43", "4403": "5101", "32": "33", "": ""}
CODES = (*TWINS, *TWINS.values(), "410122")

days = st.integers(-40, 5).map(lambda n: DAY + timedelta(days=n))
symptoms = st.frozensets(st.sampled_from(Symptom), max_size=2)
temperatures = st.none() | st.integers(350, 400)


@st.composite
def stays(draw: st.DrawFn) -> Stay:
    since, until = sorted((draw(days), draw(days)))
    code = draw(st.sampled_from(CODES))
    return Stay(code, code or "老家", since, until)


registrations = st.builds(
    Registration,
    stays=st.lists(stays(), max_size=3).map(tuple),
    journey=st.none() | st.builds(Journey, days, st.sampled_from(Transport)),
    met=st.lists(st.builds(Met, st.sampled_from(ContactKind), days), max_size=2).map(tuple),
    symptoms=symptoms,
    temperature=temperatures,
    home=st.builds(Home, st.just(Lodging.OWN), together_unwell=st.booleans()),
    code=st.sampled_from(HealthCode),
    observed_until=st.none() | days,
)
check_ins = st.builds(CheckIn, days, st.sampled_from(Half), temperatures, symptoms)


@st.composite
def areas(draw: st.DrawFn) -> list[AreaLevel]:
    """A row about a division, and the same about its twin."""
    code = draw(st.sampled_from([one for one in TWINS if one]))
    since, until = sorted((draw(days), draw(days)))
    level = draw(st.sampled_from(RiskLevel))
    enabled, ends = draw(st.booleans()), draw(st.booleans())
    return [
        AreaLevel(Region(one, (one,)), level, since, until if ends else None, "通告", enabled)
        for one in (code, TWINS[code])
    ]


@st.composite
def observations(draw: st.DrawFn) -> ObservationRule:
    since, until = sorted((draw(days), draw(days)))
    return ObservationRule(
        code=draw(st.sampled_from("ABCDE")),
        since=since,
        until=until if draw(st.booleans()) else None,
        levels=draw(st.frozensets(st.sampled_from(RiskLevel), min_size=1, max_size=3)),
        days=draw(st.sampled_from((0, 7, 14))),
        count_from=draw(st.sampled_from(CountFrom)),
        basis="通告",
        overrides=draw(st.frozensets(st.sampled_from("ABCDE"), max_size=1)),
        enabled=draw(st.booleans()),
    )


@st.composite
def rule_sets(draw: st.DrawFn) -> RiskRules:
    rows = draw(st.lists(areas(), max_size=5))
    observed = draw(st.lists(observations(), max_size=4))
    home = Region("中牟县", ("410122",))
    return RiskRules(home, tuple(one for pair in rows for one in pair), tuple(observed))


def rank(found: Judgement) -> int:
    return STRICTNESS.index(found.fitness)


def shuffled(told: Registration, chance: Random) -> Registration:
    return replace(
        told,
        stays=tuple(chance.sample(told.stays, len(told.stays))),
        met=tuple(chance.sample(told.met, len(told.met))),
    )


@given(registrations, st.lists(check_ins, max_size=4), registrations, rule_sets(), st.randoms())
@settings(max_examples=300)
def test_the_order_in_which_anything_arrives_does_not_matter(
    told: Registration,
    checked: list[CheckIn],
    other: Registration,
    rules: RiskRules,
    chance: Random,
) -> None:
    tellings = [(other, DAY), (told, DAY - timedelta(days=1))]
    record = Record(told, DAY, tuple(checked), waiting=tuple(tellings), earlier=tuple(tellings))
    again = Record(
        shuffled(told, chance),
        DAY,
        tuple(chance.sample(checked, len(checked))),
        waiting=tuple(reversed(tellings)),
        earlier=tuple(reversed(tellings)),
    )
    mixed = replace(
        rules,
        areas=tuple(chance.sample(rules.areas, len(rules.areas))),
        rules=tuple(chance.sample(rules.rules, len(rules.rules))),
    )
    assert judge(record, DAY, rules) == judge(again, DAY, mixed)


@given(registrations, registrations, rule_sets(), st.booleans())
@settings(max_examples=500)
def test_telling_again_never_makes_the_answer_milder_by_itself(
    before: Registration, after: Registration, rules: RiskRules, more: bool
) -> None:
    if more:  # the first one with something added, or left out
        after = replace(
            after, stays=before.stays + after.stays, journey=before.journey, met=before.met
        )
    first = judge(Record(before, DAY), DAY, rules)
    if is_milder(before, after, DAY, rules):
        record = Record(before, DAY, waiting=((after, DAY),))
    else:
        record = Record(after, DAY, earlier=((before, DAY),))
    assert rank(judge(record, DAY, rules)) >= rank(first)


@given(registrations, st.lists(check_ins, max_size=4), check_ins, rule_sets())
def test_another_check_in_never_makes_it_milder(
    told: Registration, checked: list[CheckIn], one: CheckIn, rules: RiskRules
) -> None:
    before = judge(Record(told, DAY, tuple(checked)), DAY, rules)
    after = judge(Record(told, DAY, (*checked, one)), DAY, rules)
    assert rank(after) >= rank(before)
    assert set(before.grounds) <= set(after.grounds)


@given(registrations, rule_sets())
@settings(max_examples=300)
def test_one_origin_is_as_any_other_of_its_level(told: Registration, rules: RiskRules) -> None:
    twins = TWINS | {other: one for one, other in TWINS.items()}
    elsewhere = tuple(
        replace(one, code=twins.get(one.code, one.code), words="别处") for one in told.stays
    )
    here = judge(Record(told, DAY), DAY, rules)
    there = judge(Record(replace(told, stays=elsewhere), DAY), DAY, rules)
    assert (here.fitness, here.until) == (there.fitness, there.until)
    assert sorted({one.kind for one in here.grounds}) == sorted({one.kind for one in there.grounds})


@given(registrations, rule_sets())
def test_nobody_is_observed_longer_than_the_longest_rule(
    told: Registration, rules: RiskRules
) -> None:
    found = judge(Record(replace(told, observed_until=None), DAY), DAY, rules)
    longest = max((one.days for one in rules.rules if one.enabled), default=0)
    back = max([*(one.until for one in told.stays), told.arrived_on or DAY])
    assert found.until is None or found.until <= back + timedelta(days=longest)


def test_who_somebody_is_is_not_even_asked() -> None:
    """Name, document, household register and employer are no part of what is judged."""
    assert {one.name for one in fields(Registration)} == {
        *("stays", "journey", "met", "symptoms", "temperature", "home", "code", "code_source"),
        *("observed_until", "observed_by"),
    }
    assert {one.name for one in fields(Record)} == {
        *("registration", "told_on", "check_ins", "released", "waiting", "earlier", "cleared"),
        "open_elsewhere",
    }
