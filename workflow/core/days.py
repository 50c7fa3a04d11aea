"""The town's days. Instants are UTC everywhere; only a day needs to know where the town is."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

TOWN = ZoneInfo("Asia/Shanghai")
DAYTIME = range(8, 18)  # hours in which people may be written to


def day_of(instant: datetime) -> date:
    """The town's calendar day at an aware instant."""
    return instant.astimezone(TOWN).date()


def is_daytime(instant: datetime) -> bool:
    """Whether it is day in the town."""
    return instant.astimezone(TOWN).hour in DAYTIME


def earliest_day(submitted: datetime, lead_days: int) -> date:
    """The first day that may be planned by a filing made at ``submitted``."""
    return day_of(submitted) + timedelta(days=lead_days)
