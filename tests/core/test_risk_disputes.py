"""Rules that say different things of the same people: the office sees it before staff do."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from workflow.core.regions import Region
from workflow.core.risk import CountFrom, ObservationRule, RiskLevel

HIGH = frozenset({RiskLevel.HIGH})
FIRST = date(2020, 2, 1)
RULE = ObservationRule("S1", FIRST, None, HIGH, 14, CountFrom.NEXT_DAY, "县里的通知")
OTHER = replace(RULE, code="S2", days=7, since=FIRST + timedelta(days=10))
CITY = Region("甲市", ("4201",))


@pytest.mark.parametrize(
    ("one", "other", "disputes"),
    [
        (RULE, OTHER, True),
        (RULE, replace(OTHER, levels=frozenset({RiskLevel.HIGH, RiskLevel.LOW})), True),
        (RULE, replace(OTHER, days=14, count_from=CountFrom.ARRIVAL), True),
        (RULE, replace(OTHER, days=14), False),
        (RULE, replace(OTHER, days=15, count_from=CountFrom.ARRIVAL), False),
        (RULE, replace(OTHER, levels=frozenset({RiskLevel.LOW})), False),
        (RULE, replace(OTHER, overrides=frozenset({"S1"})), False),
        (RULE, replace(OTHER, enabled=False), False),
        (RULE, replace(OTHER, origin=CITY), False),
        (replace(RULE, origin=CITY), replace(OTHER, origin=CITY), True),
        (replace(RULE, until=OTHER.since), OTHER, True),
        (replace(RULE, until=OTHER.since - timedelta(days=1)), OTHER, False),
    ],
)
def test_what_disputes_what(one: ObservationRule, other: ObservationRule, disputes: bool) -> None:
    assert one.disputes(other) is disputes
    assert other.disputes(one) is disputes


def test_an_observation_ends_with_the_calendar() -> None:
    assert RULE.last_day(date.max - timedelta(days=20)) == date.max - timedelta(days=6)
    assert RULE.last_day(date.max) == date.max
