"""What waits for the office."""

from datetime import timedelta

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from web.clock import now
from web.guards import allow
from web.office.blueprint import bp
from web.office.fields import found_gaps, found_overlaps
from web.queuetabs import TO_CHECK
from workflow.core.days import day_of
from workflow.core.roles import Role
from workflow.core.states import State
from workflow.store import absences, caselists, duty
from workflow.store.calendar import calendar
from workflow.store.caselists import Narrow

AHEAD = timedelta(days=60)  # as far as clocks that run now may reach


@bp.get("/")
@allow(Role.OFFICE)
def home() -> ResponseReturnValue:
    """The office's first page: a link to each of its lists, with how much is in it."""
    if g.actor.department_id is not None:
        return redirect(url_for(".queue"))  # a department gives opinions, and nothing else
    today = day_of(now())
    ahead = today + AHEAD
    drafts = [one for one in caselists.recorded(g.actor) if one.state is State.DRAFT]
    return render_template(
        "office/home.html",
        waiting=caselists.waiting(g.actor, Narrow(frozenset({State.SUBMITTED}))),
        covering=caselists.waiting(g.actor, Narrow(TO_CHECK, g.actor.fields)),
        most=caselists.MOST_COUNTED,
        fields=len(duty.fields()),
        taken_over=len(g.actor.fields),
        unclear=len(found_gaps()) + len(found_overlaps()),
        away=len({one.account_id for one in absences.on(today)}),
        drafts=len(drafts),
        unarranged=None if calendar().knows(ahead) else ahead.year,
    )
