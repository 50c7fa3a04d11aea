"""Registering one's own health by a personal link."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forms.healthregistration import OwnRegistrationForm
from web.clock import now
from web.guards import public
from web.registrationpages import asks_more, at_first, filled_again, finder, villages
from web.staff import session
from web.staff.blueprint import bp
from web.staff.limits import per_link
from workflow.core.days import day_of
from workflow.usecases.health import declaring, ownrecord
from workflow.usecases.health.ownrecord import Before


@bp.route("/register", methods=["GET", "POST"])
@per_link
@public
def register() -> ResponseReturnValue:
    """The form, with what was told last; whatever it means is shown at once."""
    link = session.needed()
    before = ownrecord.last_told(link, now())
    form = _form(before)
    if asks_more():
        form.add_stay()
    elif form.validate_on_submit():
        declaring.register(link, form.to_registration(), now())
        return redirect(url_for(".mine", told=1), 303)
    else:
        form.offer()
    status = 422 if form.mistakes() and not asks_more() else 200
    return render_template("staff/register.html", form=form, before=before), status


def _form(before: Before) -> OwnRegistrationForm:
    today = day_of(now())
    lodging = {"lodging": before.person.lodging.value}
    filled = filled_again(before.told) if before.told else lodging
    return OwnRegistrationForm(today, villages(), finder(today), data=at_first(filled))
