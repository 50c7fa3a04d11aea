"""Catalogue packs: lists written by hand for known places, the numbers and the words."""

import tomllib
from datetime import date

import pytest

from tests.packs import TEN
from workflow.catalogue.loading import load
from workflow.core.facts import CLASS, Facts, contradictions
from workflow.core.requirements import Held
from workflow.core.terms import Leaf, Not

TEXT = TEN
PACK = load(TEXT)
FILING = PACK.filings[0]
NO_HAZARDS, HOT_WORK = frozenset(), frozenset({"hot_work"})
MACHINES = frozenset({"machines"})
EVERYONE = {"EP-101", "EP-106", "EP-111", "EP-121"}
PLAN = {"EP-103", "EP-104", "EP-141"}

# Facts of a place; what it must have for certain; what it may have to.
PROFILES = [
    ({CLASS: "factory", "hazards": NO_HAZARDS}, EVERYONE | PLAN | {"EP-123", "EP-151"}, set()),
    ({CLASS: "factory", "hazards": MACHINES}, EVERYONE | PLAN | {"EP-123", "EP-151"}, set()),
    (
        {CLASS: "factory", "hazards": HOT_WORK},
        EVERYONE | PLAN | {"EP-123", "EP-151", "EP-202"},
        set(),
    ),
    (
        {CLASS: "factory", "hazards": MACHINES | HOT_WORK},
        EVERYONE | PLAN | {"EP-123", "EP-151", "EP-202"},
        set(),
    ),
    ({CLASS: "factory"}, EVERYONE | PLAN | {"EP-123", "EP-151"}, {"EP-202"}),
    ({CLASS: "shop", "headcount": 50}, EVERYONE | {"EP-123", "EP-151"}, set()),
    ({CLASS: "shop", "headcount": 51}, EVERYONE | PLAN | {"EP-123", "EP-151"}, set()),
    ({CLASS: "shop"}, EVERYONE | {"EP-123", "EP-151"}, PLAN),
    (
        {CLASS: "shop", "headcount": 1, "hazards": HOT_WORK},
        EVERYONE | {"EP-123", "EP-151"},
        set(),
    ),
    ({CLASS: "market", "headcount": 1}, EVERYONE | PLAN | {"EP-123", "EP-151"}, set()),
    (
        {CLASS: "site", "site_role": "general", "hazards": HOT_WORK, "has_dorm": True},
        EVERYONE | PLAN | {"EP-123", "EP-151", "EP-202"},
        set(),
    ),
    (
        {CLASS: "site", "site_role": "labour_sub", "hazards": NO_HAZARDS, "has_dorm": True},
        EVERYONE | {"EP-151"},
        set(),
    ),
    (
        {
            CLASS: "site",
            "site_role": "specialist_sub",
            "hazards": HOT_WORK,
            "has_dorm": False,
            "has_canteen": False,
        },
        EVERYONE | {"EP-202"},
        set(),
    ),
    (
        {
            CLASS: "road",
            "site_role": "general",
            "headcount": 12,
            "hazards": MACHINES,
            "has_dorm": False,
            "has_canteen": True,
        },
        EVERYONE | PLAN | {"EP-123", "EP-151"},
        set(),
    ),
    (
        {CLASS: "road", "headcount": 51, "hazards": NO_HAZARDS, "has_dorm": False},
        EVERYONE,
        PLAN | {"EP-123", "EP-151"},
    ),
    ({CLASS: "site"}, EVERYONE, PLAN | {"EP-123", "EP-151", "EP-202"}),
]


@pytest.mark.parametrize(("facts", "certain", "uncertain"), PROFILES)
def test_the_list_of_a_known_place(facts: Facts, certain: set[str], uncertain: set[str]) -> None:
    held = PACK.held(facts)
    assert {one.code for one in held if one.certain} == certain
    assert {one.code for one in held if not one.certain} == uncertain


@pytest.mark.parametrize(
    ("place_class", "needed"),
    [("factory", 700), ("shop", 700), ("market", 700), ("site", 2800), ("road", 2800)],
)
def test_masks_for_a_hundred_people(place_class: str, needed: int) -> None:
    facts = {CLASS: place_class, "first_batch_count": 100, "stock_masks": 699}
    quantity = PACK.quantity("masks", facts)
    assert (quantity.needed, quantity.has, quantity.unit) == (needed, 699, "只")
    assert quantity.short_by == needed - 699


def test_the_sum_of_masks_is_explained() -> None:
    facts = {CLASS: "site", "first_batch_count": 30}
    quantity = PACK.quantity("masks", facts)
    assert quantity.sum_in_words == "首批 30 人 × 每人每天 2 只 × 14 天"
    assert (quantity.needed, quantity.has, quantity.short_by) == (840, None, 0)


