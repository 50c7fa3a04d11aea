"""Places unlike the eight profiles, typed out by hand."""

from tests.core.places import place

JOINERY = place(
    "factory", headcount=18, hazards=["dust", "machines"], special_equipment=["forklift"]
)
NOODLES = place("shop", headcount=31, receives_public=True, dine_in=True, gate_count=2)
POULTRY = place(
    "market",
    headcount=9,
    receives_public=True,
    stall_count=40,
    sells_animals=True,
    gate_count=3,
    has_contractors=True,
)
CLOTHES = place("shop", headcount=50, receives_public=True)
GARMENTS = place(
    "factory",
    headcount=60,
    planned_reopen_date="2020-04-07",
    health_code_in_use=True,
    has_dorm=True,
    dorm_residents=24,
    dorm_rooms=4,
    dorm_area_m2=60,
)
LABOUR = place("site", site_role="labour_sub", headcount=49, hazards=["high_work"])
BRIDGE = place(
    "road",
    site_role="specialist_sub",
    headcount=40,
    planned_reopen_date="2020-03-06",
    outside_staff_count=12,
    has_dorm=True,
    dorm_residents=36,
    dorm_rooms=9,
    dorm_area_m2=150,
    has_canteen=True,
    hazards=["lifting", "hot_work"],
    special_equipment=["crane"],
    dangerous_works=["bridge"],
)
FLATS = place(
    "site",
    headcount=45,
    floor_area_m2=9999,
    has_contractors=True,
    gate_count=2,
    attendance_method=["face"],
    hazards=["high_work", "electrician"],
    dangerous_works=["scaffold"],
)
STREET = place("road", headcount=28, works_on_open_road=True, road_plants=["mixing"])
COLD_STORE = place(
    "factory",
    headcount=35,
    hazards=["ammonia"],
    special_equipment=["pressure_vessel", "pressure_pipe"],
)
MASK_MAKER = place(
    "factory",
    headcount=120,
    reopen_kind="early",
    essential_type="epidemic_supplies",
    planned_reopen_date="2020-02-12",
    local_risk_level="medium",
    outside_staff_count=8,
    severe_area_staff_count=1,
    renting_staff_count=5,
    stock_alcohol_l=20,
    gate_count=3,
    attendance_method=["fingerprint", "face"],
    has_clinic=True,
    central_ac=True,
    has_elevator=True,
    has_canteen=True,
    shuttle_bus_count=2,
    hazards=["hazchem", "machines"],
)
COAL_MINE = place(
    "factory",
    headcount=80,
    hazard_industry="coal_mine",
    hazards=["electrician", "hot_work"],
    special_equipment=["pressure_vessel"],
)
BLASTING = place(
    "road",
    headcount=60,
    contract_price_wan=8000,
    dangerous_works=["slope", "tunnel", "blasting"],
    road_plants=["fuel"],
    hazards=["hot_work", "high_work", "electrician", "confined_space"],
    special_equipment=["crane"],
)
BARBECUE = place(
    "shop",
    headcount=8,
    uses_gas=True,
    lives_on_premises=True,
    ebike_parking=True,
    new_or_transferred_workers=True,
)
SOLVENTS = place(
    "factory",
    headcount=15,
    hazard_industry="hazmat",
    hazards=["hazchem", "confined_space"],
    has_contractors=True,
    has_hazardous_waste=True,
    has_pollution_facility=True,
)
LONG_STOPPED = place(
    "site",
    headcount=60,
    stop_date="2019-01-20",
    dangerous_works=["high_formwork", "hoist"],
)
FLOODED = place(
    "factory", headcount=80, disaster_kind=["flood"], flooded_parts=["basement", "workshop"]
)
SHAKEN = place("shop", headcount=15, disaster_kind=["earthquake"], building_tag="suspended")
BLOWN = place(
    "road",
    headcount=40,
    disaster_kind=["typhoon"],
    dangerous_works=["slope", "bridge", "tunnel", "blasting"],
    works_on_open_road=True,
    near_slope_or_dike=True,
    has_dorm=True,
    special_equipment=["crane"],
)
CHEMICALS = place(
    "factory",
    headcount=300,
    disaster_kind=["flood", "typhoon"],
    flooded_parts=["switch_room", "warehouse", "kitchen", "dorm"],
    hazards=["hazchem", "molten_metal", "ammonia"],
    special_equipment=["boiler"],
    has_hazardous_waste=True,
    has_pollution_facility=True,
    uses_gas=True,
    own_water_supply=True,
)
PIT = place(
    "site",
    disaster_kind=["flood"],
    flooded_parts=["basement"],
    dangerous_works=["deep_pit", "scaffold", "tower_crane"],
)
ORDERED_MINE = place(
    "factory",
    hazard_industry="coal_mine",
    major_hazard=True,
    listed_supervision=True,
    order_authority="mine",
)
