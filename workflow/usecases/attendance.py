"""Officers' absences: a liaison notes the own ones, the office anyone's."""

from datetime import date, datetime

from sqlalchemy import or_, update

from workflow.core.days import day_of
from workflow.core.duty import AbsenceReason
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.roles import Actor, Role, liaisons_and_office_only
from workflow.store.absences import Absence
from workflow.store.accounts import Account
from workflow.store.db import db, transaction


def note_absence(
    account_id: int,
    first_day: date,
    last_day: date,
    reason: AbsenceReason,
    actor: Actor,
    at: datetime,
) -> int:
    """Notes that a liaison is away, both days counted; the absence's id.

    Raises ``NotFound`` for anyone who is no liaison, or not the actor's to note.
    """
    with transaction() as session:
        account = session.get(Account, account_id)
        if account is None or account.role is not Role.LIAISON:
            raise NotFound(account_id)
        _may_note(account_id, actor)
        if last_day < first_day:
            raise Refused(Refusal(Reason.DAYS_REVERSED))
        if last_day < day_of(at):
            raise Refused(Refusal(Reason.DAYS_PAST))
        absence = Absence(
            account_id=account_id,
            first_day=first_day,
            last_day=last_day,
            reason=reason.value,
            noted_by=actor.account_id,
            noted_at=at,
        )
        session.add(absence)
        session.flush()
        return absence.id


def note_return(absence_id: int, actor: Actor, at: datetime) -> None:
    """Ends an absence today, or strikes one that has not begun. Done again, it does nothing."""
    with transaction() as session:
        absence = session.get(Absence, absence_id)
        if absence is None:
            raise NotFound(absence_id)
        _may_note(absence.account_id, actor)
        today = day_of(at)
        db.session.execute(
            update(Absence)
            .where(Absence.id == absence_id, Absence.last_day >= today)
            .where(or_(Absence.back_on.is_(None), Absence.back_on > today))
            .values(back_on=today, back_noted_by=actor.account_id)
        )


def _may_note(account_id: int, actor: Actor) -> None:
    liaisons_and_office_only(actor)
    if actor.role is Role.LIAISON and actor.account_id != account_id:
        raise NotFound(account_id)
