"""What the case pages of all doors share: the history, and how far the notice has come."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from flask import Blueprint, Response, g, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forms.review import REASONS
from web import downloads
from web.casewords import DONE_LABELS
from web.clock import now
from web.dutypages import handed_over, responsible_words
from web.guards import allow
from web.labels import label, moment
from web.talkpages import talk_views
from web.turnwords import TurnWords, turn_of
from workflow.core.checklist import Verdict
from workflow.core.days import day_of
from workflow.core.refusals import NotFound
from workflow.core.reveals import RevealReason
from workflow.core.roles import Role
from workflow.core.states import Action
from workflow.store import accounts, audit, cases, documents
from workflow.store.cases import Case
from workflow.store.documents import Document
from workflow.store.duty import duty_of
from workflow.store.submissions import CheckResult
from workflow.usecases.escalating import ESCALATE
from workflow.usecases.handing_over import HAND_OVER
from workflow.usecases.releasing import STORED
from workflow.usecases.timestamping import TIMESTAMPED
from workflow.usecases.views import RECORD

EVENT_WORDS = {
    **{action.value: words for action, words in DONE_LABELS.items()},
    "open": _l("开始填报"),
    RECORD: _l("企业办代录"),
    "confirm": _l("专员记下核查结果"),
    "reveal": _l("专员查看联系方式"),
    "opinion": _l("部门答复意见"),
    STORED: _l("文书已盖章签名"),
    TIMESTAMPED: _l("文书补上时间戳"),
    HAND_OVER: _l("转办"),
    ESCALATE: _l("到期或超时，已告知"),
    "merge": _l("企业合并，转到合并后的企业"),
}
OFFICE_WORDS = {  # the same where the office did it, in somebody's place
    Action.SUBMIT.value: _l("企业办代企业提交"),
    Action.RESUBMIT.value: _l("企业办代企业改好，重新提交"),
    Action.WITHDRAW.value: _l("企业办代企业撤回"),
    "confirm": _l("企业办记下核查结果"),
    "reveal": _l("企业办查看联系方式"),
}


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the history."""

    at: datetime
    what: str
    who: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Whose turn it is after the approval, and how far the notice is.

    ``url`` is asked again each second until there is a ``pdf``.
    """

    turn: TurnWords
    line: str
    number: str
    url: str
    pdf: str = ""
    preview: str = ""
    verify: str = ""


def history(case_id: int) -> list[Happened]:
    """The events of a case in words, newest first. What one person did several times in a row, such
    as the marks of an inspection, is told once, with the last time.
    """
    events = audit.of_case(case_id)
    names = accounts.names({event.actor_id for event in events if event.actor_id})
    passed = handed_over(event.payload for event in events if event.action == HAND_OVER)
    told = [Happened(event.at, _words(event, passed), _who(event, names)) for event in events]
    return [next(alike) for _key, alike in groupby(told, key=attrgetter("what", "who"))]


def _words(event: audit.AuditEvent, passed: dict[int, str]) -> str:
    if event.action == HAND_OVER:
        return passed[event.payload["handover"]]
    words = event_words(event.action, event.role)
    reason = event.payload.get("reason") if event.action == "reveal" else None
    return f"{words}（{REASONS[RevealReason(reason)]}）" if reason else words


def event_words(action: str, role: str) -> str:
    """What the ledger calls an action, as it is told: the office's own doing says so."""
    by_office = role == Role.OFFICE.value and action in OFFICE_WORDS
    return str((OFFICE_WORDS if by_office else EVENT_WORDS)[action])


def _who(event: audit.AuditEvent, names: dict[int, str]) -> str:
    """Who did it, and in whose place where that is not plain from who they are."""
    if event.role == Role.SYSTEM.value:
        return _("系统")
    name = names[event.actor_id or 0]
    if event.payload.get("stands_in"):
        return _("%(name)s（代班）", name=name)
    if event.action == "opinion":
        return _("%(name)s（部门）", name=name)
    return _("%(name)s（企业办）", name=name) if event.role == Role.OFFICE.value else name


def progress_words(case: Case, document: Document | None, door: str) -> Progress | None:
    """None while there is nothing to wait for or to show: before the release, and once the notice
    is void or another has taken its place.
    """
    if document is None or not document.released_at or document.voided_at:
        return None
    if document.superseded_by_id:
        return None
    at = now()
    turn = turn_of(case, g.actor, responsible_words(duty_of(case.field_id, day_of(at))), at)
    url = url_for(f"{door}.progress", case_id=case.id)
    if document.stored_at is None:
        who = case.approver.name if case.approver else ""
        line = _("%(who)s %(when)s 同意。", who=who, when=moment(document.created_at))
        return Progress(turn, line, document.full_number, url)
    return Progress(
        turn,
        _told_issued(document.stored_at),
        document.full_number,
        url,
        pdf=url_for(f"{door}.notice_pdf", case_id=case.id),
        preview=url_for(f"{door}.notice_preview", case_id=case.id),
        verify=url_for("public.by_token", token=document.token),
    )


def _told_issued(at: datetime) -> str:
    """When it was issued; the enterprise is also told what to keep to."""
    if g.actor.role is Role.ENTERPRISE:
        return _("%(when)s 签发。请按通知单上的条件复工。", when=moment(at))
    return _("%(when)s 签发。", when=moment(at))


VERDICT_KINDS = {Verdict.PASS: "ok", Verdict.FAIL: "stop", Verdict.NOT_APPLICABLE: "old"}


def verdict_tag(check: CheckResult) -> tuple[str, str]:
    """The kind and word of the tag for a verdict."""
    return VERDICT_KINDS[check.verdict], label(check.verdict)


def masked(name: str) -> str:
    """A person's name with all but the first character hidden."""
    return name[:1] + "*" * (len(name) - 1)


FILTERS = {"verdict_tag": verdict_tag, "masked": masked}


def case_views(door: Blueprint, *roles: Role) -> None:
    """Adds to a door what all of them show of a case: how far the notice is, documents, files and,
    where its people talk about cases, messages.
    """
    talk_views(door, *roles)

    @door.get("/cases/<int:case_id>/progress")
    @allow(*roles)
    def progress(case_id: int) -> str:
        """The part of the page that changes by itself while a notice is being issued."""
        case = cases.get(case_id, g.actor)
        words = progress_words(case, documents.of_case(case.id), door.name)
        if words is None:
            raise NotFound(case_id)
        return render_template("cases/progress.html", progress=words)

    @door.get("/cases/<int:case_id>/notice.pdf")
    @allow(*roles)
    def notice_pdf(case_id: int) -> Response:
        return downloads.signed_pdf(downloads.notice_of(case_id, g.actor))

    @door.get("/cases/<int:case_id>/notice.png")
    @allow(*roles)
    def notice_preview(case_id: int) -> Response:
        return downloads.preview(downloads.notice_of(case_id, g.actor))

    @door.get("/cases/<int:case_id>/letters/<int:document_id>.pdf")
    @allow(*roles)
    def letter_pdf(case_id: int, document_id: int) -> Response:
        return downloads.signed_pdf(downloads.letter_of(case_id, document_id, g.actor))

    @door.get("/cases/<int:case_id>/letters/<int:document_id>.png")
    @allow(*roles)
    def letter_preview(case_id: int, document_id: int) -> Response:
        return downloads.preview(downloads.letter_of(case_id, document_id, g.actor))

    @door.get("/cases/<int:case_id>/files/<sha256>")
    @allow(*roles)
    def file(case_id: int, sha256: str) -> Response:
        return downloads.case_file(case_id, sha256, g.actor)
