"""How many full-time safety officers (专职安全员) the law asks of a place."""

from math import ceil

from workflow.core.facts import CLASS, Facts
from workflow.core.quantities import Number, Parameters, Quantity, in_words, told_number


def safety_organisation(facts: Facts, parameters: Parameters) -> Quantity | None:
    """Full-time safety officers of an enterprise. 安全生产法第二十四条: over 100 people, or a
    hazardous trade whatever its size; a hundred exactly may have a part-time one.
    """
    people, trade = told_number(facts, "headcount"), facts.get("hazard_industry")
    most = parameters["over"].of(facts)
    if trade is None or people is None:
        return None
    if trade not in {"", "none"}:
        return _officers(facts, 1, "高危行业，不论人数；设了安全管理机构的也可以")
    if people > most:
        return _officers(
            facts, 1, f"从业人员 {people} 人，超过 {most} 人；设了安全管理机构的也可以"
        )
    return _officers(facts, 0, f"从业人员 {people} 人，不超过 {most} 人，配专职或者兼职都可以")


SITE_BANDS: tuple[tuple[Number, int], ...] = ((10_000, 2), (50_000, 3))  # m² of floor
ROAD_BANDS: tuple[tuple[Number, int], ...] = ((5_000, 2), (10_000, 3))  # 万元 of the contract
LABOUR_BANDS: tuple[tuple[Number, int], ...] = ((50, 2), (200, 3))  # people
LABOUR_PER_MILLE = 5


def site_officers(facts: Facts, parameters: Parameters) -> Quantity | None:
    """Full-time safety officers of a construction project. 建质〔2008〕91号 第十三条、第十四条

    Where the text's bands overlap at their limit, the higher number is taken.
    """
    match facts.get("site_role"), facts.get(CLASS):
        case "general", "site":
            return _banded(facts, "floor_area_m2", SITE_BANDS, "建筑面积 {} 平方米")
        case "general", "road":
            return _banded(facts, "contract_price_wan", ROAD_BANDS, "合同价 {} 万元")
        case "specialist_sub", _:
            return _officers(facts, 1, "专业承包至少 1 人，按工程量和危险程度增加")
        case "labour_sub", _:
            return _labour(facts)
    return None


def _labour(facts: Facts) -> Quantity | None:
    people = told_number(facts, "headcount")
    found = _banded(facts, "headcount", LABOUR_BANDS, "劳务分包 {} 人")
    if found is None or people is None or people < LABOUR_BANDS[-1][0]:
        return found
    share = ceil(people * LABOUR_PER_MILLE / 1000)
    words = f"{found.sum_in_words}，并不少于总人数的千分之五"
    return _officers(facts, max(int(found.needed), share), words)


def _banded(
    facts: Facts, by: str, bands: tuple[tuple[Number, int], ...], words: str
) -> Quantity | None:
    size = told_number(facts, by)
    if size is None:
        return None
    needed = max([1, *(officers for least, officers in bands if size >= least)])
    return _officers(facts, needed, words.format(in_words(size)))


def _officers(facts: Facts, needed: int, words: str) -> Quantity:
    return Quantity(needed, told_number(facts, "full_time_safety_officers"), "人", words)
