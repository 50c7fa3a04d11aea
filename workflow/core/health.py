"""What staff tell of their health: registration (健康登记) and daily check-in (每日上报)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from workflow.core.days import TOWN
from workflow.core.rostering import Lodging

COLDEST, HOTTEST = 340, 420  # tenths of a degree that a thermometer for people can show
NOON = 12
STAY_DAYS = 14
MOST_STAYS = 20
LONGEST_WORDS = 120


class Half(Enum):
    """When of a day a temperature is told."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


def half_of(instant: datetime) -> Half:
    """The half day of the town that an instant lies in."""
    return Half.MORNING if instant.astimezone(TOWN).hour < NOON else Half.AFTERNOON


class Symptom(Enum):
    """What somebody may feel."""

    COUGH = "cough"
    THROAT = "throat"
    FATIGUE = "fatigue"
    BREATH = "breath"
    DIARRHOEA = "diarrhoea"
    TASTE = "taste"
    OTHER = "other"


class Absence(Enum):
    """Why somebody does not work today."""

    REST = "rest"
    LEAVE = "leave"
    SICK = "sick"
    OBSERVED = "observed"
    NOT_BACK = "not_back"


class ContactKind(Enum):
    """Whom somebody met in the last fourteen days."""

    CONFIRMED = "confirmed"
    SUSPECTED = "suspected"
    FEVERISH = "feverish"
    FROM_SEVERE = "from_severe"


class Transport(Enum):
    """How somebody came."""

    TRAIN = "train"
    COACH = "coach"
    PLANE = "plane"
    OWN_CAR = "own_car"
    SHARED_CAR = "shared_car"
    CHARTERED = "chartered"
    OTHER = "other"


class HealthCode(Enum):
    """The colour that somebody's health code showed, never inferred."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    NONE = "none"


class ToldBy(Enum):
    """Through whom it was told."""

    SELF = "self"
    ENTERPRISE = "enterprise"
    POSTER = "poster"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Stay:
    """Where somebody has been besides here; both days included. ``code`` is empty where the words
    could not be found among the divisions.
    """

    code: str
    words: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Met:
    """A contact and the last day of it."""

    kind: ContactKind
    day: date


@dataclass(frozen=True, slots=True)
class Journey:
    """How somebody came here. ``arrived`` is the day on which the origin's risk counts."""

    arrived: date
    transport: Transport
    number: str = ""
    seat: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody lives while working here, and with whom."""

    lodging: Lodging
    address: str = ""
    village: str = ""
    landlord: str = ""
    together: int = 0
    together_unwell: bool = False


@dataclass(frozen=True, slots=True)
class Registration:
    """One whole telling (健康登记). A later one takes its place; none is overwritten.

    ``temperature`` in tenths of a degree. ``journey`` is None for somebody who has not left.
    ``code_source`` is where the colour was seen. ``observed_until`` is the last day of an
    observation somebody is under already, by whose word: ``observed_by``.
    """

    stays: tuple[Stay, ...] = ()
    journey: Journey | None = None
    met: tuple[Met, ...] = ()
    symptoms: frozenset[Symptom] = frozenset()
    temperature: int | None = None
    home: Home = field(default_factory=lambda: Home(Lodging.OWN))
    code: HealthCode = HealthCode.NONE
    code_source: str = ""
    observed_until: date | None = None
    observed_by: str = ""

    @property
    def arrived_on(self) -> date | None:
        """The day on which the origin's risk counts; None for somebody who was not away."""
        if self.journey is not None:
            return self.journey.arrived
        return max((one.until for one in self.stays), default=None)


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What is told of one person for half a day. ``temperature`` in tenths; None when absent,
    or when somebody unwell has no thermometer.
    """

    day: date
    half: Half
    temperature: int | None
    symptoms: frozenset[Symptom] = frozenset()
    absence: Absence | None = None


def open_halves(at: datetime) -> tuple[Half, ...]:
    """The halves of today that can be told now, the present one first: the morning also late."""
    if at.astimezone(TOWN).hour < NOON:
        return (Half.MORNING,)
    return Half.AFTERNOON, Half.MORNING
