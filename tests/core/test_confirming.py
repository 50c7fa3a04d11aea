"""What rosters and registrations say of a requirement, person by person, typed out by hand."""

from dataclasses import replace
from datetime import date

import pytest

from workflow.core.checklist import Verdict
from workflow.core.confirming import CHECKS, DataCheck, Member, Muster, found, muster
from workflow.core.health import (
    HealthCode,
    Home,
    Journey,
    Registration,
    Stay,
    Transport,
)
from workflow.core.judging import Fitness
from workflow.core.rostering import Lodging

DAY = date(2026, 11, 20)
STAYED = Registration()
AWAY = Stay("4201", "虚构省甲市", DAY, DAY)
FIT = Member(1, registered=True, fitness=Fitness.MAY_WORK, told=STAYED)
STRANGER = Member(1)


def came(transport: Transport, number: str = "", seat: str = "") -> Registration:
    return Registration(stays=(AWAY,), journey=Journey(DAY, transport, number, seat))


def renting(village: str) -> Registration:
    return Registration(home=Home(Lodging.RENTED, village=village))


OBSERVED = replace(FIT, fitness=Fitness.OBSERVE, observed=True, until=date(2026, 12, 7))
OUTSIDE = replace(FIT, outside=True)
RENTER = replace(FIT, renting=True)
GREEN = Registration(code=HealthCode.GREEN)
# True: it has what is asked; False: it lacks it; None: it is not asked of this person.
WRITTEN = [
    (DataCheck.REGISTERED, FIT, True),
    (DataCheck.REGISTERED, STRANGER, False),
    (DataCheck.REGISTERED, OBSERVED, True),
    (DataCheck.OBSERVED_STAY_AWAY, FIT, None),
    (DataCheck.OBSERVED_STAY_AWAY, replace(FIT, at_work=True), None),
    (DataCheck.OBSERVED_STAY_AWAY, OBSERVED, True),
    (DataCheck.OBSERVED_STAY_AWAY, replace(OBSERVED, at_work=True), False),
    (DataCheck.OBSERVED_STAY_AWAY, replace(OBSERVED, worked=True), False),
    (DataCheck.OBSERVED_STAY_AWAY, replace(FIT, from_severe=True, worked=True), True),
    (DataCheck.OBSERVED_STAY_AWAY, replace(STRANGER, from_severe=True), False),
    (DataCheck.OBSERVED_STAY_AWAY, replace(FIT, from_severe=True, at_work=True), True),
    (
        DataCheck.OBSERVED_STAY_AWAY,  # the time is over, and nobody has released them
        replace(FIT, fitness=Fitness.ASK, observed=True, at_work=True),
        False,
    ),
    (DataCheck.JOURNEYS_TOLD, FIT, None),
    (DataCheck.JOURNEYS_TOLD, OUTSIDE, None),  # has not left
    (DataCheck.JOURNEYS_TOLD, replace(STRANGER, outside=True), False),
    (DataCheck.JOURNEYS_TOLD, STRANGER, None),
    # Local as the roster says, and back from elsewhere as they told.
    (DataCheck.JOURNEYS_TOLD, replace(FIT, told=Registration(stays=(AWAY,))), False),
    (DataCheck.JOURNEYS_TOLD, replace(FIT, told=came(Transport.TRAIN)), False),
    (DataCheck.JOURNEYS_TOLD, replace(FIT, told=came(Transport.TRAIN, "G1234", "5A")), True),
    (DataCheck.JOURNEYS_TOLD, replace(OUTSIDE, told=Registration(stays=(AWAY,))), False),
    (DataCheck.JOURNEYS_TOLD, replace(OUTSIDE, told=came(Transport.TRAIN, "G1234", "5A")), True),
    (DataCheck.JOURNEYS_TOLD, replace(OUTSIDE, told=came(Transport.TRAIN, "G1234")), False),
    (DataCheck.JOURNEYS_TOLD, replace(OUTSIDE, told=came(Transport.COACH, "豫A123")), True),
    (DataCheck.JOURNEYS_TOLD, replace(OUTSIDE, told=came(Transport.COACH)), False),
    (DataCheck.JOURNEYS_TOLD, replace(OUTSIDE, told=came(Transport.OWN_CAR)), True),
    (DataCheck.LODGING_TOLD, FIT, None),
    (DataCheck.LODGING_TOLD, replace(STRANGER, renting=True), False),
    (DataCheck.LODGING_TOLD, RENTER, False),
    (DataCheck.LODGING_TOLD, replace(FIT, told=renting("")), False),  # not as the roster says
    (DataCheck.LODGING_TOLD, replace(FIT, told=renting("东示村")), True),
    (DataCheck.LODGING_TOLD, replace(RENTER, told=renting("东示村")), True),
    (DataCheck.CODES_SHOWN, FIT, False),
    (DataCheck.CODES_SHOWN, replace(FIT, told=GREEN), True),
    (DataCheck.CODES_SHOWN, replace(FIT, told=Registration(code=HealthCode.RED)), False),
    (DataCheck.CODES_SHOWN, replace(FIT, told=GREEN, coded=True), False),  # a red one waits
    (DataCheck.CODES_SHOWN, OBSERVED, None),
    (DataCheck.CODES_SHOWN, STRANGER, None),
    (DataCheck.CODES_SHOWN, replace(STRANGER, at_work=True), False),
]


