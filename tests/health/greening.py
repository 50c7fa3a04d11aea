"""Somebody who may work and checks in, and what the database says of it afterwards."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from tests.cast import Cast
from tests.health.town import AT, NUMBERS, STAYED_HOME, hire, link_of, open_campaign
from tests.pages import Visitor
from workflow.store import stafflinks
from workflow.store.checkins import CheckInCount, CheckInRow
from workflow.store.db import db
from workflow.store.stafflinks import StaffLink
from workflow.usecases.health import declaring

GREEN = {"day": "2026-11-23", "half": "morning", "temperature": "36.5", "feeling": "well"}
PAGE = "/staff/check-in"


@dataclass
class Staff:
    """Somebody with a link who came in by it."""

    visitor: Visitor
    link: StaffLink

    def tell(self, **fields: object) -> int:
        """Sends a green form, but for what is named; the status of the answer."""
        told = {name: said for name, said in {**GREEN, **fields}.items() if said is not None}
        return self.visitor.post(PAGE, told, page="/staff/absent").status_code


def worker(app: Flask, cast: Cast, number: str = NUMBERS[0], *, begin: bool = True) -> Staff:
    """Somebody who registered yesterday, under rules that are older, and may work."""
    if begin:
        open_campaign(cast, AT - timedelta(days=2))
    line = hire(cast, "赵甲", number, AT - timedelta(days=2))
    link = link_of(cast, line, AT - timedelta(days=1))
    declaring.register(link, STAYED_HOME, AT - timedelta(days=1))
    visitor = Visitor(app)
    visitor.get(f"/s/{stafflinks.code_of(link)}", 303)
    return Staff(visitor, link)


def rows() -> list[CheckInRow]:
    """Everything that was told, in the order of the day."""
    db.session.rollback()
    order = CheckInRow.day, CheckInRow.half.desc(), CheckInRow.seq
    return list(db.session.scalars(select(CheckInRow).order_by(*order)))


def counted() -> tuple[int, int]:
    """How many first tellings there are, and how many the counts say."""
    db.session.rollback()
    first = select(func.count()).select_from(CheckInRow).where(CheckInRow.seq == 0)
    said = db.session.scalar(select(func.coalesce(func.sum(CheckInCount.told), 0)))
    return db.session.scalar(first) or 0, said or 0
