"""Which of several tellings of one instant was kept first makes no difference."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

from tests.cast import Cast
from tests.health.town import AT, STAYED_HOME, TODAY, came_from, open_campaign, place_of
from workflow.core.health import Registration, ToldBy
from workflow.core.judging import judge
from workflow.store import riskrules
from workflow.store.db import db
from workflow.store.healthjson import registration_json
from workflow.store.registrations import RegistrationRow
from workflow.usecases.health import judging

TOLD = (
    (STAYED_HOME, True),
    (came_from("420112", "甲市东区", TODAY), True),
    (replace(STAYED_HOME, temperature=388), False),
    (came_from("420212", "乙市", TODAY), False),
)


def keep(place_id: int, line: int, told: Registration, confirmed: bool) -> None:
    row = RegistrationRow(
        place_id=place_id,
        line=line,
        told_at=AT,
        known_at=AT,
        told_by=ToldBy.SELF,
        answers=registration_json(told),
        confirmed_at=AT if confirmed else None,
    )
    db.session.add(row)
    db.session.flush()


def test_the_order_of_rows_of_one_instant_makes_no_difference(cast: Cast) -> None:
    campaign_id, place_id = open_campaign(cast), place_of(cast)
    rules = riskrules.rules(campaign_id)
    found = set()
    for line, order in enumerate(permutations(TOLD), start=1000):
        for told, confirmed in order:
            keep(place_id, line, told, confirmed)
        record = judging.record_as_of(place_id, line, AT)
        found.add((record.registration, record.waiting, judge(record, TODAY, rules)))
    assert len(found) == 1


def test_an_instant_before_knows_nothing_of_it(cast: Cast) -> None:
    open_campaign(cast)
    keep(place_of(cast), 1000, STAYED_HOME, confirmed=True)
    before = judging.record_as_of(place_of(cast), 1000, AT - timedelta(seconds=1))
    assert before.registration is None
