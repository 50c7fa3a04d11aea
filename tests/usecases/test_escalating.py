"""Clocks that run out are heard of once each, by the right people, in working hours."""

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import AT, Cast, accepted, approve, checked, enter, submitted, version_of
from tests.told import THREE, answer, everything, give_back, publish, refer
from workflow.core.clocks import Escalation
from workflow.core.telling import CLOCK, News
from workflow.issuing.keys import load_signing_key
from workflow.store import audit
from workflow.store.db import db, transaction
from workflow.store.turns import TurnEscalation
from workflow.usecases import ledger, submitting
from workflow.usecases.escalating import ESCALATE, escalate

WORK = 2  # 02:00 UTC is ten o'clock in the town


def on(day: int, month: int = 2, hour: int = WORK) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def due(case_id: int, day: date) -> None:
    """Sets the last day of the turn under way."""
    with transaction() as session:
        where = {"id": case_id, "day": day}
        session.execute(
            db.text("UPDATE case_turns SET due_on = :day WHERE case_id = :id AND ended_on IS NULL"),
            where,
        )


def clocks(case_id: int) -> list[tuple[str, News]]:
    return [one for one in everything(case_id) if one[1] in CLOCK | {News.FILER_LATE}]


def steps(case_id: int) -> list[str]:
    found = [
        step
        for event in reversed(audit.of_case(case_id))
        if event.action == ESCALATE
        for step in event.payload["steps"]
    ]
    db.session.rollback()
    return found


@pytest.fixture
def case_id(cast: Cast) -> int:
    """Waits for the liaison, due on Saturday 14 February, which is worked."""
    found = accepted(cast.he)
    due(found, date(2026, 2, 14))
    return found


# By day at ten in the morning: whom the clock of a case due on the 14th has told till then.
SPRING_FESTIVAL = [
    (on(13), []),
    (on(14), [("zhuanyuan", News.APPROACHING)]),
    (on(15), []),  # the holiday begins
    (on(19), []),
    (on(23), []),
    (on(24), [("zhuanyuan", News.OVERDUE), ("zhuanyuan2", News.REMIND)]),
    (on(25), [("qiyeban", News.ESCALATED)]),
    (on(26), [("zhihuibu", News.ESCALATED)]),
    (on(27), []),
    (on(28), []),  # Saturday, worked
    (on(2, 3), []),
]


def test_across_spring_festival_each_step_is_taken_on_its_day(cast: Cast, case_id: int) -> None:
    for at, heard in SPRING_FESTIVAL:
        before = clocks(case_id)
        escalate(at)
        escalate(at + timedelta(minutes=10))
        assert clocks(case_id)[len(before) :] == heard, at
    assert steps(case_id) == ["approaching", "overdue", "office", "command"]


@pytest.mark.parametrize("at", [on(14, hour=12), on(13, hour=23), on(14, hour=10), on(15), on(22)])
def test_nobody_hears_outside_working_hours(case_id: int, at: datetime) -> None:
    assert escalate(at) == 0
    assert clocks(case_id) == []


def test_after_an_outage_each_person_hears_once_and_every_step_is_noted(case_id: int) -> None:
    escalate(on(14))
    assert escalate(on(27)) == 1  # nothing ran for three working days
    assert clocks(case_id)[1:] == [
        ("zhuanyuan", News.OVERDUE),
        ("zhuanyuan2", News.REMIND),
        ("qiyeban", News.ESCALATED),
        ("zhihuibu", News.ESCALATED),
    ]
    assert steps(case_id) == ["approaching", "overdue", "office", "command"]
    taken = db.session.scalars(select(TurnEscalation.step)).all()
    assert set(taken) == set(Escalation)
    db.session.rollback()
    assert escalate(on(28)) == 0


