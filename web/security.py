"""Signing in: Flask-Security with its other features off, and a lock against guessing."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from unicodedata import normalize

from flask import Blueprint, Flask
from flask_babel import gettext, lazy_gettext
from flask_login import user_logged_out
from flask_security import (
    RoleMixin,
    Security,
    SQLAlchemyUserDatastore,
    user_authenticated,
    user_failed_authn,
)
from flask_security.forms import LoginForm
from flask_security.utils import lookup_identity, validate_redirect_url
from flask_security.views import login, logout
from wtforms import Field, PasswordField, StringField
from wtforms.validators import DataRequired

from web.clock import now
from web.frame import limiter
from workflow.core.days import day_of
from workflow.core.identifiers import bare_number
from workflow.store.accounts import Account, end_sessions, may_act
from workflow.store.db import db, transaction

_l = lazy_gettext
TRIES = 5
LOCK = timedelta(minutes=15)
MOBILE_DIGITS = 11
SIGN_INS_PER_ADDRESS = "30 per minute; 200 per hour"  # a whole office may share one address


def user_name(identity: str) -> str | None:
    """A user name as it is looked up: full-width letters made plain, without blanks. None for
    what can't be one, such as control characters, which the database would choke on.
    """
    name = normalize("NFKC", identity).strip()
    return name if name.isprintable() and name else None


def mobile(identity: str) -> str | None:
    """A mobile number as it is looked up; None for a user name."""
    digits = bare_number(identity)
    written = normalize("NFKC", identity).strip(" +")
    plain = set(written) <= set("0123456789- ")
    return digits if plain and len(digits) == MOBILE_DIGITS else None


DEFAULTS: dict[str, Any] = {
    "SECURITY_I18N_DIRNAME": [
        "builtin",
        str(Path(__file__).parent.parent / "translations"),
    ],
    "SECURITY_USER_IDENTITY_ATTRIBUTES": [
        {"mobile_index": {"mapper": mobile}},
        {"username": {"mapper": user_name, "case_insensitive": True}},
    ],
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_DEPRECATED_PASSWORD_SCHEMES": [],
    "SECURITY_JOIN_USER_ROLES": False,  # an account has one role, in a column
    "SECURITY_LOGIN_URL": "/sign-in",
    "SECURITY_LOGOUT_URL": "/sign-out",
    "SECURITY_LOGOUT_METHODS": ["POST"],
    "SECURITY_POST_LOGIN_VIEW": "/",
    "SECURITY_POST_LOGOUT_VIEW": "/",
    "SECURITY_FLASH_MESSAGES": False,
    "SECURITY_CLI_USERS_NAME": None,
    "SECURITY_CLI_ROLES_NAME": None,
}


class SignInForm(LoginForm):
    """One field for mobile number or user name. The library knows it by the name ``email``.

    Every failure gets the same answer, even the right password of a locked account: a different
    one would tell a guesser that the guess was right.
    """

    email = StringField(_l("手机号或用户名"), [DataRequired(_l("请填手机号或用户名"))])
    password = PasswordField(_l("密码"), [DataRequired(_l("请填密码"))])
    remember = None

    def validate_next(self, field: Field) -> None:
        """A way on that leads elsewhere is forgotten rather than refused."""
        if field.data and not validate_redirect_url(field.data):
            field.data = ""

    def validate(self, **kwargs: Any) -> bool:
        self.user = lookup_identity(self.email.data or "")
        self.ifield = self.email
        told = bool(self.email.data and self.password.data)
        right = super().validate(**kwargs)
        if right and isinstance(self.user, Account) and _may_enter(self.user):
            return True
        if told:
            self.email.errors, self.password.errors = [], []
            self.form_errors = [
                gettext(
                    "手机号或用户名，或者密码不对。连错 5 次会锁 15 分钟，锁着时对的密码也进不来。"
                    "停用了、授权到期的账号，和还没核实的登记，也进不来。"
                )
            ]
        return False


def init_security(app: Flask) -> None:
    """Signing in and out, at /sign-in and /sign-out, and nothing else of the library."""
    for key, value in DEFAULTS.items():
        app.config[key] = value
    security = Security(
        app,
        SQLAlchemyUserDatastore(db, Account, RoleMixin),  # it is never asked for a role
        register_blueprint=False,  # it would bring more endpoints than these two
        login_form=SignInForm,
    )
    security.login_manager.request_loader(None)  # no sign-in by token in a header
    security.principal.skip_static = True  # a style sheet needs no account, nor a database
    blueprint = Blueprint("security", __name__)
    limited = limiter.limit(SIGN_INS_PER_ADDRESS, methods=["POST"])(login)
    blueprint.add_url_rule("/sign-in", "login", limited, methods=["GET", "POST"])
    blueprint.add_url_rule("/sign-out", "logout", logout, methods=["POST"])
    app.register_blueprint(blueprint)
    user_failed_authn.connect(_count, app)
    user_logged_out.connect(_end_sessions, app)
    user_authenticated.connect(_forget, app)


def _end_sessions(_: Flask, user: Account, **__: object) -> None:
    """Signing out ends every session of the account: a cookie copied before is worth nothing."""
    with transaction() as session:
        account = session.get_one(Account, user.id, populate_existing=True)
        end_sessions(account)


def _may_enter(account: Account) -> bool:
    return not locked(account) and may_act(account, day_of(now()))


def locked(account: Account) -> bool:
    """Whether too many wrong passwords keep the account shut for now."""
    return account.locked_until is not None and account.locked_until > now()


def _count(_: Flask, user: Account, **__: object) -> None:
    """Counts a wrong password; the fifth locks. A locked account is not locked any longer for
    further tries, else anyone could keep its owner out for good.
    """
    with transaction() as session:
        account = session.get_one(Account, user.id, with_for_update=True, populate_existing=True)
        if locked(account):
            return
        account.failed_sign_ins += 1
        if account.failed_sign_ins >= TRIES:
            account.failed_sign_ins, account.locked_until = 0, now() + LOCK


def _forget(_: Flask, user: Account, **__: object) -> None:
    """A right password wipes the count; the library commits once the request is answered."""
    user.failed_sign_ins, user.locked_until = 0, None
