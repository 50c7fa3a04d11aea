"""Anyone may ask whether a document holds, and learns nothing about people."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask

from tests.cast import AT, PAPER, Cast, checked, codes, submitted, version_of
from workflow.core.codes import grouped
from workflow.core.letters import LetterKind
from workflow.issuing.content import DocumentContent
from workflow.issuing.keys import load_signing_key
from workflow.jobs import demo
from workflow.store import documents, files
from workflow.store.db import db, transaction
from workflow.store.documents import Document
from workflow.usecases import deciding, releasing, verifying
from workflow.usecases.verifying import UNKNOWN, Answer, Kind

CODES = codes()
PEOPLE = ["何样本", "喆样本", "吕样本", "林示例", "周示例", "00000000052"]


@pytest.fixture
def pending(cast: Cast) -> Document:
    """A notice that is approved and not yet issued."""
    case_id, made = checked(submitted(cast.he), cast.lin), iter([CODES, codes(1)])
    deciding.approve(case_id, "", version_of(case_id), cast.lin, AT, lambda: next(made))
    return documents.of_case(case_id)


@pytest.fixture
def issued(pending: Document, drain: Callable[[], None]) -> Document:
    """A notice that the worker has really made and signed."""
    drain()
    return documents.get(pending.id)


@pytest.fixture
def good(app: Flask) -> datetime:
    """A moment at which the signer's certificate is good, whenever the tests run."""
    return _life(app)[0] + timedelta(hours=1)


def _life(app: Flask) -> tuple[datetime, datetime]:
    cert = load_signing_key(app.config["SETTINGS"].signing).cert
    return cert.not_valid_before_utc, cert.not_valid_after_utc


def by_file(app: Flask, data: bytes, at: datetime) -> Answer:
    return verifying.by_file(data, app.config["ANCHORS"], at)


SPELLINGS: list[Callable[[str], str]] = [
    str,
    grouped,
    str.lower,
    lambda code: grouped(code).lower(),
    lambda code: f"  {grouped(code).replace('-', ' ')}\n",
    lambda code: grouped(code).replace("-", "—"),
    lambda code: "".join(chr(ord(char) + 0xFEE0) for char in grouped(code)),
]


@pytest.mark.parametrize("spell", SPELLINGS)
def test_a_code_is_found_however_it_is_typed(
    pending: Document, spell: Callable[[str], str]
) -> None:
    answer = verifying.by_code(spell(CODES.typed_code), "1")
    assert answer == verifying.by_token(CODES.token)
    assert answer.document.full_number == "样复工〔2026〕1号"


@pytest.mark.parametrize(
    "typed", ["", "1", "2" * 12, "二维码旁边的码", CODES.typed_code[:-1], "x" * 10_000, CODES.token]
)
def test_every_miss_is_the_same_answer(pending: Document, typed: str) -> None:
    assert verifying.by_code(typed, "1") is UNKNOWN


@pytest.mark.parametrize("number", ["", "2", "01 2", "一", "11", "9" * 10_000, "2026"])
def test_the_right_code_with_another_number_is_the_same_answer(
    pending: Document, number: str
) -> None:
    assert verifying.by_code(CODES.typed_code, number) is UNKNOWN


def test_what_is_held_back_is_the_same_answer(pending: Document) -> None:
    with transaction():
        documents.get(pending.id).released_at = None
    assert verifying.by_token(CODES.token) is UNKNOWN
    assert verifying.by_code(CODES.typed_code, "1") is UNKNOWN


def test_a_void_notice_says_so_however_it_is_asked_for(
    app: Flask, cast: Cast, issued: Document, good: datetime
) -> None:
    deciding.void(issued.case_id, "写错了。", version_of(issued.case_id), cast.issuer, AT)
    db.session.expire_all()
    for answer in (
        verifying.by_token(CODES.token),
        verifying.by_code(CODES.typed_code, "1"),
        by_file(app, releasing.issued_file(issued), good),
    ):
        assert answer.kind is Kind.VOIDED
        assert answer.document.full_number == issued.full_number


def test_a_letter_that_is_no_notice_is_genuine(issued: Document) -> None:
    answer = verifying.by_token(codes(1).token)
    assert (answer.kind, answer.document.kind) == (Kind.VALID, LetterKind.INSPECTION)


