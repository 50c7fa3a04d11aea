"""The ledger: whatever is done to it behind the service's back is found, and named."""

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.cast import AT, Cast, approved, submitted
from tests.usecases.tampering import breaks, tamper
from workflow.core.reveals import RevealReason
from workflow.issuing.keys import SigningKey
from workflow.issuing.signing import Signed
from workflow.store import audit, documents
from workflow.store.accounts import Account
from workflow.store.db import db, transaction
from workflow.store.towns import Place
from workflow.usecases import ledger, releasing, review
from workflow.usecases.ledger import Break

DAY = timedelta(days=1)
YESTERDAY = AT.date() - DAY  # an anchor is for the day that has ended


@pytest.fixture
def case_id(cast: Cast) -> int:
    """A case of ten events: from open to issued, and one look at the contact."""
    case_id = approved(cast.he, cast.lin)
    document = documents.of_case(case_id)
    pdf = b"%PDF-signed"
    signed = Signed(pdf, hashlib.sha256(pdf).hexdigest(), "B-B")
    releasing.mark_issued(document.id, signed, AT)
    review.reveal_contact(case_id, RevealReason.ASK, cast.lin, AT)
    submitted(cast.lv)
    return case_id


def test_a_whole_path_leaves_an_unbroken_ledger(key: SigningKey, case_id: int) -> None:
    actions = [event.action for event in reversed(audit.of_case(case_id))]
    assert actions == [
        *("open", "submit", "confirm", "accept", "inspect", "confirm"),
        *("approve", "release", "mark_issued", "reveal"),
    ]
    assert ledger.anchor(key, AT)
    assert breaks(key) == []
    assert ledger.counted() == (2, 1)


def test_an_event_told_in_another_time_zone_does_not_break_the_chain(
    cast: Cast, key: SigningKey
) -> None:
    submitted(cast.he, AT.astimezone(timezone(timedelta(hours=8))))
    assert breaks(key) == []


CASE = "WHERE case_id = :case"
EVENT = "UPDATE audit_events SET {} WHERE case_id = :case AND seq = 3"
TAMPERINGS = {
    "changed payload": ([EVENT.format("payload = '{\"verdicts\": {}}'")], ("event", 3)),
    "changed actor": ([EVENT.format("actor_id = 1 + actor_id")], ("event", 3)),
    "changed role": ([EVENT.format("role = 'liaison'")], ("event", 3)),
    "changed time": ([EVENT.format("at = at - interval '1 day'")], ("event", 3)),
    "changed digest": ([EVENT.format("digest = previous")], ("event", 3)),
    "deleted first event": ([f"DELETE FROM audit_events {CASE} AND seq = 1"], ("event", 2)),
    "deleted middle event": ([f"DELETE FROM audit_events {CASE} AND seq = 3"], ("event", 4)),
    "deleted and closed the gap": (
        [
            f"DELETE FROM audit_events {CASE} AND seq = 3",
            f"UPDATE audit_events SET seq = seq - 1 {CASE} AND seq = 4",
        ],
        ("event", 3),
    ),
    "swapped events": (
        [
            f"UPDATE audit_events SET seq = -3 {CASE} AND seq = 3",
            f"UPDATE audit_events SET seq = 3 {CASE} AND seq = 4",
            f"UPDATE audit_events SET seq = 4 {CASE} AND seq = -3",
        ],
        ("event", 3),
    ),
    "deleted last event": ([f"DELETE FROM audit_events {CASE} AND seq = 10"], ("head", 10)),
    "deleted all events": ([f"DELETE FROM audit_events {CASE}"], ("head", 10)),
    "set the head back": ([f"UPDATE audit_heads SET seq = 9 {CASE}"], ("head", 9)),
    "changed the head": ([f"UPDATE audit_heads SET digest = '0' {CASE}"], ("head", 10)),
    "deleted the head": ([f"DELETE FROM audit_heads {CASE}"], ("chain missing", None)),
}


@pytest.mark.parametrize("how", TAMPERINGS)
def test_tampering_is_found_and_named(key: SigningKey, case_id: int, how: str) -> None:
    statements, (what, seq) = TAMPERINGS[how]
    tamper(*statements, case=case_id)
    assert breaks(key) == [Break(what, case_id, seq)]


CUT_AND_MENDED = [
    "DELETE FROM audit_events WHERE case_id = :case AND seq = 10",
    "UPDATE audit_heads SET seq = 9, digest = (SELECT digest FROM audit_events"
    " WHERE case_id = :case AND seq = 9) WHERE case_id = :case",
]
TAKEN_OUT = [f"DELETE FROM audit_events {CASE}", f"DELETE FROM audit_heads {CASE}"]


