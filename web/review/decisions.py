"""What is decided about a case: each on a page of its own, with its words, sent from there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from forms.decisions import AdverseForm, ConditionsForm, DecideForm, ReasonForm, WordsForm
from web.clock import now
from web.codes import new_codes
from web.guards import allow
from web.handoverpages import submitted
from web.refusalwords import refusal_words
from web.review.actions import ENDING, against_it, ever, preview_of
from workflow.core.deciding import View
from workflow.core.letters import LetterKind
from workflow.core.roles import Actor, Role
from workflow.core.states import Action
from workflow.store import decisions
from workflow.store.cases import Case
from workflow.usecases import accepting, confirming, deciding, letters, releasing
from workflow.usecases.views import review_view

Do = Callable[[int, DecideForm, Actor, datetime], str | None]


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as its page shows it. ``do`` takes it, and returns the number of its document."""

    action: Action
    form: type[DecideForm]
    title: LazyString
    says: LazyString
    button: LazyString
    done: LazyString
    do: Do
    letter: LetterKind | None = None


def _accept(case_id: int, form: DecideForm, actor: Actor, at: datetime) -> str:
    return accepting.accept(case_id, form.to_version(), actor, at, new_codes)


def _not_accept(case_id: int, form: DecideForm, actor: Actor, at: datetime) -> str:
    told = form.to_words(), form.to_basis(), form.to_version()
    return accepting.not_accept(case_id, *told, actor, at, new_codes)


def _approve(case_id: int, form: DecideForm, actor: Actor, at: datetime) -> str:
    return deciding.approve(case_id, form.to_words(), form.to_version(), actor, at, new_codes)


def _refer(case_id: int, form: DecideForm, actor: Actor, at: datetime) -> None:
    deciding.refer(case_id, form.to_words(), form.to_version(), actor, at, new_codes)


def _refuse(case_id: int, form: DecideForm, actor: Actor, at: datetime) -> str:
    told = form.to_words(), form.to_basis(), form.to_version()
    return deciding.refuse(case_id, *told, actor, at, new_codes)


def _send_back(case_id: int, form: DecideForm, actor: Actor, at: datetime) -> None:
    deciding.send_back(case_id, form.to_words(), form.to_version(), actor, at)


def _void(case_id: int, form: DecideForm, actor: Actor, at: datetime) -> None:
    deciding.void(case_id, form.to_words(), form.to_version(), actor, at)


def _release(case_id: int, form: DecideForm, actor: Actor, at: datetime) -> str:
    return releasing.release(case_id, form.to_version(), actor, at)


DECISIONS = (
    Decision(
        Action.ACCEPT,
        DecideForm,
        _l("受理"),
        _l("材料齐全，受理这件申报。受理通知书马上发给企业，接着轮到专员核查。"),
        _l("受理，发受理通知书"),
        _l("已受理"),
        _accept,
    ),
    Decision(
        Action.APPROVE,
        ConditionsForm,
        _l("同意"),
        _l("同意后定下文号，不能收回。请再看一遍。"),
        _l("确认同意"),
        _l("已同意"),
        _approve,
        LetterKind.NOTICE,
    ),
    Decision(
        Action.REFER,
        WordsForm,
        _l("同意，报上一级审定"),
        _l("这一件由上一级决定。您的意见和核查结果一起报上去。"),
        _l("报上去"),
        _l("已报上一级"),
        _refer,
    ),
    Decision(
        Action.RELEASE,
        DecideForm,
        _l("签发"),
        _l("签发后马上盖章、签名，发给企业。"),
        _l("确认签发"),
        _l("已签发"),
        _release,
        LetterKind.NOTICE,
    ),
    Decision(
        Action.REFUSE,
        AdverseForm,
        _l("暂不同意复工"),
        _l(
            "告知书马上发给企业，写明事实、依据、怎样陈述申辩、怎样申请复议。这一件就办完了，企业可以再报。"
        ),
        _l("确认暂不同意，发告知书"),
        _l("已发暂不同意告知书"),
        _refuse,
        LetterKind.REFUSAL,
    ),
    Decision(
        Action.NOT_ACCEPT,
        AdverseForm,
        _l("不予受理"),
        _l(
            "告知书马上发给企业，写明事实、依据、怎样陈述申辩、怎样申请复议。能补正的，请用补正告知。"
        ),
        _l("确认不予受理，发告知书"),
        _l("已发不予受理告知书"),
        _not_accept,
        LetterKind.NON_ACCEPTANCE,
    ),
    Decision(
        Action.SEND_BACK,
        ReasonForm,
        _l("退回重办"),
        _l("退给报上来的人重新办。已定的通知单文号作废，不再用。"),
        _l("确认退回"),
        _l("已退回"),
        _send_back,
    ),
    Decision(
        Action.VOID,
        ReasonForm,
        _l("作废"),
        _l(
            "通知单马上不管用，谁来查都显示作废，文号不再用，不能恢复。"
            "作废的是变更后的，原来那份也不会再有效，要重新报备。"
        ),
        _l("确认作废"),
        _l("已作废"),
        _void,
    ),
)


def decision_views(door: Blueprint, *roles: Role) -> None:
    """Adds to a door the page of every decision that one of its roles can ever take."""
    for decision in DECISIONS:
        if ever(decision.action, roles):
            _add(door, decision, *roles)


def _add(door: Blueprint, decision: Decision, *roles: Role) -> None:
    key = decision.action.value

    @door.route(
        f"/cases/<int:case_id>/{key.replace('_', '-')}", methods=["GET", "POST"], endpoint=key
    )
    @allow(*roles)
    def decide(case_id: int) -> ResponseReturnValue:
        case = submitted(case_id)
        g.pack = case.catalogue.pack
        form = decision.form(data={"version": case.version})
        if not form.validate_on_submit():
            return _page(door.name, case, decision, form), 422 if form.is_submitted() else 200
        number = decision.do(case_id, form, g.actor, now())
        words = str(decision.done)
        flash(_("%(done)s，文号 %(number)s", done=words, number=number) if number else words)
        return redirect(url_for(".case", case_id=case_id))


def _page(door: str, case: Case, decision: Decision, form: DecideForm) -> str:
    """The page of a decision; what stands against it is said instead of the form."""
    view = review_view(case, now())
    against = against_it(view, decision.action, g.actor)
    return render_template(
        "review/decision.html",
        door=door,
        case=case,
        decision=decision,
        form=form,
        ends=decision.action in ENDING,
        against=[refusal_words(one, case.catalogue.pack) for one in against],
        objections=[one for one in decisions.opinions(case.id) if one.view is View.OBJECTS],
        conditions=letters.to_mend(view.held, confirming.checks(case, view), vetoes=False),
        counted=len(view.verdicts),
        preview=preview_of(door, decision.letter, g.actor, case.id),
    )
