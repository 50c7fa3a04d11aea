"""Getting in: what somebody claims of an enterprise, and what an officer makes of it."""

from dataclasses import dataclass
from datetime import date
from enum import Enum


class PlaceClass(Enum):
    """The classes of places (复工单元)."""

    FACTORY = "factory"
    SITE = "site"
    ROAD = "road"
    SHOP = "shop"
    MARKET = "market"


class ClaimState(Enum):
    """Where a claim stands."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class ClaimKind(Enum):
    """What a claim came to. Only PLACE is known from the start; the officer decides the rest."""

    NEW = "new"
    JOIN = "join"
    HANDOVER = "handover"
    DISPUTE = "dispute"
    PLACE = "place"


class Standing(Enum):
    """What a person is to their enterprise: one answers for it, the others help."""

    OWNER = "owner"
    CLERK = "clerk"


class Scope(Enum):
    """What the enterprise authorised its clerk (经办人) to do."""

    FILING = "filing"
    ALL = "all"


class Relation(Enum):
    """Who the handler is."""

    LEGAL_REP = "legal_rep"
    AGENT = "agent"


class Means(Enum):
    """How an officer made sure: face to face, or by calling a number known from elsewhere."""

    VISIT = "visit"
    CALL = "call"


class Cause(Enum):
    """Why a claim was refused."""

    NOT_REACHED = "not_reached"
    NOT_AUTHORISED = "not_authorised"
    DOES_NOT_FIT = "does_not_fit"
    NOT_NEEDED = "not_needed"
    DISPUTED = "disputed"


class ChangeKind(Enum):
    """What is recorded of an enterprise, its people and places."""

    REGISTERED = "registered"
    JOINED = "joined"
    HANDED_OVER = "handed_over"
    ENDED = "ended"
    EXTENDED = "extended"
    PLACE_ADDED = "place_added"
    RENAMED = "renamed"
    MERGED_INTO = "merged_into"
    TOOK_OVER = "took_over"
    CODE_GIVEN = "code_given"
    RECOVERED = "recovered"
    TIER_SET = "tier_set"


@dataclass(frozen=True, slots=True)
class ClaimedPlace:
    """A place as its enterprise describes it."""

    name: str
    place_class: PlaceClass
    village: str
    address: str


@dataclass(frozen=True, slots=True)
class Handler:
    """Who wants to act for the enterprise (经办人), and by what authority until when."""

    name: str
    mobile: str
    relation: Relation
    scope: Scope
    until: date | None


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """A registration as it was filled in.

    Exactly one of ``credit_code``, ``town_number`` and ``why_no_code`` is given.
    """

    enterprise: str
    legal_rep: str
    credit_code: str | None
    town_number: str | None
    why_no_code: str | None
    place: ClaimedPlace
    handler: Handler


@dataclass(frozen=True, slots=True)
class Verification:
    """How an officer made sure. ``number`` is the one that was called; empty for a visit."""

    means: Means
    number: str = ""
