"""The blueprint its views register on."""

from flask import Blueprint

bp = Blueprint("enterprise", __name__, url_prefix="/enterprise")
