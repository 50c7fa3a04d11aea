"""The staff's door: come in by a personal link or a poster, register, check in each day."""

from web.guards import csrf
from web.staff import checking_in, coming, mine, notice, poster, registering
from web.staff.blueprint import bp
from web.staff.fastlane import init_fast_lane

csrf.exempt(bp)  # its forms bring a token of their own: see ``session``

VIEWS = (checking_in, coming, mine, notice, poster, registering)  # imported to be registered

__all__ = ["VIEWS", "bp", "init_fast_lane"]
