"""Registering through the poster of a place. Nobody learns from it who works here.

The form is never filled in beforehand, and whoever has sent it is answered the same: known or
not, well or ill, once or twice.
"""

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forms.healthidentity import PosterForm
from web.clock import now
from web.guards import public
from web.registrationpages import asks_more, finder, villages
from web.staff.blueprint import bp, for_nobody, short
from web.staff.limits import per_poster
from workflow.core.days import day_of
from workflow.store import healthcampaigns, registrations, stafflinks
from workflow.store.db import db
from workflow.store.stafflinks import Poster
from workflow.store.towns import Place
from workflow.usecases.health import declaring
from workflow.usecases.health.declaring import Identity

ONCE_BYTES = 16


class NoPoster(Exception):
    """The code of no poster that counts. Ended or never made: nobody learns which."""


@bp.errorhandler(NoPoster)
def _gone(_: NoPoster) -> ResponseReturnValue:
    return render_template("staff/gone.html", poster=True), 404


@short("/p/<code>", methods=("GET", "POST"))
@per_poster
@public
@for_nobody
def poster(code: str) -> ResponseReturnValue:
    """The notice, then the form. ``more`` only asks for one more place to fill in."""
    found, form = _needed(code), _form()
    told = not asks_more() and form.validate_on_submit()
    if told:
        declaring.tell_poster(found, Identity(*form.to_identity()), *form.to_told(), now())
    if told or _sent_before(form):  # gone back to on a shared phone: nobody is shown what was typed
        return redirect(url_for("staff.received", code=code), 303)
    if asks_more():
        form.add_stay()
    else:
        form.offer()
    status = 422 if form.mistakes() and not asks_more() else 200
    return _page("staff/poster.html", found, code=code, form=form), status


@short("/p/<code>/received")
@public
@for_nobody
def received(code: str) -> ResponseReturnValue:
    """The one answer, and an empty form for whoever is next."""
    return _page("staff/received.html", _needed(code), code=code)


def _page(template: str, found: Poster, **shown: object) -> str:
    place = db.session.get_one(Place, found.place_id)
    campaign = healthcampaigns.needed(day_of(now()))
    return render_template(template, place=place, campaign=campaign, **shown)


def _needed(code: str) -> Poster:
    found = stafflinks.poster(code)
    if found is None:
        raise NoPoster
    return found


def _sent_before(form: PosterForm) -> bool:
    return form.is_submitted() and registrations.entry_known(str(form.once.data))


def _form() -> PosterForm:
    today = day_of(now())
    once: str = current_app.config["RANDOM"].randbytes(ONCE_BYTES).hex()
    return PosterForm(today, villages(), finder(today), once)
