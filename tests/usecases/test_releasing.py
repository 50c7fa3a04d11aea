"""The service issues: one signed file stays, any other is gone without a trace."""

import hashlib

import pytest

from tests.cast import AT, Cast, approved, submitted
from workflow.core.refusals import NotFound, Refused, Stale
from workflow.core.states import State
from workflow.issuing.signing import Signed
from workflow.store import audit, cases, documents, files
from workflow.store.db import db, transaction
from workflow.store.documents import Document, DocumentRevision
from workflow.store.files import StoredFile, Vault
from workflow.usecases import releasing


def signed(text: str = "%PDF-one", level: str = "B-B") -> Signed:
    pdf = text.encode()
    return Signed(pdf, hashlib.sha256(pdf).hexdigest(), level)


@pytest.fixture
def document(cast: Cast) -> Document:
    return documents.of_case(approved(cast.he, cast.lin))


def lies_in_the_vault(sha256: str) -> bool:
    return Vault.filesystem().exists(Vault.path(sha256))


def revisions() -> list[tuple[str, str]]:
    rows = db.session.query(DocumentRevision).order_by(DocumentRevision.stored_at)
    return [(row.sha256, row.level) for row in rows]


def test_what_is_awaited_is_the_frozen_page(cast: Cast, document: Document) -> None:
    content = releasing.awaiting(document.id)
    assert content.number == "样复工〔2026〕1号"
    assert content.to_json() == document.content


def test_a_signed_file_issues_the_case(cast: Cast, document: Document) -> None:
    assert releasing.mark_issued(document.id, signed(), AT) is True
    found, case = documents.get(document.id), cases.get(document.case_id, cast.he)
    assert (case.state, case.issued_at) == (State.ISSUED, AT)
    assert (found.sha256, found.level, found.stored_at) == (signed().sha256, "B-B", AT)
    assert revisions() == [(signed().sha256, "B-B")]
    assert releasing.issued_file(found) == b"%PDF-one"
    event = audit.of_case(case.id)[0]
    assert (event.action, event.actor_id, event.role) == ("mark_issued", None, "system")
    fact = {"document": document.id, "sha256": signed().sha256, "level": "B-B"}
    assert event.payload == fact


def test_nothing_is_awaited_once_it_is_stored(document: Document) -> None:
    releasing.mark_issued(document.id, signed(), AT)
    assert releasing.awaiting(document.id) is None


def test_a_second_signature_is_discarded(cast: Cast, document: Document) -> None:
    releasing.mark_issued(document.id, signed(), AT)
    events = len(audit.of_case(document.case_id))
    late = signed("%PDF-two", "B-T")
    assert releasing.mark_issued(document.id, late, AT) is False
    assert not lies_in_the_vault(late.sha256)
    assert db.session.get(StoredFile, late.sha256) is None
    assert revisions() == [(signed().sha256, "B-B")]
    assert documents.get(document.id).level == "B-B"
    assert releasing.issued_file(documents.get(document.id)) == b"%PDF-one"
    assert len(audit.of_case(document.case_id)) == events


def test_the_very_same_file_again_does_no_harm(document: Document) -> None:
    releasing.mark_issued(document.id, signed(), AT)
    assert releasing.mark_issued(document.id, signed(), AT) is False
    assert revisions() == [(signed().sha256, "B-B")]
    assert releasing.issued_file(documents.get(document.id)) == b"%PDF-one"


def test_a_file_handed_out_once_is_never_discarded(document: Document) -> None:
    """The file of an earlier revision comes again, after a newer one has taken its place."""
    releasing.mark_issued(document.id, signed(), AT)
    newer = files.put(b"%PDF-newer")
    with transaction():
        files.record(newer, 10, "application/pdf", AT)
        documents.get(document.id).sha256 = newer
    assert releasing.mark_issued(document.id, signed(), AT) is False
    assert files.read(signed().sha256) == b"%PDF-one"
    assert documents.get(document.id).sha256 == newer


def test_a_case_that_is_not_approved_is_not_issued(cast: Cast, document: Document) -> None:
    with transaction() as session:
        session.execute(
            db.text("UPDATE cases SET state = 'submitted', approved_at = NULL, approved_by = NULL")
        )
    with pytest.raises(Refused, match="no_such_step"):
        releasing.mark_issued(document.id, signed(), AT)
    assert documents.get(document.id).sha256 is None
    assert revisions() == []
    assert cases.get(document.case_id, cast.he).state is State.SUBMITTED


def test_a_document_that_does_not_exist_is_not_found(cast: Cast) -> None:
    submitted(cast.he)
    for ask in (
        lambda: releasing.awaiting(99),
        lambda: releasing.mark_issued(99, signed(), AT),
    ):
        with pytest.raises(NotFound):
            ask()


def test_there_is_no_file_before_there_is_one(document: Document) -> None:
    with pytest.raises(NotFound):
        releasing.issued_file(document)


def test_a_case_moved_by_someone_else_keeps_no_file(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(case_id: int, *_: object, **__: object) -> None:
        raise Stale(case_id)

    monkeypatch.setattr(cases, "move", too_late)
    with pytest.raises(Stale):
        releasing.mark_issued(document.id, signed(), AT)
    assert documents.get(document.id).sha256 is None
    assert db.session.get(StoredFile, signed().sha256) is None
