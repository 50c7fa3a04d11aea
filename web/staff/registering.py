"""Registering one's own health by a personal link."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forms.healthregistration import OwnRegistrationForm
from web.clock import now
from web.guards import public
from web.registrationpages import asks_more, at_first, filled_again, finder, villages
from web.staff import session
from web.staff.blueprint import bp
from workflow.core.days import day_of
from workflow.store import rosters
from workflow.store.stafflinks import StaffLink
from workflow.usecases.health import declaring, ownrecord


@bp.route("/register", methods=["GET", "POST"])
@public
def register() -> ResponseReturnValue:
    """The form, with what was told last; whatever it means is shown at once."""
    link = session.needed()
    form = _form(link)
    if asks_more():
        form.add_stay()
    elif form.validate_on_submit():
        declaring.register(link, form.to_registration(), now())
        return redirect(url_for(".mine", told=1), 303)
    else:
        form.offer()
    status = 422 if form.mistakes() and not asks_more() else 200
    return render_template("staff/register.html", form=form), status


def _form(link: StaffLink) -> OwnRegistrationForm:
    today = day_of(now())
    told = ownrecord.last_told(link, now())
    lodging = rosters.one(link.place_id, link.line).lodging.value
    filled = filled_again(told) if told else {"lodging": lodging}
    return OwnRegistrationForm(today, villages(), finder(today), data=at_first(filled))
