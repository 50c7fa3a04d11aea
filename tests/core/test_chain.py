"""The hash chain of a ledger: whatever is changed, the first event that no longer fits is named."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from workflow.core.chain import GENESIS, Event, digest_of, first_broken

AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
TOWN = timezone(timedelta(hours=8))


def event(seq: int, previous: str, **known: object) -> Event:
    body = {
        "case_id": 5,
        "seq": seq,
        "actor_id": 9,
        "role": "liaison",
        "action": "confirm",
        "at": AT + timedelta(minutes=seq),
        "payload": {"submission": seq},
    } | known
    return Event(**body, previous=previous, digest=digest_of(previous, **body))


def chain(length: int) -> list[Event]:
    events, previous = [], GENESIS
    for seq in range(1, length + 1):
        events.append(event(seq, previous))
        previous = events[-1].digest
    return events


@pytest.mark.parametrize("length", range(5))
def test_an_untouched_chain_holds(length: int) -> None:
    assert first_broken(chain(length)) is None


@pytest.mark.parametrize(
    "change",
    [
        {"payload": {"submission": 99}},
        {"payload": {}},
        {"at": AT},
        {"actor_id": None},
        {"actor_id": 10},
        {"role": "office"},
        {"action": "approve"},
        {"case_id": 6},
        {"previous": GENESIS},
        {"digest": GENESIS},
        {"seq": 7},
    ],
    ids=str,
)
@pytest.mark.parametrize("where", [1, 2])
def test_a_changed_event_is_found(change: dict[str, object], where: int) -> None:
    events = chain(4)
    events[where] = replace(events[where], **change)
    assert first_broken(events) is events[where]


def test_a_changed_event_with_a_new_digest_is_found_at_the_next() -> None:
    events = chain(4)
    events[1] = event(2, events[0].digest, action="approve")
    assert first_broken(events) is events[2]


def test_a_removed_event_is_found_at_the_next() -> None:
    events = chain(4)
    del events[1]
    assert first_broken(events).seq == 3


def test_swapped_events_are_found() -> None:
    events = chain(4)
    events[1], events[2] = events[2], events[1]
    assert first_broken(events).seq == 3


def test_events_swapped_and_renumbered_are_found() -> None:
    events = chain(4)
    events[1], events[2] = replace(events[2], seq=2), replace(events[1], seq=3)
    assert first_broken(events) is events[1]


def test_a_removed_event_is_found_though_the_rest_was_renumbered() -> None:
    events = chain(4)
    rest = [replace(one, seq=one.seq - 1) for one in events[2:]]
    assert first_broken([events[0], *rest]) is rest[0]


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_chain_without_its_beginning_is_found(cut: int) -> None:
    events = chain(4)[cut:]
    assert first_broken(events) is events[0]


def test_a_cut_tail_is_left_to_the_head() -> None:
    assert first_broken(chain(4)[:3]) is None


def test_an_event_of_another_chain_does_not_fit_in() -> None:
    stray = event(1, GENESIS, case_id=6)
    events = chain(3)
    assert first_broken([events[0], replace(stray, seq=2), *events[2:]]).seq == 2


def test_the_order_of_keys_does_not_count() -> None:
    first = event(1, GENESIS, payload={"a": 1, "b": {"c": 2, "d": 3}})
    same = event(1, GENESIS, payload={"b": {"d": 3, "c": 2}, "a": 1})
    assert first.digest == same.digest


def test_the_same_instant_counts_the_same_in_every_time_zone() -> None:
    utc, town = event(1, GENESIS, at=AT), event(1, GENESIS, at=AT.astimezone(TOWN))
    assert utc.digest == town.digest


@pytest.mark.parametrize("second", [1, 3])
def test_events_that_link_but_do_not_count_up_are_found(second: int) -> None:
    first = event(1, GENESIS)
    then = event(second, first.digest)
    assert first_broken([first, then]) is then
