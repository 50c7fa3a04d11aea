"""The office's door (企业办): who is responsible for what, what it took over, what it records."""

from web.office import absences, calendar, cases, claims, fields, home, records, wording
from web.office.blueprint import bp

# Imported so that their views register.
VIEWS = (home, claims, fields, absences, calendar, cases, records, wording)

__all__ = ["VIEWS", "bp"]
