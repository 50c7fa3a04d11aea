"""Whether a later telling says less than an earlier one (改说的比先前少)."""

from dataclasses import replace
from datetime import date, timedelta

from workflow.core.health import (
    STAY_DAYS,
    HealthCode,
    Journey,
    Met,
    Registration,
    Stay,
    Transport,
)
from workflow.core.judging import STOPPING_CONTACTS, of_journey
from workflow.core.risk import RiskRules

COLOURS = (HealthCode.NONE, HealthCode.GREEN, HealthCode.YELLOW, HealthCode.RED)


def is_milder(before: Registration, after: Registration, day: date, rules: RiskRules) -> bool:
    """Whether the later one leaves out what the earlier one said and what still matters: somebody
    must confirm that. (A fever is not meant: it stops until a release, whatever is told later.)
    """
    recent = day - timedelta(days=STAY_DAYS)
    met = (one for one in before.met if one.kind in STOPPING_CONTACTS or one.day >= recent)
    if any(not _met_still(one, after) for one in met):
        return True
    stays = [one for one in before.stays if _matters(one, before, day, rules)]
    if any(not _stayed_still(one, after) for one in stays):
        return True
    # Another day of arrival has another risk: a new journey, too, is for somebody to confirm.
    unsaid = before.journey is not None and after.journey is None
    if stays and (unsaid or after.arrived_on != before.arrived_on):
        return True
    if not _led_to(before, day, rules) <= _led_to(after, day, rules):
        return True
    if before.home.together_unwell and not after.home.together_unwell:
        return True
    paler = COLOURS.index(after.code) < COLOURS.index(before.code)
    if paler and before.code in {HealthCode.YELLOW, HealthCode.RED}:
        return True
    return (before.observed_until or date.min) > (after.observed_until or date.min)


def _met_still(met: Met, after: Registration) -> bool:
    return any(one.kind is met.kind and one.day >= met.day for one in after.met)


def _stayed_still(stay: Stay, after: Registration) -> bool:
    named, arrived = stay.code or stay.words, after.arrived_on or date.max
    return any(
        (one.code or one.words) == named
        and one.until >= stay.until
        and (one.since <= arrived) >= (stay.since <= arrived)
        for one in after.stays
    )


def _led_to(told: Registration, day: date, rules: RiskRules) -> set[tuple[object, ...]]:
    """What the journey means, however the places are written."""
    found = of_journey(told, day, rules)
    return {(one.fitness, one.kind, one.facts[1:], one.until) for one in found}


def _matters(stay: Stay, told: Registration, day: date, rules: RiskRules) -> bool:
    """Whether a stay is of the days before today, or before an arrival in them, for which rules may
    still come, or leads to anything.
    """
    came = told.journey or Journey(max(one.until for one in told.stays), Transport.OTHER)
    fortnight = timedelta(days=STAY_DAYS)
    counted_from = came.arrived if day - fortnight <= came.arrived <= day else day
    if stay.until >= counted_from - fortnight:
        return True
    return any(True for _ in of_journey(replace(told, stays=(stay,), journey=came), day, rules))