@pytest.mark.parametrize(("check", "member", "answer"), WRITTEN)
def test_what_is_asked_of_a_person(check: DataCheck, member: Member, answer: bool | None) -> None:
    assert CHECKS[check](member) is answer


@pytest.mark.parametrize("check", DataCheck)
def test_a_roster_fails_with_whoever_lacks_it(check: DataCheck) -> None:
    mine = [(one, answer) for kind, one, answer in WRITTEN if kind is check]
    roster = [replace(one, line=line) for line, (one, _) in enumerate(mine, 1)]
    lacking = tuple(line for line, (_, answer) in enumerate(mine, 1) if answer is False)
    concerned = sum(answer is not None for _, answer in mine)
    said = found(check, reversed(roster))
    assert (said.verdict, said.missing) == (Verdict.FAIL, lacking)
    assert (said.concerned, said.good) == (concerned, concerned - len(lacking))


@pytest.mark.parametrize("check", DataCheck)
def test_whom_nothing_is_asked_of_nothing_applies_to(check: DataCheck) -> None:
    nobody = Verdict.FAIL if check is DataCheck.REGISTERED else Verdict.NOT_APPLICABLE
    assert found(check, []).verdict is nobody


def test_a_roster_in_numbers_adds_up() -> None:
    later = replace(OBSERVED, line=3, until=date(2026, 12, 9))
    stopped = replace(FIT, line=4, fitness=Fitness.STOP)
    asked = replace(FIT, line=5, fitness=Fitness.ASK)
    unknown = replace(STRANGER, line=6, fitness=Fitness.STOP)  # ill, and never registered
    said = muster([FIT, replace(OBSERVED, line=2), later, stopped, asked, unknown])
    assert said == Muster(6, 5, 1, 2, 2, date(2026, 12, 9))
    assert said.registered == said.may_work + said.observed + said.held_back


def test_whoever_comes_back_and_stands_on_no_roster_is_not_registered() -> None:
    roster = [Member(1, registered=True), Member(2, registered=True)]
    assert found(DataCheck.REGISTERED, roster, returning=2).verdict is Verdict.PASS
    short = found(DataCheck.REGISTERED, roster, returning=5)
    assert (short.verdict, short.unlisted, short.missing) == (Verdict.FAIL, 3, ())
    assert found(DataCheck.LODGING_TOLD, roster, returning=5).unlisted == 0
