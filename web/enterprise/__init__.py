"""The enterprise's door: its places and people, its filings, its notices."""

from web.enterprise import (
    cases,
    health,
    healthday,
    healthentries,
    healthlinks,
    people,
    registering,
    roster,
    rosterpeople,
)
from web.enterprise.blueprint import bp

VIEWS = (
    *(cases, people, roster, rosterpeople),
    *(health, healthday, healthentries, healthlinks, registering),
)  # imported so that their views register

__all__ = ["VIEWS", "bp"]
