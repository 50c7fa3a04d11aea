"""Who says what over whom: tellings that say less, clerks, sticky reds, late posters."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.cast import Cast
from tests.health.town import (
    AT,
    NUMBERS,
    STAYED_HOME,
    TODAY,
    came_from,
    hire,
    link_of,
    open_campaign,
    place_of,
)
from workflow.core.health import ContactKind, Half, HealthCode, Home, Met, Registration, Symptom
from workflow.core.judging import Fitness, GroundKind, Judgement
from workflow.core.papers import Document, DocumentKind
from workflow.core.refusals import Stale
from workflow.core.rostering import Lodging
from workflow.store import standings, townhealth
from workflow.store.checkins import CheckInRow
from workflow.store.db import db
from workflow.store.registrations import PosterEntry, RegistrationRow
from workflow.store.stafflinks import StaffLink
from workflow.store.standings import Alert, Release
from workflow.usecases.health import declaring, judging, links, settling
from workflow.usecases.health.declaring import Identity

RISKY = came_from("420112", "甲市东区", TODAY)
FEVERISH = replace(STAYED_HOME, temperature=391)
LATER = AT + timedelta(minutes=5)
CLEARED = AT + timedelta(minutes=30)


@pytest.fixture
def zhao(cast: Cast) -> StaffLink:
    open_campaign(cast)
    return link_of(cast, hire(cast, "赵甲", NUMBERS[0]))


def rows(link: StaffLink) -> list[RegistrationRow]:
    query = select(RegistrationRow).where(RegistrationRow.line == link.line)
    return list(db.session.scalars(query.order_by(RegistrationRow.id)))


def kinds(found: Judgement) -> set[GroundKind]:
    return {GroundKind(one.kind) for one in found.grounds}


def release(link: StaffLink, cast: Cast, at) -> None:
    told = {"released_by": cast.lin.account_id, "words": "看过"}
    db.session.add(Release(place_id=link.place_id, line=link.line, at=at, **told))
    db.session.commit()


def clear(link: StaffLink, cast: Cast) -> None:
    settling.release_person(link.place_id, link.line, "问过本人", cast.lin, CLEARED)


def fitness(link: StaffLink) -> Fitness:
    found = standings.of_line(link.place_id, link.line)
    assert found
    return found.fitness


def test_sent_twice_it_is_kept_once_but_another_day_tells_anew(zhao: StaffLink) -> None:
    for at in (AT, LATER, AT + timedelta(days=1)):
        declaring.register(zhao, STAYED_HOME, at)
    assert [row.told_at for row in rows(zhao)] == [AT, AT + timedelta(days=1)]


def test_whoever_takes_a_stay_back_is_judged_by_both_until_a_release(
    cast: Cast, zhao: StaffLink
) -> None:
    declaring.register(zhao, RISKY, AT)
    found = declaring.register(zhao, STAYED_HOME, LATER)
    assert (found.fitness, kinds(found)) == (
        Fitness.OBSERVE,
        {GroundKind.STAYED, GroundKind.MILDER},
    )
    clear(zhao, cast)
    waited = rows(zhao)[-1]
    assert (waited.confirmed_at, waited.confirmed_by) == (CLEARED, cast.lin.account_id)
    record = judging.record_as_of(zhao.place_id, zhao.line, CLEARED)
    well = replace(STAYED_HOME, temperature=None)  # what was felt before a release is cleared
    assert (record.registration, record.waiting) == (well, ())
    assert fitness(zhao) is Fitness.MAY_WORK
    before = judging.record_as_of(zhao.place_id, zhao.line, LATER)
    assert (before.registration, len(before.waiting)) == (RISKY, 1)


def test_a_fever_counts_even_in_a_telling_that_waits(cast: Cast, zhao: StaffLink) -> None:
    declaring.register(zhao, RISKY, AT)
    assert declaring.register(zhao, FEVERISH, LATER).fitness is Fitness.STOP


def test_a_fever_put_right_stops_until_a_release(cast: Cast, zhao: StaffLink) -> None:
    declaring.register(zhao, FEVERISH, AT)
    assert declaring.register(zhao, STAYED_HOME, LATER).fitness is Fitness.STOP
    release(zhao, cast, LATER + timedelta(minutes=1))
    found = declaring.register(zhao, STAYED_HOME, AT + timedelta(days=1))
    assert found.fitness is Fitness.MAY_WORK
    assert len(list(db.session.scalars(select(Alert)))) == 1


def test_what_a_release_cleared_may_be_named_again(cast: Cast, zhao: StaffLink) -> None:
    met = (Met(ContactKind.CONFIRMED, TODAY - timedelta(days=3)),)
    declaring.register(zhao, replace(RISKY, met=met), AT)
    release(zhao, cast, LATER)
    moved = replace(RISKY, met=met, home=Home(Lodging.DORM, "3 号楼"))
    assert declaring.register(zhao, moved, AT + timedelta(hours=1)).fitness is Fitness.MAY_WORK
    ill = replace(moved, symptoms=frozenset({Symptom.COUGH}))
    assert declaring.register(zhao, ill, AT + timedelta(hours=2)).fitness is Fitness.STOP


def test_saying_the_old_again_does_not_take_back_what_waits(zhao: StaffLink) -> None:
    declaring.register(zhao, RISKY, AT)
    other = replace(came_from("420111", "甲市西区", TODAY), journey=RISKY.journey)
    declaring.register(zhao, other, LATER)
    found = declaring.register(zhao, RISKY, LATER + timedelta(minutes=5))
    areas = {one.facts[0] for one in found.grounds if one.kind == "stayed"}
    assert areas == {"甲市东区", "甲市西区"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (replace(STAYED_HOME, code=HealthCode.YELLOW), STAYED_HOME),
        (replace(STAYED_HOME, home=Home(Lodging.OWN, together_unwell=True)), STAYED_HOME),
        (replace(STAYED_HOME, observed_until=TODAY + timedelta(days=3)), STAYED_HOME),
        (replace(STAYED_HOME, met=(Met(ContactKind.FEVERISH, TODAY),)), STAYED_HOME),
        (RISKY, replace(RISKY, journey=None)),
        (came_from("420212", "乙市", TODAY), STAYED_HOME),
    ],
)
def test_whatever_still_matters_can_not_be_left_out_silently(
    zhao: StaffLink, before: Registration, after: Registration
) -> None:
    declaring.register(zhao, before, AT)
    declaring.register(zhao, after, LATER)
    assert [bool(row.confirmed_at) for row in rows(zhao)] == [True, False]


def test_more_than_before_counts_at_once(zhao: StaffLink) -> None:
    declaring.register(zhao, STAYED_HOME, AT)
    assert declaring.register(zhao, RISKY, LATER).fitness is Fitness.OBSERVE
    assert all(row.confirmed_at for row in rows(zhao))


def test_no_clerk_makes_the_words_of_a_person_vanish(cast: Cast, zhao: StaffLink) -> None:
    """Not by saying the same first, and less then; not through the person's own link."""
    place_id, line = zhao.place_id, zhao.line
    declaring.register(zhao, RISKY, AT)
    declaring.register_for(place_id, line, RISKY, cast.he, AT + timedelta(minutes=1))
    declaring.register_for(place_id, line, STAYED_HOME, cast.he, AT + timedelta(minutes=2))
    declaring.register(zhao, STAYED_HOME, LATER)
    assert fitness(zhao) is Fitness.OBSERVE
    assert [bool(row.confirmed_at) for row in rows(zhao)] == [True, True, False, False]
    clear(zhao, cast)
    assert fitness(zhao) is Fitness.MAY_WORK


