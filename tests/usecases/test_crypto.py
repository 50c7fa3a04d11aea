"""Personal data at rest is unreadable, bound to its column, and found by a keyed digest."""

from collections.abc import Iterator

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.cast import Cast
from workflow.store.crypto import Keyring, Keys, decrypt, encrypt, keyed_digest
from workflow.store.db import db, transaction
from workflow.store.towns import Place

OLD, NEW, INDEX = b"o" * 32, b"n" * 32, b"i" * 32
NAME, MOBILE = "何样本", "00000000052"


@pytest.fixture
def keyring() -> Iterator[None]:
    before = Keyring._keys
    Keyring.configure(Keys({"k1": OLD}, INDEX))
    yield
    Keyring._keys = before


@pytest.fixture
def place(cast: Cast) -> Place:
    """He's place: its contact is known."""
    query = select(Place).where(Place.enterprise_id == cast.he.enterprise_id)
    return db.session.scalars(query).one()


def raw(place: Place) -> dict[str, str]:
    query = db.text("SELECT * FROM places WHERE id = :id")
    return dict(db.session.execute(query, {"id": place.id}).one()._mapping)


def test_the_database_holds_no_contact_in_clear(place: Place) -> None:
    assert (place.contact_name, place.contact_mobile) == (NAME, MOBILE)
    row = raw(place)
    for column in ("contact_name", "contact_mobile", "contact_index"):
        assert NAME not in row[column]
        assert MOBILE not in row[column]


def test_a_contact_is_found_by_its_number(place: Place) -> None:
    found = db.session.scalars(select(Place).where(Place.contact_index == MOBILE)).all()
    assert found == [place]
    assert db.session.scalars(select(Place).where(Place.contact_index == "0")).all() == []
    assert place.contact_index == keyed_digest(MOBILE, "places.contact_mobile")


def test_a_value_moved_to_another_column_does_not_open(place: Place) -> None:
    with transaction() as session:
        session.execute(db.text("UPDATE places SET contact_name = contact_mobile"))
    db.session.remove()
    with pytest.raises(InvalidTag):
        db.session.scalars(select(Place)).all()


def test_the_same_text_never_looks_the_same_twice(keyring: None) -> None:
    assert encrypt(NAME, "a.b") != encrypt(NAME, "a.b")


def test_a_new_key_writes_and_the_old_one_still_reads(keyring: None) -> None:
    before = encrypt(NAME, "a.b")
    Keyring.configure(Keys({"k2": NEW, "k1": OLD}, INDEX))
    after = encrypt(NAME, "a.b")
    assert (before.partition(":")[0], after.partition(":")[0]) == ("k1", "k2")
    assert decrypt(before, "a.b") == decrypt(after, "a.b") == NAME


def test_a_value_whose_key_is_gone_names_the_key(keyring: None) -> None:
    before = encrypt(NAME, "a.b")
    Keyring.configure(Keys({"k2": NEW}, INDEX))
    with pytest.raises(KeyError, match="k1"):
        decrypt(before, "a.b")


@pytest.mark.parametrize("where", [3, 20, 40])
def test_an_altered_value_does_not_open(keyring: None, where: int) -> None:
    sealed = encrypt(NAME, "a.b")
    letter = "A" if sealed[where] != "A" else "B"
    with pytest.raises(InvalidTag):
        decrypt(sealed[:where] + letter + sealed[where + 1 :], "a.b")


def test_a_digest_finds_equal_texts_of_one_column_only(keyring: None) -> None:
    assert keyed_digest(MOBILE, "a.b") == keyed_digest(MOBILE, "a.b")
    assert keyed_digest(MOBILE, "a.b") != keyed_digest(MOBILE, "a.c")
    assert keyed_digest(MOBILE, "a.b") != keyed_digest(MOBILE + "1", "a.b")


def test_a_digest_tells_nothing_without_the_key(keyring: None) -> None:
    before = keyed_digest(MOBILE, "a.b")
    Keyring.configure(Keys({"k1": OLD}, b"j" * 32))
    assert keyed_digest(MOBILE, "a.b") != before


@settings(deadline=None, max_examples=100, derandomize=True)
@given(st.text(), st.text(max_size=20))
def test_every_text_is_read_back(text: str, context: str) -> None:
    before = Keyring._keys
    Keyring.configure(Keys({"k1": OLD}, INDEX))
    try:
        assert decrypt(encrypt(text, context), context) == text
    finally:
        Keyring._keys = before


def test_without_keys_nothing_is_read_or_written(keyring: None) -> None:
    Keyring._keys = None
    with pytest.raises(RuntimeError, match="not configured"):
        encrypt(NAME, "a.b")
