"""What is to be corrected (补正): points anchored to what was handed in, told in one notice."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Anchor(Enum):
    """What a point hangs on. Its key: of a fact, a requirement, a file's digest, a material, a
    part, or the number of a line in the roster; empty for the filing as a whole.
    """

    FACT = "fact"
    REQUIREMENT = "requirement"
    ATTACHMENT = "attachment"
    MATERIAL = "material"
    PART = "part"
    ROSTER_ROW = "roster_row"
    WHOLE = "whole"


class Fault(Enum):
    """Why something must be corrected."""

    MISSING = "missing"
    UNCLEAR = "unclear"
    CONTRADICTORY = "contradictory"
    EXPIRED = "expired"
    WRONG_KIND = "wrong_kind"
    UNSIGNED = "unsigned"
    NOT_MET = "not_met"
    OTHER = "other"


class RequestKind(Enum):
    """Whether what was handed in is to be corrected (补正), or the place to be mended (整改)."""

    CORRECTION = "correction"
    RECTIFICATION = "rectification"


@dataclass(frozen=True, slots=True)
class Handed:
    """What was handed in once, as far as two rounds can be compared: answers (facts and parts),
    the digests of the files by what they prove, and the version of the roster.
    """

    answers: Mapping[str, Any]
    files: Mapping[str, frozenset[str]]
    roster: int | None


def at(handed: Handed, anchor: Anchor, key: str) -> object:
    """What was handed in at an anchor; None for nothing."""
    match anchor:
        case Anchor.FACT:
            return handed.answers.get(key)
        case Anchor.PART:
            return handed.answers.get(f"part.{key}")
        case Anchor.REQUIREMENT | Anchor.MATERIAL:
            return handed.files.get(key) or None
        case Anchor.ATTACHMENT:
            return key if any(key in files for files in handed.files.values()) else None
        case Anchor.ROSTER_ROW:
            return handed.roster
        case Anchor.WHOLE:
            return handed


def could_have_come_first(first: Handed, now: Handed, anchor: Anchor, key: str) -> bool:
    """Whether a point of a later round hangs on something that the first round already showed:
    it has not changed since, so it could have been raised then (一次性告知).
    """
    return at(first, anchor, key) == at(now, anchor, key)