def test_what_a_person_says_after_the_clerk_stands_until_a_release(
    cast: Cast, zhao: StaffLink
) -> None:
    calm = came_from("420202", "乙市", TODAY - timedelta(days=3))
    declaring.register_for(zhao.place_id, zhao.line, calm, cast.he, AT)
    found = declaring.register(zhao, RISKY, LATER)
    assert (found.fitness, rows(zhao)[-1].confirmed_at) == (Fitness.OBSERVE, None)
    assert not [one for one in dir(declaring) if "dismiss_reg" in one or "confirm_reg" in one]


def test_a_person_who_only_said_less_is_listed_and_released(cast: Cast, zhao: StaffLink) -> None:
    unwell = replace(STAYED_HOME, home=Home(Lodging.OWN, together_unwell=True))
    declaring.register(zhao, unwell, AT)
    declaring.register(zhao, STAYED_HOME, LATER)
    (listed,) = townhealth.not_free(zhao.place_id, cast.lin)
    assert GroundKind.MILDER.value in {one.kind for one in listed.grounds}
    clear(zhao, cast)
    assert townhealth.not_free(zhao.place_id, cast.lin) == []


def tell_poster(cast: Cast, told: Registration, once: str, at=AT) -> int:
    poster = links.make_poster(place_of(cast), cast.he, AT)
    identity = Identity("赵甲", Document(DocumentKind.RESIDENT, NUMBERS[0]), "13900000001")
    declaring.tell_poster(poster, identity, told, once, at)
    return db.session.scalars(select(PosterEntry.id).where(PosterEntry.once == once)).one()


