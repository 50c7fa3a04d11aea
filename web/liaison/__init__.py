"""The liaison's door: the queue of the own fields, the case, the checklist, the approval."""

from web.liaison import cases, claims, enterprises
from web.liaison.blueprint import bp

VIEWS = (cases, claims, enterprises)  # imported so that their views register on the blueprint

__all__ = ["VIEWS", "bp"]
