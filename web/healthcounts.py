"""Staff health of the town in numbers, for the office and the command: no names, no places."""

import re
from collections.abc import Sequence
from dataclasses import fields

from flask import Blueprint, g, render_template

from web.clock import now
from web.guards import allow
from web.healthpages import menu
from workflow.core.days import day_of
from workflow.core.roles import Role
from workflow.store import catalogues, controls, healthcampaigns, placecounts, townhealth
from workflow.store.placecounts import Counted, Sums

_DIGITS = "〇一二三四五六七八九"
_NUMBERED = re.compile(r"第([0-9]+|[一二三四五六七八九十]+)")
_LAST = 1000


def sums(rows: Sequence[Counted]) -> Sums:
    """All rows added up."""
    return Sums(**{one.name: sum(getattr(row, one.name) for row in rows) for one in fields(Sums)})


def in_order(one: Counted) -> tuple[int, str]:
    """第一责任田 before 第二责任田; whichever has no number comes last, by name."""
    found = _NUMBERED.match(one.field)
    return _number(found[1]) if found else _LAST, one.field


def _number(words: str) -> int:
    """二十三 is 23; of what is no number below a hundred, the last."""
    if words.isdecimal():
        return int(words)
    tens, ten, ones = words.rpartition("十")
    if any(len(part) > 1 for part in (tens, ones)):
        return _LAST
    return (_DIGITS.find(tens or "一") if ten else 0) * 10 + (_DIGITS.find(ones) if ones else 0)


def counts_view(door: Blueprint, *roles: Role) -> None:
    """Adds the numbers of today to a door."""
    if door.name != "office":  # the office has the menu from its alerts
        menu(door)

    @door.get("/health")
    @allow(*roles)
    def health() -> str:
        today = day_of(now())
        healthcampaigns.needed(today)
        rows = sorted((one for one in placecounts.of_town(today) if one.people), key=in_order)
        return render_template(
            "health/counts.html",
            door=door.name,
            today=today,
            rows=rows,
            total=sums(rows),
            mine=len(townhealth.open_reds(g.actor)) if g.actor.runs_office else 0,
            ages=placecounts.alert_ages(now()),
            classes=catalogues.classes(),
            controls=controls.adopted(now()) if g.actor.runs_office else [],
        )
