"""Whether a later telling says less than an earlier one: then somebody must confirm it."""

from datetime import date

from workflow.core.health import HealthCode, Registration

COLOURS = (HealthCode.NONE, HealthCode.GREEN, HealthCode.YELLOW, HealthCode.RED)


def is_milder(before: Registration, after: Registration) -> bool:
    """Whether anything is taken back of stays, arrival, people met, a colour or an observation.

    What was felt counts from either, until a release. Whatever is not milder has all the grounds
    of the earlier one, under any rules and on any day.
    """
    return (
        not set(before.met) <= set(after.met)
        or not _stayed(before) <= _stayed(after)
        or (before.arrived_on is not None and after.arrived_on != before.arrived_on)
        or COLOURS.index(after.code) < COLOURS.index(before.code)
        or (before.home.together_unwell and not after.home.together_unwell)
        or (after.observed_until or date.min) < (before.observed_until or date.min)
    )


def _stayed(told: Registration) -> frozenset[tuple[str, date, date]]:
    return frozenset((one.code or one.words, one.since, one.until) for one in told.stays)
