"""A list that was read and waits for the clerk's word: encrypted, and forgotten after a day."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from workflow.core.cells import Fault
from workflow.core.papers import Document, DocumentKind
from workflow.core.persons import Mistake
from workflow.core.reading import BadRow, GoodRow, Reading, Remark
from workflow.core.refusals import NotFound
from workflow.core.rostering import EmployerKind, Entry, Lodging, Told
from workflow.core.tables import Book, Column, Layout
from workflow.store.crypto import EncryptedText
from workflow.store.db import Model, db

KEPT = timedelta(days=1)
MOST_WAITING = 5  # for each place: whoever starts anew has given up the oldest


class RosterImport(Model):
    """One list as it was read. ``content`` is what ``Understood`` says, as JSON."""

    __tablename__ = "roster_imports"
    __table_args__ = (
        CheckConstraint("(taken_at IS NULL) = (taken_seq IS NULL)", name="taken_has_version"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), index=True)
    made_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[datetime] = mapped_column(index=True)
    source: Mapped[str] = mapped_column(String(200))
    content: Mapped[str] = mapped_column(EncryptedText("roster_imports.content"))
    taken_at: Mapped[datetime | None]
    taken_seq: Mapped[int | None]

    @property
    def understood(self) -> "Understood":
        """What the list said."""
        return _from_json(json.loads(self.content))


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of a list. ``pasted`` is the text itself, if it was pasted."""

    sheet: str
    hidden: tuple[str, ...]
    others: tuple[str, ...]
    titles: tuple[str, ...]
    columns: dict[Column, int]
    unused: tuple[str, ...]
    reading: Reading
    pasted: str = ""


def understood(book: Book, layout: Layout, reading: Reading, pasted: str) -> Understood:
    """Everything there is to say of a list."""
    return Understood(
        book.sheet.name,
        book.hidden,
        book.others,
        layout.titles,
        dict(layout.columns),
        layout.unused,
        reading,
        pasted,
    )


def keep(place_id: int, source: str, said: Understood, made_by: int | None, at: datetime) -> int:
    """Keeps a list until it is taken or a day has passed; its id."""
    older = select(RosterImport.id).where(RosterImport.place_id == place_id)
    older = older.order_by(RosterImport.id.desc()).offset(MOST_WAITING - 1)
    db.session.execute(delete(RosterImport).where(RosterImport.id.in_(older)))
    kept = RosterImport(
        place_id=place_id,
        made_by=made_by,
        made_at=at,
        source=source[-200:],
        content=json.dumps(_to_json(said), ensure_ascii=False, default=_plain),
    )
    db.session.add(kept)
    db.session.flush()
    return kept.id


def get(import_id: int, place_id: int, at: datetime) -> RosterImport:
    """A list that was given for this place. Raises ``NotFound`` once it is a day old."""
    found = db.session.scalar(
        select(RosterImport).where(
            RosterImport.id == import_id,
            RosterImport.place_id == place_id,
            RosterImport.made_at > at - KEPT,
        )
    )
    if found is None:
        raise NotFound(import_id)
    return found


def forget(before: datetime) -> int:
    """Deletes what was read before that instant; how many lists that were."""
    old = select(RosterImport.id).where(RosterImport.made_at <= before)
    gone = db.session.execute(delete(RosterImport).where(RosterImport.id.in_(old)))
    return int(getattr(gone, "rowcount", 0))


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    assert isinstance(value, date)
    return value.isoformat()


def _to_json(said: Understood) -> dict[str, Any]:
    reading = said.reading
    return {
        "sheet": said.sheet,
        "hidden": said.hidden,
        "others": said.others,
        "titles": said.titles,
        "columns": {column.value: at for column, at in said.columns.items()},
        "unused": said.unused,
        "pasted": said.pasted,
        "good": [
            [one.row, *_two(one.entry.document), *_told(one.entry.told)] for one in reading.good
        ],
        "bad": [
            [
                one.row,
                one.cells,
                [[each.column, each.fault, each.value] for each in one.mistakes],
                _two(one.document) if one.document else None,
                one.name,
            ]
            for one in reading.bad
        ],
        "remarks": [[one.row, one.fault, one.value] for one in reading.remarks],
        "skipped": reading.skipped,
    }


def _two(document: Document) -> tuple[str, str]:
    return document.kind.value, document.number


def _told(told: Told) -> tuple[object, ...]:
    return (
        told.name,
        told.employer_kind,
        told.employer,
        told.post,
        told.origin,
        told.lodging,
        told.mobile,
        told.returns_on,
    )


def _from_json(said: dict[str, Any]) -> Understood:
    reading = Reading(
        good=tuple(_good(*one) for one in said["good"]),
        bad=tuple(_bad(*one) for one in said["bad"]),
        remarks=tuple(Remark(row, Fault(fault), value) for row, fault, value in said["remarks"]),
        skipped=tuple(said["skipped"]),
    )
    return Understood(
        said["sheet"],
        tuple(said["hidden"]),
        tuple(said["others"]),
        tuple(said["titles"]),
        {Column(column): at for column, at in said["columns"].items()},
        tuple(said["unused"]),
        reading,
        said["pasted"],
    )


def _good(row: int, kind: str, number: str, *told: Any) -> GoodRow:
    name, employer_kind, employer, post, origin, lodging, mobile, returns_on = told
    day = date.fromisoformat(returns_on) if returns_on else None
    whole = Told(
        name, EmployerKind(employer_kind), employer, post, origin, Lodging(lodging), mobile, day
    )
    return GoodRow(row, Entry(Document(DocumentKind(kind), number), whole))


def _bad(
    row: int, cells: list[str], mistakes: list[list[str]], document: list[str] | None, name: str
) -> BadRow:
    return BadRow(
        row,
        tuple(cells),
        tuple(Mistake(Column(column), Fault(fault), value) for column, fault, value in mistakes),
        Document(DocumentKind(document[0]), document[1]) if document else None,
        name,
    )