@pytest.mark.parametrize("token", ["", "0" * 32, CODES.token.upper(), CODES.token[:-1], "' OR 1"])
def test_every_unknown_token_is_the_same_answer(pending: Document, token: str) -> None:
    assert verifying.by_token(token) is UNKNOWN
    assert Answer(Kind.UNKNOWN, None, ()) == UNKNOWN


def test_a_notice_is_pending_until_it_is_stored(pending: Document) -> None:
    assert verifying.by_token(CODES.token).kind is Kind.PENDING
    assert verifying.by_code(CODES.typed_code, "1").kind is Kind.PENDING


def test_an_issued_notice_is_valid(issued: Document) -> None:
    answer = verifying.by_token(CODES.token)
    assert answer.kind is Kind.VALID
    shown = answer.document
    assert (shown.title, shown.mark) == ("复工通知单", demo.MARK)
    assert (shown.addressee, shown.place) == ("虚构云雀食品有限公司", "一号厂区")
    assert shown.issued_on.isoformat() == "2026-11-23"
    assert shown.conditions == DocumentContent.from_json(issued.content).conditions != ()
    assert answer.reasons == ()


def test_an_answer_names_nobody(app: Flask, issued: Document, good: datetime) -> None:
    pdf = releasing.issued_file(issued)
    for answer in (
        verifying.by_token(CODES.token),
        verifying.by_code(CODES.typed_code, "1"),
        by_file(app, pdf, good),
        by_file(app, pdf + b"\n", good),
    ):
        assert not [who for who in PEOPLE if who in repr(answer)]


def test_the_issued_file_is_valid(app: Flask, issued: Document, good: datetime) -> None:
    answer = by_file(app, releasing.issued_file(issued), good)
    assert answer == replace(verifying.by_token(CODES.token), compared=True)


@pytest.mark.parametrize("where", [0.1, 0.4, 0.7])
def test_a_file_with_one_other_byte_is_altered(
    app: Flask, issued: Document, good: datetime, where: float
) -> None:
    pdf = bytearray(releasing.issued_file(issued))
    pdf[int(len(pdf) * where)] ^= 1
    answer = by_file(app, bytes(pdf), good)
    assert (answer.kind, answer.document) == (Kind.ALTERED, None)
    assert len(answer.reasons) == 1


def test_a_file_with_something_added_is_altered(
    app: Flask, issued: Document, good: datetime
) -> None:
    answer = by_file(app, releasing.issued_file(issued) + PAPER, good)
    assert (answer.kind, answer.document) == (Kind.ALTERED, None)


@pytest.mark.parametrize("data", [b"", PAPER, b"PK\x03\x04", b"%PDF-1.7"])
def test_a_file_without_a_signature_cannot_be_compared(
    app: Flask, issued: Document, good: datetime, data: bytes
) -> None:
    answer = by_file(app, data, good)
    assert (answer.kind, answer.document) == (Kind.UNSIGNED, None)
    assert len(answer.reasons) == 1


def test_a_file_replaced_since_is_superseded(app: Flask, issued: Document, good: datetime) -> None:
    pdf = releasing.issued_file(issued)
    newer = files.put(b"%PDF-newer")
    with transaction():
        files.record(newer, 10, "application/pdf", AT)
        documents.get(issued.id).sha256 = newer
    answer = by_file(app, pdf, good)
    assert answer.kind is Kind.SUPERSEDED
    assert answer.document == verifying.by_token(CODES.token).document


def test_a_file_outlives_the_certificate_that_signed_it(app: Flask, issued: Document) -> None:
    """It is byte for byte what was handed out: old, but not altered."""
    late = _life(app)[1] + timedelta(days=1)
    answer = by_file(app, releasing.issued_file(issued), late)
    assert answer.kind is Kind.VALID
    assert answer.document == verifying.by_token(CODES.token).document
    assert "证书不在有效期内" in answer.reasons[0]


def test_a_known_file_whose_signature_is_not_ours_is_not_valid(
    issued: Document, good: datetime
) -> None:
    """Whoever can write into the database still cannot make a signature."""
    answer = verifying.by_file(releasing.issued_file(issued), [], good)
    assert answer.kind is Kind.ALTERED


def test_asking_changes_nothing(issued: Document) -> None:
    query = db.text("SELECT count(*) FROM audit_events")
    before = db.session.scalar(query)
    verifying.by_token(CODES.token)
    assert db.session.scalar(query) == before
