"""The words for every member of every closed set, and how days, instants and sizes are written."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from forms.healthwords import HEALTH_WORDS
from forms.rosterwords import (
    COLUMN_WORDS,
    EMPLOYER_WORDS,
    KIND_WORDS,
    LODGING_WORDS,
    PERSON_REASONS,
)
from web.casewords import CASE_LABELS, DONE_LABELS, TAG_KINDS
from web.entrywords import ENTRY_LABELS
from workflow.core.checklist import Verdict
from workflow.core.days import TOWN
from workflow.core.facts import plain_number
from workflow.core.identifiers import masked_number
from workflow.core.requirements import CheckedBy, EvidenceKind, Phase, Severity
from workflow.core.roles import Role
from workflow.core.states import Action, State

_l = lazy_gettext
Words = Mapping[Enum, LazyString]

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
LABELS: Words = {
    **CASE_LABELS,
    **VERDICT_LABELS,
    **SEVERITY_LABELS,
    **PHASE_LABELS,
    **CHECKED_BY_LABELS,
    **EVIDENCE_LABELS,
    **ROLE_LABELS,
    **ENTRY_LABELS,
    **COLUMN_WORDS,
    **KIND_WORDS,
    **EMPLOYER_WORDS,
    **LODGING_WORDS,
    **HEALTH_WORDS,
    **PERSON_REASONS,
}
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
    "day": day,
    "full_day": full_day,
    "moment": moment,
    "clock": clock,
    "filesize": filesize,
    "masked_number": masked_number,
}
