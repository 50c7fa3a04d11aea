"""The blueprint, apart from its views so that each of them can import it."""

from flask import Blueprint

bp = Blueprint("admin", __name__, url_prefix="/admin")
