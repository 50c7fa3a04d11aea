"""The words for every member of every closed set, and how days, instants and sizes are written."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from web.entrywords import ENTRY_LABELS, ENTRY_REASONS
from workflow.core.checklist import Verdict
from workflow.core.days import TOWN
from workflow.core.facts import plain_number
from workflow.core.identifiers import masked_number
from workflow.core.packs import Pack
from workflow.core.refusals import Reason, Refusal
from workflow.core.requirements import CheckedBy, EvidenceKind, Phase, Severity
from workflow.core.roles import Role
from workflow.core.states import Action, State

_l = lazy_gettext
Words = Mapping[Enum, LazyString]

STATE_LABELS: Words = {
    State.DRAFT: _l("草稿"),
    State.SUBMITTED: _l("审查中"),
    State.APPROVED: _l("已同意"),
    State.ISSUED: _l("已签发"),
}
ACTION_LABELS: Words = {
    Action.SUBMIT: _l("提交"),
    Action.APPROVE: _l("同意"),
    Action.MARK_ISSUED: _l("签发通知单"),
}
# The same actions once they are done, for the history of a case.
DONE_LABELS: Words = {
    Action.SUBMIT: _l("已提交"),
    Action.APPROVE: _l("已同意"),
    Action.MARK_ISSUED: _l("通知单已签发"),
}
VERDICT_LABELS: Words = {
    Verdict.PASS: _l("合格"),
    Verdict.FAIL: _l("不合格"),
    Verdict.NOT_APPLICABLE: _l("不涉及"),
}
SEVERITY_LABELS: Words = {
    Severity.VETO: _l("必须合格"),
    Severity.MAJOR: _l("要限期改"),
    Severity.MINOR: _l("一般项"),
}
PHASE_LABELS: Words = {
    Phase.BEFORE: _l("复工前"),
    Phase.DAILY: _l("每天"),
    Phase.WEEKLY: _l("每周"),
    Phase.INCIDENT: _l("有情况时"),
}
CHECKED_BY_LABELS: Words = {
    CheckedBy.SELF: _l("企业自己"),
    CheckedBy.LIAISON: _l("企业专员"),
    CheckedBy.OFFICE: _l("企业办"),
    CheckedBy.CLINIC: _l("卫生院"),
}
EVIDENCE_LABELS: Words = {
    EvidenceKind.DOCUMENT: _l("文件"),
    EvidenceKind.ROSTER: _l("花名册"),
    EvidenceKind.PHOTO: _l("照片"),
    EvidenceKind.NUMBER: _l("数字"),
    EvidenceKind.NONE: _l("现场看"),
}
ROLE_LABELS: Words = {
    Role.ENTERPRISE: _l("企业"),
    Role.STAFF: _l("员工"),
    Role.LIAISON: _l("企业专员"),
    Role.OFFICE: _l("企业办"),
    Role.ISSUER: _l("签发人"),
    Role.COMMAND: _l("指挥部"),
    Role.AUDITOR: _l("审计"),
    Role.ADMIN: _l("系统管理员"),
    Role.SYSTEM: _l("系统"),
}
REASON_LABELS: Words = {
    Reason.NO_SUCH_STEP: _l("这一步已经办过，或者还没轮到。请看最新情况。"),
    Reason.NOT_YOUR_ROLE: _l("您的账号不办这一步。请换一个账号，或打咨询电话。"),
    Reason.NOT_YOUR_ENTERPRISE: _l("这不是您单位的申报。请从您单位的首页进。"),
    Reason.NOT_YOUR_FIELD: _l("这家企业不在您的责任田里。请找负责它的专员。"),
    Reason.FACTS_MISSING: _l("还有 %(n)s 处没填：%(named)s。请填好再提交。"),
    Reason.FACTS_CONTRADICT: _l("“%(named)s”和别处填的对不上。请核对，改好再提交。"),
    Reason.EVIDENCE_MISSING: _l("还缺 %(n)s 份材料：%(named)s。请传好再提交。"),
    Reason.PARTS_MISSING: _l("还有 %(n)s 篇没写好：%(named)s。样稿已经备好，看过、改过再存下。"),
    Reason.ROSTER_MISSING: _l("花名册还是空的。请先登记要返岗的人。"),
    Reason.NOT_EARLY: _l("您这类单位 %(named)s 起就能复工，不用提前报备。请改报“企业复工报备”。"),
    Reason.NO_REASON_TO_BE_EARLY: _l(
        "提前复工要有理由，您选的是“不属于”。请改选理由，或改报“企业复工报备”。"
    ),
    Reason.CLOSED_FOR_NOW: _l("这类场所现在暂不开放，还不能报备。有疑问请打咨询电话。"),
    Reason.DECIDED_ELSEWHERE: _l("这一件镇里不能同意：%(named)s。请按规定转报。"),
    Reason.TOO_SOON: _l("拟复工日期太早，最早能定 %(named)s。请改日期。"),
    Reason.CHECKS_MISSING: _l("还有 %(n)s 项没查：%(named)s。查完才能同意。"),
    Reason.VETO_FAILED: _l("%(n)s 项必须合格的不合格：%(named)s。企业改好、再查过，才能同意。"),
    Reason.NOT_STORED: _l("通知单还没做好。请等一会儿再看。"),
    Reason.NOT_A_DRAFT: _l("已经提交，不能再改。要改请找您的企业专员。"),
    Reason.NOTE_MISSING: _l("还有 %(n)s 项没写为什么：%(named)s。请各写一句，企业会看到。"),
    Reason.NOT_IN_LIST: _l("这家企业的清单里已经没有这几项：%(named)s。请重新打开页面再办。"),
    Reason.FILE_EMPTY: _l("这个文件是空的。请重新选一个。"),
    Reason.FILE_TOO_BIG: _l("这个文件太大，最大能收 %(named)s。请压缩，或分成几个传。"),
    Reason.FILE_NOT_ACCEPTED: _l("这种文件收不了。请传 PDF、照片（JPG、PNG）、DOCX 或 XLSX。"),
    Reason.FILE_BROKEN: _l(
        "这个文件打不开，可能没传完整。请在自己的电脑或手机上打开看看，再传一次。"
    ),
    Reason.FILE_ENCRYPTED: _l("这个文件设了密码。请去掉密码再传。"),
    Reason.TOO_MANY_FILES: _l("一件申报最多传 %(named)s 个文件。请先删掉用不着的。"),
    **ENTRY_REASONS,
}
LABELS: Words = {
    **STATE_LABELS,
    **ACTION_LABELS,
    **VERDICT_LABELS,
    **SEVERITY_LABELS,
    **PHASE_LABELS,
    **CHECKED_BY_LABELS,
    **EVIDENCE_LABELS,
    **ROLE_LABELS,
    **ENTRY_LABELS,
}
# The same where no pack is at hand to name the facts: a key or a code is never shown.
UNNAMED_LABELS: Words = {
    Reason.FACTS_MISSING: _l("还有 %(n)s 处没填。请填好再提交。"),
    Reason.FACTS_CONTRADICT: _l("有 %(n)s 处和别处填的对不上。请核对，改好再提交。"),
    Reason.EVIDENCE_MISSING: _l("还缺 %(n)s 份材料。请传好再提交。"),
    Reason.PARTS_MISSING: _l("还有 %(n)s 篇没写好。请写好再提交。"),
    Reason.CHECKS_MISSING: _l("还有 %(n)s 项没查。查完才能同意。"),
    Reason.VETO_FAILED: _l("%(n)s 项必须合格的不合格。企业改好、再查过，才能同意。"),
    Reason.NOTE_MISSING: _l("还有 %(n)s 项没写为什么。请各写一句，企业会看到。"),
    Reason.NOT_IN_LIST: _l("有 %(n)s 项已经不在这家企业的清单里。请重新打开页面再办。"),
}
# More precise than "don't agree", for the contradictions the rules know.
CONTRADICTION_LABELS: Mapping[str, LazyString] = {
    "first_batch_count": _l("首批返岗人数比从业人员数多。请改小，或先改从业人员数。"),
}
TAG_KINDS: Mapping[State, str] = {
    State.DRAFT: "draft",
    State.SUBMITTED: "with",
    State.APPROVED: "ok",
    State.ISSUED: "ok",
}
NAMED_AT_MOST = 3
WEEKDAYS = "一二三四五六日"


def label(member: Enum) -> str:
    """The word for a member of a closed set."""
    return str(LABELS[member])


def done(action: Action | str) -> str:
    """What the history says of an action, given as a member or as the ledger writes it."""
    return str(DONE_LABELS[Action(action)])


def tag_kind(state: State, turn: bool = False) -> str:
    """The kind of status tag for a state; ``turn`` when the reader is who must act."""
    return "you" if turn else TAG_KINDS[state]


def refusal_words(refusal: Refusal, pack: Pack | None = None) -> str:
    """One sentence: what stands in the way and what to do. Names need the case's pack."""
    reason, facts = refusal.reason, refusal.facts
    if reason is Reason.FACTS_CONTRADICT and len(facts) == 1 and facts[0] in CONTRADICTION_LABELS:
        return str(CONTRADICTION_LABELS[facts[0]])
    if pack is None and reason in UNNAMED_LABELS:
        return str(UNNAMED_LABELS[reason]) % {"n": len(facts)}
    names = [_name(reason, fact, pack) for fact in facts]
    shown = "、".join(names[:NAMED_AT_MOST])
    if len(names) > NAMED_AT_MOST:
        shown = gettext("%(shown)s等", shown=shown)
    return str(REASON_LABELS[reason]) % {"n": len(names), "named": shown}


