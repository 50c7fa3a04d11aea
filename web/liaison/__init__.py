"""The liaison's door: the queue of the own fields, the case, the decision, the own absences."""

from web.liaison import absence, cases, claims, enterprises, health, roster
from web.liaison.blueprint import bp

# Imported so that their views register.
VIEWS = (cases, roster, claims, enterprises, absence, health)

__all__ = ["VIEWS", "bp"]
