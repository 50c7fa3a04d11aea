"""密钥轮换: what older keys hold is written anew with the first one, while everybody goes on."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from workflow.store import rotation
from workflow.store.db import db, transaction
from workflow.store.rotation import Sealed

BATCH = 200  # rows held at once: a check-in waits for them a few milliseconds


@dataclass(frozen=True, slots=True)
class Progress:
    """After a batch, or at a column's end: what was written so far in it, and what can't be."""

    sealed: Sealed
    written: int
    unreadable: int


def rotate(batch: int = BATCH) -> Iterator[Progress]:
    """Goes through every column of ciphertexts, a transaction for each batch. It may be stopped
    after any of them and begun again; rows that somebody else holds are left for the next time.
    """
    for sealed in rotation.sealed_columns():
        after, written, unreadable = None, 0, 0
        while True:
            with transaction():
                done = rotation.rewrite(sealed, after, batch)
            after = done.after
            if after is None:
                break
            written, unreadable = written + done.written, unreadable + done.unreadable
            yield Progress(sealed, written, unreadable)


def held() -> dict[Sealed, Counter[str]]:
    """How many values each key holds, by column."""
    db.session.rollback()
    return {sealed: rotation.held(sealed) for sealed in rotation.sealed_columns()}


def left(found: dict[Sealed, Counter[str]]) -> int:
    """How many values are not held by the first key."""
    first = rotation.first_key()
    return sum(n for counted in found.values() for key, n in counted.items() if key != first)
