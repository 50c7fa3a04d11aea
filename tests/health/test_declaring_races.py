"""Two at once: a form sent twice, two clerks, a person and a clerk."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import Cast
from tests.health.town import (
    AT,
    NUMBERS,
    TODAY,
    came_from,
    hire,
    link_of,
    open_campaign,
    place_of,
)
from workflow.core.papers import Document, DocumentKind
from workflow.core.refusals import Stale
from workflow.store import stafflinks
from workflow.store.db import db
from workflow.store.registrations import PosterEntry, RegistrationRow
from workflow.usecases.health import declaring, links
from workflow.usecases.health.declaring import Identity

RISKY = came_from("420112", "甲市东区", TODAY)
ZHAO = Identity("赵甲", Document(DocumentKind.RESIDENT, NUMBERS[0]), "13900000001")


@pytest.fixture
def line(cast: Cast) -> int:
    open_campaign(cast)
    return hire(cast, "赵甲", NUMBERS[0])


def together(app: Flask, *deeds: Callable[[], object]) -> list[BaseException]:
    """Does all of them at the same moment; what was raised."""
    ready = threading.Barrier(len(deeds))
    raised: list[BaseException] = []

    def do(deed: Callable[[], object]) -> None:
        with app.app_context():
            ready.wait()
            try:
                deed()
            except BaseException as error:
                raised.append(error)

    threads = [threading.Thread(target=do, args=(deed,)) for deed in deeds]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    db.session.rollback()
    return raised


def test_a_form_sent_twice_at_once_is_kept_once(app: Flask, cast: Cast, line: int) -> None:
    code = stafflinks.code_of(link_of(cast, line))
    poster = stafflinks.code_of(links.make_poster(place_of(cast), cast.he, AT))

    def by_link() -> None:
        link = stafflinks.link(code, AT)
        assert link
        declaring.register(link, RISKY, AT)

    def by_poster() -> None:
        found = stafflinks.poster(poster)
        assert found
        declaring.tell_poster(found, ZHAO, RISKY, "form-1", AT)

    assert together(app, *[by_link] * 3, *[by_poster] * 3) == []
    assert len(list(db.session.scalars(select(RegistrationRow)))) == 1
    assert len(list(db.session.scalars(select(PosterEntry)))) == 1


def test_two_clerks_settle_an_entry_once(app: Flask, cast: Cast, line: int) -> None:
    poster = links.make_poster(place_of(cast), cast.he, AT)
    declaring.tell_poster(poster, ZHAO, RISKY, "form-1", AT)
    told = place_of(cast), db.session.scalars(select(PosterEntry.id)).one(), cast.he, AT
    raised = together(app, *[lambda: declaring.confirm_entry(*told)] * 3)
    assert [type(one) for one in raised] == [Stale, Stale]
    assert len(list(db.session.scalars(select(RegistrationRow)))) == 1
