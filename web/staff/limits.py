"""How much is told through one link or one poster. Never by address: 1,200 people share a router's.

Only what is kept counts: mistakes, and further stays asked for, would shut people out.
"""

from flask import request
from werkzeug.wrappers import Response

from web.clock import now
from web.frame import limiter
from web.staff import session
from workflow.store import stafflinks

# Everybody of a place may come through its poster; a person puts right a few times what they told.
PER_POSTER = "200 per minute; 4000 per day"
PER_LINK = "20 per minute; 100 per day"


def _of_poster() -> str:
    """What the limit counts by; every code that is none counts as one."""
    found = stafflinks.poster((request.view_args or {}).get("code", ""))
    return f"poster {found.id if found else 0}"


def _of_link() -> str:
    found = session.held(now())
    return f"link {found.id if found else 0}"


def _is_kept(response: Response) -> bool:
    return response.status_code == 303


per_poster = limiter.limit(PER_POSTER, key_func=_of_poster, methods=["POST"], deduct_when=_is_kept)
per_link = limiter.limit(PER_LINK, key_func=_of_link, methods=["POST"], deduct_when=_is_kept)
