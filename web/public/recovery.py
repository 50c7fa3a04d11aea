"""Getting back in with a code the liaison gave. Every miss gets the same answer."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forms.recovery import RecoverForm
from web.clock import now
from web.frame import limiter
from web.guards import public
from web.public.blueprint import bp
from workflow.usecases import people

TRIES_PER_ADDRESS = "10 per minute; 60 per hour"


@bp.get("/recover")
@public
def recover() -> ResponseReturnValue:
    return _page(RecoverForm(), 200)


@bp.post("/recover")
@limiter.limit(TRIES_PER_ADDRESS)
@public
def set_password() -> ResponseReturnValue:
    form = RecoverForm()
    if not form.validate():
        return _page(form, 422)
    if not people.recover(*form.to_told(), now()):
        form.form_errors = [
            _("没有改成。号码和找回码要对得上，找回码没用过、没过 24 小时，错 5 次就作废。")
        ]
        return _page(form, 422)
    flash(_("密码已改好，请用新密码登录"))
    return redirect(url_for("security.login"))


def _page(form: RecoverForm, status: int) -> ResponseReturnValue:
    response = make_response(render_template("public/recover.html", form=form), status)
    response.headers["Cache-Control"] = "no-store"
    return response
