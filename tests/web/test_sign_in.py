"""The same answer to every failed sign-in, so that nothing is learnt by guessing."""

import re
from datetime import timedelta

import pytest
from flask_security import hash_password

from tests.web.small import NOON, small_app
from web import security
from web.security import TRIES, locked, user_name
from workflow.core.roles import Role
from workflow.store.accounts import Account

WORDS = (
    "手机号或用户名，或者密码不对。连错 5 次会锁 15 分钟，锁着时对的密码也进不来。"
    "停用了、授权到期的账号，和还没核实的登记，也进不来。"
)
PASSWORD = "correct horse"


@pytest.fixture
def app(monkeypatch):
    monkeypatch.setattr("web.frame.town", lambda: None)
    return small_app()


@pytest.fixture
def account(app, monkeypatch):
    """The one account there is; wrong passwords are not counted, for want of a database."""
    with app.app_context():
        found = Account(
            id=7,
            role=Role.LIAISON,
            name="林示例",
            username="lin",
            password=hash_password(PASSWORD),
            active=True,
            fs_uniquifier="7",
            failed_sign_ins=0,
        )
    monkeypatch.setattr(
        security, "lookup_identity", lambda identity: found if identity == "lin" else None
    )
    monkeypatch.setattr(Account, "track_failed_authn", lambda *_: None)
    return found


def attempt(app, identity, password, wanted=""):
    client = app.test_client()
    page = client.get("/sign-in").text
    token = re.search(r'name="csrf_token" type="hidden" value="([^"]+)"', page)[1]
    form = {"csrf_token": token, "email": identity, "password": password, "next": wanted}
    return client.post("/sign-in", data=form)


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize(
    ("identity", "password"), [("lin", "wrong"), ("nobody", PASSWORD), ("nobody", "wrong")]
)
def test_unknown_name_and_wrong_password_get_the_same_words(app, identity, password):
    assert WORDS in attempt(app, identity, password).text


def test_a_locked_account_does_not_say_that_the_password_was_right(app, account):
    account.locked_until = NOON + timedelta(minutes=1)
    right, wrong = attempt(app, "lin", PASSWORD), attempt(app, "lin", "wrong")
    assert WORDS in right.text
    assert right.status_code == wrong.status_code == 200


def test_the_lock_ends_by_itself(app, account):
    with app.app_context():
        account.locked_until = NOON + timedelta(seconds=1)
        assert locked(account)
        account.locked_until = NOON
        assert not locked(account)


@pytest.mark.usefixtures("account")
def test_an_empty_field_is_named(app):
    page = attempt(app, "lin", "").text
    assert "请填密码" in page
    assert WORDS not in page


def test_the_words_name_the_number_of_tries():
    assert f"连错 {TRIES} 次" in WORDS


@pytest.mark.parametrize(
    ("typed", "name"), [(" LIN ", "LIN"), ("ｌｉｎ", "lin"), ("  ", None), ("li\0n", None)]
)
def test_a_user_name_is_brought_to_one_form(typed, name):
    assert user_name(typed) == name


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [("/cases/7", "/cases/7"), ("https://elsewhere.example/", "/"), ("//elsewhere.example", "/")],
)
def test_the_way_on_never_leads_elsewhere(app, account, wanted, reached, monkeypatch):
    monkeypatch.setattr(security.db.session, "commit", lambda: None)
    answer = attempt(app, account.username, PASSWORD, wanted)
    assert (answer.status_code, answer.location) == (302, reached)
