"""Why an officer may look at personal data in clear: a closed list, since the ledger keeps it."""

from enum import Enum


class RevealReason(Enum):
    """The reasons to choose from."""

    VISIT = "visit"
    ASK = "ask"
    URGENT = "urgent"


class PersonReason(Enum):
    """The reasons to look at the document and mobile number of one person on a roster."""

    CHECK = "check"
    CONTACT = "contact"
    URGENT = "urgent"
