"""The office's door (企业办): who is responsible for what, what it took over, what it records."""

from web.office import absences, cases, claims, fields, home, records
from web.office.blueprint import bp

VIEWS = (home, claims, fields, absences, cases, records)  # imported so that their views register

__all__ = ["VIEWS", "bp"]
