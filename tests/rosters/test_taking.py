"""Lists taken: twice, at once, in part, too late."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import AT, Cast
from tests.rosters import lists
from tests.rosters.keeping import PERSON, counted, names, started, took
from workflow.core.refusals import NotFound, Reason, Refused
from workflow.core.roles import Actor
from workflow.core.rostering import Mode
from workflow.store import rosterimports
from workflow.store.db import db
from workflow.store.rosters import Engagement, Person
from workflow.store.towns import places_of
from workflow.usecases import rostering
from workflow.usecases.rostering import Taken


def test_a_list_is_taken_once_however_often_asked(cast: Cast, place: int) -> None:
    import_id = started(place, cast.he, 1)
    first = rostering.take_import(place, import_id, Mode.WHOLE, None, cast.he, AT)
    rostering.add_person(place, PERSON, cast.he, AT)
    again = rostering.take_import(place, import_id, Mode.WHOLE, 2, cast.he, AT)
    assert (first.seq, again) == (1, Taken(1, 0, 0, 0))
    assert names(place) == ["员工1", "甲"]


def test_good_rows_are_taken_while_bad_ones_remain(cast: Cast, place: int) -> None:
    took(place, cast.he, 1, 2, 3)
    lines = lists.rows(1, 2, 4)
    lines[2][4] = "天桥"  # who that is can be read
    lines.append(["员工3", "41", "工", "本地", "宿舍", "", ""])  # only the name can
    import_id = rostering.start_import(place, "", lists.text(lines), cast.he, AT)
    said = rosterimports.get(import_id, place, AT).understood
    assert [one.row for one in said.reading.bad] == [3, 5]
    taken = rostering.take_import(place, import_id, Mode.WHOLE, 1, cast.he, AT)
    assert taken == Taken(2, 1, 0, 0)
    assert names(place) == ["员工1", "员工2", "员工3", "员工4"]


def test_a_whole_list_is_refused_when_the_roster_has_changed_since(cast: Cast, place: int) -> None:
    took(place, cast.he, 1)
    import_id = started(place, cast.he, 2)
    rostering.add_person(place, PERSON, cast.he, AT)
    with pytest.raises(Refused) as caught:
        rostering.take_import(place, import_id, Mode.WHOLE, 1, cast.he, AT)
    assert caught.value.refusals[0].reason is Reason.ROSTER_CHANGED
    assert rostering.take_import(place, import_id, Mode.PART, 1, cast.he, AT).added == 1


def test_lists_taken_at_once_make_no_doubles(app: Flask, cast: Cast, place: int) -> None:
    ids = [started(place, cast.he, *range(1, 60)), started(place, cast.he, *range(30, 90))]
    start, done = threading.Barrier(2), []

    def take(import_id: int) -> None:
        with app.app_context():
            start.wait()
            taken = rostering.take_import(place, import_id, Mode.PART, None, cast.he, AT)
            done.append((taken.seq, taken.added))

    threads = [threading.Thread(target=take, args=(one,)) for one in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {seq for seq, _ in done} == {1, 2}
    assert sum(added for _, added in done) == 89
    assert (counted(Engagement), counted(Person), len(set(names(place)))) == (89, 89, 89)


def test_two_places_that_add_the_same_people_at_once_share_them(
    app: Flask, cast: Cast, place: int
) -> None:
    other = places_of(cast.zhe.enterprise_id)[0].id
    pairs = [
        (place, cast.he, started(place, cast.he, *range(1, 200))),
        (other, cast.zhe, started(other, cast.zhe, *reversed(range(1, 200)))),
    ]
    start = threading.Barrier(2)

    def take(where: int, actor: Actor, import_id: int) -> None:
        with app.app_context():
            start.wait()
            rostering.take_import(where, import_id, Mode.WHOLE, None, actor, AT)

    threads = [threading.Thread(target=take, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (counted(Engagement), counted(Person)) == (398, 199)


def test_a_list_of_another_place_is_not_found(cast: Cast, place: int) -> None:
    other = places_of(cast.zhe.enterprise_id)[0].id
    import_id = started(other, cast.zhe, 1)
    with pytest.raises(NotFound):
        rostering.take_import(place, import_id, Mode.WHOLE, None, cast.he, AT)


def test_a_list_is_forgotten_after_a_day(cast: Cast, place: int) -> None:
    import_id = started(place, cast.he, 1)
    later = AT + timedelta(days=1)
    with pytest.raises(NotFound):
        rostering.take_import(place, import_id, Mode.WHOLE, None, cast.he, later)
    assert rostering.forget_lists(AT) == 0
    assert rostering.forget_lists(later) == 1


def test_only_a_few_lists_wait_for_one_place(cast: Cast, place: int) -> None:
    ids = [started(place, cast.he, one) for one in range(1, 8)]
    kept = db.session.scalars(select(rosterimports.RosterImport.id)).all()
    assert sorted(kept) == ids[2:]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.ROSTER_EMPTY),
        ("你好", Reason.NO_HEADINGS),
        ("张三\t410122199001011234", Reason.NO_HEADINGS),
        ("姓名\t证件号码\n张三\t1", Reason.COLUMNS_MISSING),
        ("\t".join(lists.HEADINGS), Reason.ROSTER_EMPTY),
    ],
)
def test_what_is_no_roster_is_refused_as_a_whole(
    cast: Cast, place: int, text: str, reason: Reason
) -> None:
    with pytest.raises(Refused) as caught:
        rostering.start_import(place, "", text, cast.he, AT)
    assert caught.value.refusals[0].reason is reason


def test_more_than_twenty_thousand_people_are_refused(cast: Cast, place: int) -> None:
    with pytest.raises(Refused) as caught:
        started(place, cast.he, *range(1, 20_002))
    assert caught.value.refusals[0].facts == ("20001",)


def test_a_paste_of_endless_rows_is_refused_before_it_is_read(cast: Cast, place: int) -> None:
    with pytest.raises(Refused) as caught:
        rostering.start_import(place, "", "a\n" * 1_000_000, cast.he, AT)
    assert caught.value.refusals[0].reason is Reason.ROSTER_TOO_LONG
