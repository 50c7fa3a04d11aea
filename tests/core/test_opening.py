"""From which day a place may reopen, and for which day a filing may plan."""

from datetime import date

import pytest

from workflow.core.deriving import derived
from workflow.core.opening import earliest, opens_on

FIRST, SECOND, LAST = date(2020, 2, 10), date(2020, 2, 17), date(2020, 2, 24)
DAYS = (FIRST, SECOND, LAST)
TOMORROW = date(2020, 2, 12)


@pytest.mark.parametrize(
    ("tier", "day"), [(None, LAST), (1, FIRST), (2, SECOND), (3, LAST), (4, LAST), (0, LAST)]
)
def test_a_tier_has_its_day_and_without_one_the_last_holds(tier: int | None, day: date) -> None:
    assert opens_on(DAYS, tier) == day


def test_where_no_day_is_set_none_holds() -> None:
    assert opens_on((), 1) is None


@pytest.mark.parametrize(
    ("opens", "early", "day"),
    [
        (LAST, False, LAST),
        (LAST, True, TOMORROW),
        (FIRST, False, TOMORROW),
        (None, False, TOMORROW),
        (None, True, TOMORROW),
    ],
)
def test_an_early_filing_does_not_wait_for_the_day_set(
    opens: date | None, early: bool, day: date
) -> None:
    assert earliest(TOMORROW, opens, early=early) == day


def test_a_list_is_checked_as_of_the_planned_day_and_the_stop_is_counted() -> None:
    facts = derived({"planned_reopen_date": LAST, "stop_date": FIRST})
    assert (facts["check_date"], facts["stopped_days"]) == (LAST, 14)


def test_what_was_told_by_itself_stays() -> None:
    told = {"planned_reopen_date": LAST, "check_date": FIRST, "stopped_days": 3, "stop_date": FIRST}
    assert derived(told) == told


def test_nothing_follows_from_nothing() -> None:
    assert derived({}) == {}
    assert "stopped_days" not in derived({"stop_date": FIRST})
