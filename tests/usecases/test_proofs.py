"""What was decided on, and what was decided, cannot be altered unnoticed either."""

import pytest
from sqlalchemy.exc import DBAPIError

from tests.cast import AT, Cast, accepted, approved
from tests.usecases.tampering import breaks, tamper
from tests.usecases.ways import CLINIC, decided_by, of_department
from workflow.core.deciding import View
from workflow.issuing.keys import SigningKey
from workflow.store.db import db
from workflow.usecases import opinions


@pytest.mark.parametrize(
    ("change", "seq"),
    [
        ("UPDATE submissions SET answers = jsonb_set(answers, '{headcount}', '9')", 2),
        ("UPDATE submissions SET attachments = '[]'", 2),
        ("UPDATE check_results SET verdict = 'fail' WHERE code = 'EP-141'", 7),
        ("UPDATE check_results SET verdict = 'fail' WHERE code = 'EP-101'", 7),
        ("UPDATE check_results SET note = 'x' WHERE code = 'EP-141'", 7),
        ("UPDATE documents SET content = replace(content, '186', '999')", 7),
        ("UPDATE documents SET token = repeat('0', 32) WHERE kind = 'notice'", 7),
        ("UPDATE documents SET token = repeat('0', 32) WHERE kind = 'acceptance'", 4),
        ("UPDATE documents SET content = '{}' WHERE kind = 'inspection'", 7),
        ("UPDATE decisions SET words = '同意，不用再查'", 7),
        ("UPDATE decisions SET decided_by = decided_by + 1", 7),
        ("DELETE FROM decisions", 7),
        (
            "INSERT INTO inspection_photos (inspection_id, code, sha256, name, added_by, added_at)"
            " SELECT id, '', (SELECT min(sha256) FROM stored_files), 'x', inspector_id, began_at"
            " FROM inspections",
            7,
        ),
    ],
)
def test_what_was_decided_on_cannot_be_altered_unnoticed(
    cast: Cast, key: SigningKey, change: str, seq: int
) -> None:
    only = approved(cast.he, cast.lin)
    assert breaks(key) == []
    tamper(change)
    assert (breaks(key)[0].what, breaks(key)[0].case_id) == ("fact", only)
    assert breaks(key)[0].seq == seq


def test_the_words_of_a_document_are_frozen(cast: Cast) -> None:
    approved(cast.he, cast.lin)
    with pytest.raises(DBAPIError, match="words of a document"):
        db.session.execute(db.text("UPDATE documents SET content = '{}'"))
    db.session.rollback()


@pytest.mark.parametrize(
    "change", ["UPDATE opinions SET view = 'agrees'", "UPDATE opinions SET words = ''"]
)
def test_what_a_department_said_cannot_be_altered_unnoticed(
    cast: Cast, key: SigningKey, change: str
) -> None:
    decided_by(asked={CLINIC: "waits"})
    only = accepted(cast.he)
    opinions.answer(only, View.OBJECTS, "隔离点不够", of_department(), AT)
    assert breaks(key) == []
    tamper(change)
    assert (breaks(key)[0].what, breaks(key)[0].case_id) == ("fact", only)
