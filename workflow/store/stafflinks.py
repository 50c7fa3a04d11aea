"""How staff come in: a personal link (个人链接), or the poster of a place (登记海报).

A link's code holds its row's number and a keyed digest of it, so that none is stored and none can
be guessed; the row says whose it is and whether it still counts.
"""

import hmac
from base64 import b32encode
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, func, select, text, update
from sqlalchemy.orm import Mapped, deferred, mapped_column

from workflow.store.crypto import keyed_digest
from workflow.store.db import Model, db
from workflow.store.rosters import Engagement, standing
from workflow.store.towns import Place

CODE_BYTES = 10  # of the digest: 80 bits
DIGEST_SIGNS = 16  # in base 32; what stands before them is the row's number
NUMBER_DIGITS = 8  # at least: a larger number simply makes a longer code
MOST_DIGITS = 10


class StaffLink(Model):
    """A personal link: who holds it tells for one line of one place's roster."""

    __tablename__ = "staff_links"
    __table_args__ = (Index("ix_staff_links_line", "place_id", "line"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    line: Mapped[int]
    made_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class Poster(Model):
    """The poster of a place: whoever reads it may tell, and nobody is believed at once.

    ``pdf`` is laid out by a job after it was made, and gone with what it stands for.
    """

    __tablename__ = "posters"
    __table_args__ = (
        Index(
            "ix_posters_one",
            "place_id",
            unique=True,
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    made_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    laid_out_at: Mapped[datetime | None]
    pdf: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))


def code_of(row: StaffLink | Poster) -> str:
    """The code that stands in the address of a link or a poster, 24 letters and digits or more."""
    return _code(row.__tablename__, row.id)


def link(code: str, at: datetime) -> StaffLink | None:
    """The link of a code, if it still counts; None for every miss alike."""
    return held(_number(StaffLink.__tablename__, code), at)


def held(link_id: int, at: datetime) -> StaffLink | None:
    """A link by its number, if it still counts: for a session that was begun with its code."""
    found = db.session.get(StaffLink, link_id)
    living = found is not None and found.revoked_at is None and found.expires_at > at
    return found if living else None


def poster(code: str) -> Poster | None:
    """The poster of a code, if it still counts."""
    found = db.session.get(Poster, _number(Poster.__tablename__, code))
    return found if found is not None and found.revoked_at is None else None


def poster_of(place_id: int) -> Poster | None:
    """The poster of a place that counts now."""
    query = select(Poster).where(Poster.place_id == place_id, Poster.revoked_at.is_(None))
    return db.session.scalar(query)


def poster_to_lay_out(poster_id: int, *, lock: bool = False) -> Poster | None:
    """A poster that counts and is not laid out yet, for a job; None: nothing to do."""
    todo = Poster.id == poster_id, Poster.revoked_at.is_(None), Poster.laid_out_at.is_(None)
    query = select(Poster).where(*todo)
    return db.session.scalar(query.with_for_update() if lock else query)


def hold(place_id: int) -> None:
    """Nobody else gives links or posters of this place until the commit."""
    db.session.execute(
        select(Place.id).where(Place.id == place_id).with_for_update(key_share=True, of=Place)
    )


def links_of(
    place_id: int, at: datetime, lines: Collection[int] | None = None
) -> dict[int, StaffLink]:
    """The links of a place that count now, by line, the newest of each; or of these lines only."""
    query = select(StaffLink).where(
        StaffLink.place_id == place_id, StaffLink.revoked_at.is_(None), StaffLink.expires_at > at
    )
    if lines is not None:
        query = query.where(StaffLink.line.in_(lines))
    return {one.line: one for one in db.session.scalars(query.order_by(StaffLink.id))}


def with_links(place_id: int, seq: int, at: datetime) -> int:
    """How many people on a roster as of a version have a link that counts."""
    linked = select(StaffLink.line).where(
        StaffLink.place_id == place_id, StaffLink.revoked_at.is_(None), StaffLink.expires_at > at
    )
    people = standing(place_id, seq).where(Engagement.line.in_(linked))
    return db.session.scalar(people.with_only_columns(func.count())) or 0


def named(
    place_id: int, seq: int, at: datetime, after: int, limit: int
) -> list[tuple[str, str, StaffLink]]:
    """A page of people, by line: name, post, link; who has none, or has left, is not in it."""
    mine = StaffLink.place_id == place_id, StaffLink.revoked_at.is_(None), StaffLink.expires_at > at
    newest = select(func.max(StaffLink.id)).where(*mine, StaffLink.line > after)
    query = (
        standing(place_id, seq)
        .with_only_columns(Engagement.name, Engagement.post, StaffLink)
        .join(StaffLink, StaffLink.line == Engagement.line)
        .where(StaffLink.id.in_(newest.group_by(StaffLink.line)))
        .order_by(StaffLink.line)
    )
    return [(name, post, link) for name, post, link in db.session.execute(query.limit(limit))]


def revoke(place_id: int, line: int | None, at: datetime) -> int:
    """Ends every link of one person, of everybody where none is named; how many."""
    mine = StaffLink.place_id == place_id, StaffLink.revoked_at.is_(None)
    query = update(StaffLink).where(*mine)
    if line is not None:
        query = query.where(StaffLink.line == line)
    return len(db.session.scalars(query.values(revoked_at=at).returning(StaffLink.id)).all())


def _code(kind: str, number: int) -> str:
    digest = bytes.fromhex(keyed_digest(str(number), f"{kind}.code"))[:CODE_BYTES]
    return f"{number:0{NUMBER_DIGITS}d}{b32encode(digest).decode().lower()}"


def _number(kind: str, code: str) -> int:
    """The row's number in a code; 0, which no row has, for one that we did not make."""
    digits = code[:-DIGEST_SIGNS]
    known = code.isascii() and digits.isdigit()
    if not (known and NUMBER_DIGITS <= len(digits) <= MOST_DIGITS):
        return 0
    return int(digits) if hmac.compare_digest(code, _code(kind, int(digits))) else 0
