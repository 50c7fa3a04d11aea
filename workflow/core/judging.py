"""May this person work today? An answer with its grounds (研判); people decide what follows.

The answer depends on what was told as a set, never on the order in which it arrived, and on
nobody's origin but through the dated rule.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from workflow.core.health import (
    STAY_DAYS,
    CheckIn,
    ContactKind,
    HealthCode,
    Registration,
    Stay,
    Symptom,
)
from workflow.core.risk import ObservationRule, RiskRules, Unclear, level_on, rule_on

CONTACT_DAYS = 14
STOPPING_CONTACTS = frozenset({ContactKind.CONFIRMED, ContactKind.SUSPECTED})


class Fitness(Enum):
    """May somebody work: from the mildest to the strictest."""

    MAY_WORK = "may_work"
    ASK = "ask"
    OBSERVE = "observe"
    STOP = "stop"


STRICTNESS = tuple(Fitness)


class GroundKind(Enum):
    """Why. Its words live in ``web/healthwords.py``."""

    FEVER = "fever"
    SYMPTOMS = "symptoms"
    CONTACT = "contact"
    TOGETHER_UNWELL = "together_unwell"
    CODE = "code"
    STAYED = "stayed"
    OBSERVED = "observed"
    RELEASE_DUE = "release_due"
    AREA_UNCLEAR = "area_unclear"
    RULE_UNCLEAR = "rule_unclear"
    JOURNEY_UNCLEAR = "journey_unclear"
    MILDER = "milder"
    OPEN_ELSEWHERE = "open_elsewhere"
    UNREGISTERED = "unregistered"


# Of these a release is the last word; a fever, a cough or a colour may come again.
CLEARED_FOR_GOOD = frozenset(
    one.value
    for one in (
        GroundKind.CONTACT,
        GroundKind.STAYED,
        GroundKind.OBSERVED,
        GroundKind.RELEASE_DUE,
        GroundKind.AREA_UNCLEAR,
        GroundKind.RULE_UNCLEAR,
        GroundKind.JOURNEY_UNCLEAR,
    )
)
# These no release ends: the one ends by registering, the other where it was told.
NOT_RELEASED = frozenset({GroundKind.UNREGISTERED.value, GroundKind.OPEN_ELSEWHERE.value})


@dataclass(frozen=True, slots=True, order=True)
class Ground:
    """One reason: what it makes of the fitness, and the facts that its words name, as text."""

    fitness: str
    kind: str
    facts: tuple[str, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """``until`` is the last day of an observation, None unless the fitness is OBSERVE."""

    fitness: Fitness
    grounds: tuple[Ground, ...]
    until: date | None = None


Telling = tuple[Registration, date]  # and the day on which it was told


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a person at a place as of a day.

    ``registration`` is the last one that counts and ``told_on`` its day. ``waiting``: told since,
    and leaving out what stood before; until a release they count beside it.
    ``earlier``: told before it; what stops somebody does so until a release. ``released``:
    somebody entitled to it has cleared this person since that registration; check-ins and
    tellings before a release are left out. ``cleared``: those tellings; a stay or a contact that
    they named stops nobody who names it again. ``open_elsewhere``: by what was told of the same
    person at another line of the same enterprise they may not simply work.
    """

    registration: Registration | None = None
    told_on: date | None = None
    check_ins: tuple[CheckIn, ...] = ()
    released: bool = False
    waiting: tuple[Telling, ...] = ()
    earlier: tuple[Telling, ...] = ()
    cleared: tuple[Telling, ...] = ()
    open_elsewhere: bool = False


def judge(record: Record, day: date, rules: RiskRules) -> Judgement:
    """The answer for a day, from all that was told up to it."""
    grounds = tuple(sorted(set(_grounds(record, day, rules)), key=_strictest_first))
    fitness = max((Fitness(one.fitness) for one in grounds), key=STRICTNESS.index, default=None)
    if fitness is None:
        return Judgement(Fitness.MAY_WORK, ())
    until = max((one.until for one in grounds if one.until), default=None)
    return Judgement(fitness, grounds, until if fitness is Fitness.OBSERVE else None)


def is_unwell(check_in: CheckIn, rules: RiskRules) -> bool:
    """Whether a check-in tells of a fever or of symptoms."""
    warm = check_in.temperature is not None and check_in.temperature >= rules.fever
    return warm or bool(check_in.symptoms)


def _strictest_first(ground: Ground) -> tuple[int, Ground]:
    return -STRICTNESS.index(Fitness(ground.fitness)), ground


def _ground(fitness: Fitness, kind: GroundKind, *facts: str, until: date | None = None) -> Ground:
    return Ground(fitness.value, kind.value, facts, until)


