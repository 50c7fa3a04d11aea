"""What a case means for its enterprise now: one sentence or two, and the one thing to do next."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from web.labels import moment
from workflow.core.states import CLOSED, Action, State
from workflow.store import cases, corrections, decisions, documents
from workflow.store.cases import Case
from workflow.usecases.views import unanswered


@dataclass(frozen=True, slots=True)
class Next:
    """``words`` say how it stands; ``action`` and ``url`` are the button, empty where there is
    nothing to do but wait.
    """

    words: str
    action: str = ""
    url: str = ""


def next_of(case: Case) -> Next:
    """How a case of the signed-in enterprise stands, and what it does next."""
    if case.state is State.DRAFT:
        words = _("%(when)s 存过", when=moment(case.saved_at))
        return Next(words, _("接着填"), url_for("enterprise.case", case_id=case.id))
    if case.state in {State.RETURNED, State.RECTIFYING}:
        return _to_correct(case)
    if case.state in CLOSED:
        return _closed(case)
    return Next(_waiting(case))


def _to_correct(case: Case) -> Next:
    told, still_open = corrections.open_points(case.id), unanswered(case)
    if not still_open:
        words = _("%(n)s 处都改了或说明了。请核对，重新提交。", n=len(told))
        return Next(words, _("核对，重新提交"), url_for("enterprise.check", case_id=case.id))
    n, left = len(told), len(still_open)
    if case.state is State.RECTIFYING:
        words = _(
            "核查有 %(n)s 处不合格，还有 %(left)s 处没改。改好后重新提交，专员再来查。",
            n=n,
            left=left,
        )
    else:
        words = _("有 %(n)s 处要补正，还有 %(left)s 处没改。改好后重新提交。", n=n, left=left)
    return Next(words, _("去改"), url_for("enterprise.corrections", case_id=case.id))


def _waiting(case: Case) -> str:
    handed_in = moment(case.submission.submitted_at)
    sentences = {
        State.SUBMITTED: _("%(when)s 已提交。企业办先看填得全不全、材料齐不齐。", when=handed_in),
        State.ACCEPTED: _("已受理。专员会和您约时间，到现场或用视频核查。"),
        State.INSPECTING: _("专员正在核查。有不合格的，会一次告诉您。"),
        State.REFERRED: _("专员核查过，已报上一级审定。"),
        State.AWAITING_RELEASE: _("已经同意，等签发人签发通知单。签发以前还不能复工。"),
        State.APPROVED: _("已经同意，通知单正在盖章签名，一般几分钟就好。"),
        State.ISSUED: _("通知单现在管用。请按通知单上的条件复工。"),
    }
    before = cases.before(case)
    if before is not None and before.state is State.ISSUED and case.state is not State.ISSUED:
        return sentences[case.state] + _("新的通知单签发以前，原来的照样管用。")
    return sentences[case.state]


def _closed(case: Case) -> Next:
    if case.state is State.SUPERSEDED:
        return _superseded(case)
    again = Next(_why_closed(case))
    alive = cases.alive(case.place_id, case.stop_id)
    if alive is not None:
        url = url_for("enterprise.case", case_id=alive.id)
        return Next(again.words, _("看现在办的这一件"), url)
    if not case.stop.open:
        return again
    return Next(
        again.words + _("要复工，可以重新申报，填过的不用再填。"),
        _("去重新申报"),
        url_for("enterprise.home") + f"#place-{case.place_id}-{case.stop_id}",
    )


def _superseded(case: Case) -> Next:
    notice = documents.of_case(case.id)
    by = notice.superseded_by if notice else None
    if by is None:
        return Next(_("通知单已由变更后的代替，不再管用。"))
    words = _("通知单已由 %(number)s 代替，请用新的。", number=by.full_number)
    return Next(words, _("看新的通知单"), url_for("enterprise.case", case_id=by.case_id))


def _why_closed(case: Case) -> str:
    if case.state is State.VOIDED:
        said = [one for one in decisions.of_case(case.id) if one.action is Action.VOID]
        why = _("理由：%(words)s。", words=said[-1].words.rstrip("。")) if said else ""
        return _("通知单已作废，不能再凭它复工。") + why
    return {
        State.WITHDRAWN: _("这一件您已撤回，不再办。"),
        State.NOT_ACCEPTED: _(
            "没有受理。理由、怎样陈述和申辩、有哪些救济途径，写在《不予受理告知书》里。"
        ),
        State.REFUSED: _(
            "暂不同意复工。理由、怎样陈述和申辩、有哪些救济途径，写在《暂不同意复工告知书》里。"
        ),
    }[case.state]
