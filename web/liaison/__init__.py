"""The liaison's door: the queue of the own fields, the case, the decision, the own absences."""

from web.liaison import absence, cases, claims, enterprises, roster
from web.liaison.blueprint import bp

VIEWS = (cases, roster, claims, enterprises, absence)  # imported so that their views register

__all__ = ["VIEWS", "bp"]
