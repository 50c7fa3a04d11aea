"""What became of a case in a batch of notices that were to be released (成批签发)."""

from enum import Enum

from workflow.core.states import State


class Outcome(Enum):
    """RELEASED by this batch; BY_OTHER: somebody had done it; CHANGED: not what was ticked."""

    RELEASED = "released"
    BY_OTHER = "by_other"
    SENT_BACK = "sent_back"
    VOIDED = "voided"
    CHANGED = "changed"
    FAILED = "failed"


def found_as(state: State, *, same: bool) -> Outcome | None:
    """What a case counts as by where it is found; None when it is still to be released.

    ``same``: it is as it was when it was ticked.
    """
    match state:
        case State.AWAITING_RELEASE:
            return None if same else Outcome.CHANGED
        case State.APPROVED | State.ISSUED | State.SUPERSEDED:
            return Outcome.BY_OTHER
        case State.VOIDED:
            return Outcome.VOIDED
    return Outcome.SENT_BACK
