"""会签: what departments are asked about a case, what they say, and what their silence means."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forms.decisions import OpinionForm
from web.clock import now
from web.guards import allow
from web.handoverpages import submitted
from web.labels import day, label
from workflow.core.days import day_of
from workflow.core.deciding import View
from workflow.core.filings import Silence
from workflow.core.refusals import NotFound
from workflow.core.roles import Actor, Role
from workflow.core.states import UNDER_REVIEW
from workflow.store import decisions
from workflow.store.cases import Case
from workflow.store.decisions import Opinion
from workflow.usecases import opinions


@dataclass(frozen=True, slots=True)
class Voice:
    """The opinion of one department: how it stands, and what its silence means."""

    opinion: Opinion
    kind: str
    word: str
    silence: str


def voices(case: Case, today: date) -> list[Voice]:
    """What every department said, or what it means that it has not."""
    return [_voice(one, today) for one in decisions.opinions(case.id)]


def asked_of(case: Case, actor: Actor) -> Opinion | None:
    """The opinion that this officer's department has still to give."""
    if case.state not in UNDER_REVIEW:
        return None
    mine = (one for one in decisions.opinions(case.id) if one.department_id == actor.department_id)
    return next((one for one in mine if one.view is None), None)


def opinion_views(door: Blueprint, *roles: Role) -> None:
    """Adds to a door the page on which a department answers."""

    @door.route("/cases/<int:case_id>/opinion", methods=["GET", "POST"])
    @allow(*roles)
    def opinion(case_id: int) -> ResponseReturnValue:
        case, form = submitted(case_id), OpinionForm()
        if form.validate_on_submit():
            opinions.answer(case_id, form.to_view(), form.to_words(), g.actor, now())
            flash(_("已答复"))
            return redirect(url_for(".case", case_id=case_id, _anchor="opinions"))
        asked = asked_of(case, g.actor)
        if asked is None:
            raise NotFound(case_id)
        told = {
            "door": door.name,
            "case": case,
            "form": form,
            "asked": _voice(asked, day_of(now())),
        }
        page = render_template("review/opinion.html", **told)
        return page, 422 if form.is_submitted() else 200


def _voice(one: Opinion, today: date) -> Voice:
    silence = label(one.silence)
    if one.view is not None:
        kind = "ok" if one.view is View.AGREES else "stop"
        return Voice(one, kind, label(one.view), silence)
    if today <= one.due_on:
        return Voice(one, "with", _("最迟%(day)s答复", day=day(one.due_on)), silence)
    if one.silence is Silence.WAITS:
        return Voice(one, "late", _("过期没有答复，还在等"), silence)
    return Voice(one, "old", _("到期没有答复，视为没有意见"), silence)
