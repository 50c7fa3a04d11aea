"""The formulas of computed numbers, a few functions by id.

Each takes the facts and the town's parameters and answers None while what it needs is untold.
"""

from collections.abc import Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from math import ceil

from workflow.core.facts import Facts
from workflow.core.quantities import Formula, Parameters, Quantity, in_words, percent, told_number
from workflow.core.safety_officers import safety_organisation, site_officers


def masks(facts: Facts, parameters: Parameters) -> Quantity | None:
    """Masks in stock: people of the first batch × masks a day × days."""
    people = told_number(facts, "first_batch_count")
    if people is None:
        return None
    rate, days = parameters["rate_per_person_day"].of(facts), parameters["days"].of(facts)
    return Quantity(
        needed=ceil(people * rate * days),
        has=told_number(facts, "stock_masks"),
        unit="只",
        sum_in_words=f"首批 {people} 人 × 每人每天 {rate} 只 × {days} 天",
    )


def disinfectant(facts: Facts, parameters: Parameters) -> Quantity | None:
    """Litres in stock: people of the first batch × litres a day × days, and never below a least."""
    people = told_number(facts, "first_batch_count")
    if people is None:
        return None
    rate, days = parameters["rate_l_per_person_day"].of(facts), parameters["days"].of(facts)
    least = parameters["min_l"].of(facts)
    used = Decimal(people * rate * days).quantize(Decimal("0.1"), ROUND_HALF_UP)
    words = f"首批 {people} 人 × 每人每天 {rate} 升 × {days} 天"
    return Quantity(
        needed=max(Decimal(least), used),
        has=told_number(facts, "stock_disinfectant_l"),
        unit="升",
        sum_in_words=words if used >= least else f"{words}，不足 {least} 升的按 {least} 升",
    )


def isolation_rooms(facts: Facts, parameters: Parameters) -> Quantity | None:
    """Rooms for people with symptoms: one for each so many people begun."""
    people = told_number(facts, "headcount")
    if people is None:
        return None
    each = parameters["people_per_room"].of(facts)
    return Quantity(
        needed=ceil(people / each),
        has=told_number(facts, "isolation_rooms"),
        unit="间",
        sum_in_words=f"从业人员 {people} 人，每 {each} 人一间，不足的按一间",
    )


def thermometers(facts: Facts, parameters: Parameters) -> Quantity | None:
    """One for each gate kept open; how many stay open, the liaison sees on site."""
    each = parameters["per_gate"].of(facts)
    return Quantity(
        needed=max(1, each),
        has=told_number(facts, "thermometers"),
        unit="支",
        sum_in_words=f"每个保留的出入口 {each} 支；保留几个，由专员到现场看",
    )


def dorm_people(facts: Facts, parameters: Parameters) -> Quantity | None:
    """People in one dormitory room, on average: a limit. 国发明电〔2020〕4号 二(七)"""
    people, rooms = told_number(facts, "dorm_residents"), told_number(facts, "dorm_rooms")
    if not people or not rooms:
        return None
    return Quantity(
        needed=parameters["max_people"].of(facts),
        has=ceil(people / rooms),
        unit="人",
        sum_in_words=f"每间最多；宿舍 {people} 人住 {rooms} 间，平均下来取整",
        most=True,
    )


def dorm_area(facts: Facts, parameters: Parameters) -> Quantity | None:
    """Square metres for each who lives in the dormitory. 国发明电〔2020〕4号 二(七)

    Rounded down: who is a hair short must not read as having enough.
    """
    people, area = told_number(facts, "dorm_residents"), told_number(facts, "dorm_area_m2")
    if not people or area is None:
        return None
    return Quantity(
        needed=parameters["min_m2"].of(facts),
        has=(Decimal(area) / people).quantize(Decimal("0.1"), ROUND_DOWN),
        unit="平方米",
        sum_in_words=f"每人至少；宿舍 {in_words(area)} 平方米住 {people} 人",
    )


def shift_share(facts: Facts, parameters: Parameters) -> Quantity | None:
    """People of one shift: a limit, as a share of all, set by the town."""
    people = told_number(facts, "headcount")
    if people is None:
        return None
    share = parameters["share"].of(facts)
    return Quantity(
        needed=int(people * share),
        has=None,
        unit="人",
        sum_in_words=f"单班最多；从业人员 {people} 人 × {percent(share)}"
        if share < 1
        else "单班最多；镇里没有另定比例",
        most=True,
    )


def shuttle_share(facts: Facts, parameters: Parameters) -> Quantity | None:
    """Seats of a shuttle bus that may be taken: a limit in per cent, set by the town."""
    share = parameters["share"].of(facts)
    return Quantity(
        needed=int(share * 100), has=None, unit="%", sum_in_words="占核定载客的比例", most=True
    )


def insulation(facts: Facts, parameters: Parameters) -> Quantity | None:
    """Resistance of low-voltage insulation after flooding, in megohms."""
    least = parameters["min_megohm"].of(facts)
    return Quantity(needed=least, has=None, unit="兆欧", sum_in_words="低压线路，用兆欧表测")


FORMULAS: Mapping[str, Formula] = {
    one.__name__: one
    for one in (
        masks,
        disinfectant,
        isolation_rooms,
        thermometers,
        dorm_people,
        dorm_area,
        shift_share,
        shuttle_share,
        insulation,
        safety_organisation,
        site_officers,
    )
}
# The parameters a pack must give for each formula.
NEEDED: Mapping[str, frozenset[str]] = {
    "masks": frozenset({"rate_per_person_day", "days"}),
    "disinfectant": frozenset({"rate_l_per_person_day", "days", "min_l"}),
    "isolation_rooms": frozenset({"people_per_room"}),
    "thermometers": frozenset({"per_gate"}),
    "dorm_people": frozenset({"max_people"}),
    "dorm_area": frozenset({"min_m2"}),
    "shift_share": frozenset({"share"}),
    "shuttle_share": frozenset({"share"}),
    "insulation": frozenset({"min_megohm"}),
    "safety_organisation": frozenset({"over"}),
}
