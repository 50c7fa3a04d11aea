"""The application: wiring only. Everything it wires lives in ``web`` and ``workflow``."""

import os
import secrets
from datetime import UTC, datetime

from flask import Flask
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

from web import admin, casepages, cli, command, enterprise, issuer, liaison, office, public, staff
from web.errors import init_errors
from web.frame import init_frame
from web.guards import init_guards
from web.instance import environment
from web.production import refuse_unfit
from web.security import init_security
from web.settings import Settings
from workflow.issuing.authority import load_anchors
from workflow.store.crypto import Keyring, Keys
from workflow.store.db import db
from workflow.store.files import Vault

MAX_REQUEST_BYTES = 32 * 1024 * 1024
MAX_FORM_BYTES = 4 * 1024 * 1024  # a roster of 20,000 people, pasted
ENGINE = {
    "pool_pre_ping": True,
    "hide_parameters": True,  # an error must not write what somebody told us into a log
    "connect_args": {"options": "-c idle_in_transaction_session_timeout=60000"},
}


def create_app(settings: Settings | None = None) -> Flask:
    """The WSGI application. Without ``settings`` they are read from the environment."""
    settings = settings or Settings.from_env(environment(os.environ))
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SECURITY_PASSWORD_SALT=settings.password_salt,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=ENGINE,
        MAX_CONTENT_LENGTH=MAX_REQUEST_BYTES,
        MAX_FORM_MEMORY_SIZE=MAX_FORM_BYTES,
        SECURE_COOKIES=settings.secure_cookies,
        SETTINGS=settings,
        CLOCK=lambda: datetime.now(UTC),
        RANDOM=secrets.SystemRandom(),
        ANCHORS=load_anchors(settings.anchors),
        TSA_ANCHORS=load_anchors(settings.tsa_anchors) if settings.tsa_anchors else (),
    )
    Keyring.configure(Keys(settings.encryption_keys, settings.index_key))
    Vault.configure(settings.file_store)
    db.init_app(app)
    Migrate(app, db, include_object=cli.belongs_to_us)
    init_frame(app)
    init_security(app)
    init_guards(app)
    init_errors(app)
    for door in (public, enterprise, liaison, office, issuer, command, staff, admin):
        app.register_blueprint(door.bp)
    if not settings.production:  # signing in by one click; it asks for the demo's mark by itself
        app.register_blueprint(public.demo.bp)
    staff.init_fast_lane(app)
    if settings.proxies:  # around the fast lane, which must know how it was called
        app.wsgi_app = ProxyFix(app.wsgi_app, settings.proxies, settings.proxies)  # type: ignore[method-assign]
    refuse_unfit(app, settings, app.config["ANCHORS"])
    app.jinja_env.filters.update(casepages.FILTERS)
    cli.init_cli(app)
    return app
