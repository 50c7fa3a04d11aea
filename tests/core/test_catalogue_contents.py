"""How much the shipped catalogue holds, and what stands beside its requirements."""

from collections import Counter

import pytest

from tests.core.by_hand import COAL_MINE, COLD_STORE
from tests.core.places import PACKS, PREFIXES, Told, facts_for, place
from workflow.catalogue.loading import load, shipped, whole
from workflow.core.requirements import Phase, Requirement, Severity

ALL = [one for pack in PACKS.values() for one in pack.requirements]


def test_the_campaigns_have_as_many_requirements_as_were_drawn_up() -> None:
    assert {campaign: len(pack.requirements) for campaign, pack in PACKS.items()} == {
        "epidemic": 113,
        "post_holiday": 88,
        "disaster_recovery": 51,
        "shutdown_rectification": 15,
    }


@pytest.mark.parametrize(
    ("phase", "count"),
    [(Phase.BEFORE, 204), (Phase.DAILY, 31), (Phase.WEEKLY, 18), (Phase.INCIDENT, 14)],
)
def test_each_phase_has_its_number(phase: Phase, count: int) -> None:
    assert sum(one.phase is phase for one in ALL) == count


def test_sixty_nine_hold_for_every_place_of_their_classes() -> None:
    assert sum(one.when is None for one in ALL) == 69


def test_a_hundred_and_forty_three_cite_a_source_and_no_source_is_nameless() -> None:
    assert sum(one.source is not None for one in ALL) == 143
    assert all(one.source.name for one in ALL if one.source)


def test_how_they_weigh_who_checks_them_and_what_proves_them() -> None:
    assert Counter(one.severity.value for one in ALL) == {"veto": 145, "major": 107, "minor": 15}
    assert Counter(one.checked_by.value for one in ALL) == {
        "liaison": 161,
        "office": 71,
        "self": 28,
        "clinic": 7,
    }
    assert Counter(one.evidence.value for one in ALL) == {
        "document": 119,
        "photo": 104,
        "roster": 22,
        "number": 11,
        "none": 11,
    }


def test_forty_eight_vetoes_want_a_basis_and_weigh_less_until_then() -> None:
    wanting = [one for one in ALL if one.basis_needed]
    assert len(wanting) == 48
    assert {(one.severity, one.weight) for one in wanting} == {(Severity.VETO, Severity.MAJOR)}


@pytest.mark.parametrize("campaign", PACKS)
def test_codes_carry_the_campaign_and_stand_once(campaign: str) -> None:
    found = [one.code for one in PACKS[campaign].requirements]
    assert len(set(found)) == len(found)
    assert {code.split("-")[0] for code in found} == {PREFIXES[campaign]}


@pytest.mark.parametrize("requirement", ALL, ids=lambda one: one.code)
def test_a_condition_asks_only_what_its_campaign_knows(requirement: Requirement) -> None:
    pack = next(pack for pack in PACKS.values() if requirement in pack.requirements)
    for leaf in requirement.when.leaves() if requirement.when else ():
        assert leaf.fits(pack.fact(leaf.fact))


def test_facts_are_the_same_in_every_campaign_that_asks_them() -> None:
    for one in PACKS.values():
        for other in PACKS.values():
            for key in one.keys & other.keys:
                assert one.fact(key) == other.fact(key)


@pytest.mark.parametrize(
    ("campaign", "told", "beyond"),
    [
        ("post_holiday", COAL_MINE, 1),
        ("post_holiday", place("factory", hazard_industry="other_mine"), 1),
        ("post_holiday", place("factory", hazard_industry="metal_smelting"), 0),
        ("post_holiday", COLD_STORE, 0),
        ("post_holiday", place("site"), 0),
        ("shutdown_rectification", place("shop"), 1),
        ("epidemic", COAL_MINE, 0),
        ("disaster_recovery", COAL_MINE, 0),
    ],
)
def test_the_town_decides_only_what_is_its_own(campaign: str, told: Told, beyond: int) -> None:
    pack = PACKS[campaign]
    assert len(pack.decided_elsewhere(facts_for(pack, told))) == beyond


@pytest.mark.parametrize(
    ("told", "closed"),
    [
        (place("shop", closed_kind="cinema"), True),
        (place("shop", closed_kind="tutoring"), True),
        (place("shop", closed_kind="none"), False),
        (place("shop"), False),
        (place("factory"), False),
    ],
)
def test_the_negative_list_closes_what_stands_on_it(told: Told, closed: bool) -> None:
    pack = PACKS["epidemic"]
    assert pack.is_closed(facts_for(pack, told)) is closed


@pytest.mark.parametrize("campaign", PACKS)
def test_a_pack_brings_its_own_facts_or_shares_those_of_all(campaign: str) -> None:
    text = shipped(campaign)
    own, _, _ = text.partition("\n# The facts that all campaigns share")
    assert "[[fact]]" not in own
    assert load(whole(own)) == load(whole(text)) == PACKS[campaign]
    assert whole(text) is text
