"""What waits for the office."""

from flask import render_template

from web.guards import allow
from web.office.blueprint import bp
from workflow.core.roles import Role


@bp.get("/")
@allow(Role.OFFICE)
def home() -> str:
    """The office's first page: a link to each of its lists."""
    return render_template("office/home.html")
