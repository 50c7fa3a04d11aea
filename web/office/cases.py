"""The cases the office has taken over, to review like a liaison; and all cases, to look at."""

from flask import g, render_template

from forms.lists import CasesForm
from web.guards import allow
from web.labels import STATE_LABELS
from web.office.blueprint import bp
from web.reviewpages import review_views
from workflow.core.roles import Role
from workflow.core.states import State
from workflow.store import caselists, duty

review_views(bp, Role.OFFICE, queue_at="/queue")


@bp.get("/cases")
@allow(Role.OFFICE)
def cases():
    """Every case that was handed in, newest first, by state and field if so asked."""
    states = [(one.value, STATE_LABELS[one]) for one in State if one is not State.DRAFT]
    form = CasesForm(states, [(str(one.id), one.name) for one in duty.fields()])
    asked = form.to_asked()
    state = State(asked.state) if asked.state else None
    found = caselists.sliced(g.actor, state, asked.field_id, asked.after)
    return render_template("office/cases.html", form=form, found=found, asked=asked)
