"""Lists of the other phases, and of places that have not told everything yet."""

import pytest

from tests.core.by_hand import (
    BARBECUE,
    BLASTING,
    BLOWN,
    CHEMICALS,
    CLOTHES,
    FLATS,
    JOINERY,
    LABOUR,
    MASK_MAKER,
    ORDERED_MINE,
    POULTRY,
    SHAKEN,
)
from tests.core.places import PACKS, PREFIXES, Told, changes, codes, listed, place
from workflow.core.requirements import Phase

EP, PH, DR, SR = "epidemic", "post_holiday", "disaster_recovery", "shutdown_rectification"
CAMP = LABOUR | {"headcount": 51, "has_dorm": True, "has_canteen": True}

LATER = [
    (EP, "daily", place("factory"), "301 302 303 304"),
    (EP, "daily", CAMP, "301 302 303 304 306 307 308"),
    (EP, "daily", MASK_MAKER, "301 302 303 304 306 307 309 310 311"),
    (EP, "daily", POULTRY, "301 302 303 304 313 314"),
    (EP, "daily", CLOTHES | {"headcount": 51}, "301 302 303 304 313"),
    (EP, "weekly", place("factory"), "401 402 404 407"),
    (EP, "weekly", FLATS, "408 401 402 404 405 407"),
    (EP, "weekly", CAMP, "408 401 402 406 407"),
    (EP, "weekly", MASK_MAKER, "401 402 403 404 405 406 407"),
    (EP, "weekly", CLOTHES, "401 402"),
    (EP, "weekly", CLOTHES | {"headcount": 51}, "401 402 404"),
    (EP, "incident", CLOTHES, "501 502 503 504 505 506 507"),
    (PH, "daily", JOINERY, "301 303 305 306 307"),
    (PH, "daily", BLASTING, "301 302 303 304 305 308 309"),
    (PH, "daily", LABOUR, "301 302 303 305 309"),
    (PH, "daily", BARBECUE, "303 305 306 311"),
    (PH, "daily", place("road", works_on_open_road=True), "301 303 304 305 309 310"),
    (PH, "weekly", JOINERY, "401 402 403 404 405"),
    (PH, "weekly", LABOUR, "401 402 405 406"),
    (PH, "incident", place("market"), "501 502 503"),
    (DR, "daily", place("factory"), "302 303"),
    (DR, "daily", SHAKEN, "302 303 304 305"),
    (DR, "daily", BLOWN, "301 302 303"),
    (DR, "daily", CHEMICALS, "301 302 303 306"),
    (DR, "weekly", CHEMICALS, "401 402"),
    (DR, "weekly", SHAKEN, "401"),
    (DR, "incident", SHAKEN, "501 502 503"),
    (SR, "daily", ORDERED_MINE, "301 302"),
    (SR, "weekly", ORDERED_MINE, "401 402"),
    (SR, "incident", ORDERED_MINE, "501"),
]


@pytest.mark.parametrize(("campaign", "phase", "told", "expected"), LATER)
def test_a_place_has_its_list_of_each_phase(
    campaign: str, phase: str, told: Told, expected: str
) -> None:
    assert listed(campaign, told, phase) == (codes(campaign, expected), [])


# Where a place has nothing: its classes, and what is still looked at.
FACTORY_SITE_ROAD, INDOORS = ("factory", "site", "road"), ("factory", "shop", "market")
EVERYWHERE = (*FACTORY_SITE_ROAD, "shop", "market")
ALWAYS = [
    (EP, "daily", EVERYWHERE, "301 302 303 304"),
    (EP, "weekly", ("site", "road"), "408 401 402 404 407"),
    (EP, "weekly", ("shop",), "401 402"),
    (EP, "weekly", ("market",), "401 402 404"),
    (EP, "incident", EVERYWHERE, "501 502 503 504 505 506 507"),
    (PH, "daily", ("factory",), "301 303 305 306"),
    (PH, "daily", ("site", "road"), "301 303 304 305 309"),
    (PH, "daily", ("shop", "market"), "303 305 306"),
    (PH, "weekly", INDOORS, "401 402 405"),
    (PH, "weekly", ("site", "road"), "401 402 405 406"),
    (PH, "incident", EVERYWHERE, "501 502 503"),
    (DR, "daily", EVERYWHERE, "302 303"),
    (DR, "weekly", EVERYWHERE, "401"),
    (DR, "incident", EVERYWHERE, "501 502 503"),
    (SR, "before", EVERYWHERE, "101 102 105 106 107 108 110"),
    (SR, "daily", EVERYWHERE, "301 302"),
    (SR, "weekly", EVERYWHERE, "401 402"),
    (SR, "incident", EVERYWHERE, "501"),
]


@pytest.mark.parametrize(("campaign", "phase", "classes", "expected"), ALWAYS)
def test_what_is_looked_at_where_there_is_nothing(
    campaign: str, phase: str, classes: tuple[str, ...], expected: str
) -> None:
    for place_class in classes:
        told = place(place_class)
        assert listed(campaign, told, phase) == (codes(campaign, expected), [])


