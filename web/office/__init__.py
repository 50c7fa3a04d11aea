"""The office's door (企业办): who is responsible for what, and whose turn it is."""

from web.office import claims, home
from web.office.blueprint import bp

VIEWS = (claims, home)  # imported so that their views register on the blueprint

__all__ = ["VIEWS", "bp"]