def test_enough_is_not_short_by_less_than_nothing() -> None:
    facts = {CLASS: "factory", "first_batch_count": 1, "stock_masks": 9}
    assert PACK.quantity("masks", facts).short_by == 0


def test_no_number_is_computed_from_what_is_untold() -> None:
    assert PACK.quantity("masks", {CLASS: "factory"}) is None
    assert PACK.quantity("", {CLASS: "factory", "first_batch_count": 1}) is None


@pytest.mark.parametrize(
    ("first", "total", "found"),
    [
        (186, 212, ()),
        (212, 212, ()),
        (213, 212, ("first_batch_count",)),
        (None, 212, ()),
        (1, None, ()),
    ],
)
def test_more_people_back_than_there_are_is_a_contradiction(
    first: int | None, total: int | None, found: tuple[str, ...]
) -> None:
    told = {"first_batch_count": first, "headcount": total}
    assert contradictions({key: n for key, n in told.items() if n is not None}) == found


def test_what_the_filing_asks_is_missing_until_told() -> None:
    asked = ("planned_reopen_date", "headcount", "first_batch_count", "stock_masks", "hazards")
    assert PACK.missing(FILING, {CLASS: "factory"}) == asked
    told = {"planned_reopen_date": date(2026, 11, 30), "headcount": 0, "hazards": frozenset()}
    assert PACK.missing(FILING, {CLASS: "factory", **told}) == ("first_batch_count", "stock_masks")


def why(code: str, facts: Facts) -> tuple[str, ...]:
    held = next(one for one in PACK.held(facts) if one.code == code)
    return PACK.because(held, facts)


@pytest.mark.parametrize(
    ("code", "facts", "words"),
    [
        ("EP-101", {CLASS: "factory"}, ("工业企业都要",)),
        ("EP-103", {CLASS: "factory"}, ("工业企业",)),
        (
            "EP-103",
            {CLASS: "shop", "headcount": 51},
            ("商贸服务（含个体工商户）", "从业人员数 51 人，满 51 人"),
        ),
        ("EP-103", {CLASS: "shop"}, ("还没填“从业人员数”",)),
        ("EP-151", {CLASS: "road", "has_dorm": True}, ("有集体宿舍",)),
        (
            "EP-202",
            {CLASS: "site", "hazards": frozenset({"hot_work", "machines", "electrician"})},
            ("有动火（焊接、切割）、电工作业",),
        ),
    ],
)
def test_a_requirement_says_why(code: str, facts: Facts, words: tuple[str, ...]) -> None:
    assert why(code, facts) == words


@pytest.mark.parametrize(
    ("leaf", "facts", "words"),
    [
        (Leaf("headcount", "at_least", 51), {"headcount": 50}, "从业人员数 50 人，不满 51 人"),
        (Leaf("headcount", "at_most", 50), {"headcount": 51}, "从业人员数 51 人，超过 50 人"),
        (Leaf("headcount", "at_most", 50), {"headcount": 50}, "从业人员数 50 人，不超过 50 人"),
        (Leaf("hazards", "in", ("lifting",)), {"hazards": HOT_WORK}, "没有吊装"),
        (Leaf("has_dorm", "is", True), {"has_dorm": False}, "没有集体宿舍"),
    ],
)
def test_a_reason_never_says_what_is_not_so(leaf: Leaf, facts: Facts, words: str) -> None:
    held = Held(PACK.requirements[0], certain=True, because=Not(leaf).deciders(facts))
    assert PACK.because(held, facts) == (words,)


def test_the_shipped_pack_says_what_it_is() -> None:
    assert (PACK.campaign, PACK.version) == ("epidemic", tomllib.loads(TEXT)["version"])
    assert [one.title for one in FILING.sections] == ["复工安排", "防控物资", "复工安全"]


def test_the_class_is_known_and_never_asked() -> None:
    for section in FILING.sections:
        assert CLASS not in {fact.key for fact in PACK.asked(section, {CLASS: "factory"})}


def test_a_section_asks_only_what_concerns_the_class() -> None:
    asked = 'facts = ["hazards"]'
    text = TEXT.replace(asked, 'facts = ["class", "hazards", "site_role"]')
    pack = load(text)
    safety = pack.filings[0].sections[-1]
    assert [fact.key for fact in pack.asked(safety, {CLASS: "site"})] == ["hazards", "site_role"]
    assert [fact.key for fact in pack.asked(safety, {CLASS: "shop"})] == ["hazards"]
