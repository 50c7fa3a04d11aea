"""Places for the shipped catalogue: the profiles of ``profiles.json``, and some to be typed out."""

import json
from pathlib import Path

from workflow.catalogue.loading import campaigns, load, shipped
from workflow.core.deriving import derived
from workflow.core.facts import Facts, from_json
from workflow.core.packs import Pack
from workflow.core.requirements import Phase

PACKS = {campaign: load(shipped(campaign)) for campaign in campaigns()}
PREFIXES = {
    "epidemic": "EP",
    "post_holiday": "PH",
    "disaster_recovery": "DR",
    "shutdown_rectification": "SR",
}
Told = dict[str, object]  # facts as JSON values, those of all campaigns together

_FILE = json.loads((Path(__file__).parent / "profiles.json").read_text(encoding="utf-8"))
PROFILES = {one["id"]: one for one in _FILE["profiles"]}
SCENARIOS = {one["id"]: one for one in _FILE["scenarios"]}

# A place that has nothing of what is asked: what a profile tells beyond it stands in the profile.
EVERYWHERE: Told = {
    "headcount": 20,
    "first_batch_count": 20,
    "outside_staff_count": 0,
    "severe_area_staff_count": 0,
    "renting_staff_count": 0,
    "has_dorm": False,
    "has_canteen": False,
    "central_ac": False,
    "gate_count": 1,
    "attendance_method": ["paper"],
    "stock_masks": 0,
    "stock_disinfectant_l": 0,
    "stock_alcohol_l": 0,
    "thermometers": 0,
    "isolation_rooms": 0,
    "essential_type": "none",
    "reopen_kind": "normal",
    "planned_reopen_date": "2020-02-24",
    "local_risk_level": "low",
    "health_code_in_use": False,
    "full_time_safety_officers": 0,
    "hazards": [],
    "special_equipment": [],
    "has_contractors": False,
    "stop_date": "2020-01-20",  # 35 days before the day planned
    "new_or_transferred_workers": False,
    "uses_gas": False,
    "ebike_parking": False,
    "disaster_kind": [],
    "flooded_parts": [],
    "building_tag": "none",
    "near_slope_or_dike": False,
    "own_water_supply": False,
    "major_hazard": False,
    "listed_supervision": False,
    "order_authority": "other",
}
INDOORS: Told = {"hazard_industry": "none", "has_elevator": False, "lives_on_premises": False}
CUSTOMERS: Told = {"receives_public": False, "dine_in": False, "sells_animals": False}
BUILDING: Told = {"site_role": "general", "dangerous_works": []}
STAFF: Told = {"shuttle_bus_count": 0, "has_clinic": False}
OF_CLASS: dict[str, Told] = {
    "factory": INDOORS | STAFF | {"has_hazardous_waste": False, "has_pollution_facility": False},
    "site": BUILDING | STAFF | {"floor_area_m2": 3000},
    "road": BUILDING
    | STAFF
    | {"contract_price_wan": 800, "works_on_open_road": False, "road_plants": []},
    "shop": INDOORS | CUSTOMERS | {"shuttle_bus_count": 0, "has_hazardous_waste": False},
    "market": INDOORS | CUSTOMERS | {"stall_count": 0, "has_clinic": False},
}


def place(place_class: str, **different: object) -> Told:
    """A place of a class that tells all that it is asked: nothing, but for what is different."""
    return {"class": place_class} | EVERYWHERE | OF_CLASS[place_class] | different


def facts_for(pack: Pack, told: Told) -> Facts:
    """Of what was told, the facts of a campaign, and what follows from them."""
    return derived(from_json({key: told[key] for key in told if key in pack.keys}, pack.facts))


def listed(campaign: str, told: Told, phase: str = "before") -> tuple[list[str], list[str]]:
    """Codes that hold for certain, codes that may hold."""
    pack = PACKS[campaign]
    held = pack.held(facts_for(pack, told), Phase(phase))
    return [one.code for one in held if one.certain], [one.code for one in held if not one.certain]


def codes(campaign: str, numbers: str) -> list[str]:
    """EP-101, EP-103 from "101 103"."""
    return [f"{PREFIXES[campaign]}-{number}" for number in numbers.split()]


def changes(
    campaign: str, told: Told, different: Told, phase: str = "before"
) -> tuple[list[str], list[str]]:
    """Codes that come and codes that go when something is told differently; nothing stays open."""
    before, open_before = listed(campaign, told, phase)
    after, open_after = listed(campaign, told | different, phase)
    assert open_before == open_after == []
    come = [code for code in after if code not in before]
    return come, [code for code in before if code not in after]
