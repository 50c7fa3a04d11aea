"""The enterprise's own people and places. Everybody sees them; who answers for it changes them."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forms.recovery import UntilForm
from forms.registration import FurtherPlaceForm
from web.clock import now
from web.codes import new_receipt
from web.enterprise.blueprint import bp
from web.enterprisepages import enterprise_history
from web.guards import allow
from workflow.core.claims import Standing
from workflow.core.days import day_of
from workflow.core.refusals import Reason, Refusal, Refused
from workflow.core.roles import Role
from workflow.store import accounts, claims, duty, towns
from workflow.store.accounts import Account
from workflow.usecases import people as uses
from workflow.usecases import registering


@bp.get("/people")
@allow(Role.ENTERPRISE)
def people() -> str:
    """Who acts for us until when, our places, and what is being looked at."""
    return render_template(
        "enterprise/people.html",
        enterprise=towns.enterprise(g.actor.enterprise_id),
        people=accounts.people_of(g.actor.enterprise_id),
        places=towns.places_of(g.actor.enterprise_id),
        waiting=claims.waiting(g.actor),
        refused=[one for one in claims.decided(g.actor) if one.cause],
        history=enterprise_history(g.actor.enterprise_id),
    )


@bp.route("/people/<int:account_id>", methods=["GET", "POST"])
@allow(Role.ENTERPRISE)
def clerk(account_id: int) -> ResponseReturnValue:
    """One clerk: the last day of the authority, and the end of it."""
    found = _clerk(account_id)
    form = UntilForm(day_of(now()), data={"until": found.authorised_until})
    if form.validate_on_submit():
        uses.extend_clerk(account_id, form.to_day(), g.actor, now())
        flash(_("已改好 %(name)s 的到期日", name=found.name))
        return redirect(url_for(".people"))
    status = 422 if form.is_submitted() else 200
    return render_template("enterprise/clerk.html", person=found, form=form), status


@bp.post("/people/<int:account_id>/end")
@allow(Role.ENTERPRISE)
def end_clerk(account_id: int) -> ResponseReturnValue:
    found = _clerk(account_id)
    uses.end_clerk(account_id, g.actor, now())
    flash(_("已停用 %(name)s 的账号，马上不能再用", name=found.name))
    return redirect(url_for(".people"))


@bp.route("/places/new", methods=["GET", "POST"])
@allow(Role.ENTERPRISE)
def add_place() -> ResponseReturnValue:
    """Asks for one more place; the liaison of its field confirms it."""
    _must_manage()
    me = accounts.of_person(g.actor.account_id, g.actor.enterprise_id)
    filled = {"contact": me.name, "contact_mobile": me.mobile}
    form = FurtherPlaceForm([one.name for one in duty.villages()], day_of(now()), data=filled)
    if form.validate_on_submit():
        receipt = new_receipt()
        told = form.to_place(), *form.to_contact()
        registering.claim_place(*told, receipt, g.actor, now())
        flash(_("已交给负责那里的专员，核实后就能报备"))
        return redirect(url_for(".people"))
    status = 422 if form.is_submitted() else 200
    return render_template("enterprise/place.html", form=form), status


def _clerk(account_id: int) -> Account:
    """One of our clerks, for whoever may change them."""
    found = accounts.of_person(account_id, g.actor.enterprise_id)
    if found.standing is not Standing.CLERK:
        raise Refused(Refusal(Reason.NOT_THE_OWNER))
    _must_manage()
    return found


def _must_manage() -> None:
    if not g.actor.manages:
        raise Refused(Refusal(Reason.NOT_THE_OWNER))
