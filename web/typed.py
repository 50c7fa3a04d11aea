"""What was typed into a form that could not be saved: handed back, or kept until after sign-in.

``to_send_again`` gives it back in the same answer. ``keep`` keeps it where a view allows that
(``keeps_typed``): for an hour, for this browser, shown once and never saved by itself.
"""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from flask import current_app, flash, request, session
from flask_babel import gettext
from flask_wtf.csrf import validate_csrf
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from wtforms import ValidationError

from web.clock import now
from workflow.usecases import keeping

View = TypeVar("View", bound=Callable[..., object])
Fields = tuple[tuple[str, str], ...]
TOKEN = "csrf_token"
UNSAVED = "unsaved"  # the kind of a message: not good news
BROWSER = "kept_for"  # in the session: what only this browser knows
AUTOSAVE = "X-Autosave"  # sent by the page's script, which stays where it is


def to_send_again() -> Fields:
    """The fields of this request's form as they were sent; none if they can't go back like that.

    A file can't, and a password should not. A form without a valid token was not ours: to offer
    it for sending again, with a token, would let a stranger have his own form sent.
    """
    try:
        fields = tuple(request.form.items(multi=True))
        validate_csrf(request.form.get(TOKEN))
        given = any(one.filename for one in request.files.values())
    except (HTTPException, OSError, ValidationError):
        return ()
    return () if given or any("password" in name for name, _ in fields) else fields


def keeps_typed(view: View) -> View:
    """Declares that what is typed into the view's form is kept over a sign-in. The view asks for
    it with ``shown_again``, once it has made sure of who asks.
    """
    view.keeps_typed = True  # type: ignore[attr-defined]
    return view


def keep() -> bool:
    """Keeps this request's form for this browser, if its view allows that; whether it did.

    Only a form sent from a page of ours: with the session its token has gone, but a browser says
    truly which site a form was sent from.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    stays = AUTOSAVE in request.headers  # the page is still open and has it all
    if not getattr(view, "keeps_typed", False) or stays or not _from_here():
        return False
    fields = [one for one in request.form.items(multi=True) if one[0] != TOKEN]
    token = session.get(BROWSER) or f"{current_app.config['RANDOM'].getrandbits(256):064x}"
    kept = keeping.keep_form(token, request.path, fields, request.remote_addr or "", now())
    if kept:
        session[BROWSER] = token
    return kept


def shown_again() -> MultiDict[str, str] | None:
    """What was typed here before signing in, to be shown instead of what is saved; once."""
    token = session.get(BROWSER)
    fields = keeping.take_form(token, request.path, now()) if token else None
    if fields is None:
        return None
    flash(gettext("这是您退出前填的，还没存。请看一遍再存下。"), UNSAVED)
    return MultiDict(fields)


def _from_here() -> bool:
    came_from = urlsplit(request.headers.get("Origin") or request.referrer or "")
    return came_from.netloc == request.host
