"""Whose turn it was and is, and until when: each stage of a case from the day it began."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    UniqueConstraint,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from workflow.core import clocks
from workflow.core.clocks import Calendar, Escalation, Stage
from workflow.core.states import State
from workflow.store.cases import Case
from workflow.store.db import Model, db

STAGE_OF = {
    State.SUBMITTED: Stage.ACCEPT,
    State.ACCEPTED: Stage.INSPECT,
    State.INSPECTING: Stage.INSPECT,
    State.REFERRED: Stage.DECIDE,
    State.AWAITING_RELEASE: Stage.RELEASE,
    State.RETURNED: Stage.CORRECT,
    State.RECTIFYING: Stage.RECTIFY,
}
# Their clocks stand still while the enterprise has the ball; the others have their full time anew.
STANDING_STILL = frozenset({Stage.ACCEPT, Stage.INSPECT})


class CaseTurn(Model):
    """A stretch in which one side had the ball. ``due_on``: the last day, both days the town's."""

    __tablename__ = "case_turns"
    __table_args__ = (
        UniqueConstraint("case_id", "seq"),
        CheckConstraint("ended_on IS NULL OR ended_on >= began_on", name="ends_after_it_begins"),
        Index(
            "uq_case_turns_now", "case_id", unique=True, postgresql_where=text("ended_on IS NULL")
        ),
        Index("ix_case_turns_due", "due_on", postgresql_where=text("ended_on IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    seq: Mapped[int]
    stage: Mapped[Stage]
    began_on: Mapped[date]
    due_on: Mapped[date]
    ended_on: Mapped[date | None]


class TurnEscalation(Model):
    """A step of escalation that was taken for a turn; each is taken once."""

    __tablename__ = "turn_escalations"

    turn_id: Mapped[int] = mapped_column(ForeignKey("case_turns.id"), primary_key=True)
    step: Mapped[Escalation] = mapped_column(primary_key=True)
    taken_on: Mapped[date]


def of_case(case_id: int) -> list[CaseTurn]:
    """All turns of a case, oldest first."""
    query = select(CaseTurn).where(CaseTurn.case_id == case_id).order_by(CaseTurn.seq)
    return list(db.session.scalars(query))


def pass_on(
    case: Case, target: State, today: date, calendar: Calendar, due: date | None = None
) -> date | None:
    """Ends the turn of a case that moves to ``target`` and begins the next; its last day.

    ``due`` where somebody set the day. None when nobody has the ball any more. A move within a
    stage, as from accepted to inspecting, leaves its clock running.
    """
    turns, stage = of_case(case.id), STAGE_OF.get(target)
    now = turns[-1] if turns and turns[-1].ended_on is None else None
    if now is not None and now.stage is stage and target is not State.REFERRED:
        return now.due_on
    if now is not None:
        now.ended_on = today
        db.session.flush()
    if stage is None:
        return None
    last = due or _last_day(case, turns, stage, today, calendar)
    db.session.add(
        CaseTurn(case_id=case.id, seq=len(turns) + 1, stage=stage, began_on=today, due_on=last)
    )
    return last


def _last_day(
    case: Case, before: list[CaseTurn], stage: Stage, began: date, calendar: Calendar
) -> date:
    earlier = (one for one in before if one.stage is stage and stage in STANDING_STILL)
    return clocks.due_on(began, case.kind.limits[stage], _ended(earlier), calendar)


def _ended(turns: Iterable[CaseTurn]) -> list[clocks.Turn]:
    return [clocks.Turn(one.began_on, one.ended_on) for one in turns if one.ended_on is not None]


def reckon_anew(calendar: Calendar) -> None:
    """The last days of the officers' running turns, after the calendar has changed. What the
    enterprise was told in writing stays.
    """
    mine = CaseTurn.ended_on.is_(None), CaseTurn.stage.not_in(clocks.OF_ENTERPRISE)
    # None of these cases may move meanwhile: its clock would be set to the day of an ended turn.
    running_ones = select(Case.id).where(Case.id.in_(select(CaseTurn.case_id).where(*mine)))
    db.session.execute(running_ones.order_by(Case.id).with_for_update(key_share=True))
    db.session.expire_all()
    for now in db.session.scalars(select(CaseTurn).where(*mine).order_by(CaseTurn.case_id)):
        case = db.session.get_one(Case, now.case_id)
        now.due_on = _last_day(case, of_case(case.id)[:-1], now.stage, now.began_on, calendar)
        case.due_on = now.due_on


def running(last_day: date) -> list[CaseTurn]:
    """Turns under way that are due on a day or before, longest overdue first."""
    query = select(CaseTurn).where(CaseTurn.ended_on.is_(None), CaseTurn.due_on <= last_day)
    return list(db.session.scalars(query.order_by(CaseTurn.due_on, CaseTurn.id)))


def take_step(turn_id: int, step: Escalation, today: date) -> bool:
    """Notes that a step was taken. False when it was before: nobody is told twice."""
    row = {"turn_id": turn_id, "step": step, "taken_on": today}
    taken = insert(TurnEscalation).values(row).on_conflict_do_nothing()
    return db.session.scalar(taken.returning(TurnEscalation.turn_id)) is not None


def steps_taken(turn_ids: Iterable[int]) -> dict[int, frozenset[Escalation]]:
    """By turn, the steps that were taken; turns without any are left out."""
    rows = db.session.scalars(
        select(TurnEscalation).where(TurnEscalation.turn_id.in_(set(turn_ids)))
    )
    found: dict[int, frozenset[Escalation]] = {}
    for one in rows:
        found[one.turn_id] = found.get(one.turn_id, frozenset()) | {one.step}
    return found
