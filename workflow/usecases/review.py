"""Whoever acts for the field decides: confirms the checklist, sees the contact, approves (同意).

That is its liaison, the one who stands in, or the office where both are away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert

from workflow.core.checklist import Check, Verdict
from workflow.core.codes import document_number
from workflow.core.days import day_of
from workflow.core.refusals import Reason, Refusal, Refused
from workflow.core.reveals import RevealReason
from workflow.core.roles import Actor, Role
from workflow.core.states import Action, State
from workflow.core.transitions import against_reviewing, decide
from workflow.store import audit, cases, documents, outbox, proofs
from workflow.store.cases import Case, CheckResult
from workflow.store.db import db, transaction
from workflow.store.documents import Document
from workflow.store.towns import this_town
from workflow.usecases.notices import Codes, notice_content
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
        _may_check(case, checks, actor)
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
        fact = {"verdicts": verdicts} | _standing(case, actor)
        audit.record(case.id, actor, "confirm", at, fact)
        return taken


def approve(case_id: int, version: int, actor: Actor, at: datetime, codes: Codes) -> str:
    """Approves, numbers the notice without a gap and asks for it to be issued; its number.

    ``version`` is that of the page the officer saw; ``Stale`` if the case has changed since.
    """
    with transaction() as session:
        case = cases.get(case_id, actor, lock=True)
        target = decide(review_view(case), Action.APPROVE, actor)
        cases.move(
            case.id,
            case.state,
            target,
            version=version,
            approved_at=at,
            approved_by=actor.account_id,
        )
        town, issued_on = this_town(), day_of(at)
        number = documents.next_number(town.agency, issued_on.year)
        full = document_number(town.agency, issued_on.year, number)
        document = Document(
            case_id=case.id,
            agency=town.agency,
            year=issued_on.year,
            number=number,
            token=codes.token,
            typed_code=codes.typed_code,
            issued_on=issued_on,
            content=notice_content(case, town, full, issued_on, codes).to_json(),
            created_at=at,
        )
        session.add(document)
        session.flush()
        fact = proofs.of_approval(document, case.submission) | _standing(case, actor)
        audit.record(case.id, actor, Action.APPROVE.value, at, fact)
        outbox.add("issue_notice", document_id=document.id)
        return full


def reveal_contact(case_id: int, reason: RevealReason, actor: Actor, at: datetime) -> Contact:
    """Shows the contact of a place in clear, for a stated reason, which the ledger keeps."""
    with transaction():
        case = cases.get(case_id, actor, lock=True)
        if actor.role not in {Role.LIAISON, Role.OFFICE}:
            raise Refused(Refusal(Reason.NOT_YOUR_ROLE))
        if case.field_id not in actor.fields:
            raise Refused(Refusal(Reason.NOT_YOUR_FIELD))
        fact = {"what": "contact", "reason": reason.value} | _standing(case, actor)
        audit.record(case.id, actor, "reveal", at, fact)
        return Contact(case.place.contact_name, case.place.contact_mobile)


def _standing(case: Case, actor: Actor) -> dict[str, object]:
    """What the ledger notes of somebody who acts for another: the history says so."""
    return {"stands_in": True} if case.field_id in actor.standing_in else {}


def _may_check(case: Case, checks: Sequence[Check], actor: Actor) -> None:
    against = against_reviewing(review_view(case), actor)
    if against:
        raise Refused(*against)
    if case.state is not State.SUBMITTED:
        raise Refused(Refusal(Reason.NO_SUCH_STEP, (case.state.value,)))
    listed = {held.code for held in review_view(case).held}
    strangers = tuple(check.code for check in checks if check.code not in listed)
    if strangers:
        raise Refused(Refusal(Reason.NOT_IN_LIST, strangers))
    silent = tuple(
        one.code for one in checks if one.verdict is not Verdict.PASS and not one.note.strip()
    )
    if silent:
        raise Refused(Refusal(Reason.NOTE_MISSING, silent))
