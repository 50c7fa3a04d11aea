"""Silence is refusal; what is declared is what happens; nothing is changed without its token."""

from types import SimpleNamespace

import pytest
from flask import url_for

from tests.web.small import add_view, small_app
from web import guards
from web.guards import THIRD_PARTY, allow, public
from workflow.core.roles import ACCOUNT_ROLES, Actor, Role


@pytest.fixture
def app(monkeypatch):
    monkeypatch.setattr("web.frame.town", lambda: None)
    return small_app()


@pytest.fixture
def sign_in(monkeypatch):
    """Makes every request come from an account of the role."""

    def act_as(role):
        actor = Actor(7, role, "某人", enterprise_id=1)
        account = SimpleNamespace(
            is_authenticated=True, is_active=True, _get_current_object=lambda: None
        )
        monkeypatch.setattr(guards, "may_act", lambda *_: True)
        monkeypatch.setattr(guards, "current_user", account)
        monkeypatch.setattr(guards, "actor_of", lambda *_: actor)

    return act_as


def test_every_view_declares_who_may_call_it(app):
    undeclared = {
        name for name, view in app.view_functions.items() if not hasattr(view, "allowed_roles")
    }
    assert undeclared == set(THIRD_PARTY)


def test_a_view_that_declares_nothing_is_refused_to_everyone(app, sign_in):
    add_view(app, "/silent", lambda: "never")
    assert app.test_client().get("/silent").status_code == 403
    sign_in(Role.ADMIN)
    assert app.test_client().get("/silent").status_code == 403


@pytest.mark.parametrize("role", ACCOUNT_ROLES)
def test_only_the_roles_named_get_in(app, sign_in, role):
    add_view(app, "/fields", allow(Role.LIAISON, Role.OFFICE)(lambda: "in"))
    sign_in(role)
    allowed = role in {Role.LIAISON, Role.OFFICE}
    assert app.test_client().get("/fields").status_code == (200 if allowed else 403)


def test_a_declaration_names_somebody():
    with pytest.raises(ValueError, match="name the roles"):
        allow()


def test_strangers_are_sent_to_sign_in_and_back(app):
    add_view(app, "/mine", allow(Role.ENTERPRISE)(lambda: "in"), methods=["GET", "POST"])
    answer = app.test_client().get("/mine?page=2")
    assert answer.status_code == 302
    with app.test_request_context():
        assert answer.location == url_for("security.login", next="/mine?page=2")
        assert app.test_client().post("/mine").location == url_for("security.login")


def test_nothing_is_changed_without_its_token(app, sign_in):
    add_view(app, "/change", public(lambda: "changed"), methods=["POST"])
    sign_in(Role.ADMIN)
    answer = app.test_client().post("/change")
    assert answer.status_code == 400
    assert "页面放太久了" in answer.text


def test_pages_of_the_signed_in_are_kept_nowhere(app, sign_in):
    add_view(app, "/page", public(lambda: "page"))
    assert app.test_client().get("/page").headers["Cache-Control"] == "no-cache"
    sign_in(Role.LIAISON)
    assert app.test_client().get("/page").headers["Cache-Control"] == "no-store"


def test_the_session_of_the_signed_in_ends_when_idle(app, sign_in):
    add_view(app, "/page", public(lambda: "page"))
    sign_in(Role.LIAISON)
    assert "Expires=" in app.test_client().get("/page").headers["Set-Cookie"]
