"""Who may call which view. A view that declares nothing is refused to everyone."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from flask import Flask, current_app, flash, g, redirect, request, session, url_for
from flask_babel import gettext
from flask_login import logout_user
from flask_security import current_user
from flask_wtf import CSRFProtect
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from web import typed
from web.clock import now
from workflow.core.days import day_of
from workflow.core.roles import Actor, Capability, Role
from workflow.store.accounts import actor_of, may_act

View = TypeVar("View", bound=Callable[..., object])

# Endpoints that libraries register, open to everyone, each with the reason why it may be.
THIRD_PARTY = {
    "static": "our style sheet, scripts and pictures",
    "bootstrap.static": "Bootstrap's style sheet, served by ourselves",
    "security.login": "whoever signs in is not yet known",
    "security.logout": "signing out must always be possible",
}
# All that an officer of a department may call: its opinion, and the case that it is about.
OPEN_TO_DEPARTMENTS = frozenset(
    f"office.{name}"
    for name in (
        "home",
        "queue",
        "keep_filter",
        "change_filter",
        "case",
        "file",
        "letter_pdf",
        "letter_preview",
        "notice_pdf",
        "notice_preview",
        "progress",
        "opinion",
        "notifications",
        "notifications_of",
        "notifications_read",
        "notifications_address",
    )
)
csrf = CSRFProtect()
# And by what the department does besides.
OPEN_BY_CAPABILITY = {
    Capability.CLINIC: frozenset(
        f"office.{name}"
        for name in (
            "alerts",
            "health_place",
            "health_person",
            "health_reveal",
            "health_settle",
            "health_release",
        )
    ),
    Capability.LABOUR: frozenset(
        f"office.{name}" for name in ("calls", "next_call", "call", "call_number")
    ),
}
READING = frozenset({"GET", "HEAD", "OPTIONS"})


def allow(*roles: Role) -> Callable[[View], View]:
    """Declares that accounts of these roles may call the view, and no one else."""
    if not roles:
        raise ValueError("name the roles, or declare the view public")

    def declare(view: View) -> View:
        view.allowed_roles = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return declare


def public(view: View) -> View:
    """Declares that everyone may call the view, signed in or not."""
    view.allowed_roles = None  # type: ignore[attr-defined]
    return view


def admits(endpoint: str, actor: Actor) -> bool:
    """Whether this actor may call an endpoint; nobody may call one that is not there."""
    view = current_app.view_functions.get(endpoint)
    roles: frozenset[Role] | None = getattr(view, "allowed_roles", frozenset())
    if roles is None:
        return True
    return actor.role in roles and (actor.department_id is None or _open_to(endpoint, actor))


def _open_to(endpoint: str, actor: Actor) -> bool:
    """Whether an officer of a department may call an endpoint of the office."""
    more: frozenset[str] = frozenset()
    if actor.capability is not None:
        more = OPEN_BY_CAPABILITY[actor.capability]
    return endpoint in OPEN_TO_DEPARTMENTS | more


def init_guards(app: Flask) -> None:
    """Denies by default, then asks every request that changes something for its CSRF token."""
    app.before_request(_identify)
    app.before_request(_admit)
    csrf.init_app(app)  # checks before each request too, so after the two above


def _identify() -> None:
    """Sets ``g.actor``: the signed-in actor, or None; whose authority has run out is nobody."""
    g.actor = None
    if (request.endpoint or "").endswith("static"):
        return
    if current_user.is_authenticated:
        account = current_user._get_current_object()
        if not may_act(account, day_of(now())):
            logout_user()  # else signing in would take them for signed in, and send them back
            flash(gettext("您的授权已经到期，已退出。要接着办，请找企业负责人或您的企业专员。"))
            return
        session.permanent = True  # else the idle time-out would not count
        g.actor = actor_of(account, day_of(now()))


def _admit() -> Response | None:
    endpoint = request.endpoint
    if endpoint is None or endpoint in THIRD_PARTY:
        return None  # no such page: the router answers that itself
    view = current_app.view_functions[endpoint]
    if not hasattr(view, "allowed_roles"):
        raise Forbidden
    if view.allowed_roles is None:
        return None
    if g.actor is None:
        if request.method in READING:
            return redirect(url_for("security.login", next=_here()))
        if typed.keep():
            words = gettext("您已退出，或太久没动。您刚才填的先替您留着，一小时内登录就能接着办。")
            flash(words, typed.UNSAVED)
            return redirect(url_for("security.login", next=request.path))
        words = gettext("您已退出，或太久没动。刚才的没有收到，请登录后再办一次。")
        flash(words, typed.UNSAVED)
        return redirect(url_for("security.login", next=_here()))
    if not admits(endpoint, g.actor):
        raise Forbidden
    return None


def _here() -> str | None:
    """Where to go on after signing in: this page, or the one whose form was sent."""
    if request.method not in READING:
        came_from = urlsplit(request.referrer or "")
        return came_from.path if came_from.netloc == request.host else None
    return request.full_path if request.query_string else request.path