def test_two_workers_at_once_tell_everybody_once(app: Flask, case_id: int) -> None:
    start, done = Barrier(4), []

    def work() -> None:
        with app.app_context():
            start.wait()
            done.append(escalate(on(24)))

    workers = [Thread(target=work) for _ in range(4)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert sum(done) == 1
    assert clocks(case_id) == [("zhuanyuan", News.OVERDUE), ("zhuanyuan2", News.REMIND)]
    assert steps(case_id) == ["overdue"]


def test_a_worker_that_dies_before_the_commit_has_told_nobody(
    case_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(audit, "record", die)
        with pytest.raises(KeyboardInterrupt):
            escalate(on(24))
    assert clocks(case_id) == []
    assert escalate(on(24)) == 1
    assert len(clocks(case_id)) == 2


def test_a_turn_that_ended_in_between_is_left_alone(app: Flask, cast: Cast, case_id: int) -> None:
    """The worker has read the running turns and waits for the case, which is withdrawn."""
    outcome: list[int] = []

    def work() -> None:
        with app.app_context():
            outcome.append(escalate(on(24)))

    with transaction() as session:
        session.execute(
            db.text("SELECT 1 FROM cases WHERE id = :id FOR NO KEY UPDATE"), {"id": case_id}
        )
        waiting = Thread(target=work)
        waiting.start()
        waiting.join(1.0)
        assert waiting.is_alive()
        session.execute(
            db.text("UPDATE case_turns SET ended_on = '2026-12-01' WHERE case_id = :id"),
            {"id": case_id},
        )
    waiting.join()
    assert outcome == [0]
    assert clocks(case_id) == []


def test_a_case_that_moved_on_asks_nobody_for_the_turn_before(cast: Cast, case_id: int) -> None:
    escalate(on(24))
    submitting.withdraw(case_id, version_of(case_id), cast.he, AT)
    rows = db.session.scalars(
        db.text(
            "SELECT count(*) FROM notifications WHERE case_id = :id AND settled_at IS NULL"
            " AND news IN ('overdue', 'remind')"
        ),
        {"id": case_id},
    ).one()
    assert rows == 0


def test_the_office_that_is_late_itself_is_not_told_of_itself(cast: Cast) -> None:
    case_id = submitted(cast.he)
    due(case_id, date(2026, 2, 14))
    for day in (24, 25, 26):
        escalate(on(day))
    assert clocks(case_id) == [
        ("qiyeban", News.OVERDUE),
        ("qiyeban", News.OVERDUE),
        ("zhihuibu", News.ESCALATED),
    ]


def test_an_enterprise_that_is_late_is_told_then_the_liaison_and_nobody_above(cast: Cast) -> None:
    case_id = accepted(cast.he)
    give_back(case_id, enter().lin)
    due(case_id, date(2026, 2, 14))
    for day in (14, 24, 25, 26):
        escalate(on(day))
    assert clocks(case_id) == [
        ("yunque", News.APPROACHING),
        ("yunque", News.OVERDUE),
        ("zhuanyuan", News.FILER_LATE),
    ]
    assert steps(case_id) == ["approaching", "overdue"]


def test_the_level_and_the_issuer_that_have_it_are_told(cast: Cast) -> None:
    publish(THREE)
    case_id = checked(submitted(cast.he), cast.lin)
    for department in ("weisheng", "yingji"):
        answer(case_id, department)
    refer(case_id, cast.lin)
    due(case_id, date(2026, 2, 14))
    escalate(on(14))
    refer(case_id, cast.office)
    approve(case_id, cast.command)
    due(case_id, date(2026, 2, 14))
    escalate(on(14))
    assert clocks(case_id) == [("qiyeban", News.APPROACHING), ("qianfa", News.APPROACHING)]


def test_the_ledger_holds_with_escalations_in_it(app: Flask, case_id: int) -> None:
    escalate(on(24))
    from_ledger = list(ledger.breaks(load_signing_key(app.config["SETTINGS"].signing)))
    assert from_ledger == []
