"""Counters of the limits on guessing, shared by all processes that serve the web.

Each hit is one statement on a connection of its own, committed at once: it counts whatever
becomes of the request. The table is unlogged: a crash of the database server empties it, which
forgives a few tries and costs no hit a flush to disk. Time is the database's, the same for all.
"""

from datetime import datetime, timedelta

from limits.storage import Storage
from sqlalchemy import Connection, Engine, case, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Mapped, mapped_column

from workflow.store.crypto import KeyedIndex
from workflow.store.db import Model, db

SCHEME = "fugong"
URI = f"{SCHEME}://"
_SCHEMES: list[str] | None = [SCHEME]


class RateLimit(Model):
    """A window of one limit for one visitor. ``key`` is a keyed digest: it names an address."""

    __tablename__ = "rate_limits"
    __table_args__ = ({"prefixes": ["UNLOGGED"]},)

    key: Mapped[str] = mapped_column(KeyedIndex("rate_limits.key"), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    count: Mapped[int]


class SharedCounters(Storage):
    """Fixed windows in the database of the current application."""

    STORAGE_SCHEME = _SCHEMES

    @property
    def base_exceptions(self) -> type[Exception]:
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """The count with this hit; the first one after a window begins the next."""
        new = insert(RateLimit).values(
            key=key, expires_at=func.now() + timedelta(seconds=expiry), count=amount
        )
        over = RateLimit.expires_at <= func.now()
        hit = new.on_conflict_do_update(
            index_elements=[RateLimit.key],
            set_={
                "expires_at": case((over, new.excluded.expires_at), else_=RateLimit.expires_at),
                "count": case((over, 0), else_=RateLimit.count) + amount,
            },
        )
        with _connection() as connection:
            return connection.execute(hit.returning(RateLimit.count)).scalar_one()

    def get(self, key: str) -> int:
        query = select(RateLimit.count).where(RateLimit.key == key)
        with _connection() as connection:
            return connection.scalar(query.where(RateLimit.expires_at > func.now())) or 0

    def get_expiry(self, key: str) -> float:
        with _connection() as connection:
            ends = select(RateLimit.expires_at).where(RateLimit.key == key)
            now, found = connection.execute(select(func.now(), ends.scalar_subquery())).one()
            return float((found or now).timestamp())

    def check(self) -> bool:
        """Whether it counts again. Raises nothing: it is asked while the database is away."""
        try:
            with _connection() as connection:
                connection.execute(select(RateLimit.count).limit(1))
        except SQLAlchemyError:
            return False
        return True

    def reset(self) -> int:
        with _connection() as connection:
            return connection.execute(delete(RateLimit)).rowcount

    def clear(self, key: str) -> None:
        with _connection() as connection:
            connection.execute(delete(RateLimit).where(RateLimit.key == key))


def forget_windows() -> int:
    """Deletes the windows that are over; how many they were."""
    with _connection() as connection:
        over = delete(RateLimit).where(RateLimit.expires_at <= func.now())
        return connection.execute(over).rowcount


def _connection() -> Connection:
    """One of the pool's, apart from the session's: each statement commits by itself."""
    engine: Engine = db.engine
    return engine.connect().execution_options(isolation_level="AUTOCOMMIT")
