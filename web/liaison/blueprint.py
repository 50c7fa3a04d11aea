"""The blueprint its views register on."""

from flask import Blueprint

bp = Blueprint("liaison", __name__, url_prefix="/liaison")
