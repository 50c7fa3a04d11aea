"""People who have registered, one after the other: for jobs that look at all of them."""

from collections.abc import Collection

from sqlalchemy import select, tuple_

from workflow.store.db import db
from workflow.store.registrations import RegistrationRow

Person = tuple[int, int]  # place and line


def after(person: Person, most: int) -> list[Person]:
    """The next ones, by place and line."""
    key = RegistrationRow.place_id, RegistrationRow.line
    query = select(*key).where(tuple_(*key) > tuple_(*person)).distinct().order_by(*key)
    return [(place_id, line) for place_id, line in db.session.execute(query.limit(most))]


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
