"""One fictitious document of every kind, as an officer's decisions would make it."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from workflow.core.letters import LetterKind
from workflow.issuing.content import DocumentContent
from workflow.issuing.specimen import HEADING, SPECIMEN, checklist
from workflow.issuing.wording import (
    CorrectionLine,
    acceptance,
    correction,
    inspection_record,
    refusal,
)

TOWN = timezone(timedelta(hours=8))
BEGAN = datetime(2026, 2, 22, 9, 30, tzinfo=TOWN)
ENDED = datetime(2026, 2, 22, 11, 5, tzinfo=TOWN)
MATERIALS = ("复工报备表", "承诺书", "防控工作方案", "应急预案", "员工花名册", "物资清单")
POINTS = (
    CorrectionLine("营业执照", "照片不清，统一社会信用代码看不全，请重新拍照上传。"),
    CorrectionLine("应急预案", "没有写明发热人员的处置流程和联系人。"),
    CorrectionLine("首批返岗人数", "与员工花名册不一致：填报48人，花名册上是52人。"),
)
HEARING = "你单位有不同意见的，可以在收到本告知书之日起3个工作日内陈述和申辩（样例文字）。"
REMEDIES = "不服本告知书的，可以按样例县公布的途径提出（样例文字）。"

ACCEPTANCE = acceptance(
    replace(HEADING, number="样受〔2026〕37号"),
    submitted_on=date(2026, 2, 20),
    materials=MATERIALS,
    due_on=date(2026, 2, 25),
)
CORRECTION = correction(
    replace(HEADING, number="样补〔2026〕8号"),
    points=POINTS,
    due_on=date(2026, 2, 27),
    round_number=1,
)
STAFF = "在册48人，已登记46人；其中可上岗43人，观察中2人（最晚到2026年3月7日），先别上岗1人。"
INSPECTION = inspection_record(
    replace(HEADING, number="样核〔2026〕37号"),
    mode="现场",
    where="样例镇虚构大道1号北门、二车间",
    began=BEGAN,
    ended=ENDED,
    inspector="林样例（企业专员）",
    others=("样例县住建部门1人", "被核查单位安全负责人"),
    lines=checklist(10),
    photos=12,
    opinion="符合复工条件，同意复工。",
    to_mend=("清理消防通道堆放的包装物。", "配电箱加装防护罩。"),
    mend_by=date(2026, 2, 28),
    staff=STAFF,
)
REFUSAL = refusal(
    replace(HEADING, number="样复告〔2026〕2号", copies=("样例县复工复产指挥部",)),
    LetterKind.REFUSAL,
    facts=("消防通道堵塞，停用的冲压设备没有检修试车。", "特种作业人员2人的证件已经过期。"),
    basis=("《样例镇复工工作细则》（虚构）第三条。",),
    hearing=HEARING,
    remedies=REMEDIES,
)
NON_ACCEPTANCE = refusal(
    replace(HEADING, number="样不受〔2026〕1号"),
    LetterKind.NON_ACCEPTANCE,
    facts=("申报的复工单元不在本镇辖区内。",),
    basis=(),
    hearing=HEARING,
    remedies=REMEDIES,
)

LETTERS: dict[LetterKind, DocumentContent] = {
    LetterKind.ACCEPTANCE: ACCEPTANCE,
    LetterKind.CORRECTION: CORRECTION,
    LetterKind.INSPECTION: INSPECTION,
    LetterKind.NOTICE: SPECIMEN,
    LetterKind.REFUSAL: REFUSAL,
    LetterKind.NON_ACCEPTANCE: NON_ACCEPTANCE,
}
