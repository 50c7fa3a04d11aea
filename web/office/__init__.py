"""The office's door (企业办): who is responsible for what, what it took over, what it records."""

from web.office import (
    absences,
    calendar,
    calls,
    cases,
    claims,
    clinic,
    fields,
    healthcampaign,
    healthcounts,
    healthrules,
    home,
    records,
    wording,
)
from web.office.blueprint import bp

# Imported so that their views register.
VIEWS = (home, claims, fields, absences, calendar, cases, records, wording)
HEALTH = (clinic, calls, healthcounts, healthcampaign, healthrules)

__all__ = ["HEALTH", "VIEWS", "bp"]
