"""Who is away, and noting it for those who cannot."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from forms.duty import ABSENCE_WORDS, AbsenceForm
from web.clock import now
from web.guards import allow
from web.office.blueprint import bp
from workflow.core.days import day_of
from workflow.core.roles import Role
from workflow.store import absences as kept
from workflow.store import accounts
from workflow.usecases import attendance


@bp.route("/absences", methods=["GET", "POST"])
@allow(Role.OFFICE)
def absences():
    people = [(str(one.id), one.name) for one in accounts.liaisons()]
    form = AbsenceForm(day_of(now()), people)
    if form.validate_on_submit():
        who = int(form.account.data)
        attendance.note_absence(who, *form.to_days(), form.to_reason(), g.actor, now())
        flash(_("记下了。这几天由代班人办，代班人也不在的由企业办代管。"))
        return redirect(url_for(".absences"))
    coming = kept.coming(day_of(now()))
    names = accounts.names({one.account_id for one in coming} | {one.noted_by for one in coming})
    told = {"coming": coming, "names": names, "reasons": ABSENCE_WORDS}
    page = render_template("office/absences.html", form=form, today=day_of(now()), **told)
    return page, 422 if form.is_submitted() else 200


@bp.post("/absences/<int:absence_id>/back")
@allow(Role.OFFICE)
def back(absence_id: int):
    attendance.note_return(absence_id, g.actor, now())
    flash(_("记下了，已在岗。"))
    return redirect(url_for(".absences"))
