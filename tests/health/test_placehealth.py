"""A place today: its numbers, its lists, what waits for the enterprise, the report of the day."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.health.staff import everybody, hired, number, registers, tells
from tests.health.town import AT, STAYED_HOME, TODAY, came_from, open_campaign, place_of
from workflow.core.health import Absence, Half, Symptom
from workflow.core.judging import Fitness
from workflow.core.papers import Document, DocumentKind
from workflow.core.refusals import NotFound, Reason, Refused
from workflow.core.reveals import PersonReason
from workflow.store import checkins, entrylists, placehealth, rosters, standings
from workflow.store.db import db
from workflow.store.healthlines import Line
from workflow.store.placehealth import Numbers, Shown
from workflow.store.registrations import HealthReveal
from workflow.usecases import rostering
from workflow.usecases.health import declaring, links, reporting, watching
from workflow.usecases.health.declaring import Identity

AFTERNOON = AT + timedelta(hours=6)


def listed(cast: Cast, shown: Shown, half: Half = Half.MORNING, **asked: object) -> list[Line]:
    seq = rosters.latest_seq(place_of(cast)) or 0
    return placehealth.people(place_of(cast), seq, TODAY, half, shown, **asked)  # type: ignore[arg-type]


def test_the_numbers_say_who_is_where(cast: Cast) -> None:
    open_campaign(cast)
    everybody(cast)
    assert reporting.numbers_now(place_of(cast), AT) == Numbers(
        people=8,
        expected=4,
        morning=5,
        afternoon=1,
        told=5,
        at_work=4,
        troubled=2,
        missing=3,
        unwell=2,
        absent=1,
        unregistered=2,
        observed=1,
        stopped=2,
        held=3,
    )
    assert reporting.numbers_now(place_of(cast), AFTERNOON).missing == 6


def test_each_list_shows_whom_its_number_counts(cast: Cast) -> None:
    open_campaign(cast)
    lines = everybody(cast)
    numbers = reporting.numbers_now(place_of(cast), AT)
    for shown in set(Shown) - {Shown.ALL, Shown.REST}:
        assert len(listed(cast, shown)) == getattr(numbers, shown.value), shown
    assert [one.line for one in listed(cast, Shown.MISSING)] == [lines[2], lines[4], lines[5]]
    assert [one.line for one in listed(cast, Shown.HELD)] == [lines[1], lines[2], lines[7]]
    assert [one.line for one in listed(cast, Shown.REST)] == [lines[0], lines[3], lines[6]]
    seq = rosters.latest_seq(place_of(cast)) or 0
    found = placehealth.pressing(place_of(cast), seq, TODAY, Half.MORNING, (9, 9, 2))
    assert [[one.line for one in part] for part in found] == [
        [lines[1], lines[2], lines[7]],
        [lines[4], lines[5]],
        [lines[0], lines[3]],
    ]
    well = listed(cast, Shown.ALL)[6]
    assert (well.morning, well.afternoon, well.unwell) == (366, 367, False)
    ill = listed(cast, Shown.UNWELL)[0]
    assert (ill.morning, ill.fitness) == (None, Fitness.STOP)


def test_who_told_worse_of_the_same_half_shows_no_plain_temperature(cast: Cast) -> None:
    open_campaign(cast)
    lines = hired(cast, 2)
    tells(cast, lines[0], 365)
    tells(cast, lines[0], 373, Symptom.COUGH, at=AT + timedelta(minutes=5))
    tells(cast, lines[0], 366, at=AT + timedelta(minutes=9))
    tells(cast, lines[0], 367, half=Half.AFTERNOON, at=AFTERNOON)
    tells(cast, lines[1], 369)
    tells(cast, lines[1], 364, at=AT + timedelta(minutes=5))
    ill, well = listed(cast, Shown.ALL)
    assert (ill.morning, ill.afternoon, ill.unwell) == (None, 367, True)
    assert well.morning == 364, "the last that was told, not the highest"


def test_pages_go_on_where_the_last_one_ended(cast: Cast) -> None:
    open_campaign(cast)
    lines = hired(cast)
    first = listed(cast, Shown.ALL, limit=5)
    rest = listed(cast, Shown.ALL, limit=5, after=first[-1].line)
    assert [one.line for one in (*first, *rest)] == lines


def test_whoever_has_left_counts_no_more(cast: Cast) -> None:
    open_campaign(cast)
    lines, place_id = everybody(cast), place_of(cast)
    gone = rosters.one(place_id, lines[1])
    rostering.remove_person(place_id, lines[1], gone.from_seq, cast.he, AT)
    numbers = reporting.numbers_now(place_id, AT)
    assert (numbers.people, numbers.stopped, numbers.unwell, numbers.told) == (7, 1, 1, 4)


@pytest.mark.parametrize(
    ("absence", "missing"),
    [(Absence.REST, 0), (Absence.LEAVE, 0), (Absence.NOT_BACK, 0), (Absence.SICK, 1)],
)
def test_whoever_is_away_all_day_is_asked_once(cast: Cast, absence: Absence, missing: int) -> None:
    open_campaign(cast)
    (line,) = hired(cast, 1)
    tells(cast, line, None, absence=absence)
    assert reporting.numbers_now(place_of(cast), AFTERNOON).missing == missing


def test_the_last_word_for_an_absence_counts(cast: Cast) -> None:
    open_campaign(cast)
    (line,) = hired(cast, 1)
    tells(cast, line, None, absence=Absence.LEAVE)
    tells(cast, line, 366, half=Half.AFTERNOON, at=AFTERNOON)
    assert reporting.numbers_now(place_of(cast), AFTERNOON).absent == 0


def test_an_observation_that_is_over_is_judged_anew_before_it_is_shown(cast: Cast) -> None:
    open_campaign(cast)
    lines, place_id = hired(cast, 1), place_of(cast)
    registers(cast, lines[0], came_from("420112", "甲市东区", TODAY))
    later = AT + timedelta(days=15)
    watching.bring_up_to_date(place_id, cast.he, later)
    found = standings.of_line(place_id, lines[0])
    assert found is not None
    assert (found.fitness, found.judged_on) == (Fitness.ASK, TODAY + timedelta(days=15))


def test_a_message_to_all_names_nobody_who_is_ill_or_observed(cast: Cast) -> None:
    open_campaign(cast)
    lines = everybody(cast)
    missing = listed(cast, Shown.MISSING, Half.AFTERNOON)
    assert {lines[1], lines[2], lines[7]} < {one.line for one in missing}
    assert watching.may_be_named(missing) == ["赵甲", "周戊", "吴己"]


def test_nor_one_who_was_ill_yesterday_and_never_registered(cast: Cast) -> None:
    open_campaign(cast)
    (line,) = hired(cast, 1)
    tells(cast, line, 390)
    seq, tomorrow = rosters.latest_seq(place_of(cast)) or 0, TODAY + timedelta(days=1)
    told = placehealth.people(place_of(cast), seq, tomorrow, Half.MORNING, Shown.MISSING)
    assert [one.unwell for one in told] == [False]
    assert watching.may_be_named(told) == []


def tell_poster(cast: Cast, at: int, temperature: int = 365) -> None:
    poster = links.poster_of(place_of(cast), cast.he) or links.make_poster(
        place_of(cast), cast.he, AT
    )
    identity = Identity(f"来人{at}", Document(DocumentKind.RESIDENT, number(at)), "13900000009")
    told = replace(STAYED_HOME, temperature=temperature)
    declaring.tell_poster(poster, identity, told, f"form-{at}", AT + timedelta(minutes=at))


def test_entries_wait_the_red_ones_first(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    open_campaign(cast)
    hired(cast, 1)
    for at, temperature in ((0, 365), (101, 390), (102, 366), (103, 391)):
        tell_poster(cast, at, temperature)
    found = entrylists.waiting(place_of(cast))
    names = [watching.stranger(place_of(cast), one).name for one in found]
    assert names == ["来人101", "来人103", "来人0", "来人102"]
    assert [watching.stranger(place_of(cast), one).line for one in found] == [None, None, 1, None]
    further = entrylists.waiting(place_of(cast), (0, found[1].id))
    assert further == found[2:]
    assert entrylists.count_waiting(place_of(cast)) == 4


def test_a_mobile_is_shown_for_a_reason_that_stays(cast: Cast) -> None:
    open_campaign(cast)
    tell_poster(cast, 0)
    (entry,) = entrylists.waiting(place_of(cast))
    told = place_of(cast), entry.id, PersonReason.CONTACT
    assert watching.reveal_stranger(*told, cast.he, AT).mobile == "13900000009"
    (kept,) = db.session.query(HealthReveal).all()
    assert (kept.entry_id, kept.line, kept.reason) == (entry.id, None, "contact")
    for actor in (cast.zhe, cast.lv, cast.lin):
        with pytest.raises((NotFound, Refused)):
            watching.reveal_stranger(*told, actor, AT)


def test_a_quiet_day_is_a_zero_report_and_silence_is_none(cast: Cast) -> None:
    open_campaign(cast)
    lines, place_id = hired(cast, 2), place_of(cast)
    tells(cast, lines[0])
    assert checkins.report_of(place_id, TODAY) is None
    reporting.report_day(place_id, 0, cast.he, AT)
    report = checkins.report_of(place_id, TODAY)
    assert report is not None
    assert (report.zero, report.told, report.expected) == (False, 1, 2)
    tells(cast, lines[1])
    reporting.report_day(place_id, 0, cast.he, AT)
    db.session.refresh(report)
    assert (report.zero, report.told, report.expected) == (True, 2, 2)


def test_a_day_with_somebody_unwell_can_not_be_called_quiet(cast: Cast) -> None:
    open_campaign(cast)
    lines, place_id = hired(cast, 2), place_of(cast)
    reporting.report_day(place_id, 0, cast.he, AT, nobody_worked=True)
    tells(cast, lines[0], 390)
    with pytest.raises(Refused) as refused:
        reporting.report_day(place_id, 0, cast.he, AT)
    assert refused.value.refusals[0].reason is Reason.MORE_UNWELL
    with pytest.raises(Refused) as refused:
        reporting.report_day(place_id, 1, cast.he, AT, nobody_worked=True)
    assert refused.value.refusals[0].reason is Reason.PEOPLE_AT_WORK
    reporting.report_day(place_id, 1, cast.he, AT)
    report = checkins.report_of(place_id, TODAY)
    assert report is not None
    db.session.refresh(report)
    assert (report.zero, report.unwell, report.nobody_worked) == (False, 1, False)


def test_whoever_is_stopped_by_what_they_registered_is_no_zero_either(cast: Cast) -> None:
    open_campaign(cast)
    (line,) = hired(cast, 1)
    registers(cast, line, replace(STAYED_HOME, temperature=390))
    with pytest.raises(Refused):
        reporting.report_day(place_of(cast), 0, cast.he, AT)


@pytest.mark.parametrize("who", ["zhe", "lv", "lin"])
def test_nobody_else_reports(cast: Cast, who: str) -> None:
    open_campaign(cast)
    hired(cast, 1)
    with pytest.raises((NotFound, Refused)):
        reporting.report_day(place_of(cast), 0, getattr(cast, who), AT)
