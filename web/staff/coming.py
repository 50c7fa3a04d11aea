"""Coming in by a personal link, and leaving again."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from web.clock import now
from web.guards import public
from web.staff import session
from web.staff.blueprint import bp, for_nobody, short
from workflow.store import stafflinks


@short("/s/<code>")
@public
def come_in(code: str) -> ResponseReturnValue:
    """Exchanges the code in the address for a short session, and leads away from the address."""
    link = stafflinks.link(code, now())
    if link is None:
        raise session.NoLink
    response = redirect(url_for("staff.check_in"), 303)
    session.begin(response, link, now())
    return response


@bp.post("/leave")
@public
@for_nobody
def leave() -> ResponseReturnValue:
    """The next person at the same phone finds nothing of this one."""
    response = redirect(url_for(".left"), 303)
    session.end(response)
    return response


@bp.get("/left")
@public
@for_nobody
def left() -> ResponseReturnValue:
    return render_template("staff/left.html")
