"""For whatever watches the service: is the process alive, can it do its work."""

from flask import jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from web.guards import public
from web.public.blueprint import bp
from workflow.store import towns

# Probes come from inside, without TLS, and must not be sent to the public address.
PLAIN_HTTP = {"force_https": False}


@bp.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    return jsonify(status="ok")


@bp.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """Ready when the database answers and has our tables."""
    try:
        towns.town()
    except SQLAlchemyError:
        return jsonify(status="no database"), 503
    return jsonify(status="ok")


for view in (healthz, readyz):
    view.talisman_view_options = dict(PLAIN_HTTP)  # type: ignore[attr-defined]
