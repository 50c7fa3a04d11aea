"""Departments of the town: asked for opinions, and some do more."""

from sqlalchemy import String, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from workflow.core.roles import Capability
from workflow.store.db import Model, db


class Department(Model):
    """A department of the town that is asked for its opinion.

    ``capability``: what it does besides: the clinic sees the ill, the labour office calls people.
    """

    __tablename__ = "departments"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    capability: Mapped[Capability | None]


def department(name: str) -> Department:
    """The department of a name, made when it is named for the first time."""
    db.session.execute(insert(Department).values(name=name).on_conflict_do_nothing())
    return db.session.scalars(select(Department).where(Department.name == name)).one()
