"""From which day a class of places may reopen (复工日期), and what that means for a filing."""

from collections.abc import Sequence
from datetime import date


def opens_on(days: Sequence[date], tier: int | None) -> date | None:
    """The day set for a place; None where the town has set none.

    ``days`` are those of its class by tier (批次), the earliest first. Tiers, from 1, are assigned
    by the office; until then the last day of the class holds.
    """
    if not days:
        return None
    return days[tier - 1] if tier and tier <= len(days) else days[-1]


def earliest(by_lead: date, opens: date | None, *, early: bool) -> date:
    """The first day that a filing may plan for. An early one need not wait for the day set."""
    return by_lead if early or opens is None else max(by_lead, opens)
