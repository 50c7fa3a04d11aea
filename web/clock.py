"""What time it is, for views: use cases are told it and never look themselves."""

from datetime import datetime

from flask import current_app


def now() -> datetime:
    """The instant of this request's action, aware, in UTC, from the configured clock."""
    instant: datetime = current_app.config["CLOCK"]()
    return instant
