"""Staff health of the town in numbers, for the command."""

from web.command.blueprint import bp
from web.healthcounts import counts_view
from workflow.core.roles import Role

counts_view(bp, Role.COMMAND)
