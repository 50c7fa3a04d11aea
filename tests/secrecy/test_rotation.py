"""A new key: everything is written anew while people go on, and then the old key may go."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest
from cryptography.exceptions import InvalidTag
from flask import Flask
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from tests.cast import AT, Cast
from tests.health.town import STAYED_HOME, TODAY, open_campaign, place_of
from tests.secrecy import telling
from tests.secrecy.run import Hands
from web import post, press
from web.settings import ROOT
from workflow.core.claims import ChangeKind, Means
from workflow.core.health import CheckIn, Half, Symptom
from workflow.store import rotation
from workflow.store.crypto import Keyring, Keys, decrypt
from workflow.store.db import db, transaction
from workflow.store.enterprises import EnterpriseChange
from workflow.store.rotation import Sealed
from workflow.store.stafflinks import StaffLink
from workflow.usecases import rotating
from workflow.usecases.health import checking_in, declaring

NEW = b"n" * 32
ROTATING = text(rotation.ROTATING)
Values = dict[tuple[Sealed, tuple[object, ...]], str]


@pytest.fixture
def keyring() -> Iterator[Keys]:
    before = Keyring.keys()
    yield before
    Keyring.configure(before)


@pytest.fixture
def told(app: Flask, cast: Cast, keyring: Keys) -> Cast:
    """A town with something in every kind of table that people tell into."""
    hands = Hands(app)
    press.configure(app, warm=False)
    post.configure(app)
    open_campaign(cast)
    telling.list_people(hands, cast)
    telling.register(hands, cast)
    telling.through_the_poster(hands, cast)
    telling.check_in(hands, cast)
    telling.settle(hands, cast)
    with transaction() as session:
        session.add(
            EnterpriseChange(
                enterprise_id=1,
                kind=ChangeKind.JOINED,
                at=AT,
                by=cast.office.account_id,
                verified=Means.CALL,
                verified_number="990000199001010017",
            )
        )
    Keyring.configure(new_first(keyring))
    return cast


def new_first(keys: Keys) -> Keys:
    return replace(keys, encryption={"k2": NEW, **keys.encryption})


def values() -> Values:
    """Every value in clear, by its column and row."""
    db.session.rollback()
    found: Values = {}
    for sealed in rotation.sealed_columns():
        lying, mine = rotation._lying(sealed)
        keys = list(lying.primary_key) or [one for one in lying.c if one is not mine]
        for row in db.session.execute(db.select(*keys, mine).where(mine.is_not(None))):
            found[sealed, tuple(row[:-1])] = decrypt(row[-1], sealed.context)
    db.session.rollback()
    return found


def by_key(key: str) -> int:
    return sum(counted[key] for counted in rotating.held().values())


def rotate() -> None:
    for _ in rotating.rotate(batch=3):
        pass


def test_every_sealed_column_is_found(app: Flask) -> None:
    sources = (path.read_text() for path in (ROOT / "workflow/store").glob("*.py"))
    written = {one for text in sources for one in re.findall(r'EncryptedText\(\s*"(.+?)"', text)}
    found = rotation.sealed_columns()
    assert {one.context for one in found} == written
    assert all(one.context == f"{one.table}.{one.column}" for one in found)
    assert len(found) > 20


def test_afterwards_the_old_key_can_be_taken_away(told: Cast, keyring: Keys) -> None:
    before = values()
    assert len({sealed for sealed, _ in before}) > 12
    assert (by_key("k1"), by_key("k2")) == (len(before), 0)
    rotate()
    assert (by_key("k1"), by_key("k2")) == (0, len(before))
    Keyring.configure(Keys({"k2": NEW}, keyring.index))
    assert values() == before
    rotate()  # again: there is nothing to do
    assert values() == before


def test_it_may_be_stopped_and_begun_again(told: Cast) -> None:
    before, steps = values(), rotating.rotate(batch=2)
    next(steps)
    steps.close()
    assert by_key("k2") == 2
    rotate()
    assert by_key("k1") == 0
    assert values() == before


def test_meanwhile_people_go_on_and_nothing_they_told_is_lost(app: Flask, told: Cast) -> None:
    began, done = Event(), Event()
    links = [(one.id, one.line) for one in db.session.query(StaffLink).all()]
    db.session.rollback()

    def tell() -> int:
        with app.app_context():
            count = 0
            while not (done.is_set() and count > len(links)):
                link_id, line = links[count % len(links)]
                link = db.session.get_one(StaffLink, link_id)
                at = AT + timedelta(hours=5, minutes=count)
                warm = CheckIn(TODAY, Half.AFTERNOON, 374 + count % 40, frozenset(Symptom))
                checking_in.check_in(link, warm, at)
                declaring.register(link, replace(STAYED_HOME, temperature=350 + count % 20), at)
                assert line
                count += 1
                began.set()
            db.session.remove()
            return count

    with ThreadPoolExecutor(1) as pool:
        telling_on = pool.submit(tell)
        assert began.wait(20)
        rotate()
        done.set()
        told_again = telling_on.result(60)
    rotate()  # rows that were held in that moment
    assert by_key("k1") == 0
    details = [one for (sealed, _), one in values().items() if sealed.table == "check_ins"]
    warm = [json.loads(one)["temperature"] for one in details]
    assert len([one for one in warm if one >= 374]) >= told_again  # every telling is a row


def test_what_was_altered_or_has_no_key_stays_and_is_told(told: Cast, keyring: Keys) -> None:
    with transaction() as session:
        place = place_of(told)
        session.execute(text(f"UPDATE places SET contact_name = 'k1:AAAA' WHERE id = {place}"))
        gone = "UPDATE people SET number = 'k0' || substr(number, 3) WHERE id = 1"
        session.execute(text(gone))
    seen = {(one.sealed.table, one.unreadable) for one in rotating.rotate() if one.unreadable}
    assert seen == {("places", 1), ("people", 1)}
    assert rotating.left(rotating.held()) == 2
    with pytest.raises((InvalidTag, KeyError, ValueError)):
        values()


@pytest.mark.parametrize("sealed", rotation.sealed_columns(), ids=lambda one: one.context)
def test_no_trigger_stands_in_the_way(app: Flask, sealed: Sealed) -> None:
    """A trigger for a whole statement fires though no row is changed."""
    statement = f"UPDATE {sealed.table} SET {sealed.column} = {sealed.column} WHERE false"
    db.session.execute(ROTATING)
    db.session.execute(text(statement))
    db.session.rollback()


@pytest.mark.parametrize(
    ("table", "sealed"), [("enterprise_changes", "verified_number"), ("health_reveals", "words")]
)
def test_nothing_else_of_a_kept_table_may_change(app: Flask, table: str, sealed: str) -> None:
    for column in inspect(db.engine).get_columns(table):
        name = column["name"]
        change = text(f"UPDATE {table} SET {name} = {name} WHERE false")
        if name != sealed:
            db.session.execute(ROTATING)
        with pytest.raises(DBAPIError, match="is never changed"):
            db.session.execute(change)
        db.session.rollback()


def test_the_commands_say_what_is_left(app: Flask, told: Cast, keyring: Keys) -> None:
    runner, total = app.test_cli_runner(), len(values())
    said = runner.invoke(args=["keys", "status"])
    assert said.exit_code == 0, said.output
    assert said.output == f"k2\t0\twrites\nk1\t{total}\tolder: run keys rotate\n"
    done = runner.invoke(args=["keys", "rotate", "--batch", "50"])
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "left\t0")
    assert "990000" not in done.output
    said = runner.invoke(args=["keys", "status", "--json"])
    whole = json.loads(said.output)
    assert (whole["writes"], whole["keys"]) == ("k2", {"k2": total, "k1": 0})
    Keyring.configure(Keys({"k3": NEW, **keyring.encryption}, keyring.index))
    said = runner.invoke(args=["keys", "status"])
    assert said.exit_code == 1
    assert f"k2\t{total}\tnot configured" in said.output
