"""The roster of a case's place: masked, read only; one person in clear for a stated reason."""

from flask import g, render_template

from forms.roster import PersonRevealForm
from web.clock import now
from web.guards import allow
from web.liaison.blueprint import bp
from web.rosterpages import PAGE, number_in
from workflow.core.roles import Role
from workflow.store import cases, rosters
from workflow.usecases import rostering


@bp.get("/cases/<int:case_id>/roster")
@allow(Role.LIAISON)
def roster(case_id: int):
    """The roster of the case's place as it was when the filing was handed in."""
    case = cases.get(case_id, g.actor)
    seq = case.submission.roster_seq
    shown = rosters.version(case.place_id, seq) if seq else None
    after = number_in("after") or 0
    lines = rosters.entries(case.place_id, shown.seq, after, PAGE + 1) if shown else []
    return render_template(
        "liaison/roster.html",
        case=case,
        shown=shown,
        after=after,
        lines=lines,
        page=PAGE,
        summary=rosters.summary(case.place_id, shown.seq) if shown else None,
    )


@bp.route("/cases/<int:case_id>/roster/<int:line>", methods=["GET", "POST"])
@allow(Role.LIAISON)
def roster_reveal(case_id: int, line: int):
    """One person in clear, for a stated reason, which is recorded."""
    case = cases.get(case_id, g.actor)
    seq = case.submission.roster_seq
    one = rosters.one(case.place_id, line, seq)
    form, shown = PersonRevealForm(), None
    if form.validate_on_submit():
        shown = rostering.reveal(case.place_id, line, form.to_reason(), g.actor, now(), seq)
    status = 422 if form.is_submitted() and shown is None else 200
    page = render_template("liaison/roster_reveal.html", case=case, one=one, form=form, shown=shown)
    return page, status
