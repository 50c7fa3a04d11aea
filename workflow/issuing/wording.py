"""The town's words: every kind of official document, composed from plain values.

Each function gives the whole frozen content of one document. Nothing here is law: who is heard,
where to turn against a decision and what it rests on are given by the caller, from the town's
settings and the catalogue.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from workflow.core.letters import LetterKind
from workflow.issuing.content import ChecklistLine, DocumentContent, Particular, Section

TITLES = {
    LetterKind.ACCEPTANCE: "受理通知书",
    LetterKind.CORRECTION: "一次性补正告知书",
    LetterKind.INSPECTION: "现场核查记录",
    LetterKind.NOTICE: "复工通知单",
    LetterKind.REFUSAL: "暂不同意复工告知书",
    LetterKind.NON_ACCEPTANCE: "不予受理告知书",
}
"""What a document is called, unless the campaign names its notice otherwise."""

_ADVERSE = {
    LetterKind.REFUSAL: "经核查，暂不同意复工。现将理由和你单位的权利告知如下：",
    LetterKind.NON_ACCEPTANCE: "经核对，不予受理。现将理由和你单位的权利告知如下：",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """What all documents share. `number` is the document's own, `filing_number` the 申报号."""

    issuer: str
    number: str
    addressee: str
    place: str
    address: str
    campaign: str
    filing: str
    filing_number: str
    issued_on: date
    document_id: str
    verify_url: str
    typed_code: str
    mark: str | None
    contact: str
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """One point to correct: what it concerns, and what is wrong with it."""

    label: str
    reason: str


def acceptance(
    head: Heading, *, submitted_on: date, materials: tuple[str, ...], due_on: date | None
) -> DocumentContent:
    """受理通知书: the materials are complete, and the office's clock runs from here."""
    term: tuple[str, ...] = ()
    if due_on:
        term = (f"我单位将在{written(due_on)}前（含当日）答复。补正、整改的时间不计入。",)
    received = (f"{'、'.join(materials)}，共{len(materials)}项。",) if materials else ()
    return DocumentContent(
        **_shared(head, LetterKind.ACCEPTANCE),
        body=(_received(head, submitted_on) + "经核对，材料齐全，现予受理。",),
        sections=_sections(
            ("收到的材料", received),
            ("办理期限", term),
        ),
        closing=(
            "本通知书只表示申报已经受理。能否复工，以另行发出的文书为准。",
            f"办理进度可以在网上查看，也可以拨打{head.contact}询问。",
        ),
    )


def correction(
    head: Heading, *, points: tuple[CorrectionLine, ...], due_on: date, round_number: int
) -> DocumentContent:
    """一次性补正告知书: everything to correct in one list; `round_number` counts from 1."""
    again = f"这是本次申报的第{round_number}次补正。" if round_number > 1 else ""
    return DocumentContent(
        **_shared(head, LetterKind.CORRECTION),
        body=(
            f"{_received(head)}经核对，申报需要补正。{again}"
            f"现将需要补正的全部内容一次性告知如下，共{len(points)}项：",
        ),
        sections=_sections(
            ("需要补正的内容", tuple(f"{point.label}：{point.reason}" for point in points)),
            (
                "怎样补正",
                (
                    "请在网上的原申报中逐项改好，重新提交。",
                    f"请在{written(due_on)}前（含当日）提交。",
                    "补正的时间不计入我单位的办理期限。",
                    f"不清楚的，请拨打{head.contact}询问。",
                ),
            ),
        ),
    )


def inspection_record(
    head: Heading,
    *,
    mode: str,
    where: str,
    began: datetime,
    ended: datetime,
    inspector: str,
    others: tuple[str, ...],
    lines: tuple[ChecklistLine, ...],
    photos: int,
    opinion: str,
    to_mend: tuple[str, ...],
    mend_by: date | None,
    staff: str = "",
) -> DocumentContent:
    """现场核查记录: a record, not a letter. `mode` is 现场 or 视频, the times are the town's."""
    rows = (
        *_inspected(head),
        ("核查方式", f"{mode}核查"),
        ("核查地点", where),
        ("核查时间", _span(began, ended)),
        ("核查人员", inspector),
        ("其他参加人员", "、".join(others) or "无"),
        ("照片", f"{photos}张" if photos else "无"),
    )
    by = f"请在{written(mend_by)}前（含当日）改好，并请企业专员复查。" if mend_by else ""
    return DocumentContent(
        **_shared(head, LetterKind.INSPECTION),
        particulars=tuple(Particular(*row) for row in rows),
        sections=_sections(
            ("核查结果", (_counted(lines), *([f"人员：{staff}"] if staff else ()))),
            ("核查意见", (opinion,)),
            ("未达到的要求", to_mend),
        ),
        closing=(by,) if to_mend and by else (),
        checklist=lines,
        checklist_title="现场核查清单",
    )


