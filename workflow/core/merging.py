"""Two people answer at once: each one's changes are kept, nothing is overwritten unseen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Values = Mapping[str, object]  # JSON values; None stands for "no answer"


@dataclass(frozen=True, slots=True)
class Merged:
    """``taken``: what is to be written. ``clashes``: keys that both changed, differently."""

    taken: Values
    clashes: tuple[str, ...]


def merged(base: Values, mine: Values, theirs: Values, keys: Iterable[str]) -> Merged:
    """A three-way merge, answer by answer.

    ``base`` is what the page showed, ``mine`` what it sends back, ``theirs`` what is kept now.
    An answer that the page left as it was gives way to a newer one.
    """
    taken: dict[str, object] = {}
    clashes = []
    for key in keys:
        was, told, kept = base.get(key), mine.get(key), theirs.get(key)
        if told in (kept, was):
            continue
        if kept == was:
            taken[key] = told
        else:
            clashes.append(key)
    return Merged(taken, tuple(clashes))
