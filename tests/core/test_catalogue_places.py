"""Whole lists, typed out from the catalogue's text for places unlike the eight profiles."""

import pytest

from tests.core.by_hand import (
    BARBECUE,
    BLASTING,
    BLOWN,
    BRIDGE,
    CHEMICALS,
    CLOTHES,
    COAL_MINE,
    COLD_STORE,
    FLATS,
    FLOODED,
    GARMENTS,
    JOINERY,
    LABOUR,
    LONG_STOPPED,
    MASK_MAKER,
    NOODLES,
    ORDERED_MINE,
    PIT,
    POULTRY,
    SHAKEN,
    SOLVENTS,
    STREET,
)
from tests.core.places import codes, listed, place

EP, PH, DR, SR = "epidemic", "post_holiday", "disaster_recovery", "shutdown_rectification"

BEFORE = {
    "a factory of twenty that has nothing": (
        (EP, place("factory")),
        "101 103 104 106 111 121 122 123 135 141 151 154 155 163 201 203",
    ),
    "a joinery of eighteen": (
        (EP, JOINERY),
        "101 103 104 106 111 121 122 123 135 141 151 154 155 163 201 203 204 205",
    ),
    "a noodle shop of thirty-one": (
        (EP, NOODLES),
        "101 105 106 111 121 122 123 131 132 136 137 151 154 155 161 163 173 174 175 244",
    ),
    "a market with live poultry": (
        (EP, POULTRY),
        "101 103 104 106 111 118 121 122 123 131 132 136 137 141 151 154 155 156 158 161 163"
        " 241 242 243",
    ),
    "a market not let yet": (
        (EP, place("market")),
        "101 103 104 106 111 121 122 123 141 151 154 155 156 158 163 241 242",
    ),
    "a store room of three": (
        (EP, place("shop", headcount=3)),
        "101 105 106 111 121 122 123 151 154 155 163",
    ),
    "a clothes shop of fifty": (
        (EP, CLOTHES),
        "101 105 106 111 121 122 123 136 137 151 154 155 161 163",
    ),
    "a clothes shop of fifty-one": (
        (EP, CLOTHES | {"headcount": 51}),
        "101 103 104 106 109 111 121 122 123 136 137 141 144 151 154 155 156 158 161 163",
    ),
    "a dormitory when its rule has ended": (
        (EP, GARMENTS),
        "101 103 104 106 109 111 116 121 122 123 133 135 141 144 151 154 155 156 158 163"
        " 183 184 185 201 203",
    ),
    "labour on a site, forty-nine": ((EP, LABOUR), "101 106 111 121 122 163 202 203 215"),
    "labour on a site, a hundred and ninety-nine": (
        (EP, LABOUR | {"headcount": 199}),
        "101 102 106 109 111 121 122 124 125 133 142 143 144 146 156 158 163 202 203 215",
    ),
    "a specialist of a bridge": (
        (EP, BRIDGE),
        "101 106 111 114 121 122 133 135 151 163 171 173 174 175 181 182 183 184 185"
        " 202 203 204 215 217 231",
    ),
    "a block of flats": (
        (EP, FLATS),
        "101 103 104 106 111 117 121 122 123 131 132 135 141 154 155 163 202 203"
        " 211 212 213 214 215 216 218 221",
    ),
    "a street under traffic": (
        (EP, STREET),
        "101 103 104 106 111 121 122 123 135 141 154 155 163 203 211 213 214 215 216 218 232 233",
    ),
    "an ammonia cold store": (
        (EP, COLD_STORE),
        "101 103 104 106 111 121 122 123 135 141 151 154 155 163 201 202 203 204 207",
    ),
    "a maker of masks, early, medium risk": (
        (EP, MASK_MAKER),
        "101 102 103 104 106 108 109 111 113 114 115 121 122 123 124 125 126 131 132 133 134 135"
        " 141 142 143 144 145 146 151 152 153 154 155 156 157 158 162 163 171 172 173 174 175"
        " 191 192 201 202 203 208",
    ),
    "the cold store after a holiday": (
        (PH, COLD_STORE),
        "101 102 104 105 106 111 113 122 123 131 134 135 141 142 151 152 175",
    ),
    "a coal mine after a holiday": (
        (PH, COAL_MINE),
        "101 102 103 104 105 106 111 112 114 116 122 123 131 134 135 141 142 151 152 161 231",
    ),
    "a road with blasting": (
        (PH, BLASTING),
        "101 102 103 104 105 106 111 116 122 123 134 141 142 151 152 161 163 164 165 166"
        " 201 202 203 204 209 210 211 213 221 223 226 227",
    ),
    "labour on a site after a holiday": ((PH, LABOUR), "104 106 111 122 163 203 204 209 210"),
    "a barbecue where people live": (
        (PH, BARBECUE),
        "104 106 111 113 121 142 143 151 152 153 154",
    ),
    "a maker of solvents": (
        (PH, SOLVENTS),
        "101 102 104 105 106 111 112 114 115 122 131 141 142 151 152 164 165 166 176 177 178"
        " 181 182",
    ),
    "carriers of thirty": (
        (PH, place("shop", headcount=30, hazard_industry="transport")),
        "104 106 111 112 114 142 151 152",
    ),
    "a department store of a hundred and one": (
        (PH, place("shop", headcount=101)),
        "101 102 103 104 105 106 107 111 112 116 142 151 152",
    ),
    "a site that stood still for a year": (
        (PH, LONG_STOPPED),
        "101 102 103 104 105 106 111 116 141 142 151 152 201 202 203 204 206 208 209 210 211"
        " 212 213",
    ),
    "a flooded basement": (
        (DR, FLOODED),
        "102 107 108 109 111 112 120 121 141 152 153 154 155 156",
    ),
    "a suspended building after an earthquake": (
        (DR, SHAKEN),
        "102 104 113 120 121 152 156",
    ),
    "a road after a typhoon": (
        (DR, BLOWN),
        "101 102 106 113 114 120 121 134 135 136 137 138 139 152 153 156",
    ),
    "a chemical works under water": (
        (DR, CHEMICALS),
        "102 106 107 108 110 111 112 113 114 115 116 117 118 119 120 121 141 142 143 144"
        " 151 152 153 154 155 156",
    ),
    "a flooded pit": ((DR, PIT), "102 107 108 109 111 120 121 131 132 133 134 141 152 153 156"),
    "a coal mine under listed supervision": (
        (SR, ORDERED_MINE),
        "101 102 103 104 105 106 107 108 109 110",
    ),
    "a shop that was closed": ((SR, place("shop")), "101 102 105 106 107 108 110"),
}


@pytest.mark.parametrize("name", BEFORE)
def test_a_place_typed_out_by_hand_has_its_list(name: str) -> None:
    (campaign, told), expected = BEFORE[name]
    assert listed(campaign, told) == (codes(campaign, expected), [])
