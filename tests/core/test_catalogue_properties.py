"""What is true of every list of the shipped catalogue, whatever a place tells."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.places import PACKS
from workflow.core.deriving import CHECKED_ON, PLANNED, STOPPED_DAYS, STOPPED_ON, derived
from workflow.core.facts import CLASS, FactDefinition, FactKind, Facts, FactValue, ToldBy
from workflow.core.packs import Pack
from workflow.core.requirements import Held, Phase, Severity, evaluate

STEADY = settings(deadline=None, max_examples=40, derandomize=True)
SOON = st.dates(date(2020, 1, 1), date(2020, 5, 1))
EVERY_PACK = pytest.mark.parametrize("pack", PACKS.values(), ids=list(PACKS))


def limits(pack: Pack) -> dict[str, set[int]]:
    """The numbers each fact is compared with, and their neighbours."""
    found: dict[str, set[int]] = {}
    for one in pack.requirements:
        for leaf in one.when.leaves() if one.when else ():
            if leaf.op in {"at_least", "at_most"}:
                number = int(str(leaf.value))
                found.setdefault(leaf.fact, set()).update({number - 1, number, number + 1})
    return found


def values_of(fact: FactDefinition, near: set[int]) -> st.SearchStrategy[FactValue]:
    choices = [key for key, _ in fact.choices]
    numbers = st.sampled_from(sorted(near | {0, 1})) | st.integers(-1, 10**6)
    match fact.kind:
        case FactKind.BOOL:
            return st.booleans()
        case FactKind.INT:
            return numbers
        case FactKind.DECIMAL:
            return numbers.map(Decimal) | st.decimals(-1, 10**6, places=2)
        case FactKind.DATE:
            return SOON
        case FactKind.TEXT:
            return st.text(max_size=3)
        case FactKind.ENUM:
            return st.sampled_from(choices)
        case FactKind.SET:
            return st.frozensets(st.sampled_from(choices))


def all_values(pack: Pack) -> dict[str, st.SearchStrategy[FactValue]]:
    near = limits(pack)
    return {fact.key: values_of(fact, near.get(fact.key, set())) for fact in pack.facts}


ANYTHING = {
    name: st.fixed_dictionaries({}, optional=all_values(pack)) for name, pack in PACKS.items()
}


@st.composite
def told(draw: st.DrawFn, pack: Pack) -> Facts:
    """All that a place of some class is asked or others know of it, but what follows from it."""
    place_class = draw(st.sampled_from([key for key, _ in pack.fact(CLASS).choices]))
    values = all_values(pack)
    asked = {
        fact.key: values[fact.key]
        for fact in pack.facts
        if place_class in fact.asked_of and fact.told_by is not ToldBy.SERVICE
    }
    return draw(st.fixed_dictionaries(asked)) | {CLASS: place_class}


def each_phase(pack: Pack, facts: Facts) -> Iterator[Held]:
    for phase in Phase:
        yield from pack.held(facts, phase)


@EVERY_PACK
@STEADY
@given(st.data())
def test_every_set_of_facts_has_its_lists_numbers_and_words(
    pack: Pack, data: st.DataObject
) -> None:
    facts = data.draw(ANYTHING[pack.campaign])
    for phase in Phase:
        found = [one.code for one in pack.held(facts, phase)]
        assert found == [one.code for one in pack.requirements if one.code in found]
    for one in each_phase(pack, facts):
        assert all(pack.because(one, facts))
        pack.quantity(one.requirement.quantity, facts)
    for filing in pack.filings:
        pack.missing(filing, facts)
        pack.lacking(filing, facts, ())
        pack.parts(filing, facts)
    pack.decided_elsewhere(facts)
    pack.is_closed(facts)


@EVERY_PACK
@STEADY
@given(st.data())
def test_an_explanation_agrees_with_its_result(pack: Pack, data: st.DataObject) -> None:
    facts = data.draw(told(pack))
    full = pack.completed(derived(facts))
    for one in each_phase(pack, derived(facts)):
        named = {CLASS, *(leaf.fact for leaf in one.because)}
        only = {key: full[key] for key in named}
        again = evaluate([one.requirement], only, one.requirement.phase)
        assert again == (one,)
        assert one.certain


@EVERY_PACK
@STEADY
@given(st.data())
def test_what_is_open_waits_only_for_what_is_untold(pack: Pack, data: st.DataObject) -> None:
    facts = data.draw(ANYTHING[pack.campaign])
    full = pack.completed(facts)
    for one in each_phase(pack, facts):
        waits_for = {leaf.fact for leaf in one.because}
        assert one.certain or (waits_for and not waits_for & set(full))
        assert not one.certain or waits_for <= set(full)


@EVERY_PACK
@STEADY
@given(st.data())
def test_each_phrase_speaks_of_a_fact_that_decided(pack: Pack, data: st.DataObject) -> None:
    facts = data.draw(ANYTHING[pack.campaign])
    full = pack.completed(facts)
    for one in each_phase(pack, facts):
        phrases = pack.because(one, facts)
        keys = {leaf.fact for leaf in one.because} or {CLASS}
        words = {key: spoken(pack.fact(key), full.get(key)) for key in keys}
        assert len(phrases) == len(set(phrases)) <= max(1, len(one.because))
        for phrase in phrases:
            assert any(any(word in phrase for word in found) for found in words.values())
        for found in words.values():
            assert any(any(word in phrase for word in found) for phrase in phrases)


def spoken(fact: FactDefinition, value: FactValue | None) -> set[str]:
    """Words by which a phrase may speak of a fact."""
    match value:
        case None:
            return {fact.label}
        case frozenset():
            return {name for key, name in fact.choices if key in value} or {fact.label}
        case bool():
            return {fact.label, fact.label.removeprefix("有")}
        case str():
            return {fact.words(value)}
        case _:
            return {f"{fact.label} {fact.words(value)}"}


def is_veto(held: Held) -> bool:
    """Also one whose basis is still wanting."""
    return held.requirement.severity is Severity.VETO


@EVERY_PACK
@STEADY
@given(st.data())
def test_a_fact_untold_never_takes_a_veto_off_the_list(pack: Pack, data: st.DataObject) -> None:
    facts = data.draw(told(pack))
    hidden = data.draw(st.sets(st.sampled_from(sorted(facts))))
    fewer = derived({key: value for key, value in facts.items() if key not in hidden})
    vetoes = {one.code for one in each_phase(pack, derived(facts)) if is_veto(one)}
    assert vetoes <= {one.code for one in each_phase(pack, fewer)}


@EVERY_PACK
@STEADY
@given(st.data())
def test_telling_more_only_settles_what_was_open(pack: Pack, data: st.DataObject) -> None:
    facts = data.draw(told(pack))
    hidden = data.draw(st.sets(st.sampled_from(sorted(facts))))
    fewer = derived({key: value for key, value in facts.items() if key not in hidden})
    certain = {one.code for one in each_phase(pack, fewer) if one.certain}
    possible = {one.code for one in each_phase(pack, fewer)}
    everything = {one.code for one in each_phase(pack, derived(facts))}
    assert certain <= everything <= possible


@STEADY
@given(
    st.fixed_dictionaries(
        {},
        optional={
            PLANNED: SOON,
            CHECKED_ON: SOON,
            STOPPED_ON: SOON,
            STOPPED_DAYS: st.integers(0, 500),
            "headcount": st.integers(1, 500),
        },
    )
)
def test_what_follows_never_contradicts_what_was_told(facts: Facts) -> None:
    full = derived(facts)
    assert {key: full[key] for key in facts} == facts
    assert set(full) - set(facts) <= {CHECKED_ON, STOPPED_DAYS}
    assert derived(full) == full
    if PLANNED not in facts:
        assert full == facts
    elif CHECKED_ON not in facts:
        assert full[CHECKED_ON] == facts[PLANNED]
    if STOPPED_DAYS not in facts and STOPPED_DAYS in full:
        days = (facts[PLANNED] - facts[STOPPED_ON]).days
        assert full[STOPPED_DAYS] == max(0, days)
