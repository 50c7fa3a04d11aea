"""How an inspection (现场核查) is made."""

from enum import Enum


class Mode(Enum):
    """On the spot, or by video."""

    VISIT = "visit"
    VIDEO = "video"
