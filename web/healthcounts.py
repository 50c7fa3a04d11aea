"""Staff health of the town in numbers, for the office and the command: no names, no places."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from flask import Blueprint, render_template

from web.clock import now
from web.guards import allow
from web.healthpages import menu
from workflow.core.days import day_of
from workflow.core.roles import Role
from workflow.store import catalogues, healthcampaigns, placecounts
from workflow.store.placecounts import Counted


@dataclass(frozen=True, slots=True)
class Sums:
    """The whole town in one row."""

    places: int
    people: int
    morning: int
    afternoon: int
    morning_unwell: int
    afternoon_unwell: int
    observed: int
    stopped: int
    asked: int
    unreported: int
    morning_missing: int
    afternoon_missing: int


def sums(rows: Sequence[Counted]) -> Sums:
    """All rows added up."""
    return Sums(**{one.name: sum(getattr(row, one.name) for row in rows) for one in fields(Sums)})


def counts_view(door: Blueprint, *roles: Role) -> None:
    """Adds the numbers of today to a door."""
    if door.name != "office":  # the office has the menu from its alerts
        menu(door)

    @door.get("/health")
    @allow(*roles)
    def health() -> str:
        today = day_of(now())
        healthcampaigns.needed(today)
        rows = [one for one in placecounts.of_town(today) if one.people]
        return render_template(
            "health/counts.html",
            door=door.name,
            today=today,
            rows=rows,
            total=sums(rows),
            ages=placecounts.alert_ages(now()),
            classes=catalogues.classes(),
        )
