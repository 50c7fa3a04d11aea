"""Wires the press of a worker from the settings: keys, fonts, seal, clock."""

import structlog
from flask import Flask

from web.settings import ROOT, Settings
from workflow.issuing.hardware import HardwareKey, KeyAddress
from workflow.issuing.keys import (
    KeptKey,
    KeySource,
    KeyUnusable,
    SigningKey,
    load_pkcs12,
    load_signing_key,
)
from workflow.issuing.rendering import Renderer
from workflow.issuing.seal import placeholder_seal
from workflow.issuing.signing import Sealer
from workflow.issuing.timestamps import TimestampService
from workflow.jobs.press import Press, Pressroom
from workflow.store.db import db
from workflow.store.towns import this_town

FONTS = ROOT / "build" / "fonts"
TEMPLATES = ROOT / "templates" / "pdf"
log = structlog.get_logger()


def key_source(settings: Settings) -> KeySource:
    """The key documents are signed with, loaded when it is first needed: a development authority's
    folder, a PKCS#12 file or a PKCS#11 token.
    """
    signing = settings.signing
    if isinstance(signing, KeyAddress):
        return HardwareKey(signing, settings.signing_pin)

    def load() -> SigningKey:
        if signing.is_dir():
            return load_signing_key(signing)
        return load_pkcs12(signing, settings.signing_passphrase.encode())

    return KeptKey(load)


def signing_key(settings: Settings) -> SigningKey:
    """The key as it is, in time or not: to verify what was signed with it."""
    return key_source(settings).load()


def configure(app: Flask, *, warm: bool) -> None:
    """Prepares this process, inside the application's context, to run the jobs.

    ``warm`` makes one page first, so that a worker's first real document is not the slow one. A
    key that cannot be used is told in the log at once; jobs fail until it can.
    """
    settings: Settings = app.config["SETTINGS"]
    keys = key_source(settings)
    renderer = Renderer(TEMPLATES, FONTS)
    if warm:
        renderer.warm()
    try:
        keys.usable(app.config["CLOCK"]())
    except KeyUnusable as error:
        log.error("key_unusable", why=str(error))
    tsa = None
    if settings.tsa_url is not None:
        tsa = TimestampService(settings.tsa_url, app.config["TSA_ANCHORS"])
    sealer = Sealer(keys, placeholder_seal(FONTS, this_town().issuer), tsa)
    db.session.remove()  # a worker lives long, and must not keep a transaction open
    clock = app.config["CLOCK"]
    Pressroom.configure(Press(renderer, sealer, keys, clock, settings.public_url))
