"""Why an officer may look at personal data in clear: a closed list, since the ledger keeps it."""

from enum import Enum


class RevealReason(Enum):
    """The reasons to choose from."""

    VISIT = "visit"
    ASK = "ask"
    URGENT = "urgent"
