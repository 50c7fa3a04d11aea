"""The enterprise's door: its places and people, its filings, its notices."""

from web.enterprise import cases, people
from web.enterprise.blueprint import bp

VIEWS = (cases, people)  # imported so that their views register on the blueprint

__all__ = ["VIEWS", "bp"]
