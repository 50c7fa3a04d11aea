"""The computed numbers: what is enough for a place, at and around every limit."""

from decimal import Decimal

import pytest

from tests.core.by_hand import BRIDGE, FLATS, GARMENTS, LABOUR, STREET
from tests.core.places import PACKS, Told, facts_for, place
from workflow.core.formulas import FORMULAS, NEEDED
from workflow.core.quantities import Parameter, Quantity

EP, PH, DR = "epidemic", "post_holiday", "disaster_recovery"
ANYONE = "设了安全管理机构的也可以"
EITHER = "配专职或者兼职都可以"
FACTORY = place("factory")


def first(place_class: str, people: int, **different: object) -> Told:
    return place(place_class, first_batch_count=people, **different)


def dorm(people: int, rooms: int, area: float) -> Told:
    return GARMENTS | {"dorm_residents": people, "dorm_rooms": rooms, "dorm_area_m2": area}


# Campaign, number, place: how many are needed, in which unit, and the sum in words.
SUMS = [
    (EP, "masks", first("factory", 100), 700, "只", "首批 100 人 × 每人每天 1 只 × 7 天"),
    (EP, "masks", first("shop", 1), 7, "只", "首批 1 人 × 每人每天 1 只 × 7 天"),
    (EP, "masks", first("market", 30), 210, "只", "首批 30 人 × 每人每天 1 只 × 7 天"),
    (EP, "masks", first("site", 100), 2800, "只", "首批 100 人 × 每人每天 2 只 × 14 天"),
    (EP, "masks", first("road", 90), 2520, "只", "首批 90 人 × 每人每天 2 只 × 14 天"),
    (
        EP,
        "disinfectant",
        first("factory", 35),
        5,
        "升",
        "首批 35 人 × 每人每天 0.02 升 × 7 天，不足 5 升的按 5 升",
    ),
    (EP, "disinfectant", first("factory", 36), 5, "升", "首批 36 人 × 每人每天 0.02 升 × 7 天"),
    (EP, "disinfectant", first("shop", 37), "5.2", "升", "首批 37 人 × 每人每天 0.02 升 × 7 天"),
    (EP, "disinfectant", first("site", 101), "14.1", "升", "首批 101 人 × 每人每天 0.02 升 × 7 天"),
    (EP, "isolation_rooms", FACTORY, 1, "间", "从业人员 20 人，每 300 人一间，不足的按一间"),
    *(
        (EP, "isolation_rooms", place("factory", headcount=people), rooms, "间", words)
        for people, rooms, words in (
            (300, 1, "从业人员 300 人，每 300 人一间，不足的按一间"),
            (301, 2, "从业人员 301 人，每 300 人一间，不足的按一间"),
            (600, 2, "从业人员 600 人，每 300 人一间，不足的按一间"),
            (1200, 4, "从业人员 1200 人，每 300 人一间，不足的按一间"),
        )
    ),
    (
        EP,
        "thermometers",
        place("shop", gate_count=3),
        1,
        "支",
        "每个保留的出入口 1 支；保留几个，由专员到现场看",
    ),
    (EP, "dorm_people", dorm(24, 4, 60), 6, "人", "每间最多；宿舍 24 人住 4 间，平均下来取整"),
    (EP, "dorm_area", dorm(24, 4, 60), "2.5", "平方米", "每人至少；宿舍 60 平方米住 24 人"),
    (EP, "dorm_area", dorm(24, 4, 59.5), "2.5", "平方米", "每人至少；宿舍 59.5 平方米住 24 人"),
    (
        EP,
        "shift_share",
        place("factory", headcount=101),
        101,
        "人",
        "单班最多；镇里没有另定比例",
    ),
    (EP, "shuttle_share", FACTORY, 50, "%", "占核定载客的比例"),
    (DR, "insulation", FACTORY, "0.5", "兆欧", "低压线路，用兆欧表测"),
    *(
        (PH, "safety_organisation", place(place_class, **told), needed, "人", words)
        for place_class, told, needed, words in (
            ("factory", {"headcount": 100}, 0, f"从业人员 100 人，不超过 100 人，{EITHER}"),
            ("factory", {"headcount": 101}, 1, f"从业人员 101 人，超过 100 人；{ANYONE}"),
            ("shop", {"headcount": 1}, 0, f"从业人员 1 人，不超过 100 人，{EITHER}"),
            ("factory", {"hazard_industry": "coal_mine"}, 1, f"高危行业，不论人数；{ANYONE}"),
            ("market", {"hazard_industry": "hazmat"}, 1, f"高危行业，不论人数；{ANYONE}"),
        )
    ),
    *(
        (campaign, "site_officers", FLATS | {"floor_area_m2": area}, officers, "人", words)
        for campaign in (EP, PH)
        for area, officers, words in (
            (9_999, 1, "建筑面积 9999 平方米"),
            (9_999.9, 1, "建筑面积 9999.9 平方米"),
            (10_000, 2, "建筑面积 10000 平方米"),
            (49_999, 2, "建筑面积 49999 平方米"),
            (50_000, 3, "建筑面积 50000 平方米"),
            (500_000, 3, "建筑面积 500000 平方米"),
        )
    ),
    *(
        (EP, "site_officers", STREET | {"contract_price_wan": price}, officers, "人", words)
        for price, officers, words in (
            (4_999, 1, "合同价 4999 万元"),
            (5_000, 2, "合同价 5000 万元"),
            (9_999, 2, "合同价 9999 万元"),
            (10_000, 3, "合同价 10000 万元"),
        )
    ),
    *(
        (EP, "site_officers", LABOUR | {"headcount": people}, officers, "人", words)
        for people, officers, words in (
            (49, 1, "劳务分包 49 人"),
            (50, 2, "劳务分包 50 人"),
            (199, 2, "劳务分包 199 人"),
            (200, 3, "劳务分包 200 人，并不少于总人数的千分之五"),
            (201, 3, "劳务分包 201 人，并不少于总人数的千分之五"),
            (600, 3, "劳务分包 600 人，并不少于总人数的千分之五"),
            (601, 4, "劳务分包 601 人，并不少于总人数的千分之五"),
            (1000, 5, "劳务分包 1000 人，并不少于总人数的千分之五"),
        )
    ),
    (EP, "site_officers", BRIDGE, 1, "人", "专业承包至少 1 人，按工程量和危险程度增加"),
]


