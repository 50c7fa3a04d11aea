"""The states of a case (申报) and the actions that move it."""

from enum import Enum


class State(Enum):
    """Where a case stands.

    SUBMITTED waits for the office's completeness check (初审), ACCEPTED and INSPECTING for the
    liaison, REFERRED for a level above, AWAITING_RELEASE for the issuer; RETURNED and RECTIFYING
    for the enterprise; APPROVED for the service, which signs.
    """

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    INSPECTING = "inspecting"
    RECTIFYING = "rectifying"
    REFERRED = "referred"
    AWAITING_RELEASE = "awaiting_release"
    APPROVED = "approved"
    ISSUED = "issued"
    NOT_ACCEPTED = "not_accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    VOIDED = "voided"


WRITABLE = frozenset({State.DRAFT, State.RETURNED, State.RECTIFYING})
"""The enterprise has the ball and may change what it told."""

CLOSED = frozenset(
    {State.NOT_ACCEPTED, State.REFUSED, State.WITHDRAWN, State.SUPERSEDED, State.VOIDED}
)
"""Nothing happens to the case any more; the place may file again."""

UNDER_REVIEW = frozenset(State) - WRITABLE - CLOSED - {State.APPROVED, State.ISSUED}
"""An officer has the ball."""

DECIDED = frozenset({State.AWAITING_RELEASE, State.APPROVED, State.ISSUED})
"""Approved (同意), the notice on its way or out."""


class Action(Enum):
    """What somebody does to a case. MARK_ISSUED and SUPERSEDE are the service's own."""

    SUBMIT = "submit"
    RESUBMIT = "resubmit"
    WITHDRAW = "withdraw"
    ACCEPT = "accept"
    NOT_ACCEPT = "not_accept"
    RETURN = "return"
    INSPECT = "inspect"
    RECTIFY = "rectify"
    REFER = "refer"
    APPROVE = "approve"
    REFUSE = "refuse"
    SEND_BACK = "send_back"
    RELEASE = "release"
    MARK_ISSUED = "mark_issued"
    VOID = "void"
    SUPERSEDE = "supersede"
