"""The notice (告知): what is asked, why that is lawful, who sees it, until when."""

from flask import render_template
from flask.typing import ResponseReturnValue

from web.clock import now
from web.guards import public
from web.staff.blueprint import bp, for_nobody
from workflow.core.days import day_of
from workflow.store import healthcampaigns


@bp.get("/notice")
@public
@for_nobody
def notice() -> ResponseReturnValue:
    """The same for everybody."""
    return render_template("staff/notice.html", campaign=healthcampaigns.needed(day_of(now())))
