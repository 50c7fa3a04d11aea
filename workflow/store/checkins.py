"""Daily check-ins, their counts by day and place, and the place's own report of the day."""

from datetime import date, datetime, timedelta

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from workflow.core.health import Absence, CheckIn, Half, ToldBy
from workflow.store.crypto import EncryptedText
from workflow.store.db import Model, db
from workflow.store.healthjson import details_of


class CheckInRow(Model):
    """What was told of one person for half a day; nothing is overwritten.

    ``seq`` 0 is the first telling, which the counts count; a later one stands beside it. The
    temperature of somebody who is well stands here; of anybody else it is in ``details``, as JSON.
    """

    __tablename__ = "check_ins"
    __table_args__ = (
        CheckConstraint("unwell = (details IS NOT NULL)", name="unwell_has_details"),
        CheckConstraint("temperature IS NULL OR NOT unwell", name="only_well_is_plain"),
        Index("ix_check_ins_unwell", "place_id", "line", "day", postgresql_where=text("unwell")),
        Index(
            "ix_check_ins_not_back",
            "day",
            "place_id",
            "line",
            postgresql_where=text("absence = 'not_back'"),
        ),
    )

    day: Mapped[date] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    half: Mapped[Half] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(SmallInteger, primary_key=True, default=0)
    unwell: Mapped[bool]
    temperature: Mapped[int | None] = mapped_column(SmallInteger)
    details: Mapped[str | None] = mapped_column(EncryptedText("check_ins.details"))
    absence: Mapped[Absence | None]
    told_by: Mapped[ToldBy]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    told_at: Mapped[datetime]


class CheckInCount(Model):
    """How many people of a place told for half a day, in the statement that keeps what they told.

    ``told`` counts people; ``unwell`` those who told of being so at least once, ``absent`` those
    whose last telling says so.
    """

    __tablename__ = "check_in_counts"

    day: Mapped[date] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), primary_key=True)
    half: Mapped[Half] = mapped_column(primary_key=True)
    told: Mapped[int]
    unwell: Mapped[int] = mapped_column(default=0)
    absent: Mapped[int] = mapped_column(default=0)


class DayReport(Model):
    """The enterprise's own word for a day (每日报告): nothing to tell (零报告) is also told.

    The numbers are those of that moment. ``nobody_worked``: a day on which the place was closed.
    """

    __tablename__ = "day_reports"

    day: Mapped[date] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), primary_key=True)
    made_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[datetime]
    expected: Mapped[int]
    told: Mapped[int]
    unwell: Mapped[int]
    absent: Mapped[int]
    nobody_worked: Mapped[bool] = mapped_column(default=False)

    @property
    def zero(self) -> bool:
        """Whether it says that there is nothing to tell: nobody unwell, and nobody missing."""
        return self.unwell == 0 and self.missing == 0

    @property
    def missing(self) -> int:
        """Who was expected to tell and had not."""
        return max(self.expected - self.told, 0)


def of_person(place_id: int, line: int, since: date, until: date) -> list[CheckInRow]:
    """Everything told of one person for these days, both included, in the order of the day."""
    # Day by day: a range of days would read everybody's rows of them in the index.
    days = [since + timedelta(days=n) for n in range((until - since).days + 1)]
    query = select(CheckInRow).where(
        CheckInRow.day.in_(days),
        CheckInRow.place_id == place_id,
        CheckInRow.line == line,
    )
    order = CheckInRow.day, CheckInRow.half.desc(), CheckInRow.seq
    return list(db.session.scalars(query.order_by(*order)))


def unwell_before(place_id: int, line: int, day: date) -> list[CheckInRow]:
    """What was told of one person being unwell before a day."""
    query = select(CheckInRow).where(
        CheckInRow.place_id == place_id,
        CheckInRow.line == line,
        CheckInRow.day < day,
        CheckInRow.unwell,
    )
    return list(db.session.scalars(query.order_by(CheckInRow.day, CheckInRow.seq)))


def told_for(place_id: int, line: int, day: date, half: Half) -> list[CheckInRow]:
    """What was told of one person for half a day, in the order in which it was told."""
    query = select(CheckInRow).where(
        CheckInRow.day == day,
        CheckInRow.place_id == place_id,
        CheckInRow.line == line,
        CheckInRow.half == half,
    )
    return list(db.session.scalars(query.order_by(CheckInRow.seq)))


def as_told(row: CheckInRow) -> CheckIn:
    """A check-in again, from its row."""
    if row.details is None:
        return CheckIn(row.day, row.half, row.temperature, frozenset(), row.absence)
    temperature, felt = details_of(row.details)
    return CheckIn(row.day, row.half, temperature, felt, row.absence)


def count(place_id: int, day: date, half: Half, *, told: int, unwell: int, absent: int) -> None:
    """Adds to the counts of a place, in the transaction of what was told."""
    table = CheckInCount
    new = insert(table).values(
        day=day, place_id=place_id, half=half, told=told, unwell=unwell, absent=absent
    )
    added = {
        "told": table.told + new.excluded.told,
        "unwell": table.unwell + new.excluded.unwell,
        "absent": table.absent + new.excluded.absent,
    }
    key = [table.day, table.place_id, table.half]
    db.session.flush()
    db.session.execute(new.on_conflict_do_update(index_elements=key, set_=added))


def report_of(place_id: int, day: date) -> DayReport | None:
    """The enterprise's report of a day, if it made one."""
    return db.session.get(DayReport, (day, place_id))


def keep_report(place_id: int, day: date, **said: object) -> None:
    """The report of a day; a later one takes its place."""
    new = insert(DayReport).values(place_id=place_id, day=day, **said)
    key = [DayReport.day, DayReport.place_id]
    db.session.execute(new.on_conflict_do_update(index_elements=key, set_=said))
