"""The checklist, item by item: the office's at its desk, the liaison's at the place; the contact.

For the liaison acts the one who stands in, or the office where both are away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert

from workflow.core.checklist import Check, Verdict
from workflow.core.refusals import Reason, Refusal, Refused
from workflow.core.reveals import RevealReason
from workflow.core.roles import Actor, Role
from workflow.core.transitions import checkable
from workflow.store import audit, cases, proofs
from workflow.store.cases import Case
from workflow.store.db import db, transaction
from workflow.store.submissions import CheckResult
from workflow.usecases.steps import standing
from workflow.usecases.views import review_view


@dataclass(frozen=True, slots=True)
class Contact:
    """Who answers the telephone at the place."""

    name: str
    mobile: str


def confirm(case_id: int, checks: Sequence[Check], version: int, actor: Actor, at: datetime) -> int:
    """Keeps the verdicts given; those not named stay as they were. The case's version then."""
    with transaction():
        case = cases.get(case_id, actor, lock=True)
        _may_check(case, checks, actor, at)
        known = {one.code: (one.verdict, one.note) for one in case.submission.checks}
        changed = [one for one in checks if known.get(one.code) != (one.verdict, one.note)]
        if not changed and case.version == version:
            return version
        taken = cases.touch(case, version)
        for check in changed:
            row = {
                "submission_id": case.submission.id,
                "code": check.code,
                "verdict": check.verdict,
                "note": check.note,
                "checked_by": actor.account_id,
                "checked_at": at,
            }
            statement = insert(CheckResult).values(row)
            db.session.execute(
                statement.on_conflict_do_update(
                    index_elements=[CheckResult.submission_id, CheckResult.code], set_=row
                )
            )
        verdicts = {check.code: check.verdict.value for check in changed}
        db.session.expire(case.submission, ["checks"])
        fact = {"verdicts": verdicts, **proofs.of_checked(case.submission)} | standing(case, actor)
        audit.record(case.id, actor, "confirm", at, fact)
        return taken


def reveal_contact(case_id: int, reason: RevealReason, actor: Actor, at: datetime) -> Contact:
    """Shows the contact of a place in clear, for a stated reason, which the ledger keeps."""
    with transaction():
        case = cases.get(case_id, actor, lock=True)
        if actor.role not in {Role.LIAISON, Role.OFFICE}:
            raise Refused(Refusal(Reason.NOT_YOUR_ROLE))
        if case.field_id not in actor.fields:
            raise Refused(Refusal(Reason.NOT_YOUR_FIELD))
        fact = {"what": "contact", "reason": reason.value} | standing(case, actor)
        audit.record(case.id, actor, "reveal", at, fact)
        return Contact(case.place.contact_name, case.place.contact_mobile)


def _may_check(case: Case, checks: Sequence[Check], actor: Actor, at: datetime) -> None:
    view = review_view(case, at)
    listed = {one.code for one in checkable(view, actor)}
    strangers = tuple(check.code for check in checks if check.code not in listed)
    if strangers:
        raise Refused(Refusal(Reason.NOT_IN_LIST, strangers))
    silent = tuple(
        one.code for one in checks if one.verdict is not Verdict.PASS and not one.note.strip()
    )
    if silent:
        raise Refused(Refusal(Reason.NOTE_MISSING, silent))
