"""The blueprint its views register on."""

from flask import Blueprint

bp = Blueprint("command", __name__, url_prefix="/command")
