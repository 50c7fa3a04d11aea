"""Files that nothing refers to any more."""

from workflow.store import documents, drafts, files, inspections


def drop_unless_used(sha256: str) -> None:
    """Deletes a file that was just taken out of a draft or an inspection, unless something else
    has it: another draft, a submission, an inspection, a document that was handed out.
    """
    files.hold(sha256)
    kept = drafts.refers_to(sha256) or documents.was_handed_out(sha256)
    if not (kept or inspections.has_photo(sha256)):
        files.forget(sha256)
        files.discard(sha256)
