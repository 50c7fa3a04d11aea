"""The enterprise's door: its places, its filings, its notices."""

from web.enterprise import cases
from web.enterprise.blueprint import bp

VIEWS = (cases,)  # imported so that their views register on the blueprint

__all__ = ["VIEWS", "bp"]
