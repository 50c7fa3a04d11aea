"""The labour office calls people who are to come back, one at a time (返岗电话)."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forms.healthacts import CallForm
from web import healthdetails
from web.clock import now
from web.guards import allow
from web.office.blueprint import bp
from workflow.core.days import day_of
from workflow.core.roles import Role
from workflow.store import healthcampaigns, returncalls, rosters
from workflow.store.rosters import Engagement
from workflow.usecases.health import calls as calling
from workflow.usecases.health import looking

SHOWN = 20


@bp.get("/health/calls")
@allow(Role.OFFICE)
def calls() -> str:
    """How many I have called today, and the next one."""
    healthcampaigns.needed(day_of(now()))
    account_id = calling.caller(g.actor)
    begin = calling.begin_of(now())
    many, last = returncalls.called_since(account_id, begin, SHOWN)
    return render_template("office/calls.html", many=many, last=last)


@bp.post("/health/calls/next")
@allow(Role.OFFICE)
def next_call() -> ResponseReturnValue:
    """Whom to call now: nobody else is offered them for a while."""
    found = calling.next_person(g.actor, now())
    if found is None:
        flash(_("现在没有要打的了。没人接的，过三个小时会再排出来。"))
        return redirect(url_for(".calls"))
    return redirect(url_for(".call", place_id=found[0], line=found[1]))


@bp.route("/health/calls/<int:place_id>/<int:line>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def call(place_id: int, line: int) -> ResponseReturnValue:
    """One person to call; how it ended. Opened again the same day, another call can be noted."""
    healthcampaigns.needed(day_of(now()))
    calling.given(place_id, line, g.actor, now())
    form = CallForm(day_of(now()))
    if form.validate_on_submit():
        said = form.to_reached(), form.returns_on.data, form.to_words()
        calling.note_call(place_id, line, *said, g.actor, now())
        flash(_("记下了。"))
        return redirect(url_for(".calls"))
    shown = looking.shown_mobile(place_id, line, g.actor, now())
    return _page(place_id, line, form, shown), 422 if form.is_submitted() else 200


@bp.post("/health/calls/<int:place_id>/<int:line>/number")
@allow(Role.OFFICE)
def call_number(place_id: int, line: int) -> str:
    """The name and the number in clear while the call lasts; what was typed stays."""
    healthcampaigns.needed(day_of(now()))
    shown = looking.reveal_mobile(place_id, line, g.actor, now())
    return _page(place_id, line, CallForm(day_of(now())), shown)


def _page(place_id: int, line: int, form: CallForm, shown: Engagement | None = None) -> str:
    return render_template(
        "office/call.html",
        one=rosters.one(place_id, line),
        place=returncalls.place(place_id),
        line=line,
        form=form,
        shown=shown,
        earlier=returncalls.of_line(place_id, line)[:3],
        call_words=healthdetails.call_words,
    )