def _name(reason: Reason, fact: str, pack: Pack | None) -> str:
    match reason:
        case Reason.TOO_SOON | Reason.NOT_EARLY:
            return day(date.fromisoformat(fact))
        case Reason.FACTS_MISSING | Reason.FACTS_CONTRADICT if pack:
            return pack.fact(fact).label
        case Reason.EVIDENCE_MISSING | Reason.PARTS_MISSING if pack:
            return pack.material_label(fact)
        case Reason.FILE_TOO_BIG if fact.isdecimal():
            return f"{fact}\u00a0MB"
    if pack:
        return next((one.text for one in pack.requirements if one.code == fact), fact)
    return fact


def day(value: date) -> str:
    """11月26日（周四）; an instant is first taken to the town's day."""
    local = _local(value)
    return f"{local.month}月{local.day}日（周{WEEKDAYS[local.weekday()]}）"


def full_day(value: date) -> str:
    """2026年11月26日: as documents write it, and wherever the year may be in doubt."""
    local = _local(value)
    return f"{local.year}年{local.month}月{local.day}日"


def moment(value: datetime) -> str:
    """11月24日 14:32, in the town's time."""
    local = value.astimezone(TOWN)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def clock(value: datetime) -> str:
    """14:32, in the town's time."""
    return f"{value.astimezone(TOWN):%H:%M}"


def filesize(size: int) -> str:
    """The size of a file as people say it: 34 KB, 1.2 MB."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}\u00a0KB"
    return f"{size / 1_000_000:.1f}\u00a0MB"


def _local(value: date) -> date:
    return value.astimezone(TOWN) if isinstance(value, datetime) else value


def number(value: int | Decimal) -> str:
    """14.1 or 5: without needless zeros."""
    return plain_number(Decimal(value))


FILTERS: Mapping[str, Callable[..., str]] = {
    "number": number,
    "label": label,
    "done": done,
    "tag_kind": tag_kind,
    "refusal_words": refusal_words,
    "day": day,
    "full_day": full_day,
    "moment": moment,
    "clock": clock,
    "filesize": filesize,
    "masked_number": masked_number,
}
