"""How enterprises came into the demo town, and what became of some: merged, renamed, claimed."""

from datetime import timedelta

from workflow.core.claims import (
    Cause,
    ClaimedPlace,
    ClaimWords,
    Handler,
    Means,
    PlaceClass,
    Relation,
    Scope,
    Standing,
    Verification,
)
from workflow.core.roles import Role
from workflow.jobs.demotown.stage import EnterpriseRow, PlaceRow, Stage
from workflow.store import duty, enterprises
from workflow.store.towns import PlaceWords
from workflow.usecases import admitting, founding, recording, registering, succession

VISITED = Verification(Means.VISIT)
REGISTERED_BEFORE = timedelta(days=3)
ROADS = {"factory": "工业路", "site": "建设路", "road": "沿线", "shop": "中街", "market": "集市路"}
RENAMED = ("虚构秋分手机店", "虚构秋分通讯店")
MERGED = ("虚构端午点心铺", "虚构中秋月饼坊")
DISPUTED = "虚构犇垚机械制造有限公司"
ASKS_FOR_PLACE = "gongdi"


def enter(row: EnterpriseRow, stage: Stage) -> list[int]:
    """An enterprise with whoever answers for it, its clerk and its places; their ids."""
    enterprise_id = founding.add_enterprise(row.name, row.credit_code, legal_rep=row.owner)
    role, secret = Role.ENTERPRISE, stage.secret
    founding.add_account(role, row.owner, row.login, secret, enterprise_id)
    if row.clerk is not None:
        name, login = f"{row.owner[:1]}经办样本", f"{row.login}b"
        until = stage.today + timedelta(days=row.clerk)
        founding.add_account(
            role, name, login, secret, enterprise_id, standing=Standing.CLERK, until=until
        )
    return [
        founding.add_place(enterprise_id, _field(place), words(row, place)) for place in row.places
    ]


def enter_recorded(row: EnterpriseRow, stage: Stage) -> list[int]:
    """An enterprise without account, made by the office; the ids of its places."""
    at = stage.at - REGISTERED_BEFORE
    enterprise_id = recording.add_enterprise(row.name, None, stage.office, at)
    return [
        recording.add_place(enterprise_id, words(row, place), stage.office) for place in row.places
    ]


def register(row: EnterpriseRow, stage: Stage) -> None:
    """An enterprise without a code that registered itself and was confirmed by the office."""
    at = stage.at - REGISTERED_BEFORE
    said = _claim(row, row.places[0], why="还没有办执照")
    claim_id = registering.claim(said, stage.secret, stage.receipt(), at)
    admitting.confirm_new(claim_id, VISITED, stage.office, at + timedelta(hours=2))


def words(row: EnterpriseRow, place: PlaceRow) -> PlaceWords:
    return PlaceWords(
        place.name, place.place_class, place.village, address(row, place), row.owner, row.mobile
    )


def address(row: EnterpriseRow, place: PlaceRow) -> str:
    return f"样例镇{place.village}{ROADS[place.place_class]}{row.number}号"


def succeed(rows: tuple[EnterpriseRow, ...], stage: Stage) -> None:
    """One enterprise gets another name, one becomes part of another."""
    office, at = stage.office, stage.at - timedelta(hours=3)
    codes = {row.name: row.credit_code for row in rows}
    old, new = RENAMED
    gone, into = (codes[name] for name in MERGED)
    succession.rename(_id(codes[old]), new, "执照已换名", VISITED, office, at)
    succession.merge(_id(gone), into, "两家合为一家", VISITED, office, at)


def knock(rows: tuple[EnterpriseRow, ...], stage: Stage) -> None:
    """Claims that wait: a new one, one on a code that is held, one without a code; one refused."""
    held = next(row for row in rows if row.name == DISPUTED)
    new = EnterpriseRow(901, "虚构大暑冷饮厂", "暑样本", 20, "冷饮", (), "", None)
    spare = EnterpriseRow(902, "虚构小雪腌菜坊", "腌样本", 3, "腌菜", (), "", None)
    odd = EnterpriseRow(903, "虚构立冬杂货铺", "杂样本", 3, "杂货", (), "", None)
    other = EnterpriseRow(904, held.name, "闰样本", 5, "", (), "", None)
    waiting = (
        _claim(new, PlaceRow("factory", "东示村", "冷饮厂", "", 0), code=new.credit_code),
        _claim(other, held.places[0], code=held.credit_code),
        _claim(spare, PlaceRow("shop", "西示村", "腌菜坊", "", 0), why="个体摊点，没有执照"),
    )
    for hours, claim in enumerate(waiting, start=2):
        at = stage.at - timedelta(hours=hours)
        registering.claim(claim, stage.secret, stage.receipt(), at)
    refused = _claim(odd, PlaceRow("shop", "北示村", "杂货铺", "", 0), code=odd.credit_code)
    at = stage.at - timedelta(days=1)
    claim_id = registering.claim(refused, stage.secret, stage.receipt(), at)
    note = "打登记的电话三次都没人接，到店里也没找到人。"
    admitting.refuse(claim_id, Cause.NOT_REACHED, note, stage.actor("zhuanyuan2"), stage.at)
    registering.claim_place(
        ClaimedPlace("样桥小学工地", PlaceClass.SITE, "样桥村", "样例镇样桥村学校路2号"),
        *("筑样本", "00000001900", stage.receipt(), stage.actor(ASKS_FOR_PLACE), stage.at),
    )


def _claim(row: EnterpriseRow, place: PlaceRow, code: str = "", why: str = "") -> ClaimWords:
    where = address(row, place)
    place_class = PlaceClass(place.place_class)
    return ClaimWords(
        enterprise=row.name,
        legal_rep=row.owner,
        credit_code=code or None,
        town_number=None,
        why_no_code=why or None,
        place=ClaimedPlace(place.name, place_class, place.village, where),
        handler=Handler(row.owner, row.mobile, Relation.LEGAL_REP, Scope.ALL, None),
    )


def _id(code: str) -> int:
    found = enterprises.by_number(code)
    assert found is not None, code
    return found.id


def _field(place: PlaceRow) -> int:
    field = duty.field_for(place.village, place.place_class)
    assert field is not None, f"{place.village} has a gap"
    return field.id
