"""文书设置: the words that adverse documents must carry, and who answers for which department."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forms.townwords import TownWordsForm
from web.clock import now
from web.frame import this_town
from web.guards import allow
from web.office.blueprint import bp
from workflow.core.roles import Role
from workflow.store import townwords as kept
from workflow.usecases import townwords


@bp.route("/wording", methods=["GET", "POST"])
@allow(Role.OFFICE)
def wording() -> ResponseReturnValue:
    town = this_town()
    form = TownWordsForm(data={"hearing": town.hearing, "remedies": town.remedies})
    if form.validate_on_submit():
        townwords.set_words(*form.to_words(), g.actor, now())
        flash(_("存好了。以后发的文书按这个写，发过的不变。"))
        return redirect(url_for(".wording"))
    told = {"changes": kept.changes(), "departments": kept.departments()}
    page = render_template("office/wording.html", form=form, **told)
    return page, 422 if form.is_submitted() else 200
