"""Requirements that data answer: what staff told says whether they hold, not an officer's tick.

Each check asks one thing of one person; a requirement holds when nobody concerned fails it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from workflow.core.checklist import Verdict
from workflow.core.health import HealthCode, Registration, Transport
from workflow.core.judging import Fitness
from workflow.core.rostering import Lodging


class DataCheck(Enum):
    """What can be found out from the roster and the registrations as they stand."""

    REGISTERED = "registered"
    OBSERVED_STAY_AWAY = "observed_stay_away"
    JOURNEYS_TOLD = "journeys_told"
    LODGING_TOLD = "lodging_told"
    CODES_SHOWN = "codes_shown"


NUMBERED = frozenset({Transport.TRAIN, Transport.PLANE, Transport.COACH})
SEATED = frozenset({Transport.TRAIN, Transport.PLANE})


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on a roster, as far as the checks ask. ``line`` is their line of it.

    ``outside``, ``from_severe`` and ``renting`` are what the roster says of them; ``observed``:
    they are under observation, or were and nobody has released them; ``coded``: they told of a
    code that is not green, be it in a telling that waits; ``at_work``: what was told last today
    does not say that they stay away; ``worked``: something told today does not. ``told`` is their
    registration that counts, where it was looked at.
    """

    line: int
    outside: bool = False
    from_severe: bool = False
    renting: bool = False
    registered: bool = False
    fitness: Fitness | None = None
    observed: bool = False
    coded: bool = False
    until: date | None = None
    at_work: bool = False
    worked: bool = False
    told: Registration | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What the data say of one requirement: of ``concerned`` people all but ``missing`` (their
    lines) have what it asks. ``unlisted``: how many more are to come back than the roster lists.
    """

    check: DataCheck
    verdict: Verdict
    concerned: int
    missing: tuple[int, ...] = ()
    unlisted: int = 0

    @property
    def good(self) -> int:
        return self.concerned - len(self.missing)


def found(check: DataCheck, roster: Iterable[Member], returning: int = 0) -> Finding:
    """The answer for a whole roster. One with nobody on it registers nobody, and nobody is
    registered who is to come back and stands on no roster: ``returning`` people are.
    """
    answers = {one.line: CHECKS[check](one) for one in roster}
    concerned = {line: good for line, good in answers.items() if good is not None}
    missing = tuple(sorted(line for line, good in concerned.items() if not good))
    if concerned:
        verdict = Verdict.FAIL if missing else Verdict.PASS
    else:
        verdict = Verdict.FAIL if check is DataCheck.REGISTERED else Verdict.NOT_APPLICABLE
    unlisted = max(0, returning - len(answers)) if check is DataCheck.REGISTERED else 0
    if unlisted:
        verdict = Verdict.FAIL
    return Finding(check, verdict, len(concerned), missing, unlisted)


def looks_inside(check: DataCheck) -> bool:
    """Whether it needs what a registration says, and not only that there is one."""
    return check not in {DataCheck.REGISTERED, DataCheck.OBSERVED_STAY_AWAY}


def _registered(one: Member) -> bool:
    return one.registered


def _stays_away(one: Member) -> bool | None:
    """Concerned is who is observed, and who comes from a severe area as the roster says. Of the
    observed the whole day counts: who worked in the morning has not stayed away.
    """
    if not (one.observed or one.from_severe):
        return None
    there = one.at_work or (one.observed and one.worked)
    return one.registered and (one.fitness is Fitness.MAY_WORK or not there)


def _journey_told(one: Member) -> bool | None:
    """Concerned is who is from elsewhere as the roster says, or has been there as they told: who
    has not left in the fourteen days has no journey to tell.
    """
    told = one.told
    if told is None:
        return False if one.outside else None
    if told.journey is None:
        return False if told.stays else None
    journey = told.journey
    numbered = journey.transport not in NUMBERED or bool(journey.number)
    seated = journey.transport not in SEATED or bool(journey.seat)
    return numbered and seated


def _lodging_told(one: Member) -> bool | None:
    """Concerned is who rents, as the roster says or as they told."""
    told = one.told
    if not (one.renting or (told and told.home.lodging is Lodging.RENTED)):
        return None
    return told is not None and bool(told.home.village)


def _code_shown(one: Member) -> bool | None:
    """Concerned is who may work, or is there: whoever stays away need not show any colour."""
    if not (one.at_work or (one.registered and one.fitness is Fitness.MAY_WORK)):
        return None
    return not one.coded and one.told is not None and one.told.code is HealthCode.GREEN


CHECKS: Mapping[DataCheck, Callable[[Member], bool | None]] = {
    DataCheck.REGISTERED: _registered,
    DataCheck.OBSERVED_STAY_AWAY: _stays_away,
    DataCheck.JOURNEYS_TOLD: _journey_told,
    DataCheck.LODGING_TOLD: _lodging_told,
    DataCheck.CODES_SHOWN: _code_shown,
}


@dataclass(frozen=True, slots=True)
class Muster:
    """A roster in numbers, as a document states it: nobody is named.

    ``listed`` is ``registered`` and those who have not; of the registered each counts once, as
    ``may_work``, ``observed`` (the last of them until ``until``) or ``held_back``.
    """

    listed: int
    registered: int
    may_work: int
    observed: int
    held_back: int
    until: date | None


def muster(roster: Iterable[Member]) -> Muster:
    """The numbers of a roster."""
    listed = list(roster)
    registered = [one for one in listed if one.registered]
    observed = [one for one in registered if one.fitness is Fitness.OBSERVE]
    may_work = sum(one.fitness is Fitness.MAY_WORK for one in registered)
    return Muster(
        listed=len(listed),
        registered=len(registered),
        may_work=may_work,
        observed=len(observed),
        held_back=len(registered) - len(observed) - may_work,
        until=max((one.until for one in observed if one.until), default=None),
    )
