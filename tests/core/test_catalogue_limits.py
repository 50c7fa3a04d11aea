"""Limits: what changes for a place when one answer crosses one, typed out from the catalogue."""

import pytest

from tests.core.by_hand import (
    BLASTING,
    CLOTHES,
    COAL_MINE,
    FLATS,
    GARMENTS,
    LABOUR,
    LONG_STOPPED,
    NOODLES,
    STREET,
)
from tests.core.places import Told, changes, codes, place

EP, PH, DR, SR = "epidemic", "post_holiday", "disaster_recovery", "shutdown_rectification"
FACTORY, SITE, ROAD = place("factory"), place("site"), place("road")
SHOP, MARKET = place("shop"), place("market")
FLOOD, QUAKE = {"disaster_kind": ["flood"]}, {"disaster_kind": ["earthquake"]}
OTHER_HAZARDS = ["dust", "hot_work", "high_work", "lifting", "electrician", "machines"]
DAY, STOP = "planned_reopen_date", "stop_date"
GENERAL_ONLY = "103 104 123 135 141 154 155 211 212 213 214 216 218"

# Campaign, place, what is different, codes that come, codes that go.
Change = tuple[str, Told, Told, str, str]
PEOPLE: list[Change] = [
    (EP, FACTORY, {"headcount": 50}, "", ""),
    (EP, FACTORY, {"headcount": 51}, "109 144 156 158", ""),
    (EP, FACTORY | {"headcount": 51}, {"headcount": 100}, "", ""),
    (EP, FACTORY | {"headcount": 100}, {"headcount": 101}, "102 124 125 133 142 143 146", ""),
    (EP, FACTORY | {"headcount": 101}, {"local_risk_level": "medium"}, "162", ""),
    (EP, FACTORY | {"headcount": 101}, {"local_risk_level": "high"}, "162", ""),
    (EP, FACTORY | {"headcount": 100}, {"local_risk_level": "high"}, "", ""),
    (EP, CLOTHES, {"headcount": 31}, "", ""),
    (EP, CLOTHES, {"headcount": 30}, "", "137"),
    (EP, CLOTHES, {"headcount": 51}, "103 104 109 141 144 156 158", "105"),
    (EP, MARKET, {"headcount": 51}, "109 144", ""),
    (EP, ROAD, {"headcount": 30}, "", ""),
    (EP, ROAD, {"headcount": 31}, "231", ""),
    (EP, LABOUR, {"headcount": 50}, "", ""),
    (EP, LABOUR, {"headcount": 51}, "109 144 156 158", ""),
    (EP, LABOUR | {"headcount": 199}, {"headcount": 200}, "", ""),
    (EP, LABOUR | {"headcount": 200}, {"headcount": 201}, "", ""),
    (PH, FACTORY | {"headcount": 50}, {"headcount": 51}, "103 116", ""),
    (PH, FACTORY | {"headcount": 100}, {"headcount": 101}, "107 112", "113"),
    (PH, SHOP | {"headcount": 50}, {"headcount": 51}, "101 102 103 105 116", ""),
    (PH, SITE | {"headcount": 50}, {"headcount": 51}, "103", ""),
    (PH, LABOUR, {"headcount": 51}, "103 116", ""),
    (DR, FACTORY, {"headcount": 50}, "", ""),
    (DR, FACTORY, {"headcount": 51}, "154 155", ""),
    (DR, MARKET, {"headcount": 51}, "154", ""),
]
DAYS: list[Change] = [
    (EP, GARMENTS, {DAY: "2020-04-06"}, "181 182", ""),
    (EP, GARMENTS, {"local_risk_level": "medium"}, "181 182", ""),
    (EP, GARMENTS, {"local_risk_level": "high"}, "181 182", ""),
    (EP, GARMENTS, {"has_dorm": False}, "", "133 183 184 185"),
    (EP, GARMENTS, {"check_date": "2020-04-06"}, "181 182", ""),
    (EP, NOODLES, {DAY: "2020-03-19"}, "", ""),
    (EP, NOODLES, {DAY: "2020-03-20"}, "245", "244"),
    (EP, NOODLES, {DAY: "2020-03-21"}, "245", "244"),
    (EP, SHOP, {DAY: "2020-03-21"}, "", ""),
    (PH, FACTORY, {STOP: "2020-02-17"}, "", ""),
    (PH, FACTORY, {STOP: "2020-02-18"}, "", "131"),
    (PH, COAL_MINE, {STOP: "2020-01-25"}, "", ""),
    (PH, COAL_MINE, {STOP: "2020-01-26"}, "232", "231"),
    (PH, COAL_MINE, {"hazard_industry": "none"}, "113", "112 114 231"),
    (PH, COAL_MINE, {"hazard_industry": "other_mine"}, "233", "231"),
    (PH, LONG_STOPPED, {STOP: "2019-02-24"}, "", ""),
    (PH, LONG_STOPPED, {STOP: "2019-02-25"}, "", "212"),
    (PH, LABOUR, {STOP: "2019-01-20"}, "", ""),
]
ROLES: list[Change] = [
    (EP, SITE, {"site_role": "specialist_sub"}, "", GENERAL_ONLY),
    (EP, SITE, {"site_role": "labour_sub"}, "", GENERAL_ONLY),
    (EP, STREET, {"site_role": "labour_sub"}, "", "103 104 123 141 154 155 211 213 214 216 218"),
    (EP, FLATS, {"floor_area_m2": 10_000}, "", ""),
    (EP, FLATS, {"floor_area_m2": 50_000}, "", ""),
    (EP, STREET, {"road_plants": []}, "", "135 232"),
    (EP, STREET, {"road_plants": ["fuel"]}, "", "232"),
    (EP, STREET, {"works_on_open_road": False}, "", "233"),
    (PH, SITE, {"site_role": "labour_sub"}, "", "101 102 105 116 141 142 151 152 201 202 211 213"),
    (PH, BLASTING, {"dangerous_works": ["slope", "tunnel"]}, "", "227"),
    (
        PH,
        BLASTING,
        {"has_contractors": True, "hazards": ["lifting"]},
        "115 162",
        "122 161 163 164 165 166",
    ),
]
TOGETHER: list[Change] = [
    (EP, FACTORY | {"headcount": 50}, {"has_canteen": True}, "171 173 174 175", ""),
    (EP, FACTORY | {"headcount": 51}, {"has_canteen": True}, "171 172 173 174 175", ""),
    (EP, ROAD | {"has_canteen": True}, {"has_dorm": True}, "133 135 181 182 183 184 185", ""),
    (
        PH,
        FACTORY,
        {"hazard_industry": "hazmat", "hazards": ["hazchem"]},
        "112 114 122 176 177 178",
        "113",
    ),
    (PH, FACTORY, {"hazard_industry": "metal_smelting"}, "112 114", "113"),
    (PH, FACTORY, {"hazard_industry": "construction"}, "112 114", "113"),
    (
        PH,
        FACTORY | {"hazard_industry": "hazmat"},
        {"hazards": ["dust", "machines"]},
        "132 133 171 172",
        "",
    ),
    (
        PH,
        FACTORY | {"hazard_industry": "hazmat"},
        {"hazards": ["molten_metal", "lifting"]},
        "162 173 174",
        "",
    ),
    (
        PH,
        FACTORY | {"hazard_industry": "hazmat"},
        {"hazards": ["ammonia", "hot_work"]},
        "122 161 175",
        "",
    ),
    (
        PH,
        FACTORY | {"hazard_industry": "hazmat"},
        {"hazards": ["electrician", "high_work"]},
        "122 163",
        "",
    ),
    (
        PH,
        FACTORY | {"hazard_industry": "hazmat"},
        {"hazards": ["confined_space"]},
        "164 165 166",
        "",
    ),
    (PH, FACTORY | {"headcount": 101}, {"hazard_industry": "construction"}, "114", ""),
    (DR, FACTORY | {"hazards": ["hazchem"]}, FLOOD, "107 108 117 141", ""),
    (DR, FACTORY | {"hazards": ["hazchem"]}, {"disaster_kind": ["typhoon"]}, "106 113", ""),
    (
        DR,
        FACTORY | {"hazards": ["molten_metal"]},
        {"disaster_kind": ["typhoon"]},
        "106 113 118",
        "",
    ),
    (DR, FACTORY | QUAKE, {"building_tag": "usable"}, "", ""),
    (DR, FACTORY | QUAKE, {"building_tag": "suspended"}, "104", "103"),
    (DR, FACTORY | QUAKE, {"building_tag": "stopped"}, "105", "103"),
    (DR, FACTORY | {"hazards": ["hazchem", "molten_metal"]}, QUAKE, "103 113", ""),
    (DR, FACTORY | {"headcount": 50}, FLOOD, "107 108 141", ""),
    (DR, FACTORY | {"headcount": 51}, FLOOD, "107 108 141 153", ""),
    (DR, MARKET | {"headcount": 50}, FLOOD, "107 108 141", ""),
    (DR, SITE, QUAKE, "103 113", ""),
    (DR, FACTORY | FLOOD, {"hazards": OTHER_HAZARDS}, "", ""),
    (DR, FACTORY | FLOOD, {"hazards": ["ammonia", "confined_space"]}, "109 119", ""),
    (DR, FACTORY | FLOOD, {"hazards": ["molten_metal"]}, "118", ""),
    *(
        (SR, place(one), {"major_hazard": True, "listed_supervision": True}, "103 104", "")
        for one in ("factory", "site", "road", "shop", "market")
    ),
]


@pytest.mark.parametrize(
    ("campaign", "told", "different", "come", "go"), PEOPLE + DAYS + ROLES + TOGETHER
)
def test_what_one_answer_changes(
    campaign: str, told: Told, different: Told, come: str, go: str
) -> None:
    assert changes(campaign, told, different) == (codes(campaign, come), codes(campaign, go))
