"""A timestamp that was not to be had at signing is added later, as a new revision."""

from datetime import datetime

from workflow.core.roles import SYSTEM
from workflow.issuing.signing import Signed
from workflow.store import audit, documents, files
from workflow.store.contents import PDF
from workflow.store.db import transaction

TIMESTAMPED = "timestamped"


def waiting() -> list[int]:
    """Documents that were signed without a timestamp, the newest first, some at a time."""
    return documents.without_timestamp()


def file_of(document_id: int) -> tuple[str, bytes]:
    """The file a document has now: its digest and its bytes."""
    found = documents.get(document_id)
    assert found.sha256 is not None, "only what is stored can be given a timestamp"
    return found.sha256, files.read(found.sha256)


def keep(document_id: int, before: str, stamped: Signed, at: datetime) -> bool:
    """Makes the stamped file the document's, if it still has the file ``before``; that one stays a
    revision handed out. The loser of two is discarded, and False returned.
    """
    sha256 = files.put(stamped.pdf)
    with transaction():
        files.record(sha256, len(stamped.pdf), PDF, at)
        taken = documents.next_revision(document_id, before, sha256, stamped.level, at)
        lost = not taken and not documents.was_handed_out(sha256)
        if taken:
            found = documents.get(document_id)
            fact = {"document": found.id, "sha256": sha256, "level": stamped.level}
            audit.record(found.case_id, SYSTEM, TIMESTAMPED, at, fact)
        elif lost:
            files.forget(sha256)
    if lost:
        files.discard(sha256)
    return taken
