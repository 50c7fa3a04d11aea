"""A registration survives being kept; older shapes stay readable; order of rows does not matter."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.health.town import RULES, TODAY
from workflow.core.health import (
    ContactKind,
    HealthCode,
    Home,
    Journey,
    Met,
    Registration,
    Stay,
    Symptom,
    Transport,
)
from workflow.core.milder import is_milder
from workflow.core.rostering import Lodging
from workflow.store.healthjson import registration_json, registration_of

WORDS = st.text(max_size=20)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
STAYS = st.builds(Stay, st.sampled_from(["", "42", "4201", "420112"]), WORDS, DAYS, DAYS)
HOMES = st.builds(
    Home,
    st.sampled_from(Lodging),
    WORDS,
    WORDS,
    WORDS,
    st.integers(0, 99),
    st.booleans(),
)
REGISTRATIONS = st.builds(
    Registration,
    st.lists(STAYS, max_size=3).map(tuple),
    st.none() | st.builds(Journey, DAYS, st.sampled_from(Transport), WORDS, WORDS),
    st.lists(st.builds(Met, st.sampled_from(ContactKind), DAYS), max_size=3).map(tuple),
    st.frozensets(st.sampled_from(Symptom)),
    st.none() | st.integers(340, 420),
    HOMES,
    st.sampled_from(HealthCode),
    WORDS,
    st.none() | DAYS,
    WORDS,
)


@given(REGISTRATIONS)
def test_a_registration_survives(told: Registration) -> None:
    kept = registration_json(told)
    assert registration_of(kept) == told
    assert registration_json(registration_of(kept)) == kept


@given(REGISTRATIONS)
def test_nobody_says_less_than_themselves(told: Registration) -> None:
    assert not is_milder(told, told, TODAY, RULES)


@given(REGISTRATIONS, st.sets(st.sampled_from([*Registration.__slots__])))
def test_what_an_older_telling_does_not_know_was_not_said(
    told: Registration, missing: set[str]
) -> None:
    said = json.loads(registration_json(told))
    older = {key: value for key, value in said.items() if key not in missing}
    older["unknown"] = 1
    if "home" in older:
        older["home"] = older["home"] | {"floor": 3}
    found = registration_of(json.dumps(older))
    kept = [one for one in Registration.__slots__ if one not in missing]
    assert all(getattr(found, one) == getattr(told, one) for one in kept)
    assert found == registration_of(registration_json(found))


def test_the_least_that_was_ever_kept_can_be_read() -> None:
    assert registration_of("{}") == Registration()
    journey = '{"journey": {"arrived": "2026-11-01", "transport": "train"}}'
    assert registration_of(journey).journey == Journey(date(2026, 11, 1), Transport.TRAIN)


@pytest.mark.parametrize(("code", "less"), [("420212", False), ("420112", True)])
def test_a_stay_of_weeks_ago_matters_if_it_leads_to_anything(code: str, less: bool) -> None:
    arrived = TODAY - timedelta(days=20)
    stay = Stay(code, "那里", arrived - timedelta(days=9), arrived)
    told = Registration(stays=(stay,), journey=Journey(arrived, Transport.TRAIN))
    assert is_milder(told, Registration(), TODAY, RULES) is less
