"""The short session of whoever came in by a personal link, apart from that of officers.

The cookie holds the number of the link, never its code. The row is read anew for every request,
so that a revoked link ends its sessions at once.
"""

from datetime import datetime, timedelta
from functools import lru_cache

from flask import current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from markupsafe import Markup
from werkzeug.wrappers import Response

from web.clock import now
from web.staff.blueprint import bp
from web.staff.seals import COOKIE, Seals
from workflow.core.days import day_of
from workflow.store import healthcampaigns, rosterlines, stafflinks
from workflow.store.stafflinks import StaffLink

TOKEN = "csrf_token"
READING = frozenset({"GET", "HEAD", "OPTIONS"})


class NoLink(Exception):
    """Whoever asks holds no link that counts: unknown, ended, revoked, or no longer employed."""


def begin(response: Response, link: StaffLink, at: datetime) -> None:
    """Lets the browser act for the holder of a link until the end of the day."""
    text, until = _seals().session(link.id, at)
    response.set_cookie(
        COOKIE,
        text,
        expires=until,
        path=bp.url_prefix or "/",
        secure=current_app.config["SECURE_COOKIES"],
        httponly=True,
        samesite="Lax",
    )


def end(response: Response) -> None:
    """The browser keeps nothing of whoever was here, for the next person at the same phone."""
    response.delete_cookie(COOKIE, path=bp.url_prefix or "/", httponly=True, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache"'


def held(at: datetime) -> StaffLink | None:
    """The link that this request's session was begun with, if it still counts."""
    found = _seals().opened(request.cookies.get(COOKIE, ""), at)
    return None if found is None else stafflinks.held(found.link_id, at)


def needed() -> StaffLink:
    """The link of whoever asks, who is still on the roster. Raises ``NoLink``."""
    if "staff_link" not in g:
        link = held(now())
        if link is None or not rosterlines.standing_lines(link.place_id, [link.line]):
            raise NoLink
        g.staff_link = link
    found: StaffLink = g.staff_link
    return found


def form_token(endpoint: str = "") -> Markup:
    """The hidden field of every form of this door, for the view that it is sent to; for that of
    the page itself where none is named.
    """
    token = _seals().token(_subjects(endpoint or request.endpoint or "")[0])
    return Markup('<input type="hidden" name="{}" value="{}">').format(TOKEN, token)


@bp.before_request
def _guard() -> None:
    """Without a campaign this door does not exist; a form must come from a page of ours."""
    healthcampaigns.needed(day_of(now()))
    if request.method in READING:
        return
    endpoint = request.endpoint or ""
    given = request.form.get(TOKEN, "")
    if not any(_seals().is_token(given, one) for one in _subjects(endpoint)):
        if not _for_nobody(endpoint):
            needed()  # a session that has ended is told so
        raise CSRFError


@bp.after_request
def _unkept(response: Response) -> Response:
    return private(response)


@bp.errorhandler(NoLink)
def _gone(_: NoLink) -> ResponseReturnValue:
    return render_template("staff/gone.html"), 404


@bp.context_processor
def _shared() -> dict[str, object]:
    return {"form_token": form_token}


def private(response: Response) -> Response:
    """Nothing of this door is kept anywhere, nor told to another site."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _for_nobody(endpoint: str) -> bool:
    return getattr(current_app.view_functions[endpoint], "for_nobody", False)


def _subjects(endpoint: str) -> tuple[str, ...]:
    """What the token of a form may be bound to: the session, or just the day or the one before."""
    session = request.cookies.get(COOKIE, "")
    if not _for_nobody(endpoint):
        return (session,)
    today = day_of(now())
    return today.isoformat(), (today - timedelta(days=1)).isoformat(), session


def _seals() -> Seals:
    return seals_of(current_app.config["SECRET_KEY"])


@lru_cache(maxsize=4)
def seals_of(secret: str) -> Seals:
    """The seals of an application's secret."""
    return Seals(secret)