def _grounds(record: Record, day: date, rules: RiskRules) -> Iterator[Ground]:
    for one in record.check_ins:
        if one.day <= day:
            yield from _of_feeling(one.temperature, one.symptoms, one.day, rules)
    if record.open_elsewhere:
        yield _ground(Fitness.ASK, GroundKind.OPEN_ELSEWHERE)
    told, told_on = record.registration, record.told_on
    if told is None or told_on is None:
        yield _ground(Fitness.ASK, GroundKind.UNREGISTERED)
        return
    if record.waiting:
        yield _ground(Fitness.ASK, GroundKind.MILDER)
    standing = () if record.released else ((told, told_on),)
    cleared = {
        ground
        for telling in record.cleared
        for ground in _of_telling(telling, day, rules)
        if ground.kind in CLEARED_FOR_GOOD
    }
    for telling in (*standing, *record.waiting):
        yield from (found for found in _of_telling(telling, day, rules) if found not in cleared)
    for telling in record.earlier:
        for found in _of_telling(telling, day, rules):
            if found.fitness == Fitness.STOP.value and found not in cleared:
                yield found


def _of_telling(telling: Telling, day: date, rules: RiskRules) -> Iterator[Ground]:
    told, told_on = telling
    yield from _of_feeling(told.temperature, told.symptoms, told_on, rules)
    yield from _of_people(told, told_on, day)
    if told.code in {HealthCode.YELLOW, HealthCode.RED}:
        stops = told.code is HealthCode.RED
        fitness = Fitness.STOP if stops else Fitness.ASK
        yield _ground(fitness, GroundKind.CODE, told.code.value, told.code_source)
    yield from of_journey(told, day, rules)
    if told.observed_until:
        yield _observed(GroundKind.OBSERVED, told.observed_until, day, told.observed_by)


def _of_feeling(
    temperature: int | None, symptoms: Iterable[Symptom], on: date, rules: RiskRules
) -> Iterator[Ground]:
    if temperature is not None and temperature >= rules.fever:
        yield _ground(Fitness.STOP, GroundKind.FEVER, on.isoformat(), str(temperature))
    felt = sorted(one.value for one in symptoms)
    if felt:
        yield _ground(Fitness.STOP, GroundKind.SYMPTOMS, on.isoformat(), *felt)


def _of_people(told: Registration, told_on: date, day: date) -> Iterator[Ground]:
    for met in told.met:
        last = met.day + timedelta(days=CONTACT_DAYS)
        if met.kind in STOPPING_CONTACTS:
            yield _ground(Fitness.STOP, GroundKind.CONTACT, met.kind.value, met.day.isoformat())
        elif day <= last:
            yield _ground(Fitness.ASK, GroundKind.CONTACT, met.kind.value, met.day.isoformat())
    if told.home.together_unwell:
        yield _ground(Fitness.ASK, GroundKind.TOGETHER_UNWELL, told_on.isoformat())


def of_journey(told: Registration, day: date, rules: RiskRules) -> Iterator[Ground]:
    """Every stay of the fourteen days before the arrival, by the risk there on its day; a stay that
    began after it was a journey of its own, back on its last day.
    """
    arrived = told.arrived_on
    if arrived is None:
        return
    if _is_unclear(told, arrived, day):
        yield _ground(Fitness.ASK, GroundKind.JOURNEY_UNCLEAR, arrived.isoformat())
    for stay in told.stays:
        back = max(arrived, stay.until) if stay.since > arrived else arrived
        if stay.until >= back - timedelta(days=STAY_DAYS) and not rules.home.covers(stay.code):
            yield from _of_stay(stay, back, day, rules)


def _is_unclear(told: Registration, arrived: date, day: date) -> bool:
    """Whether the days of a journey cannot be, or nothing says where it came from."""
    nowhere = told.journey is not None and not told.stays
    ahead = max([arrived, *(one.until for one in told.stays)]) > day
    return nowhere or ahead or any(one.since <= arrived < one.until for one in told.stays)


def _of_stay(stay: Stay, arrived: date, day: date, rules: RiskRules) -> Iterator[Ground]:
    facts = stay.words, arrived.isoformat()
    level = level_on(stay.code, arrived, rules) if stay.code else Unclear()
    if isinstance(level, Unclear):
        yield _ground(Fitness.ASK, GroundKind.AREA_UNCLEAR, *facts, *level.between)
        return
    rule = rule_on(stay.code, level, arrived, rules)
    if isinstance(rule, Unclear):
        yield _ground(Fitness.ASK, GroundKind.RULE_UNCLEAR, *facts, level.value, *rule.between)
        return
    last = rule.last_day(arrived)
    if last is not None:
        yield _observed(GroundKind.STAYED, last, day, *facts, level.value, _named(rule))


def _named(rule: ObservationRule) -> str:
    return f"{rule.code} {rule.basis}"


def _observed(kind: GroundKind, last: date, day: date, *facts: str) -> Ground:
    """Observed until the last day; after it, until somebody entitled to it says it is over."""
    if day <= last:
        return _ground(Fitness.OBSERVE, kind, *facts, until=last)
    return _ground(Fitness.ASK, GroundKind.RELEASE_DUE, last.isoformat(), *facts)
