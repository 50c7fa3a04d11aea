"""The states of a case (申报) and the actions that move it."""

from enum import Enum


class State(Enum):
    """Where a case stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    ISSUED = "issued"


class Action(Enum):
    """What somebody does to a case. MARK_ISSUED is the service's own."""

    SUBMIT = "submit"
    APPROVE = "approve"
    MARK_ISSUED = "mark_issued"
