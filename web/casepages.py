"""What the case pages of all doors share: the history, and how far the notice has come."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, g, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forms.review import REASONS
from web import downloads
from web.dutypages import handed_over
from web.guards import allow
from web.labels import label, moment
from workflow.core.checklist import Verdict
from workflow.core.refusals import NotFound
from workflow.core.reveals import RevealReason
from workflow.core.roles import Role
from workflow.core.states import Action, State
from workflow.store import accounts, audit, cases, documents
from workflow.store.cases import Case, CheckResult
from workflow.store.documents import Document
from workflow.usecases.handing_over import HAND_OVER
from workflow.usecases.views import RECORD

EVENT_WORDS = {
    "open": _l("开始填报"),
    RECORD: _l("企业办代录"),
    Action.SUBMIT.value: _l("企业提交"),
    "confirm": _l("专员记下核查结果"),
    "reveal": _l("专员查看联系方式"),
    HAND_OVER: _l("转办"),
    Action.APPROVE.value: _l("同意"),
    Action.MARK_ISSUED.value: _l("签发通知单"),
    "merge": _l("企业合并，转到合并后的企业"),
}
OFFICE_WORDS = {  # the same where the office did it, in somebody's place
    Action.SUBMIT.value: _l("企业办代企业提交"),
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

    ``url`` is asked again each second until there is a ``pdf``. ``step`` counts along the relay.
    """

    title: str
    line: str
    step: int
    number: str
    url: str
    pdf: str = ""
    preview: str = ""
    verify: str = ""


def history(case_id: int) -> list[Happened]:
    """The events of a case in words, newest first."""
    events = audit.of_case(case_id)
    names = accounts.names({event.actor_id for event in events if event.actor_id})
    passed = handed_over(event.payload for event in events if event.action == HAND_OVER)
    return [Happened(event.at, _words(event, passed), _who(event, names)) for event in events]


def _words(event: audit.AuditEvent, passed: dict[int, str]) -> str:
    if event.action == HAND_OVER:
        return passed[event.payload["handover"]]
    by_office = event.role == Role.OFFICE.value and event.action in OFFICE_WORDS
    words = str((OFFICE_WORDS if by_office else EVENT_WORDS)[event.action])
    reason = event.payload.get("reason")
    return f"{words}（{REASONS[RevealReason(reason)]}）" if reason else words


def _who(event: audit.AuditEvent, names: dict[int, str]) -> str:
    """Who did it, and in whose place where that is not plain from who they are."""
    if event.role == Role.SYSTEM.value:
        return _("系统")
    name = names[event.actor_id or 0]
    if event.payload.get("stands_in"):
        return _("%(name)s（代班）", name=name)
    return _("%(name)s（企业办）", name=name) if event.role == Role.OFFICE.value else name


def progress_words(case: Case, document: Document | None, door: str) -> Progress | None:
    """None while there is nothing to wait for or to show."""
    if document is None:
        return None
    url = url_for(f"{door}.progress", case_id=case.id)
    who, when = case.approver.name if case.approver else "", moment(document.created_at)
    if case.state is not State.ISSUED or document.stored_at is None:
        line = _("%(who)s %(when)s 同意。", who=who, when=when)
        return Progress(_("正在签发通知单"), line, 2, document.full_number, url)
    return Progress(
        _("通知单已签发"),
        _("%(when)s 签发。请按通知单上的条件复工。", when=moment(document.stored_at)),
        3,
        document.full_number,
        url,
        pdf=url_for(f"{door}.notice_pdf", case_id=case.id),
        preview=url_for(f"{door}.notice_preview", case_id=case.id),
        verify=url_for("public.by_token", token=document.token),
    )


VERDICT_KINDS = {Verdict.PASS: "ok", Verdict.FAIL: "stop", Verdict.NOT_APPLICABLE: "old"}


def verdict_tag(check: CheckResult) -> tuple[str, str]:
    """The kind and word of the tag for a verdict."""
    return VERDICT_KINDS[check.verdict], label(check.verdict)


def masked(name: str) -> str:
    """A person's name with all but the first character hidden."""
    return name[:1] + "*" * (len(name) - 1)


FILTERS = {"verdict_tag": verdict_tag, "masked": masked}


def case_views(door: Blueprint, *roles: Role) -> None:
    """Adds to a door what all of them show of a case: how far the notice is, notice and files."""

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
        return downloads.notice_pdf(case_id, g.actor)

    @door.get("/cases/<int:case_id>/notice.png")
    @allow(*roles)
    def notice_preview(case_id: int) -> Response:
        return downloads.notice_preview(case_id, g.actor)

    @door.get("/cases/<int:case_id>/files/<sha256>")
    @allow(*roles)
    def file(case_id: int, sha256: str) -> Response:
        return downloads.case_file(case_id, sha256, g.actor)
