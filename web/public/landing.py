"""The first page, and what the service says of itself."""

from flask import current_app, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext

from forms.verifying import VerifyForm
from web.guards import public
from web.public.blueprint import bp
from web.public.demo import cards
from workflow.core.roles import Role
from workflow.store import towns

_l = lazy_gettext
HOMES = {
    Role.ENTERPRISE: "enterprise.home",
    Role.LIAISON: "liaison.queue",
    Role.OFFICE: "office.home",
    Role.ISSUER: "issuer.queue",
    Role.COMMAND: "command.queue",
    Role.ADMIN: "admin.jobs",
}
# Whose door is still to come: what will be behind it, and what there is for them now.
LATER: dict[Role, tuple[LazyString, LazyString]] = {
    Role.AUDITOR: (
        _l("以后在这里：谁在什么时候办了什么、谁看过个人信息，逐条可查、可核对。"),
        _l("现在：每一步都已经记进台账。要核对台账，请找系统管理员在服务器上运行。"),
    ),
    Role.STAFF: (
        _l("以后在这里：员工登记健康情况、每天报体温。"),
        _l("现在：还没有要您填的。您的情况由单位写在员工名册里。"),
    ),
}


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """Whoever is signed in goes on to the home of their door, if there is one for the role."""
    door = HOMES.get(g.actor.role) if g.actor else None
    if door in current_app.view_functions:
        return redirect(url_for(str(door)))
    if g.actor and g.actor.role in LATER:
        return render_template("public/later.html", words=LATER[g.actor.role], cards=cards())
    return render_template(
        "public/landing.html", form=VerifyForm(), stops=towns.open_stops(), cards=cards()
    )


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    return render_template("public/privacy.html")


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    return render_template("public/accessibility.html")
