"""The shipped catalogue yields the lists and numbers of the eight profiles and four scenarios."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.core.places import PACKS, PROFILES, SCENARIOS, Told, facts_for, listed

# Which campaign's pack computes a number.
COMPUTED_BY = {
    "masks": "epidemic",
    "disinfectant": "epidemic",
    "isolation_rooms": "epidemic",
    "site_officers": "epidemic",
}


def lists() -> Iterator[tuple[str, Told, str, str, str]]:
    for name, profile in PROFILES.items():
        for campaign, phases in profile["expected"].items():
            for phase, expected in phases.items():
                yield name, profile["facts"], campaign, phase, expected
    for name, scenario in SCENARIOS.items():
        told = PROFILES[scenario["base"]]["facts"] | scenario["overrides"]
        for phase, expected in scenario["expected"].items():
            yield name, told, scenario["campaign"], phase, expected


LISTS = list(lists())


@pytest.mark.parametrize(
    ("name", "told", "campaign", "phase", "expected"),
    LISTS,
    ids=[f"{name}-{campaign}-{phase}" for name, _, campaign, phase, _ in LISTS],
)
def test_a_profile_has_its_list(
    name: str, told: Told, campaign: str, phase: str, expected: str
) -> None:
    assert listed(campaign, told, phase) == (expected.split(), [])


def test_no_profile_is_passed_over() -> None:
    assert list(PROFILES) == ["P01", "P02", "P04", "P05", "P07", "P08", "P09", "P11"]
    assert list(SCENARIOS) == ["D1", "D3", "D4", "S2"]
    assert len(LISTS) == 8 * 2 * 3 + 4 * 2


@pytest.mark.parametrize(
    ("name", "key"),
    [(name, key) for name, one in PROFILES.items() for key in one["quantities"]],
)
def test_a_profile_needs_its_numbers(name: str, key: str) -> None:
    pack, profile = PACKS[COMPUTED_BY[key]], PROFILES[name]
    quantity = pack.quantity(key, facts_for(pack, profile["facts"]))
    assert quantity is not None
    assert quantity.needed == Decimal(profile["quantities"][key])


@pytest.mark.parametrize("name", PROFILES)
def test_only_some_numbers_are_given_for_each_class(name: str) -> None:
    pack, profile = PACKS["epidemic"], PROFILES[name]
    officers = pack.quantity("site_officers", facts_for(pack, profile["facts"]))
    assert (officers is not None) is ("site_officers" in profile["quantities"])
