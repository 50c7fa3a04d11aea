"""不是我的责任田: the page on which a place is passed on to the field it belongs to."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from forms.duty import HandOverForm
from web.clock import now
from web.dutypages import covers_words, responsible_words
from web.guards import allow
from workflow.core.days import day_of
from workflow.core.refusals import NotFound
from workflow.core.roles import Role
from workflow.core.states import State
from workflow.store import cases, catalogues, duty
from workflow.store.cases import Case
from workflow.store.towns import Field
from workflow.usecases.handing_over import hand_over as pass_on


def handover_views(door: Blueprint, *roles: Role) -> None:
    """Adds the page to a door."""

    @door.route("/cases/<int:case_id>/hand-over", methods=["GET", "POST"])
    @allow(*roles)
    def hand_over(case_id: int):
        case = submitted(case_id)
        form = HandOverForm(_choices(case), data={"version": case.version})
        if not form.validate_on_submit():
            page = render_template("review/hand_over.html", door=door.name, case=case, form=form)
            return page, 422 if form.is_submitted() else 200
        to_field, why, words = int(form.to_field.data), form.to_reason(), form.to_words()
        pass_on(case_id, to_field, why, words, form.to_version(), g.actor, now())
        flash(_("已转给%(field)s", field=duty.duty_of(to_field, day_of(now())).field.name))
        return redirect(url_for(".queue"))


def submitted(case_id: int) -> Case:
    """A case in the actor's scope that has been handed in; a draft is not to be reviewed."""
    case = cases.get(case_id, g.actor)
    if case.state is State.DRAFT:
        raise NotFound(case_id)
    return case


def _choices(case: Case) -> list[tuple[str, str]]:
    """The other fields; first the one that covers the place's village and class, which says so."""
    right = duty.field_for(case.place.village, case.place.place_class)
    classes, others = catalogues.classes(), duty.duties(day_of(now()))
    found = [one for one in others if one.field.id != case.field_id]
    found.sort(key=lambda one: right is None or one.field.id != right.id)
    return [(str(one.field.id), _words(one, right, classes)) for one in found]


def _words(one: duty.OnDuty, right: Field | None, classes: dict[str, str]) -> str:
    words = _(
        "%(field)s，%(covers)s，%(who)s",
        field=one.field.name,
        covers=covers_words(one.field, classes),
        who=responsible_words(one).name,
    )
    fits = right is not None and one.field.id == right.id
    return _("%(words)s（按村和类别归这里）", words=words) if fits else words
