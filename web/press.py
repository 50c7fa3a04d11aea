"""Wires the press of a worker from the settings: keys, fonts, seal, clock."""

from flask import Flask

from web.settings import ROOT, Settings
from workflow.issuing.authority import SigningKey, load_pkcs12, load_signing_key
from workflow.issuing.rendering import Renderer
from workflow.issuing.seal import placeholder_seal
from workflow.issuing.signing import Sealer
from workflow.jobs.press import Press, Pressroom
from workflow.store.db import db
from workflow.store.towns import this_town

FONTS = ROOT / "build" / "fonts"
TEMPLATES = ROOT / "templates" / "pdf"


def signing_key(settings: Settings) -> SigningKey:
    """The key documents are signed with: a development authority's folder or a PKCS#12 file."""
    if settings.signing.is_dir():
        return load_signing_key(settings.signing)
    return load_pkcs12(settings.signing, settings.signing_passphrase.encode())


def configure(app: Flask, *, warm: bool) -> None:
    """Prepares this process, inside the application's context, to run the jobs.

    ``warm`` makes one page first, so that a worker's first real document is not the slow one.
    """
    settings: Settings = app.config["SETTINGS"]
    key = signing_key(settings)
    renderer = Renderer(TEMPLATES, FONTS)
    if warm:
        renderer.warm()
    sealer = Sealer(key, placeholder_seal(FONTS, this_town().issuer), settings.tsa_url)
    db.session.remove()  # a worker lives long, and must not keep a transaction open
    Pressroom.configure(Press(renderer, sealer, key, app.config["CLOCK"]))
