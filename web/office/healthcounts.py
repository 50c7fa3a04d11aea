"""Staff health of the town in numbers, for the office."""

from web.healthcounts import counts_view
from web.office.blueprint import bp
from workflow.core.roles import Role

counts_view(bp, Role.OFFICE)
