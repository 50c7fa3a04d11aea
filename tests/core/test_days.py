"""The town's days begin at 16:00 UTC."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.core.days import day_of, earliest_day


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 11, 23, 1, 30, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 15, 59, 59, 999999, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 16, 0, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2028, 2, 28, 16, 0, tzinfo=UTC), date(2028, 2, 29)),
        (datetime(2026, 11, 24, 0, 0, tzinfo=timezone(timedelta(hours=8))), date(2026, 11, 24)),
    ],
)
def test_a_day_is_the_towns(instant: datetime, day: date) -> None:
    assert day_of(instant) == day


@settings(deadline=None, max_examples=100, derandomize=True)
@given(
    st.integers(946684800, 4102444800).map(lambda second: datetime.fromtimestamp(second, UTC)),
    st.timezones(),
)
def test_the_zone_of_an_instant_does_not_change_its_day(instant: datetime, zone) -> None:
    assert day_of(instant.astimezone(zone)) == day_of(instant)


@pytest.mark.parametrize(
    ("hour", "lead", "day"),
    [
        (1, 0, date(2026, 11, 23)),
        (1, 1, date(2026, 11, 24)),
        (15, 1, date(2026, 11, 24)),
        (16, 1, date(2026, 11, 25)),
        (1, 14, date(2026, 12, 7)),
    ],
)
def test_the_first_day_to_plan_for_counts_from_the_towns_day(
    hour: int, lead: int, day: date
) -> None:
    assert earliest_day(datetime(2026, 11, 23, hour, tzinfo=UTC), lead) == day
