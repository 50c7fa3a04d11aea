"""成批签发: ticked, checked once more, sent off; and how far it has come."""

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forms.batches import BatchForm
from web.batchwords import batch_words
from web.clock import now
from web.guards import allow
from web.issuer.blueprint import bp
from workflow.core.roles import Role
from workflow.core.states import State
from workflow.store import batches as kept
from workflow.store import cases
from workflow.usecases.batches import start


@bp.post("/batches/check")
@allow(Role.ISSUER)
def check_batch() -> ResponseReturnValue:
    """What was ticked, to be looked over once more; what went meanwhile is left out."""
    form = BatchForm()
    chosen = form.to_chosen() if form.validate_on_submit() else {}
    found = [cases.get(case_id, g.actor) for case_id in chosen]
    waiting = [one for one in found if one.state is State.AWAITING_RELEASE]
    page = render_template(
        "issuer/check.html", waiting=waiting, chosen=chosen, gone=len(found) - len(waiting)
    )
    return page, 200 if waiting else 422


@bp.get("/batches")
@allow(Role.ISSUER)
def batches() -> ResponseReturnValue:
    """The last batches of the reader."""
    return render_template("issuer/batches.html", batches=kept.latest(g.actor.account_id))


@bp.post("/batches")
@allow(Role.ISSUER)
def start_batch() -> ResponseReturnValue:
    form = BatchForm()
    chosen = form.to_chosen() if form.validate_on_submit() else {}
    if not chosen:
        return redirect(url_for(".queue"))
    batch_id = start(chosen, g.actor, now())
    return redirect(url_for(".batch", batch_id=batch_id))


@bp.get("/batches/<int:batch_id>")
@allow(Role.ISSUER)
def batch(batch_id: int) -> ResponseReturnValue:
    """What became of each case, so far."""
    found = kept.of_issuer(batch_id, g.actor.account_id)
    return render_template("issuer/batch.html", batch=batch_words(found), title=_("成批签发"))


@bp.get("/batches/<int:batch_id>/progress")
@allow(Role.ISSUER)
def batch_progress(batch_id: int) -> ResponseReturnValue:
    """The part of the page that changes by itself."""
    found = kept.of_issuer(batch_id, g.actor.account_id)
    return render_template("issuer/progress.html", batch=batch_words(found))
