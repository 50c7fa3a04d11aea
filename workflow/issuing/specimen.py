"""Fictitious documents: they warm a worker up, serve the tests and are timed by the benchmark."""

from datetime import date

from workflow.issuing.content import ChecklistLine
from workflow.issuing.wording import Heading, notice

_CONDITIONS = (
    "落实企业主体责任，法定代表人为第一责任人，每日安排专人负责防控和安全生产。",
    "返岗人员逐人登记来源地和健康状况，未登记的人员不得上岗。",
    "每日早晚两次测量体温，达到37.3℃的立即隔离并报告。",
    "厂区、宿舍、食堂每日消毒通风，错峰分散就餐。",
    "配合企业专员每日一查，发现的问题当日整改。",
)

_ITEMS = (
    ("机制到位", "成立复工复产工作领导小组，分工到人", ""),
    ("机制到位", "制定防控工作方案和应急预案", "预案编号见申报材料"),
    ("排查到位", "员工花名册完整，来源地逐人核实", "48人"),
    ("排查到位", "重点地区返回人员已按规定安排观察", ""),
    ("设施到位", "设置独立的临时观察室，不少于1间", "2间"),
    ("设施到位", "口罩、消毒液、测温设备可用天数不少于7天", "9天"),
    ("管理到位", "出入口测温登记，访客逐人登记", ""),
    ("管理到位", "食堂错峰就餐，座位间隔不少于1米", "自带餐食，无食堂"),
    ("生产安全", "停用设备已检修试车，特种作业人员持证", ""),
    ("生产安全", "消防通道畅通，用电线路已检查", ""),
)

HEADING = Heading(
    issuer="样例镇企业复工指导工作组",
    number="样复工〔2026〕37号",
    addressee="虚构瑢喆堃玻璃制品有限公司",
    place="一号厂区",
    address="样例镇虚构大道1号",
    campaign="节后复工复产",
    filing="复工报备",
    filing_number="样受〔2026〕37号",
    issued_on=date(2026, 2, 23),
    document_id="specimen-0001",
    verify_url="https://fugong.example/v/7K3M9QXW2HTD",
    typed_code="7K3M-9QXW-2HTD",
    mark="自检样本·无效",
    contact="000-00000000",
)


def checklist(count: int) -> tuple[ChecklistLine, ...]:
    """Any number of confirmed items, in groups."""
    items = sorted(
        (_ITEMS[i % len(_ITEMS)] for i in range(count)), key=lambda item: _ITEMS.index(item)
    )
    return tuple(
        ChecklistLine(f"XJ-{i:03}", group, text, "不涉及" if "无食堂" in note else "合格", note)
        for i, (group, text, note) in enumerate(items, 1)
    )


SPECIMEN = notice(
    HEADING,
    title="复工通知单",
    body=("经审核材料并现场核查，你单位已具备所列复工条件，同意自2026年2月24日起复工。",),
    conditions=_CONDITIONS,
    basis=(),
    lines=checklist(len(_ITEMS)),
)
