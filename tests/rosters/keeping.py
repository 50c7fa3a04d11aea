"""Short ways to a roster for a test."""

from sqlalchemy import func, select

from tests.cast import AT
from tests.rosters import lists
from workflow.core.papers import Document, DocumentKind
from workflow.core.roles import Actor
from workflow.core.rostering import EmployerKind, Entry, Lodging, Mode, Told
from workflow.store import rosters
from workflow.store.db import db
from workflow.usecases import rostering
from workflow.usecases.rostering import Taken

TOLD = Told("甲", EmployerKind.OWN, "", "店员", "本地", Lodging.OWN, "13800000001")
PERSON = Entry(Document(DocumentKind.RESIDENT, lists.number(77)), TOLD)


def started(place: int, actor: Actor, *numbers: int, **other: object) -> int:
    text = lists.text(lists.rows(*numbers, **other))
    return rostering.start_import(place, "", text, actor, AT)


def took(
    place: int, actor: Actor, *numbers: int, mode: Mode = Mode.WHOLE, **other: object
) -> Taken:
    import_id = started(place, actor, *numbers, **other)
    seen = rosters.latest_seq(place)
    return rostering.take_import(place, import_id, mode, seen, actor, AT)


def names(place: int, seq: int | None = None) -> list[str]:
    seq = rosters.latest_seq(place) if seq is None else seq
    return [one.told.name for one in rosters.entries(place, seq or 0, limit=500)]


def counted(table: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table)) or 0
