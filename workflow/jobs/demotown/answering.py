"""What the places of the demo town answer: enough for every question the catalogue may ask."""

from datetime import date, timedelta
from decimal import Decimal

from workflow.core.facts import FactValue
from workflow.jobs.demotown.stage import EnterpriseRow, PlaceRow

NONE: frozenset[str] = frozenset()
SHORTEST_NOTICE = timedelta(days=2)
HAZARDS = {
    "factory": frozenset({"machines", "electrician"}),
    "site": frozenset({"high_work", "lifting"}),
    "road": frozenset({"hot_work"}),
}
REASONS = {
    "factory": ("epidemic_supplies", "产品是防控要用的，订单已排到月底，等不到规定的日子。"),
    "site": ("key_project", "属于重点工程，主体要赶在入冬前封顶。"),
    "road": ("city_running", "雨污管道堵塞，不修会影响沿线住户排水。"),
    "shop": ("daily_life", "村里只有这一家，群众买药买种子离不开。"),
    "market": ("daily_life", "附近几个村的菜都从这里来。"),
}


def answers(
    row: EnterpriseRow, place: PlaceRow, today: date, opens: date | None, early: bool
) -> dict[str, FactValue]:
    """An answer to every question a place of any class may be asked, by the key of its fact."""
    people = max(3, row.people // len(row.places))
    essential, reason = REASONS[place.place_class]
    earliest = today + SHORTEST_NOTICE
    return {
        "industry": row.does,
        "above_scale": row.people > 300,
        "planned_reopen_date": earliest if early or opens is None else max(earliest, opens),
        "headcount": people,
        "first_batch_count": max(place.listed, people * 3 // 5),
        "work_scope": "全部",
        "shift_count": 2 if people > 100 else 1,
        "has_contractors": place.place_class in {"site", "road"},
        "essential_type": essential if early else "none",
        "early_reason": reason,
        "hazards": HAZARDS.get(place.place_class, NONE),
        "special_equipment": frozenset({"forklift"}) if people > 200 else NONE,
        **_premises(people, place.place_class),
        **_customers(place.place_class),
        **_supplies(people),
        **_project(row, place, people),
    }


def _premises(people: int, place_class: str) -> dict[str, FactValue]:
    dorm = people > 60 and place_class not in {"shop", "market"}
    return {
        "gate_count": 1 + people // 150,
        "attendance_method": frozenset({"phone" if people > 50 else "paper"}),
        "has_dorm": dorm,
        "dorm_residents": people // 3,
        "dorm_rooms": people // 12 + 1,
        "dorm_area_m2": people * 2,
        "has_canteen": people > 60,
        "central_ac": False,
        "has_elevator": people > 300,
        "shuttle_bus_count": people // 300,
        "isolation_rooms": 1 if people > 20 else 0,
        "isolation_place": "门卫室西侧第二间",
        "has_clinic": people > 300,
    }


def _customers(place_class: str) -> dict[str, FactValue]:
    return {
        "receives_public": True,
        "dine_in": False,
        "stall_count": 86,
        "sells_animals": place_class == "market",
        "closed_kind": "none",
    }


def _supplies(people: int) -> dict[str, FactValue]:
    return {
        "stock_masks": people * 18,  # enough for the strictest: two a day for fourteen days
        "stock_disinfectant_l": Decimal(5 + people // 4),
        "stock_alcohol_l": Decimal(people // 10),
        "thermometers": 1 + people // 60,
    }


def _project(row: EnterpriseRow, place: PlaceRow, people: int) -> dict[str, FactValue]:
    return {
        "site_role": "general",
        "floor_area_m2": 12_000,
        "contract_price_wan": 2_600,
        "dangerous_works": frozenset({"scaffold"}) if place.place_class == "site" else NONE,
        "works_on_open_road": False,
        "road_plants": NONE,
        "full_time_safety_officers": min(people, 2),
        "build_unit": "虚构样例镇建设办公室",
        "contract_unit": row.name,
        "supervise_unit": "虚构公正监理有限公司",
        "permit_no": f"虚构施〔2026〕{row.number}号",
        "project_manager": row.owner,
        "chief_supervisor": "监理样本",
        "real_name_count": people,
    }
