"""The blueprint its views register on."""

from flask import Blueprint

bp = Blueprint("issuer", __name__, url_prefix="/issuer")
