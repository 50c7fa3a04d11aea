"""What a red answer sets off: alerts, a proposal that people decide on, and how it ends."""

from collections.abc import Mapping
from datetime import timedelta
from enum import Enum

from workflow.core.telling import Audience, News, Told


class AlertKind(Enum):
    """RED: a confirmed telling that stops somebody. CALL_BACK: one from a poster, which nobody has
    confirmed: the enterprise asks the person, and nobody else is told.
    """

    RED = "red"
    CALL_BACK = "call_back"


class Settlement(Enum):
    """How an alert was settled, by somebody entitled to it."""

    RELEASED = "released"  # asked or examined: may work again
    TO_CLINIC = "to_clinic"  # seen by the clinic, stays away
    FALSE_ALARM = "false_alarm"  # told wrongly, put right
    LEFT = "left"  # no longer works here
    CALLED_BACK = "called_back"  # of a poster: the enterprise asked; its entry says what came out


class Proposal(Enum):
    """临时管控: what the program proposes and a person decides; nothing is closed by itself."""

    NONE = "none"
    OPEN = "open"
    TAKEN = "taken"
    DECLINED = "declined"


class Reached(Enum):
    """How a call to somebody who is to come back ended."""

    TALKED = "talked"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    WILL_NOT_RETURN = "will_not_return"


class EntryState(Enum):
    """What became of a telling that came through a poster."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class HealthReason(Enum):
    """Why somebody looks at the details of a person's health: a closed list, kept for good."""

    ALERT = "alert"
    VISIT = "visit"
    CLINIC = "clinic"
    CORRECT = "correct"
    RETURN = "return"  # to call somebody who is to come back
    URGENT = "urgent"  # with words


# What an officer may say of a red alert, and which of it clears the person (解除).
SETTLED_BY_OFFICERS = (
    Settlement.RELEASED,
    Settlement.TO_CLINIC,
    Settlement.FALSE_ALARM,
    Settlement.LEFT,
)
RELEASING = frozenset({Settlement.RELEASED, Settlement.FALSE_ALARM})
# Somebody who did not answer, or named no day, is offered to the callers again after that.
UNANSWERED = timedelta(hours=3)
UNDECIDED = timedelta(days=3)

TOLD_OF: Mapping[AlertKind, Told] = {
    AlertKind.RED: (
        (News.HEALTH_RED, Audience.ENTERPRISE),
        (News.HEALTH_RED, Audience.ACTING),
        (News.HEALTH_RED, Audience.CLINIC),
    ),
    AlertKind.CALL_BACK: ((News.HEALTH_CALL_BACK, Audience.ENTERPRISE),),
}
