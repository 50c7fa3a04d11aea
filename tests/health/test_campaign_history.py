"""What was known at an instant never changes by what is told later, and nobody is judged by who
they are.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest

from tests.cast import Cast
from tests.health.town import (
    AT,
    NUMBERS,
    RULES,
    STAYED_HOME,
    TODAY,
    came_from,
    hire,
    link_of,
    open_campaign,
    place_of,
)
from workflow.core.alerts import Settlement
from workflow.core.health import CheckIn, Half, HealthCode, Registration, Symptom
from workflow.core.judging import Judgement, Record, judge
from workflow.core.papers import Document, DocumentKind
from workflow.core.refusals import NotFound, Refused
from workflow.core.rostering import EmployerKind, Entry, Lodging, Told
from workflow.store import standings
from workflow.store.db import db
from workflow.usecases import rostering
from workflow.usecases.health import checking_in, declaring, judging, settling

TELLINGS = (
    STAYED_HOME,
    replace(STAYED_HOME, temperature=381),
    replace(STAYED_HOME, symptoms=frozenset({Symptom.COUGH})),
    replace(STAYED_HOME, code=HealthCode.RED),
    came_from("420112", "甲市东区", TODAY),
    came_from("420212", "乙市", TODAY),
    came_from("", "老家", TODAY),
)


def happen(cast: Cast, line: int, chance: Random, at: datetime) -> None:
    """One thing that may happen to somebody's record."""
    place_id, day = place_of(cast), at.date()
    link = link_of(cast, line, at)
    match chance.randrange(6):
        case 0 | 1:
            declaring.register(link, chance.choice(TELLINGS), at)
        case 2:
            declaring.register_for(place_id, line, chance.choice(TELLINGS), cast.he, at)
        case 3:
            told = CheckIn(day, chance.choice(list(Half)), chance.randrange(360, 385))
            checking_in.check_in(link, told, at)
        case _:
            clear(cast, line, at)


def clear(cast: Cast, line: int, at: datetime) -> None:
    """The liaison releases somebody, where there is anything to release."""
    alerts = standings.held_reds(place_of(cast), line)
    db.session.rollback()
    if alerts:
        settling.settle(alerts[-1].id, Settlement.RELEASED, "看过", cast.lin, at)
        return
    with suppress(NotFound, Refused):
        settling.release_person(place_of(cast), line, "看过", cast.lin, at)


@pytest.mark.parametrize("seed", range(4))
def test_what_was_known_at_an_instant_stays_as_it_was(cast: Cast, seed: int) -> None:
    open_campaign(cast)
    line, chance = hire(cast, "赵甲", NUMBERS[0]), Random(seed)
    known: list[tuple[datetime, Record]] = []
    at = AT
    for _ in range(14):
        happen(cast, line, chance, at)
        db.session.expire_all()
        known.append((at, judging.record_as_of(place_of(cast), line, at)))
        at += timedelta(hours=chance.choice((1, 5, 26)))
    for instant, before in known:
        assert judging.record_as_of(place_of(cast), line, instant) == before
    assert len({repr(one) for _, one in known}) > 3


def document(region: str, born: str) -> Document:
    body = f"{region}{born}123"
    weighed = sum(int(digit) * 2 ** (17 - n) for n, digit in enumerate(body))
    return Document(DocumentKind.RESIDENT, body + "10X98765432"[weighed % 11])


def person(name: str, region: str, origin: str, employer: EmployerKind) -> Entry:
    agency = "" if employer is EmployerKind.OWN else "某劳务公司"
    told = Told(name, employer, agency, "操作工", origin, Lodging.DORM, "13900000001")
    return Entry(document(region, "19900307"), told)


PEOPLE = (
    person("赵甲", "410122", "本地", EmployerKind.OWN),
    person("欧阳瑢喆", "420112", "湖北武汉", EmployerKind.AGENCY),
    person("买买提", "653101", "新疆喀什", EmployerKind.SUBCONTRACTOR),
)


@pytest.mark.parametrize("told", TELLINGS)
def test_two_people_who_tell_the_same_get_the_same_answer(cast: Cast, told: Registration) -> None:
    open_campaign(cast)
    found: list[Judgement] = []
    for entry in PEOPLE:
        rostering.add_person(place_of(cast), entry, cast.he, AT)
    for line in (1, 2, 3):
        declaring.register(link_of(cast, line), told, AT)
        found.append(judge(judging.record_as_of(place_of(cast), line, AT), TODAY, RULES))
    assert found[0] == found[1] == found[2]
