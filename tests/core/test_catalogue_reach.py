"""Every requirement can be reached and, unless universal, avoided; the places that show it are
built out of its own condition: every answer on either side of each comparison is tried.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

import pytest

from tests.core.places import PACKS
from workflow.core.facts import CLASS, FactKind, Facts, FactValue, ToldBy
from workflow.core.packs import Pack
from workflow.core.requirements import Held, Requirement
from workflow.core.terms import Leaf

DAY = timedelta(days=1)
EACH = [(pack, one) for pack in PACKS.values() for one in pack.requirements]
IDS = [one.code for _, one in EACH]
CONDITIONAL = [(pack, one) for pack, one in EACH if one.when]


def answers(pack: Pack, fact: str, leaves: list[Leaf]) -> list[FactValue]:
    """Answers to a fact on both sides of all that it is compared with."""
    definition = pack.fact(fact)
    choices = [key for key, _ in definition.choices]
    match definition.kind:
        case FactKind.BOOL:
            return [False, True]
        case FactKind.ENUM:
            return list(choices)
        case FactKind.SET:
            return [frozenset(), *(frozenset({one}) for one in choices), frozenset(choices)]
        case FactKind.DATE:
            days = [date.fromisoformat(str(leaf.value)) for leaf in leaves]
            return [near for day in days for near in (day - DAY, day, day + DAY)]
    limits = [int(str(leaf.value)) for leaf in leaves]
    return [near for limit in limits for near in (limit - 1, limit, limit + 1) if near >= 0]


def places(pack: Pack, requirement: Requirement, place_class: str) -> Iterator[Facts]:
    """Places of a class, by every combination of answers to what the condition compares."""
    compared: dict[str, list[Leaf]] = {}
    for leaf in requirement.when.leaves() if requirement.when else ():
        compared.setdefault(leaf.fact, []).append(leaf)
    asked = {
        fact: answers(pack, fact, leaves)
        for fact, leaves in compared.items()
        if fact != CLASS and can_tell(pack, fact, place_class)
    }
    for chosen in product(*asked.values()):
        yield {CLASS: place_class} | dict(zip(asked, chosen, strict=True))


def can_tell(pack: Pack, fact: str, place_class: str) -> bool:
    definition = pack.fact(fact)
    return definition.told_by is not ToldBy.ENTERPRISE or definition.is_asked({CLASS: place_class})


def found(pack: Pack, requirement: Requirement, facts: Facts) -> Held | None:
    held = {one.code: one for one in pack.held(facts, requirement.phase)}
    return held.get(requirement.code)


def reaching(pack: Pack, requirement: Requirement, place_class: str) -> list[Held | None]:
    return [found(pack, requirement, facts) for facts in places(pack, requirement, place_class)]


@pytest.mark.parametrize(("pack", "requirement"), EACH, ids=IDS)
def test_a_requirement_can_be_reached_in_each_of_its_classes(
    pack: Pack, requirement: Requirement
) -> None:
    for place_class in requirement.classes:
        assert any(one and one.certain for one in reaching(pack, requirement, place_class))


@pytest.mark.parametrize(("pack", "requirement"), EACH, ids=IDS)
def test_a_requirement_is_avoidable_unless_universal(pack: Pack, requirement: Requirement) -> None:
    spared = [
        place_class
        for place_class in requirement.classes
        if None in reaching(pack, requirement, place_class)
    ]
    assert bool(spared) is (requirement.when is not None)


@pytest.mark.parametrize(("pack", "requirement"), EACH, ids=IDS)
def test_a_class_alone_settles_only_what_no_answer_can_change(
    pack: Pack, requirement: Requirement
) -> None:
    for place_class in requirement.classes:
        outcomes = {one is not None for one in reaching(pack, requirement, place_class)}
        bare = found(pack, requirement, {CLASS: place_class})
        assert bare
        assert bare.certain is (outcomes == {True})


@pytest.mark.parametrize(
    ("pack", "requirement"), CONDITIONAL, ids=[one.code for _, one in CONDITIONAL]
)
def test_every_comparison_of_a_condition_matters(pack: Pack, requirement: Requirement) -> None:
    deciding = {
        leaf
        for place_class in requirement.classes
        for facts in places(pack, requirement, place_class)
        for leaf in (requirement.when.deciders(pack.completed(facts)) if requirement.when else ())
    }
    assert requirement.when is not None
    assert deciding == set(requirement.when.leaves())


def test_no_place_of_another_class_is_reached() -> None:
    for pack, requirement in EACH:
        others = {key for key, _ in pack.fact(CLASS).choices} - requirement.classes
        for place_class in others:
            assert not any(reaching(pack, requirement, place_class))
