"""The blueprint its views register on."""

from flask import Blueprint

bp = Blueprint("office", __name__, url_prefix="/office")
