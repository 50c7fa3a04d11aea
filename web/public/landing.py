"""The first page, and what the service says of itself."""

from flask import current_app, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forms.verifying import VerifyForm
from web.guards import public
from web.public.blueprint import bp
from workflow.core.roles import Role
from workflow.store import towns

HOMES = {
    Role.ENTERPRISE: "enterprise.home",
    Role.LIAISON: "liaison.queue",
    Role.OFFICE: "office.home",
    Role.ADMIN: "admin.jobs",
}


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """Whoever is signed in goes on to the home of their door, if there is one for the role."""
    door = HOMES.get(g.actor.role) if g.actor else None
    if door in current_app.view_functions:
        return redirect(url_for(str(door)))
    return render_template("public/landing.html", form=VerifyForm(), stops=towns.open_stops())


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    return render_template("public/privacy.html")


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    return render_template("public/accessibility.html")
