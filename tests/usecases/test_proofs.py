"""What was decided on, and what was decided, cannot be altered unnoticed either."""

import pytest
from sqlalchemy.exc import DBAPIError

from tests.cast import Cast, approved
from tests.usecases.tampering import breaks, tamper
from workflow.issuing.authority import SigningKey
from workflow.store.db import db


@pytest.mark.parametrize(
    ("change", "seq"),
    [
        ("UPDATE submissions SET answers = jsonb_set(answers, '{headcount}', '9')", 2),
        ("UPDATE submissions SET attachments = '[]'", 2),
        ("UPDATE check_results SET verdict = 'fail' WHERE code = 'EP-141'", 4),
        ("UPDATE check_results SET note = 'x' WHERE code = 'EP-141'", 4),
        ("UPDATE documents SET content = replace(content, '186', '999')", 4),
        ("UPDATE documents SET token = repeat('0', 32)", 4),
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
