"""What a department says when it is asked for its opinion (会签)."""

from enum import Enum


class View(Enum):
    """It has no objection, or it has one; the decision is still another's."""

    AGREES = "agrees"
    OBJECTS = "objects"
