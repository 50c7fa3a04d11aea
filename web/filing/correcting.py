"""Corrections (补正, 整改): every point, what was done about it; and taking the filing back."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from forms.filing import AnswerForm, WithdrawForm
from web.clock import now
from web.filing.frame import Draft, draft
from web.guards import allow
from web.letterpages import letters_of
from web.refusalwords import refusal_words
from workflow.core.refusals import NotFound
from workflow.core.roles import Role
from workflow.core.states import Action, State
from workflow.core.transitions import refusals
from workflow.store import cases
from workflow.store.cases import Case
from workflow.usecases import submitting
from workflow.usecases.views import review_view


def add(door: Blueprint, *roles: Role) -> None:
    """Adds to a door the pages of a filing that was handed in and can still be changed."""

    @door.get("/cases/<int:case_id>/corrections")
    @allow(*roles)
    def corrections(case_id: int) -> str:
        """Everything that is to be corrected or mended, with a way to each place."""
        return _page(draft(case_id, door.name), {})

    @door.post("/cases/<int:case_id>/points/<int:point_id>")
    @allow(*roles)
    def answer_point(case_id: int, point_id: int) -> Any:
        """Says what was done about one point."""
        found, form = draft(case_id, door.name), AnswerForm()
        if not form.validate_on_submit():
            return _page(found, {point_id: form}), 422
        submitting.answer_point(case_id, point_id, form.to_words(), g.actor, now())
        return redirect(found.url("corrections") + f"#point-{point_id}")

    @door.route("/cases/<int:case_id>/withdraw", methods=["GET", "POST"])
    @allow(*roles)
    def withdraw(case_id: int) -> Any:
        """Takes the filing back (撤回), once that has been said again on a page of its own."""
        case = _handed_in(case_id)
        form = WithdrawForm(data={"version": case.version})
        if form.validate_on_submit():
            submitting.withdraw(case_id, form.to_version(), g.actor, now())
            flash(_("已撤回"))
            return redirect(url_for(f"{door.name}.case", case_id=case_id))
        return _withdrawing(case, door.name, form), 422 if form.is_submitted() else 200


def _page(found: Draft, tried: dict[int, AnswerForm]) -> str:
    if found.request is None:
        raise NotFound(found.case.id)
    forms = {
        one.id: tried.get(one.id) or AnswerForm(formdata=None, data={"words": one.answer})
        for one in found.request.points
    }
    return render_template(
        "filing/corrections.html",
        forms=forms,
        tried=next(iter(tried.values()), None),
        letters=letters_of(found.case, found.door),
        **found.page("corrections"),
    )


def _handed_in(case_id: int) -> Case:
    case = cases.get(case_id, g.actor)
    if case.state is State.DRAFT:
        raise NotFound(case_id)
    return case


def _withdrawing(case: Case, door: str, form: WithdrawForm) -> str:
    against = refusals(review_view(case, now()), Action.WITHDRAW, g.actor)
    return render_template(
        "filing/withdraw.html",
        case=case,
        door=door,
        form=form,
        against=[refusal_words(one) for one in against],
    )
