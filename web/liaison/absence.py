"""The liaison's own absences: when, and who answers for the fields meanwhile."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from forms.duty import ABSENCE_WORDS, AbsenceForm
from web.clock import now
from web.dutypages import responsible_words
from web.guards import allow
from web.liaison.blueprint import bp
from workflow.core.days import day_of
from workflow.core.roles import Role
from workflow.store import absences, duty
from workflow.usecases import attendance


@bp.route("/absence", methods=["GET", "POST"])
@allow(Role.LIAISON)
def absence():
    """What I noted, and a form for more. Below it my fields and who acts for them today."""
    form = AbsenceForm(day_of(now()))
    if form.validate_on_submit():
        me, days = g.actor.account_id, form.to_days()
        attendance.note_absence(me, *days, form.to_reason(), g.actor, now())
        flash(_("记下了。这几天由代班人办。"))
        return redirect(url_for(".absence"))
    page = render_template(
        "liaison/absence.html",
        form=form,
        coming=absences.coming(day_of(now()), [g.actor.account_id]),
        reasons=ABSENCE_WORDS,
        fields=_my_fields(),
    )
    return page, 422 if form.is_submitted() else 200


@bp.post("/absence/<int:absence_id>/back")
@allow(Role.LIAISON)
def back(absence_id: int):
    attendance.note_return(absence_id, g.actor, now())
    flash(_("记下了，您在岗。"))
    return redirect(url_for(".absence"))


def _my_fields():
    """My own fields with whoever acts for them today, and the name of who stands in."""
    me = g.actor.account_id
    mine = [one for one in duty.duties(day_of(now())) if one.liaison and one.liaison.id == me]
    return [(one, responsible_words(one)) for one in mine]