def test_no_poster_takes_back_what_the_person_said(cast: Cast, zhao: StaffLink) -> None:
    declaring.register(zhao, RISKY, AT)
    entry_id = tell_poster(cast, STAYED_HOME, "a", LATER)
    declaring.confirm_entry(zhao.place_id, entry_id, cast.he, LATER)
    record = judging.record_as_of(zhao.place_id, zhao.line, LATER)
    assert (len(record.waiting), record.registration) == (1, RISKY)


def test_nobody_knew_of_a_poster_entry_before_it_was_confirmed(cast: Cast, zhao: StaffLink) -> None:
    declaring.register(zhao, STAYED_HOME, AT)
    entry_id = tell_poster(cast, RISKY, "a", LATER)
    confirmed = AT + timedelta(days=1)
    declaring.confirm_entry(zhao.place_id, entry_id, cast.he, confirmed)
    before = judging.record_as_of(zhao.place_id, zhao.line, LATER)
    after = judging.record_as_of(zhao.place_id, zhao.line, confirmed)
    assert (before.registration, before.waiting) == (STAYED_HOME, ())
    assert (after.registration, after.told_on) == (RISKY, TODAY)


def test_an_entry_is_settled_once(cast: Cast, zhao: StaffLink) -> None:
    entry_id = tell_poster(cast, RISKY, "a")
    declaring.confirm_entry(zhao.place_id, entry_id, cast.he, AT)
    for settle in (declaring.confirm_entry, declaring.dismiss_entry):
        with pytest.raises(Stale):
            settle(zhao.place_id, entry_id, cast.he, AT)
    assert len(rows(zhao)) == 1


@pytest.mark.parametrize(("temperature", "kept"), [(None, []), (366, [(366, False)])])
def test_a_temperature_of_a_poster_is_that_half_day_s_check_in(
    cast: Cast, zhao: StaffLink, temperature: int | None, kept: list[tuple[int, bool]]
) -> None:
    entry_id = tell_poster(cast, replace(STAYED_HOME, temperature=temperature), "a")
    assert not list(db.session.scalars(select(CheckInRow)))
    declaring.confirm_entry(zhao.place_id, entry_id, cast.he, AT + timedelta(days=1))
    rows = list(db.session.scalars(select(CheckInRow)))
    assert [(row.temperature, row.unwell) for row in rows] == kept
    assert all((row.day, row.half) == (TODAY, Half.MORNING) for row in rows)
