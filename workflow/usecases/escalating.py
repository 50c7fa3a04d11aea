"""Tells those who have the ball, and then those above, of a clock that runs out."""

from datetime import datetime

from workflow.core import telling
from workflow.core.clocks import Calendar, Escalation, escalations_due
from workflow.core.days import day_of, is_daytime
from workflow.core.roles import SYSTEM
from workflow.store import audit, cases, notifications, turns
from workflow.store.calendar import calendar
from workflow.store.db import db, transaction
from workflow.store.turns import CaseTurn
from workflow.usecases.telling import standing_of

ESCALATE = "escalate"
NONE: frozenset[Escalation] = frozenset()


def escalate(at: datetime) -> int:
    """Takes every step that is due and was not taken, a transaction for each turn; for how many
    turns. Nothing happens outside the working hours of a working day.
    """
    days = calendar()
    if not (days.is_working(day_of(at)) and is_daytime(at)):
        return 0
    running = turns.running(day_of(at))
    taken = turns.steps_taken(one.id for one in running)
    waiting = [
        (one.case_id, one.id)
        for one in running
        if set(escalations_due(one.due_on, day_of(at), days)) - taken.get(one.id, NONE)
    ]
    return sum(_escalate(case_id, turn_id, days, at) for case_id, turn_id in waiting)


def _escalate(case_id: int, turn_id: int, days: Calendar, at: datetime) -> bool:
    """Under the lock of the case: a turn that has ended meanwhile is left alone, and of two
    workers the second finds that the steps were taken.
    """
    today = day_of(at)
    with transaction():
        case = cases.get(case_id, SYSTEM, lock=True)
        turn = db.session.get_one(CaseTurn, turn_id, populate_existing=True)
        has = telling.holder(*standing_of(case))
        if turn.ended_on is not None or has is None:
            return False
        due = telling.steps_of(has, escalations_due(turn.due_on, today, days))
        taken = [step for step in due if turns.take_step(turn.id, step, today)]
        if not taken:
            return False
        notifications.settle([case.id], telling.CLOCK, at)
        key = f"turn/{turn.id}/{taken[-1].value}"
        for news, audience in telling.escalated(has, taken):
            notifications.tell(case, news, audience, key, SYSTEM, at)
        fact = {"turn": turn.id, "steps": [step.value for step in taken]}
        audit.record(case.id, SYSTEM, ESCALATE, at, fact)
        return True
