"""The clerk registers somebody's health for them (代报)."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forms.healthregistration import RegistrationForm
from web.clock import now
from web.enterprise.blueprint import bp
from web.guards import allow
from web.labels import label
from web.registrationpages import asks_more, at_first, finder, villages
from workflow.core.days import day_of
from workflow.core.roles import Role
from workflow.store import healthcampaigns, rosters
from workflow.store.rosters import Engagement
from workflow.usecases.health import declaring


@bp.route("/places/<int:place_id>/roster/people/<int:line>/register", methods=["GET", "POST"])
@allow(Role.ENTERPRISE)
def register_person(place_id: int, line: int) -> ResponseReturnValue:
    """The same form; what the person told before is theirs, and is not shown to the clerk."""
    place = rosters.place_of(place_id, g.actor)
    one = rosters.one(place_id, line)
    healthcampaigns.needed(day_of(now()))
    form = _form(one)
    if asks_more():
        form.add_stay()
    elif form.validate_on_submit():
        return _registered(one, form)
    else:
        form.offer()
    status = 422 if form.mistakes() and not asks_more() else 200
    return render_template(
        "enterprise/register_person.html", place=place, one=one, form=form
    ), status


def _form(one: Engagement) -> RegistrationForm:
    today = day_of(now())
    lodging = {"lodging": one.lodging.value}
    return RegistrationForm(today, villages(), finder(today), data=at_first(lodging))


def _registered(one: Engagement, form: RegistrationForm) -> ResponseReturnValue:
    told = form.to_registration()
    found = declaring.register_for(one.place_id, one.line, told, g.actor, now())
    flash(_("已替 %(name)s 报上：%(fitness)s", name=one.name, fitness=label(found.fitness)))
    return redirect(url_for(".health_person", place_id=one.place_id, line=one.line))
