"""What waits for the office."""

from flask import g, render_template

from web.clock import now
from web.guards import allow
from web.office.blueprint import bp
from web.office.fields import found_gaps, found_overlaps
from workflow.core.days import day_of
from workflow.core.roles import Role
from workflow.core.states import State
from workflow.store import absences, caselists, duty


@bp.get("/")
@allow(Role.OFFICE)
def home() -> str:
    """The office's first page: a link to each of its lists, with how much is in it."""
    today = day_of(now())
    drafts = [one for one in caselists.recorded(g.actor) if one.state is State.DRAFT]
    return render_template(
        "office/home.html",
        waiting=caselists.waiting(g.actor),
        most=caselists.MOST_COUNTED,
        fields=len(duty.fields()),
        taken_over=len(g.actor.fields),
        unclear=len(found_gaps()) + len(found_overlaps()),
        away=len({one.account_id for one in absences.on(today)}),
        drafts=len(drafts),
    )
