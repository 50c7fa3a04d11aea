"""Who answers for a field on which day, and how the town is divided: all by hand."""

from datetime import UTC, date, datetime

import pytest

from workflow.core.days import day_of
from workflow.core.duty import (
    Acting,
    Area,
    Away,
    Duty,
    Gap,
    Overlap,
    away_until,
    gaps,
    overlaps,
    responsible,
)

LIN, ZHOU, NOBODY = 1, 2, None
BY_LIN, BY_ZHOU = Duty(Acting.LIAISON, LIN), Duty(Acting.STAND_IN, ZHOU)
BY_OFFICE = Duty(Acting.OFFICE, None)


@pytest.mark.parametrize(
    ("liaison", "stand_in", "absent", "acts"),
    [
        (LIN, ZHOU, (), BY_LIN),
        (LIN, ZHOU, (ZHOU,), BY_LIN),
        (LIN, ZHOU, (LIN,), BY_ZHOU),
        (LIN, ZHOU, (LIN, ZHOU), BY_OFFICE),
        (LIN, NOBODY, (), BY_LIN),
        (LIN, NOBODY, (LIN,), BY_OFFICE),
        (NOBODY, ZHOU, (), BY_ZHOU),
        (NOBODY, ZHOU, (ZHOU,), BY_OFFICE),
        (NOBODY, NOBODY, (), BY_OFFICE),
        (LIN, ZHOU, (3, 4), BY_LIN),
    ],
)
def test_somebody_always_answers(
    liaison: int | None, stand_in: int | None, absent: tuple[int, ...], acts: Duty
) -> None:
    assert responsible(liaison, stand_in, frozenset(absent)) == acts


TWO_DAYS = Away(LIN, date(2026, 11, 24), date(2026, 11, 25))


@pytest.mark.parametrize(
    ("instant", "away"),
    [
        (datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC), False),  # 23:59:59 in the town
        (datetime(2026, 11, 23, 16, 0, tzinfo=UTC), True),  # midnight: the 24th begins
        (datetime(2026, 11, 24, 16, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 25, 15, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 25, 16, 0, tzinfo=UTC), False),
    ],
)
def test_an_absence_begins_and_ends_at_the_towns_midnight(instant: datetime, away: bool) -> None:
    assert TWO_DAYS.covers(day_of(instant)) is away


@pytest.mark.parametrize(
    ("day", "away"),
    [
        (date(2026, 12, 30), False),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), True),
        (date(2027, 1, 2), False),
    ],
)
def test_an_absence_goes_on_into_the_new_year(day: date, away: bool) -> None:
    assert Away(LIN, date(2026, 12, 31), date(2027, 1, 1)).covers(day) is away


@pytest.mark.parametrize(
    ("back_on", "away_on"),
    [
        (None, [24, 25, 26]),
        (date(2026, 11, 26), [24, 25]),
        (date(2026, 11, 24), []),
        (date(2026, 11, 23), []),
        (date(2026, 11, 27), [24, 25, 26]),
    ],
)
def test_who_is_back_early_is_there(back_on: date | None, away_on: list[int]) -> None:
    absence = Away(LIN, date(2026, 11, 24), date(2026, 11, 26), back_on)
    days = [day for day in range(20, 30) if absence.covers(date(2026, 11, day))]
    assert days == away_on


def test_the_last_day_is_that_of_the_longest_absence() -> None:
    longer = Away(LIN, date(2026, 11, 25), date(2026, 11, 30))
    others = Away(ZHOU, date(2026, 11, 1), date(2026, 12, 31))
    known = [TWO_DAYS, longer, others]
    assert away_until(known, LIN, date(2026, 11, 24)) == date(2026, 11, 25)
    assert away_until(known, LIN, date(2026, 11, 25)) == date(2026, 11, 30)
    assert away_until(known, LIN, date(2026, 12, 1)) is None


def area(name: str, *villages: str, classes: tuple[str, ...] = ()) -> Area:
    return Area(name, frozenset(villages), frozenset(classes))


@pytest.mark.parametrize(
    ("areas", "found"),
    [
        ((), []),
        ((area("一", "东", "西"), area("二", "北")), []),
        ((area("一"), area("二")), []),
        ((area("一", "东"), area("二", "东")), [Overlap("东", frozenset(), "二", "一")]),
        (
            (area("一", "东", classes=("site",)), area("二", "东", classes=("factory",))),
            [],
        ),
        (
            (area("一", "东", classes=("site", "road")), area("二", "东", classes=("road",))),
            [Overlap("东", frozenset({"road"}), "二", "一")],
        ),
        (
            (area("一", "东", "西"), area("二", "东", "西", classes=("road",))),
            [
                Overlap("东", frozenset({"road"}), "二", "一"),
                Overlap("西", frozenset({"road"}), "二", "一"),
            ],
        ),
    ],
)
def test_two_fields_for_one_class_of_a_village_are_found(
    areas: tuple[Area, ...], found: list[Overlap]
) -> None:
    assert sorted(overlaps(areas), key=lambda one: one.village) == found


KINDS = ("factory", "site", "road")


@pytest.mark.parametrize(
    ("areas", "found"),
    [
        ((area("一", "东", "西"),), []),
        ((area("一", "东"),), [Gap("西")]),
        ((area("一"),), [Gap("东"), Gap("西")]),
        ((), [Gap("东"), Gap("西")]),
        (
            (area("一", "东", "西", classes=("factory",)), area("二", "西", classes=("road",))),
            [Gap("东", ("site", "road")), Gap("西", ("site",))],
        ),
        (
            (area("一", "东", classes=("factory", "site", "road")), area("二", "西")),
            [],
        ),
    ],
)
def test_what_nobody_answers_for_is_found(areas: tuple[Area, ...], found: list[Gap]) -> None:
    assert list(gaps(areas, ("东", "西"), KINDS)) == found


def test_a_village_of_nobody_is_found_before_any_class_is_known() -> None:
    assert list(gaps((area("一", "西"),), ("东", "西"), ())) == [Gap("东")]