@pytest.mark.parametrize(
    ("statements", "also"),
    [(CUT_AND_MENDED, []), (TAKEN_OUT, ["chain missing"])],
    ids=["a tail", "a chain"],
)
def test_what_was_taken_out_cleanly_breaks_the_anchor(
    key: SigningKey, case_id: int, statements: list[str], also: list[str]
) -> None:
    ledger.anchor(key, AT)
    tamper(*statements, case=case_id)
    missing = [Break(what, case_id) for what in also]
    assert breaks(key) == [*missing, Break("anchor", day=YESTERDAY)]


@pytest.mark.parametrize(
    "change",
    [
        "heads_digest = repeat('0', 64)",
        "last_event_id = last_event_id - 1",
        "day = day - 1",
        "signature = ''",
        "signature = signature || '\\x00'",
    ],
)
def test_a_changed_anchor_is_found(key: SigningKey, case_id: int, change: str) -> None:
    ledger.anchor(key, AT)
    tamper(f"UPDATE ledger_anchors SET {change}")
    (broken,) = breaks(key)
    assert (broken.what, broken.case_id) == ("anchor", None)


def test_an_anchor_moved_to_what_the_ledger_has_become_is_found(
    key: SigningKey, case_id: int
) -> None:
    ledger.anchor(key, AT)
    tamper(*TAKEN_OUT, case=case_id)
    last, digest = audit.freeze_and_digest()
    tamper(
        "UPDATE ledger_anchors SET last_event_id = :last, heads_digest = :digest",
        last=last,
        digest=digest,
    )
    assert breaks(key) == [Break("chain missing", case_id), Break("anchor", day=YESTERDAY)]


def test_only_the_break_of_the_first_event_of_a_chain_is_named(
    key: SigningKey, case_id: int
) -> None:
    tamper("UPDATE audit_events SET payload = '{}' WHERE case_id = :case", case=case_id)
    assert breaks(key) == [Break("event", case_id, 1)]


def test_an_anchor_is_made_once_a_day(key: SigningKey, case_id: int) -> None:
    midnight = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
    made = [ledger.anchor(key, at) for at in (AT, AT + timedelta(hours=5), midnight, midnight)]
    assert made == [True, False, True, False]
    assert [one.day for one in audit.anchors()] == [YESTERDAY, YESTERDAY + DAY]


def test_an_anchor_taken_out_breaks_the_next(cast: Cast, key: SigningKey) -> None:
    for days in range(3):
        ledger.anchor(key, AT + days * DAY)
    tamper("DELETE FROM ledger_anchors WHERE day = :day", day=YESTERDAY + DAY)
    assert breaks(key) == [Break("anchor", day=YESTERDAY + 2 * DAY)]


def test_old_anchors_hold_while_the_ledger_grows(cast: Cast, key: SigningKey) -> None:
    assert ledger.anchor(key, AT)  # over nothing yet
    approved(cast.he, cast.lin)
    assert ledger.anchor(key, AT + DAY)
    submitted(cast.zhe, AT + DAY)
    assert breaks(key) == []


def test_a_break_is_told_in_plain_values() -> None:
    assert Break("anchor", day=YESTERDAY).as_json() == {
        "what": "anchor",
        "case": None,
        "seq": None,
        "day": "2026-11-22",
    }


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_events SET payload = '{}'",
        "UPDATE audit_events SET payload = '{}' WHERE false",
        "DELETE FROM audit_events",
        "TRUNCATE audit_events",
        "TRUNCATE audit_events CASCADE",
    ],
)
def test_the_database_refuses_to_change_an_event(case_id: int, statement: str) -> None:
    with pytest.raises(Exception, match="audit_events is never changed"):
        db.session.execute(db.text(statement))
    db.session.rollback()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE town SET demo = false, mark = ''",
        "UPDATE town SET mark = '样本'",
        "DELETE FROM town",
    ],
)
def test_the_mark_of_a_town_cannot_be_changed(cast: Cast, statement: str) -> None:
    with pytest.raises(Exception, match="the mark of a town cannot be changed"):
        db.session.execute(db.text(statement))
    db.session.rollback()


def test_the_rest_of_a_town_can_be_changed(cast: Cast) -> None:
    with transaction() as session:
        session.execute(db.text("UPDATE town SET phone = '000-1111-1111'"))


def test_no_event_holds_personal_data(case_id: int) -> None:
    people = set(db.session.scalars(db.select(Account.name)))
    people |= {place.contact_name for place in db.session.scalars(db.select(Place))}
    people |= {place.contact_mobile for place in db.session.scalars(db.select(Place))}
    people |= set(db.session.scalars(db.select(Account.username)))
    assert len(people) > 20
    rows = db.session.scalars(db.select(audit.AuditEvent.payload)).all()
    written = json.dumps(list(rows), ensure_ascii=False)
    assert len(rows) == 12
    assert {who for who in people if who in written} == set()