# Campaign, phase, class, the one thing it has, what that adds.
MORE = [
    (EP, "daily", "factory", {"headcount": 50}, ""),
    (EP, "daily", "road", {"headcount": 51}, "306"),
    (EP, "daily", "market", {"headcount": 51}, ""),
    (EP, "daily", "site", {"shuttle_bus_count": 1}, "309"),
    (EP, "daily", "shop", {"outside_staff_count": 1}, "310"),
    (EP, "daily", "market", {"severe_area_staff_count": 1}, "311"),
    (EP, "daily", "shop", {"receives_public": True}, "313"),
    (EP, "daily", "market", {"receives_public": True}, "313 314"),
    (EP, "weekly", "market", {"central_ac": True}, "403"),
    (EP, "weekly", "shop", {"gate_count": 2}, "405"),
    (PH, "daily", "shop", {"headcount": 50}, ""),
    (PH, "daily", "market", {"headcount": 51}, "304"),
    (PH, "daily", "factory", {"hazards": ["hot_work"]}, "302"),
    (PH, "daily", "factory", {"hazards": ["confined_space", "high_work"]}, "302"),
    (PH, "daily", "site", {"hazards": ["confined_space"]}, "302"),
    (PH, "daily", "road", {"hazards": ["high_work"]}, "302"),
    (PH, "daily", "factory", {"hazards": ["lifting"]}, "302"),
    (PH, "daily", "factory", {"hazards": ["dust", "ammonia", "hazchem", "electrician"]}, ""),
    (PH, "daily", "factory", {"hazards": ["molten_metal"]}, ""),
    (PH, "daily", "factory", {"hazards": ["machines"]}, "307"),
    (PH, "daily", "site", {"dangerous_works": ["tunnel"]}, "308"),
    (PH, "daily", "market", {"uses_gas": True}, "311"),
    (PH, "daily", "factory", {"uses_gas": True}, ""),
    (PH, "weekly", "road", {"special_equipment": ["crane"]}, "403"),
    (PH, "weekly", "factory", {"hazards": ["dust"]}, "404"),
    (PH, "weekly", "factory", {"hazards": ["molten_metal", "machines", "hazchem"]}, ""),
    (PH, "weekly", "factory", {"hazards": ["ammonia", "confined_space", "lifting"]}, ""),
    (PH, "weekly", "factory", {"hazards": ["high_work", "hot_work", "electrician"]}, ""),
    (DR, "daily", "market", {"disaster_kind": ["flood"]}, "301 306"),
    (DR, "daily", "site", {"disaster_kind": ["typhoon"]}, "301"),
    (DR, "daily", "factory", {"disaster_kind": ["earthquake"]}, "305"),
    (DR, "daily", "market", {"building_tag": "stopped"}, "304"),
    (DR, "daily", "road", {"building_tag": "suspended"}, "304"),
    (DR, "daily", "road", {"building_tag": "usable"}, ""),
    (DR, "weekly", "market", {"own_water_supply": True}, "402"),
]


@pytest.mark.parametrize(("campaign", "phase", "place_class", "has", "come"), MORE)
def test_what_one_answer_adds_to_a_later_phase(
    campaign: str, phase: str, place_class: str, has: Told, come: str
) -> None:
    found = changes(campaign, place(place_class), has, phase)
    assert found == (codes(campaign, come), [])


# What a place told; what holds for certain; what may hold.
HALF_TOLD = [
    (
        EP,
        {"class": "shop", "headcount": 60},
        "101 103 104 106 109 111 121 122 123 141 144 151 154 155 156 158 163",
        "108 113 114 115 116 117 126 131 132 134 136 137 152 153 157 161 171 172 173 174 175"
        " 181 182 183 184 185 191 192 204 243 244 245",
    ),
    (
        EP,
        {"class": "site", "site_role": "general", "headcount": 30, "has_dorm": False},
        "101 103 104 106 111 121 122 123 135 141 154 155 163 203 211 212 213 214 215 216 218",
        "108 113 114 115 116 117 126 131 132 134 145 151 152 153 171 173 174 175 191 192"
        " 202 204 209 217 219 220 221 222",
    ),
    (
        PH,
        {"class": "factory", "headcount": 30, "hazards": []},
        "101 102 104 105 106 111 141 142 151 152",
        "112 113 114 115 121 123 131 134 135 143 153 154 181 182 231 232 233",
    ),
    (
        DR,
        {"class": "market", "headcount": 51},
        "102 120 121 152 154 156",
        "101 103 104 105 106 107 108 109 110 111 112 113 114 115 141 142 143 144 153",
    ),
    (SR, {"class": "road"}, "101 102 105 106 107 108 110", "103 104"),
    (SR, {"class": "road", "listed_supervision": False}, "101 102 105 106 107 108 110", "103"),
]


@pytest.mark.parametrize(("campaign", "told", "certain", "open_still"), HALF_TOLD)
def test_what_is_not_told_is_asked_and_drops_nothing(
    campaign: str, told: Told, certain: str, open_still: str
) -> None:
    expected = codes(campaign, certain), codes(campaign, open_still)
    assert listed(campaign, told) == expected


@pytest.mark.parametrize("campaign", PREFIXES)
@pytest.mark.parametrize("phase", [phase.value for phase in Phase])
def test_while_the_class_is_unknown_everything_may_hold(campaign: str, phase: str) -> None:
    everything = [one.code for one in PACKS[campaign].requirements if one.phase.value == phase]
    assert listed(campaign, {"headcount": 12}, phase) == ([], everything)
