"""Facts: told or absent, never in between."""

from datetime import date

import pytest
from hypothesis import given, settings

from tests.core.told import FACTS, SOME_FACTS
from workflow.core.facts import (
    CLASS,
    FactDefinition,
    FactKind,
    Facts,
    FactValue,
    completed,
    from_json,
    to_json,
)

BY_KEY = {fact.key: fact for fact in FACTS}


@settings(deadline=None, max_examples=100, derandomize=True)
@given(SOME_FACTS)
def test_facts_survive_the_way_through_json(facts: Facts) -> None:
    assert from_json(to_json(facts), FACTS) == facts


def test_json_holds_dates_in_iso_form_and_sets_as_sorted_lists() -> None:
    told = {"planned_reopen_date": date(2026, 11, 30), "hazards": frozenset({"lifting", "dust"})}
    plain = {"planned_reopen_date": "2026-11-30", "hazards": ["dust", "lifting"]}
    assert to_json(told) == plain


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("has_dorm", 1),
        ("has_dorm", "true"),
        ("headcount", True),
        ("headcount", "212"),
        ("headcount", 212.0),
        ("class", "bakery"),
        ("class", ["factory"]),
        ("hazards", "dust"),
        ("hazards", ["dust", "dragons"]),
        ("hazards", [["dust"]]),
        ("hazards", [None]),
        ("planned_reopen_date", "30.11.2026"),
        ("planned_reopen_date", "2026-02-30"),
        ("planned_reopen_date", 20261130),
        ("unheard_of", 1),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_name(key: str, value: object) -> None:
    with pytest.raises(ValueError, match=key):
        from_json({key: value}, FACTS)


def test_nothing_told_is_not_a_fact() -> None:
    assert from_json({"headcount": None}, FACTS) == {}


def one(kind: FactKind, *asked_of: str) -> FactDefinition:
    return FactDefinition("x", "x", kind, "x?", asked_of=frozenset(asked_of))


@pytest.mark.parametrize(
    ("kind", "nothing"),
    [
        (FactKind.BOOL, False),
        (FactKind.INT, 0),
        (FactKind.ENUM, ""),
        (FactKind.SET, frozenset()),
    ],
)
def test_what_is_never_asked_of_a_class_counts_as_nothing(
    kind: FactKind, nothing: FactValue
) -> None:
    assert completed({CLASS: "shop"}, [one(kind, "factory")]) == {CLASS: "shop", "x": nothing}


@pytest.mark.parametrize("kind", FactKind)
def test_what_is_asked_and_not_told_stays_unknown(kind: FactKind) -> None:
    assert completed({CLASS: "shop"}, [one(kind, "shop")]) == {CLASS: "shop"}


@pytest.mark.parametrize("kind", FactKind)
def test_nothing_is_supposed_while_the_class_is_unknown(kind: FactKind) -> None:
    assert completed({}, [one(kind, "factory")]) == {}


def test_a_date_never_asked_stays_unknown() -> None:
    assert completed({CLASS: "shop"}, [one(FactKind.DATE, "factory")]) == {CLASS: "shop"}


def test_a_fact_told_is_never_overwritten() -> None:
    told = {CLASS: "shop", "x": 5}
    assert completed(told, [one(FactKind.INT, "factory")]) == told


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("has_dorm", True, "有"),
        ("has_dorm", False, "没有"),
        ("headcount", 212, "212 人"),
        ("headcount", 0, "0 人"),
        ("class", "site", "建筑工地"),
        ("planned_reopen_date", date(2026, 2, 3), "2026年2月3日"),
        ("hazards", frozenset(), "都没有"),
        ("hazards", frozenset({"lifting", "hot_work"}), "动火（焊接、切割）、吊装"),
    ],
)
def test_a_value_is_written_as_a_person_would(key: str, value: FactValue, words: str) -> None:
    assert BY_KEY[key].words(value) == words
