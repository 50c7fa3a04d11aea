"""Old against new: what an enterprise changed between two submissions of one filing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import Any

from workflow.core.corrections import Handed

PART = "part."


class Mark(Enum):
    """What became of a line."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text, marked."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Differences:
    """What differs: keys of facts and of parts, digests of files, and whether the roster does."""

    facts: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    files_added: frozenset[str] = frozenset()
    files_gone: frozenset[str] = frozenset()
    roster: bool = False

    @property
    def nothing(self) -> bool:
        return not self.count

    @property
    def count(self) -> int:
        """How many things were changed, a replaced file as one."""
        files = max(len(self.files_added), len(self.files_gone))
        return len(self.facts) + len(self.parts) + files + self.roster


def differences(before: Handed, after: Handed) -> Differences:
    """What was changed from one submission to another."""
    keys = _differing(before.answers, after.answers)
    had, has = _digests(before), _digests(after)
    return Differences(
        facts=tuple(key for key in keys if not key.startswith(PART)),
        parts=tuple(key.removeprefix(PART) for key in keys if key.startswith(PART)),
        files_added=has - had,
        files_gone=had - has,
        roster=before.roster != after.roster,
    )


def marked(before: str, after: str) -> tuple[Line, ...]:
    """Both texts in one, line by line: what stayed, what went and what came."""
    old, new = _lines(before), _lines(after)
    found: list[Line] = []
    for kind, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            found += _marked(Mark.SAME, old[i:j])
        else:
            found += _marked(Mark.GONE, old[i:j]) + _marked(Mark.NEW, new[k:m])
    return tuple(found)


def _marked(mark: Mark, lines: Iterable[str]) -> list[Line]:
    return [Line(mark, text) for text in lines]


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Keys whose value differs, in the order of what came later, then what was taken away."""
    keys = [*after, *(key for key in before if key not in after)]
    return [key for key in keys if before.get(key) != after.get(key)]


def _digests(handed: Handed) -> frozenset[str]:
    return frozenset().union(*handed.files.values())
