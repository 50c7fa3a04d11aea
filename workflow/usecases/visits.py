"""The end of an inspection (现场核查): it is written down, whatever was decided."""

from datetime import date, datetime

from workflow.core.letters import LetterKind
from workflow.store import proofs
from workflow.store.cases import Case
from workflow.store.db import db
from workflow.store.documents import Document
from workflow.store.inspections import of_case
from workflow.usecases import letters
from workflow.usecases.letters import NewCodes
from workflow.usecases.views import review_view


def close(case: Case, at: datetime) -> bool:
    """Ends the inspection under way; False where there is none."""
    found = next((one for one in of_case(case.id) if one.ended_at is None), None)
    if found is None:
        return False
    found.ended_at = at
    db.session.flush()
    return True


def written_down(
    case: Case,
    opinion: str,
    at: datetime,
    new_codes: NewCodes,
    further: list[Document],
    mend_by: date | None = None,
) -> dict[str, object]:
    """Ends the inspection under way with its 现场核查记录. What the ledger is to be told of it and
    of the ``further`` documents that the same step gives rise to.
    """
    if not close(case, at):
        return proofs.of_letters(further)
    inspection, held = of_case(case.id)[-1], review_view(case, at).held
    compose = letters.record_of(case, inspection, held, opinion, mend_by)
    record = letters.write(case, LetterKind.INSPECTION, compose, at, new_codes())
    return {**proofs.of_letters([*further, record]), **proofs.of_photos(inspection)}
