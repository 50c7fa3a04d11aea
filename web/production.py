"""What production refuses: a demo database, and an authority made for development."""

from collections.abc import Iterable
from pathlib import Path

from cryptography.x509 import Certificate
from flask import Flask

from web.settings import Settings, SettingsError
from workflow.issuing.authority import is_development
from workflow.store.db import db, is_empty
from workflow.store.towns import town


def refuse_unfit(app: Flask, settings: Settings, anchors: Iterable[Certificate]) -> None:
    """Raises ``SettingsError`` naming what a real town must not start with."""
    if not settings.production:
        return
    if isinstance(settings.signing, Path) and settings.signing.is_dir():
        raise SettingsError("SIGNING: production needs a real authority's PKCS#12 or PKCS#11 key")
    if not settings.secure_cookies:
        raise SettingsError("PUBLIC_URL: production is served over https")
    if settings.proxies < 1:
        raise SettingsError("PROXIES: a reverse proxy must stand before, for slow requests")
    if any(is_development(one) for one in anchors):
        raise SettingsError("ANCHORS: the development authority is not to be trusted here")
    with app.app_context():
        found = None if is_empty() else town()
        db.session.remove()
        db.engine.dispose()  # nothing stays open in a process that is not to serve
        if found is not None and found.demo:
            raise SettingsError("DATABASE_URL: this database is a demo, for good")
