"""What kind of thing a later registration leaves out, by a table typed out by hand."""

from dataclasses import replace
from datetime import date

import pytest

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
from workflow.core.leavingout import LeftOut, left_out
from workflow.core.rostering import Lodging

DAY, LATER = date(2026, 11, 20), date(2026, 11, 21)
FULL = Registration(
    stays=(Stay("420112", "甲市", DAY, LATER), Stay("", "某地", DAY, DAY)),
    journey=Journey(LATER, Transport.TRAIN),
    met=(Met(ContactKind.SUSPECTED, LATER),),
    symptoms=frozenset({Symptom.COUGH}),
    home=Home(Lodging.OWN, together_unwell=True),
    code=HealthCode.YELLOW,
    observed_until=LATER,
)


@pytest.mark.parametrize(
    ("changes", "kinds"),
    [
        ({}, []),
        ({"stays": (*FULL.stays, Stay("42", "乙", DAY, DAY))}, []),
        ({"stays": FULL.stays[1:]}, [LeftOut.STAYS]),
        ({"stays": (Stay("420112", "甲市", DAY, DAY), FULL.stays[1])}, [LeftOut.STAYS]),
        ({"journey": None}, [LeftOut.ARRIVAL]),
        ({"journey": Journey(DAY, Transport.TRAIN)}, [LeftOut.ARRIVAL]),
        ({"met": ()}, [LeftOut.CONTACTS]),
        ({"met": (Met(ContactKind.FEVERISH, LATER),)}, [LeftOut.CONTACTS]),
        ({"symptoms": frozenset()}, [LeftOut.SYMPTOMS]),
        ({"home": Home(Lodging.DORM)}, [LeftOut.TOGETHER]),
        ({"code": HealthCode.GREEN}, [LeftOut.CODE]),
        ({"code": HealthCode.RED}, []),
        ({"observed_until": DAY}, [LeftOut.OBSERVATION]),
        ({"observed_until": None}, [LeftOut.OBSERVATION]),
    ],
)
def test_what_is_left_out(changes: dict[str, object], kinds: list[LeftOut]) -> None:
    assert list(left_out(FULL, replace(FULL, **changes))) == kinds  # type: ignore[arg-type]


def test_whoever_said_nothing_leaves_nothing_out() -> None:
    assert left_out(Registration(), FULL) == ()