def notice(
    head: Heading,
    *,
    title: str,
    body: tuple[str, ...],
    conditions: tuple[str, ...],
    basis: tuple[str, ...],
    lines: tuple[ChecklistLine, ...],
    staff: str = "",
    replaces: str | None = None,
) -> DocumentContent:
    """复工通知单 or 备案回执. `replaces` is the number of the notice that a change supersedes.

    `basis` stays empty unless the catalogue names a source.
    """
    instead = (f"本文书代替{replaces}，原文书请不要再使用。",) if replaces else ()
    return DocumentContent(
        **_shared(head, LetterKind.NOTICE, title),
        body=(_received(head), *basis, *body, *instead),
        conditions=conditions,
        checklist=lines,
        checklist_title="复工条件确认清单",
        staff=staff,
    )


def refusal(
    head: Heading,
    kind: LetterKind,
    *,
    facts: tuple[str, ...],
    basis: tuple[str, ...],
    hearing: str,
    remedies: str,
    title: str | None = None,
) -> DocumentContent:
    """暂不同意复工告知书 or 不予受理告知书.

    Raises ValueError without facts, hearing or remedies: an adverse document that leaves one out
    must not be issued. `basis` may be empty where the town has named none.
    """
    if not (facts and hearing.strip() and remedies.strip()):
        raise ValueError("an adverse document states facts, hearing and remedies")
    again = ("上列问题解决后，可以重新申报。",) if kind is LetterKind.REFUSAL else ()
    return DocumentContent(
        **_shared(head, kind, title),
        body=(_received(head) + _ADVERSE[kind],),
        sections=_sections(
            ("事实和理由", facts),
            ("依据", basis),
            ("陈述和申辩", (hearing,)),
            ("救济途径", (remedies,)),
        ),
        closing=(*again, f"询问办理事项，请拨打{head.contact}。"),
    )


def written(day: date) -> str:
    """Write a date as official documents do: without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def _shared(head: Heading, kind: LetterKind, title: str | None = None) -> dict[str, Any]:
    values = {field.name: getattr(head, field.name) for field in fields(head)}
    return values | {"kind": kind, "title": title or TITLES[kind]}


def _inspected(head: Heading) -> tuple[tuple[str, str], ...]:
    return (
        ("被核查单位", head.addressee),
        ("复工单元", f"{head.place}（{head.address}）"),
        ("申报", f"{head.filing}（{head.campaign}），申报号{head.filing_number}"),
    )


def _received(head: Heading, submitted_on: date | None = None) -> str:
    on = f"于{written(submitted_on)}提交" if submitted_on else ""
    return (
        f"你单位{head.place}（{head.address}）{on}的{head.filing}（{head.campaign}）收悉，"
        f"申报号{head.filing_number}。"
    )


def _sections(*parts: tuple[str, tuple[str, ...]]) -> tuple[Section, ...]:
    return tuple(Section(heading, lines) for heading, lines in parts if lines)


def _span(began: datetime, ended: datetime) -> str:
    until = _time(ended) if began.date() == ended.date() else written(ended) + _time(ended)
    return f"{written(began)}{_time(began)}至{until}"


def _time(moment: datetime) -> str:
    return f"{moment.hour}时{moment.minute:02}分"


def _counted(lines: Sequence[ChecklistLine]) -> str:
    results = [line.result for line in lines]
    counts = "，".join(f"{word}{results.count(word)}项" for word in dict.fromkeys(results))
    return f"共核查{len(lines)}项：{counts}。逐项结果见附件。" if lines else "没有逐项核查的内容。"
