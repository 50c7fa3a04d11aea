"""The demo town: a fictitious place to try the service in. Everything goes through use cases."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from workflow.catalogue.loading import shipped
from workflow.core.days import day_of
from workflow.core.roles import Capability, Role
from workflow.store.towns import PlaceWords
from workflow.usecases import founding
from workflow.usecases.founding import Situation, TownWords

MARK = "演示·文件无效力"
# What a real town takes from its own legal office; the county named here does not exist.
HEARING = (
    "你单位对以上事实和理由有不同意见的，可以自收到本告知书之日起3个工作日内，"
    "向本单位书面或者当面陈述、申辩。"
)
REMEDIES = (
    "你单位不服本告知的，可以自收到之日起60日内向样例县人民政府申请行政复议，"
    "也可以自收到之日起6个月内向有管辖权的人民法院提起行政诉讼。"
)
TOWN = TownWords(
    name="样例镇",
    issuer="样例镇企业复工指导工作组",
    agency="样复工",
    agency_filed="样申",
    phone="000-0000-0000",
    clinic_phone="000-0000-0120",
    hearing=HEARING,
    remedies=REMEDIES,
    mark=MARK,
)
# Days after the demo is loaded on which each class may open, by tier (批次).
OPENS_AFTER = {
    "factory": (-2, 1, 3),
    "shop": (-1, 2, 7),
    "market": (-1,),
    "site": (2, 8, 18),
    "road": (8,),
}
OUTBREAK_BEGAN = timedelta(days=12)  # before the day the town is loaded: 2020 lies behind us


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account to sign in with, as it is shown to whoever tries the demo."""

    username: str
    role: Role
    name: str
    phone: str = ""
    department: str = ""


OFFICERS = (
    DemoAccount("zhuanyuan", Role.LIAISON, "林示例", "000-0000-0003"),
    DemoAccount("zhuanyuan2", Role.LIAISON, "周示例", "000-0000-0004"),
    DemoAccount("qiyeban", Role.OFFICE, "吴示例"),
    DemoAccount("qianfa", Role.ISSUER, "郑示例"),
    DemoAccount("zhihuibu", Role.COMMAND, "冯示例"),
    DemoAccount("weisheng", Role.OFFICE, "蒋示例", department="镇卫生院"),
    DemoAccount("yingji", Role.OFFICE, "沈示例", department="镇应急管理办公室"),
    DemoAccount("laodong", Role.OFFICE, "韩示例", department="镇劳动保障所"),
    DemoAccount("shenji", Role.AUDITOR, "褚示例"),
    DemoAccount("guanli", Role.ADMIN, "卫示例"),
)
DEPARTMENTS = {"镇卫生院": Capability.CLINIC, "镇劳动保障所": Capability.LABOUR}
CLERKS = (
    DemoAccount("yunque", Role.ENTERPRISE, "何样本"),
    DemoAccount("boli", Role.ENTERPRISE, "喆样本"),
    DemoAccount("muye", Role.ENTERPRISE, "吕样本"),
)
ENTERPRISES = (
    ("虚构云雀食品有限公司", "91000000MA0000001R"),
    ("虚构瑢喆堃玻璃制品有限公司", "91000000MA0000002W"),
    ("虚构青禾木业有限公司", "91000000MA00000030"),
)
PLACES = (
    PlaceWords("一号厂区", "factory", "东示村", "样例镇东示村工业路1号", "何样本", "00000000052"),
    PlaceWords("玻璃厂", "factory", "西示村", "样例镇西示村窑前街8号", "喆样本", "00000000053"),
    PlaceWords("木器车间", "factory", "北示村", "样例镇北示村林场路3号", "吕样本", "00000000054"),
)
VILLAGES = {"东示村": "990001100201", "西示村": "990001100202", "北示村": "990001100203"}
FIELDS = (("第一责任田", ("东示村", "西示村")), ("第二责任田", ("北示村",)))
IN_FIELD = (0, 0, 1)  # which field each place lies in


def load(
    password: str, at: datetime, mark: str = MARK, catalogue: str = shipped("epidemic")
) -> None:
    """Makes the demo town in an empty database; every account has this password."""
    founding.found_town(replace(TOWN, mark=mark))
    for department, capability in DEPARTMENTS.items():
        founding.add_department(department, capability)
    ids = {
        one.username: founding.add_account(
            one.role,
            one.name,
            one.username,
            password,
            phone=one.phone,
            department=one.department,
        )
        for one in OFFICERS
    }
    for village, code in VILLAGES.items():
        founding.add_village(village, code)
    lin, zhou = ids["zhuanyuan"], ids["zhuanyuan2"]
    fields = [
        founding.add_field(name, who, villages, stand_in_id=other)
        for (name, villages), who, other in zip(FIELDS, (lin, zhou), (zhou, lin), strict=True)
    ]
    for (name, code), clerk, place, field in zip(
        ENTERPRISES, CLERKS, PLACES, IN_FIELD, strict=True
    ):
        enterprise_id = founding.add_enterprise(name, code)
        founding.add_place(enterprise_id, fields[field], place)
        founding.add_account(clerk.role, clerk.name, clerk.username, password, enterprise_id)
    founding.publish_catalogue(catalogue, None, at)
    founding.open_stop(
        "epidemic", "本次疫情停工", day_of(at - OUTBREAK_BEGAN), situation(day_of(at))
    )


def situation(today: date) -> Situation:
    """What the demo town says of its outbreak: days for each class and tier, around ``today``."""
    days = {
        place_class: [today + timedelta(days=days) for days in after]
        for place_class, after in OPENS_AFTER.items()
    }
    return Situation(
        told={"local_risk_level": "medium", "health_code_in_use": False},
        opening=days,
        local_names=("样例", "示例市"),
        severe_names=("虚构疫区",),
    )