@pytest.mark.parametrize(("campaign", "key", "told", "needed", "unit", "words"), SUMS)
def test_what_is_enough_for_a_place(
    campaign: str, key: str, told: Told, needed: int | str, unit: str, words: str
) -> None:
    quantity = number(campaign, key, told)
    assert (quantity.needed, quantity.unit) == (Decimal(needed), unit)
    assert quantity.sum_in_words == words


def number(campaign: str, key: str, told: Told) -> Quantity:
    pack = PACKS[campaign]
    quantity = pack.quantity(key, facts_for(pack, told))
    assert quantity is not None
    return quantity


def test_every_formula_is_tried() -> None:
    assert {key for _, key, *_ in SUMS} == set(FORMULAS)


# What the place has, and how many are lacking or too many.
SHORT = [
    (EP, "masks", first("factory", 100, stock_masks=699), 699, 1),
    (EP, "masks", first("factory", 100, stock_masks=700), 700, 0),
    (EP, "masks", first("factory", 100, stock_masks=9000), 9000, 0),
    (EP, "disinfectant", first("factory", 101, stock_disinfectant_l=14), 14, "0.1"),
    (EP, "disinfectant", first("factory", 10, stock_disinfectant_l=4.5), "4.5", "0.5"),
    (EP, "isolation_rooms", place("factory", headcount=301, isolation_rooms=1), 1, 1),
    (EP, "thermometers", place("shop"), 0, 1),
    (EP, "dorm_people", dorm(24, 4, 60), 6, 0),
    (EP, "dorm_people", dorm(25, 4, 60), 7, 1),
    (EP, "dorm_people", dorm(4, 4, 60), 1, 0),
    (EP, "dorm_area", dorm(24, 4, 60), "2.5", 0),
    (EP, "dorm_area", dorm(24, 4, 62), "2.5", 0),
    (EP, "dorm_area", dorm(24, 4, 59.9), "2.4", "0.1"),  # 2.496 is not 2.5
    (EP, "site_officers", FLATS | {"floor_area_m2": 50_000, "full_time_safety_officers": 2}, 2, 1),
    (EP, "site_officers", FLATS | {"floor_area_m2": 49_999, "full_time_safety_officers": 2}, 2, 0),
    (PH, "safety_organisation", place("factory", headcount=101), 0, 1),
    (PH, "safety_organisation", place("factory", headcount=100), 0, 0),
]


