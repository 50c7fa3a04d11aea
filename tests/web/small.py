"""The frame on its own, without a database: nothing in it may need one before somebody signs in."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask

from web import admin, enterprise, liaison, public
from web.casepages import FILTERS
from web.errors import init_errors
from web.frame import init_frame
from web.guards import init_guards
from web.security import init_security
from web.settings import ROOT
from workflow.store.db import db

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def small_app(**config: object) -> Flask:
    """Every door, wired as the service wires them; the database's address leads nowhere."""
    app = Flask("small", root_path=str(ROOT))
    app.config.update(
        SECRET_KEY="not secret",
        SECURITY_PASSWORD_SALT="no salt either",
        SQLALCHEMY_DATABASE_URI="postgresql+psycopg://nobody@127.0.0.1:1/nothing",
        SECURE_COOKIES=False,
        RATELIMIT_ENABLED=False,
        CLOCK=lambda: NOON,
        ANCHORS=[],
        MAX_CONTENT_LENGTH=100_000,
    )
    app.config.update(config)
    db.init_app(app)
    init_frame(app)
    init_security(app)
    init_guards(app)
    init_errors(app)
    app.jinja_env.filters.update(FILTERS)
    for door in (public, enterprise, liaison, admin):
        app.register_blueprint(door.bp)
    return app


def add_view(app: Flask, path: str, view: Callable[[], object], **options: object) -> None:
    """A view for one test, named by its path."""
    app.add_url_rule(path, path.strip("/"), view, **options)
