"""Facts that nobody is asked, because they follow from what is known already."""

from datetime import date

from workflow.core.facts import Facts, FactValue

PLANNED, CHECKED_ON, STOPPED_ON = "planned_reopen_date", "check_date", "stop_date"
STOPPED_DAYS = "stopped_days"


def derived(facts: Facts) -> Facts:
    """``facts`` and what follows from them; what was told by itself stays as it was told.

    A list for before the reopening is checked as of the planned day.
    """
    follows: dict[str, FactValue] = {}
    planned, stopped = facts.get(PLANNED), facts.get(STOPPED_ON)
    if isinstance(planned, date):
        follows[CHECKED_ON] = planned
        if isinstance(stopped, date):
            follows[STOPPED_DAYS] = max(0, (planned - stopped).days)
    return follows | dict(facts)