@pytest.mark.parametrize(("campaign", "key", "told", "has", "short_by"), SHORT)
def test_what_is_lacking_is_counted(
    campaign: str, key: str, told: Told, has: int | str, short_by: int | str
) -> None:
    quantity = number(campaign, key, told)
    assert (quantity.has, quantity.short_by) == (Decimal(has), Decimal(short_by))


@pytest.mark.parametrize(
    ("campaign", "key", "told"),
    [
        (EP, "masks", {"class": "factory", "headcount": 9}),
        (EP, "disinfectant", {"class": "factory", "headcount": 9}),
        (EP, "isolation_rooms", {"class": "factory", "first_batch_count": 9}),
        (EP, "shift_share", {"class": "factory"}),
        (EP, "dorm_people", {"class": "factory", "has_dorm": True, "dorm_residents": 9}),
        (EP, "dorm_people", {"class": "factory", "has_dorm": True, "dorm_rooms": 9}),
        (EP, "dorm_people", FACTORY),
        (EP, "dorm_people", dorm(9, 0, 9)),
        (EP, "dorm_area", {"class": "factory", "has_dorm": True, "dorm_residents": 9}),
        (EP, "dorm_area", dorm(0, 1, 9)),
        (EP, "site_officers", {"class": "site", "floor_area_m2": 9}),
        (EP, "site_officers", {"class": "site", "site_role": "general"}),
        (EP, "site_officers", {"class": "road", "site_role": "general", "headcount": 9}),
        (EP, "site_officers", {"class": "road", "site_role": "labour_sub"}),
        (EP, "site_officers", FACTORY),
        (PH, "safety_organisation", {"class": "factory", "headcount": 9}),
        (PH, "safety_organisation", {"class": "factory", "hazard_industry": "none"}),
    ],
)
def test_no_number_comes_of_what_is_untold(campaign: str, key: str, told: Told) -> None:
    pack = PACKS[campaign]
    assert pack.quantity(key, facts_for(pack, told)) is None


@pytest.mark.parametrize(
    ("key", "parameter", "value", "needed"),
    [
        ("shift_share", "share", Decimal("0.5"), 50),
        ("shuttle_share", "share", Decimal("0.75"), 75),
        ("shuttle_share", "share", 1, 100),
        ("isolation_rooms", "people_per_room", 50, 3),
        ("thermometers", "per_gate", 2, 2),
        ("insulation", "min_megohm", 1, 1),
        ("safety_organisation", "over", 101, 0),
    ],
)
def test_the_town_sets_the_numbers(
    key: str, parameter: str, value: int | Decimal, needed: int
) -> None:
    facts = {"class": "factory", "headcount": 101, "hazard_industry": "none"}
    local, everywhere = Parameter(7, {"factory": value}), Parameter(value, {"shop": 7})
    for one in (local, everywhere):
        quantity = FORMULAS[key](facts, {parameter: one})
        assert quantity is not None
        assert quantity.needed == needed


def test_the_words_name_the_limit_that_the_town_set() -> None:
    facts = {"class": "factory", "headcount": 101, "hazard_industry": "none"}
    quantity = FORMULAS["safety_organisation"](facts, {"over": Parameter(80, {})})
    assert quantity is not None
    assert quantity.sum_in_words.startswith("从业人员 101 人，超过 80 人；")


@pytest.mark.parametrize("campaign", PACKS)
def test_each_number_of_a_pack_has_its_formula_and_parameters(campaign: str) -> None:
    pack = PACKS[campaign]
    wanted = {one.quantity for one in pack.requirements if one.quantity}
    assert wanted <= set(FORMULAS)
    assert set(pack.quantities) == wanted & set(NEEDED)
    for key, parameters in pack.quantities.items():
        assert set(parameters) == NEEDED[key]
