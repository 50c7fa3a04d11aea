"""Wires the postroom of a worker from the settings: the mail server, the words, the clock."""

from dataclasses import replace

import structlog
from flask import Flask

from web.newswords import write_mail
from web.settings import Settings
from workflow.jobs.telling import Postroom
from workflow.notify.mail import Post
from workflow.store.db import db
from workflow.store.towns import this_town

log = structlog.get_logger()


def configure(app: Flask) -> None:
    """Prepares this process, inside the application's context, to tell people by mail."""
    settings: Settings = app.config["SETTINGS"]
    post = None
    if settings.mail_url:
        name = f"{this_town().name}复工服务"
        post = replace(Post.at(settings.mail_url, settings.mail_from), sender_name=name)
        db.session.remove()  # a worker lives long, and must not keep a transaction open
    else:
        log.info("mail_is_not_set_up", set="MAIL_URL, MAIL_FROM")
    Postroom.configure(Postroom(post, write_mail, app.config["CLOCK"]))
