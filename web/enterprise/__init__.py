"""The enterprise's door: its places and people, its filings, its notices."""

from web.enterprise import cases, people, registering, roster, rosterpeople
from web.enterprise.blueprint import bp

VIEWS = (cases, people, registering, roster, rosterpeople)  # imported so that their views register

__all__ = ["VIEWS", "bp"]
