"""Rosters kept: versions, single people, who sees what and who may do what."""

import json

import pytest
from sqlalchemy import select

from tests.cast import AT, Cast
from tests.rosters.keeping import PERSON, TOLD, counted, names, started, took
from workflow.core.refusals import NotFound, Reason, Refused, Stale
from workflow.core.reveals import PersonReason
from workflow.core.roles import Role
from workflow.core.rostering import EmployerKind, Lodging, Mode, Summary, Told
from workflow.store import rosters
from workflow.store.cases import NoScope
from workflow.store.db import db
from workflow.store.rosters import Engagement, Person, RosterReveal
from workflow.store.towns import places_of
from workflow.usecases import rostering
from workflow.usecases.rostering import Taken


def test_before_the_first_list_there_is_nothing(place: int) -> None:
    assert rosters.latest_seq(place) is None
    assert rosters.entries(place, 1) == []
    assert rosters.summary(place, 1) == Summary()


def test_each_list_makes_a_version_and_the_old_ones_stay(cast: Cast, place: int) -> None:
    assert took(place, cast.he, 1, 2, 3) == Taken(1, 3, 0, 0)
    assert took(place, cast.he, 2, 3, 4, **{"岗位": "电工"}) == Taken(2, 1, 2, 1)
    assert names(place, 1) == ["员工1", "员工2", "员工3"]
    assert names(place) == ["员工2", "员工3", "员工4"]
    assert {one.told.post for one in rosters.entries(place, 1)} == {"操作工"}
    assert {one.told.post for one in rosters.entries(place, 2)} == {"电工"}
    assert [(one.seq, one.total) for one in rosters.versions(place)] == [(2, 3), (1, 3)]


def test_the_same_list_again_changes_nothing(cast: Cast, place: int) -> None:
    took(place, cast.he, 1, 2)
    assert took(place, cast.he, 1, 2) == Taken(1, 0, 0, 0)
    assert took(place, cast.he, 2, 1, mode=Mode.PART) == Taken(1, 0, 0, 0)
    assert (rosters.latest_seq(place), counted(Engagement), counted(Person)) == (1, 2, 2)


def test_a_list_of_some_sends_nobody_away(cast: Cast, place: int) -> None:
    took(place, cast.he, 1, 2)
    assert took(place, cast.he, 2, 3, mode=Mode.PART) == Taken(2, 1, 0, 0)
    assert names(place) == ["员工1", "员工2", "员工3"]


def test_what_one_place_tells_is_not_seen_at_another(cast: Cast, place: int) -> None:
    other = places_of(cast.zhe.enterprise_id)[0].id
    took(place, cast.he, 1)
    took(other, cast.zhe, 1, **{"姓名": "别名", "岗位": "吹制工"})
    assert names(place) == ["员工1"]
    assert (names(other), rosters.entries(other, 1)[0].told.post) == (["别名"], "吹制工")
    assert counted(Person) == 1


def test_the_roster_is_paged_by_line_and_adds_up(cast: Cast, place: int) -> None:
    took(place, cast.he, *range(1, 8))
    took(place, cast.he, 20, 21, mode=Mode.PART, **{"从哪里来": "湖北武汉", "住宿": "租房"})
    first = rosters.entries(place, 2, limit=5)
    rest = rosters.entries(place, 2, after=first[-1].line, limit=5)
    assert [one.line for one in first + rest] == list(range(1, 10))
    summary = rosters.summary(place, 2, frozenset({"样例市"}), frozenset({"湖北"}))
    assert summary == Summary(9, 2, 2, 2, 7, 9, 0, 0)
    assert rosters.summary(place, 1).total == 7


def test_one_person_is_added_changed_and_removed(cast: Cast, place: int) -> None:
    assert rostering.add_person(place, PERSON, cast.he, AT) == 1
    with pytest.raises(Refused) as caught:
        rostering.add_person(place, PERSON, cast.he, AT)
    assert caught.value.refusals[0].facts == ("甲",)
    moved = Told("甲", EmployerKind.OWN, "", "店长", "本地", Lodging.OWN)
    assert rostering.change_person(place, 1, moved, 1, cast.he, AT) == 2
    assert rostering.change_person(place, 1, moved, 2, cast.he, AT) == 2
    with pytest.raises(Stale):
        rostering.change_person(place, 1, TOLD, 1, cast.he, AT)
    with pytest.raises(Stale):
        rostering.remove_person(place, 1, 1, cast.he, AT)
    assert rostering.remove_person(place, 1, 2, cast.he, AT) == 3
    assert names(place) == []
    with pytest.raises(NotFound):
        rosters.one(place, 1)
    assert rosters.one(place, 1, seq=1).told == TOLD
    assert rostering.add_person(place, PERSON, cast.he, AT) == 4
    assert [one.line for one in rosters.entries(place, 4)] == [1], "whoever comes back is the same"


def test_who_looks_at_a_number_is_recorded(cast: Cast, place: int) -> None:
    rostering.add_person(place, PERSON, cast.he, AT)
    shown = rostering.reveal(place, 1, PersonReason.CONTACT, cast.he, AT)
    assert (shown.number, shown.mobile) == (PERSON.document.number, TOLD.mobile)
    assert rostering.reveal(place, 1, PersonReason.URGENT, cast.lin, AT) == shown
    kept = db.session.scalars(select(RosterReveal).order_by(RosterReveal.id)).all()
    assert [(one.account_id, one.role, one.reason) for one in kept] == [
        (cast.he.account_id, Role.ENTERPRISE, PersonReason.CONTACT),
        (cast.lin.account_id, Role.LIAISON, PersonReason.URGENT),
    ]


def test_strangers_find_no_roster(cast: Cast, place: int) -> None:
    rostering.add_person(place, PERSON, cast.he, AT)
    for actor in (cast.zhe, cast.lv, cast.zhou):
        for ask in (
            lambda who=actor: rosters.place_of(place, who),
            lambda who=actor: rostering.reveal(place, 1, PersonReason.CHECK, who, AT),
            lambda who=actor: rostering.add_person(place, PERSON, who, AT),
            lambda who=actor: rostering.remove_person(place, 1, 1, who, AT),
            lambda who=actor: started(place, who, 1),
        ):
            with pytest.raises(NotFound):
                ask()
    for actor in (cast.office, cast.admin, cast.staff):
        with pytest.raises(NoScope):
            rosters.place_of(place, actor)
    assert counted(RosterReveal) == 0


def test_a_liaison_looks_and_changes_nothing(cast: Cast, place: int) -> None:
    with pytest.raises(Refused) as caught:
        rostering.add_person(place, PERSON, cast.lin, AT)
    assert caught.value.refusals[0].reason is Reason.NOT_YOUR_ROLE


def test_nothing_personal_lies_in_the_database_in_clear(cast: Cast, place: int) -> None:
    rostering.add_person(place, PERSON, cast.he, AT)
    started(place, cast.he, 77)
    told = [
        json.dumps([str(cell) for cell in row])
        for table in ("people", "engagements", "roster_imports")
        for row in db.session.execute(db.text(f"SELECT * FROM {table}"))
    ]
    assert len(told) == 3
    for row in told:
        for secret in (PERSON.document.number, TOLD.mobile, json.dumps(TOLD.name)[1:-1]):
            assert secret not in row
