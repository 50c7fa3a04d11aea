"""The shipped pack, evaluated: what a place must have, and why."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.told import PACK, SOME_FACTS, values_of
from workflow.core.facts import CLASS, Facts, completed
from workflow.core.requirements import Held, Phase, Requirement, Severity, evaluate
from workflow.core.terms import Leaf

STEADY = settings(deadline=None, max_examples=150, derandomize=True)
# A place's class is known, and nobody tells what is never asked of it.
CLASSES = [key for key, _ in PACK.fact(CLASS).choices]


@st.composite
def told(draw: st.DrawFn, *, everything: bool = False) -> Facts:
    place_class = draw(st.sampled_from(CLASSES))
    asked = {
        fact.key: values_of(fact)
        for fact in PACK.facts
        if place_class in fact.asked_of and fact.key != CLASS
    }
    required, optional = (asked, {}) if everything else ({}, asked)
    facts = draw(st.fixed_dictionaries(required, optional=optional))
    return {CLASS: place_class, **facts}


def held(facts: Facts) -> dict[str, Held]:
    return {one.code: one for one in PACK.held(facts)}


def one(**known: object) -> Requirement:
    return replace(PACK.requirements[0], **known)


@STEADY
@given(SOME_FACTS)
def test_every_set_of_facts_has_a_list(facts: Facts) -> None:
    codes = [one.code for one in PACK.held(facts)]
    assert codes == [one.code for one in PACK.requirements if one.code in codes]


@STEADY
@given(told(everything=True), st.data())
def test_telling_more_never_turns_a_certain_requirement_around(
    facts: Facts, data: st.DataObject
) -> None:
    fewer = data.draw(st.sets(st.sampled_from(sorted(facts))))
    before, after = held({key: facts[key] for key in fewer}), held(facts)
    certain = {code for code, one in before.items() if one.certain}
    assert certain <= {code for code, one in after.items() if one.certain}
    assert set(after) <= set(before)


@STEADY
@given(told(everything=True), st.data())
def test_a_fact_untold_never_takes_a_veto_off_the_list(facts: Facts, data: st.DataObject) -> None:
    hidden = data.draw(st.sets(st.sampled_from(sorted(facts))))
    fewer = {key: value for key, value in facts.items() if key not in hidden}
    vetoes = {code for code, one in held(facts).items() if one.severity is Severity.VETO}
    assert vetoes <= set(held(fewer))


@STEADY
@given(told(everything=True))
def test_everything_told_leaves_nothing_uncertain(facts: Facts) -> None:
    assert all(one.certain for one in PACK.held(facts))


@STEADY
@given(told())
def test_an_explanation_agrees_with_its_result(facts: Facts) -> None:
    full = completed(facts, PACK.facts)
    for code, one in held(facts).items():
        named = {CLASS} | {leaf.fact for leaf in one.because}
        only = {key: value for key, value in full.items() if key in named}
        again = {same.code: same for same in evaluate(PACK.requirements, only, Phase.BEFORE)}
        assert again[code].certain is one.certain


@STEADY
@given(told())
def test_every_requirement_says_why_in_words(facts: Facts) -> None:
    for one in PACK.held(facts):
        assert all(PACK.because(one, facts))


# Reached by some place that told everything, and spared another, unless it is for everyone.
UNIVERSAL = {"EP-101", "EP-106", "EP-111", "EP-121"}
SEPARATED = {
    "EP-103": ({CLASS: "factory"}, {CLASS: "shop", "headcount": 50}),
    "EP-104": ({CLASS: "market"}, {CLASS: "site", "site_role": "labour_sub"}),
    "EP-123": ({CLASS: "shop"}, {CLASS: "road", "site_role": "specialist_sub"}),
    "EP-141": ({CLASS: "shop", "headcount": 51}, {CLASS: "shop", "headcount": 50}),
    "EP-151": (
        {CLASS: "site", "has_dorm": True},
        {CLASS: "site", "has_dorm": False, "has_canteen": False},
    ),
    "EP-202": (
        {CLASS: "factory", "hazards": frozenset({"ammonia"})},
        {CLASS: "factory", "hazards": frozenset({"machines"})},
    ),
}


def test_every_requirement_is_reachable_and_avoidable_unless_universal() -> None:
    assert UNIVERSAL | set(SEPARATED) == {one.code for one in PACK.requirements}
    assert {one.code for one in PACK.requirements if one.when is None} == UNIVERSAL


@pytest.mark.parametrize(("code", "facts"), list(SEPARATED.items()))
def test_a_requirement_reaches_one_place_and_spares_another(
    code: str, facts: tuple[Facts, Facts]
) -> None:
    reached, spared = facts
    assert held(reached)[code].certain
    assert code not in held(spared)


@pytest.mark.parametrize("code", sorted(UNIVERSAL))
@pytest.mark.parametrize("place_class", CLASSES)
def test_a_universal_requirement_is_certain_everywhere(code: str, place_class: str) -> None:
    assert held({CLASS: place_class})[code].certain


def test_without_a_class_everything_may_hold() -> None:
    assert set(held({})) == {one.code for one in PACK.requirements}
    assert {(one.certain, one.because) for one in PACK.held({})} == {
        (False, (Leaf(CLASS, "present"),))
    }


@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("basis_needed", [True, False])
def test_only_a_veto_weighs_less_while_its_basis_is_wanting(
    severity: Severity, basis_needed: bool
) -> None:
    weight = one(severity=severity, basis_needed=basis_needed).weight
    eased = severity is Severity.VETO and basis_needed
    assert weight is (Severity.MAJOR if eased else severity)


@pytest.mark.parametrize("phase", Phase)
def test_only_the_requirements_of_a_phase_are_listed(phase: Phase) -> None:
    every = [one(code=each.value, phase=each, when=None) for each in Phase]
    (listed,) = evaluate(every, {CLASS: "factory"}, phase)
    assert listed.code == phase.value


def test_a_requirement_for_other_classes_is_never_listed() -> None:
    other = one(classes=frozenset({"site"}), when=None)
    assert evaluate([other], {CLASS: "shop"}, Phase.BEFORE) == ()
