"""The command's door (指挥部): what waits for its decision, and what is overdue in the town."""

from web.command import cases, health
from web.command.blueprint import bp

# Imported so that its views register.
VIEWS = (cases, health)

__all__ = ["VIEWS", "bp"]
