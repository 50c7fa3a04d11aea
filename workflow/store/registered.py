"""People who told something, one after the other: for jobs that look at all of them."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select, tuple_, union

from workflow.store.checkins import CheckInRow
from workflow.store.db import db
from workflow.store.registrations import RegistrationRow
from workflow.store.standings import HealthStanding

Person = tuple[int, int]  # place and line


def after(person: Person, most: int) -> list[Person]:
    """The next ones who registered, by place and line."""
    key = RegistrationRow.place_id, RegistrationRow.line
    query = select(*key).where(tuple_(*key) > tuple_(*person)).distinct().order_by(*key)
    return [(place_id, line) for place_id, line in db.session.execute(query.limit(most))]


def everybody_after(person: Person, most: int) -> list[Person]:
    """The next ones of whom there is anything to judge, or who were judged, by place and line."""
    # Each table by its index, and no further than needed.
    parts = []
    for table in (HealthStanding, RegistrationRow, CheckInRow):
        key = table.place_id, table.line
        part = select(*key).where(tuple_(*key) > tuple_(*person))
        if table is CheckInRow:
            part = part.where(CheckInRow.unwell)
        part = part.distinct().order_by(*key).limit(most)
        parts.append(select(part.subquery()))
    found = union(*parts).subquery()
    query = select(found.c.place_id, found.c.line).order_by(found.c.place_id, found.c.line)
    return [(place_id, line) for place_id, line in db.session.execute(query.limit(most))]


def judged_before(day: date) -> bool:
    """Whether anybody was last judged before a day."""
    query = select(HealthStanding.line).where(HealthStanding.judged_on < day).limit(1)
    return db.session.scalar(query) is not None


def answers_of(people: Collection[Person]) -> dict[Person, list[str]]:
    """All that these people ever registered, as text."""
    if not people:
        return {}
    key = tuple_(RegistrationRow.place_id, RegistrationRow.line)
    query = select(RegistrationRow.place_id, RegistrationRow.line, RegistrationRow.answers)
    found: dict[Person, list[str]] = {}
    for place_id, line, answers in db.session.execute(query.where(key.in_(list(people)))):
        found.setdefault((place_id, line), []).append(answers)
    return found
