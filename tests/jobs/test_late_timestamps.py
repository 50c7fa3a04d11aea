"""The timestamp service was away when a document was signed: its timestamp is added later."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask

from tests.cast import Cast, approved
from tests.conftest import Clock
from tests.issuing import timeservice
from tests.issuing.timeservice import TimeService
from web import press
from web.settings import Settings
from workflow.core.letters import LetterKind
from workflow.issuing.seal import placeholder_seal
from workflow.issuing.signing import Sealer
from workflow.issuing.timestamps import TimestampService
from workflow.issuing.verification import verify
from workflow.jobs.press import Press, Pressroom
from workflow.jobs.timestamps import add_timestamps
from workflow.store import audit, documents, files
from workflow.store.db import db
from workflow.store.documents import Document
from workflow.usecases import ledger, timestamping, verifying
from workflow.usecases.verifying import Kind

Drain = Callable[..., None]


@pytest.fixture
def service(clock: Clock) -> Iterator[TimeService]:
    with timeservice.running(clock()) as running:
        yield running


@pytest.fixture
def issued(app: Flask, cast: Cast, clock: Clock, drain: Drain, service: TimeService) -> int:
    """A case whose documents were signed while the service gave no answer worth anything."""
    case_id = approved(cast.he, cast.lin)
    service.answer = timeservice.nothing
    settings: Settings = app.config["SETTINGS"]
    known = Pressroom.press()
    seal = placeholder_seal(press.FONTS, "样")
    sealer = Sealer(press.key_source(settings), seal, TimestampService(service.url, [service.cert]))
    Pressroom.configure(Press(known.renderer, sealer, known.key, clock))
    drain()
    assert {one.level for one in documents.all_of_case(case_id)} == {"B-B"}
    clock.forward(minutes=6)  # the service was left alone for five
    service.at = service.stamper.fixed_dt = clock()
    return case_id


def test_it_is_added_when_the_service_is_back(
    app: Flask, issued: int, service: TimeService, clock: Clock
) -> None:
    before = {one.id: one.sha256 for one in documents.all_of_case(issued)}
    service.answer = timeservice.rightly
    add_timestamps(0)
    for document in documents.all_of_case(issued):
        db.session.refresh(document)
        assert document.level == "B-T"
        assert document.sha256 != before[document.id]
        first, now = (files.read(one) for one in (before[document.id], document.sha256))
        assert now.startswith(first)
        trusted = [service.cert]
        anchors = app.config["ANCHORS"]
        assert verify(now, anchors, clock() + timedelta(days=5000), trusted).level == "B-T"
        assert verifying.by_file(now, anchors, clock(), trusted).kind is Kind.VALID
        assert verifying.by_file(first, anchors, clock(), trusted).kind is Kind.SUPERSEDED
    key = press.signing_key(app.config["SETTINGS"])
    assert list(ledger.breaks(key)) == []
    told = [one.action for one in audit.of_case(issued)].count(timestamping.TIMESTAMPED)
    assert told == len(before)


def test_nothing_is_pretended_while_it_stays_away(issued: int, service: TimeService) -> None:
    asked = len(service.asked)
    add_timestamps(0)
    assert {one.level for one in documents.all_of_case(issued)} == {"B-B"}
    assert len(service.asked) == asked + 1  # the rest of the round leaves it alone


def test_done_again_it_finds_nothing_to_do(issued: int, service: TimeService) -> None:
    service.answer = timeservice.rightly
    add_timestamps(0)
    asked = len(service.asked)
    add_timestamps(0)
    assert len(service.asked) == asked
    assert timestamping.waiting() == []


def test_of_two_stamped_at_once_one_is_kept(
    issued: int, service: TimeService, clock: Clock
) -> None:
    service.answer = timeservice.rightly
    notice = documents.of_case(issued)
    assert isinstance(notice, Document)
    assert notice.kind is LetterKind.NOTICE
    before, pdf = timestamping.file_of(notice.id)
    sealer = Pressroom.press().sealer
    one, other = sealer.stamp(pdf, clock()), sealer.stamp(pdf, clock())
    assert one is not None
    assert other is not None
    assert one.sha256 != other.sha256
    assert timestamping.keep(notice.id, before, one, clock()) is True
    assert timestamping.keep(notice.id, before, other, clock()) is False
    assert timestamping.file_of(notice.id)[0] == one.sha256
    assert not documents.was_handed_out(other.sha256)


def test_a_voided_document_is_left_as_it_is(
    issued: int, service: TimeService, clock: Clock
) -> None:
    service.answer = timeservice.rightly
    notice = documents.of_case(issued)
    assert notice is not None
    notice.voided_at = clock()
    db.session.commit()
    add_timestamps(0)
    assert documents.get(notice.id).level == "B-B"
