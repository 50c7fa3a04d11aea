"""The daily check-in."""

from flask import render_template
from flask.typing import ResponseReturnValue

from web.guards import public
from web.staff import session
from web.staff.blueprint import bp


@bp.get("/check-in")
@public
def check_in() -> ResponseReturnValue:
    """Asks for this half of the day."""
    session.needed()
    return render_template("staff/checkin.html")
