"""成批签发: each case by itself, nothing doubled, whoever else is at it."""

import threading
from collections.abc import Callable

import pytest
from flask import Flask

from tests.cast import AT, Cast, version_of
from tests.holding import held_notices
from workflow.core.batches import Outcome, found_as
from workflow.core.refusals import NotFound, Refused
from workflow.core.roles import Role
from workflow.core.states import State
from workflow.jobs.tasks import ISSUING
from workflow.store import audit, cases, documents
from workflow.store.batches import ReleaseItem, of_issuer
from workflow.store.db import db, transaction
from workflow.usecases import batches, deciding, releasing

Drain = Callable[..., None]


@pytest.fixture
def held(cast: Cast) -> list[int]:
    return held_notices(cast)


def start(ids: list[int], cast: Cast) -> int:
    return batches.start({one: version_of(one) for one in ids}, cast.issuer, AT)


def outcomes(batch_id: int, cast: Cast) -> list[Outcome | None]:
    db.session.rollback()
    db.session.expire_all()
    return [one.outcome for one in of_issuer(batch_id, cast.issuer.account_id).items]


@pytest.mark.parametrize(
    ("state", "same", "expected"),
    [
        (State.AWAITING_RELEASE, True, None),
        (State.AWAITING_RELEASE, False, Outcome.CHANGED),
        (State.APPROVED, True, Outcome.BY_OTHER),
        (State.ISSUED, False, Outcome.BY_OTHER),
        (State.SUPERSEDED, False, Outcome.BY_OTHER),
        (State.VOIDED, False, Outcome.VOIDED),
        (State.ACCEPTED, False, Outcome.SENT_BACK),
        (State.REFERRED, False, Outcome.SENT_BACK),
    ],
)
def test_a_case_counts_as_what_it_is_found_as(
    state: State, same: bool, expected: Outcome | None
) -> None:
    assert found_as(state, same=same) is expected


def test_a_batch_releases_each_of_its_cases(held: list[int], cast: Cast, drain: Drain) -> None:
    batch_id = start(held, cast)
    assert outcomes(batch_id, cast) == [None] * 3
    drain(ISSUING)
    assert outcomes(batch_id, cast) == [Outcome.RELEASED] * 3
    for case_id in held:
        notice = documents.of_case(case_id)
        assert (notice.released_by, cases.get(case_id, cast.issuer).state) == (
            cast.issuer.account_id,
            State.ISSUED,
        )


def test_the_same_batch_by_two_issuers_doubles_nothing(
    held: list[int], cast: Cast, drain: Drain
) -> None:
    first, second = start(held, cast), start(held, cast)
    drain(ISSUING)
    assert outcomes(first, cast) == [Outcome.RELEASED] * 3
    assert outcomes(second, cast) == [Outcome.BY_OTHER] * 3
    item = of_issuer(second, cast.issuer.account_id).items[0]
    assert item.released_by == cast.issuer.account_id
    for case_id in held:
        assert [one.action for one in audit.of_case(case_id)].count("release") == 1


def test_two_workers_at_once_release_each_case_once(
    app: Flask, held: list[int], cast: Cast
) -> None:
    first, second = start(held, cast), start(held, cast)
    account = cast.issuer.account_id
    items = [one.id for batch in (first, second) for one in of_issuer(batch, account).items]
    db.session.rollback()
    gate, faults = threading.Barrier(4), []

    def work(mine: list[int]) -> None:
        with app.app_context():
            gate.wait()
            try:
                for one in mine:
                    batches.release_item(one, AT)
            except Exception as fault:
                faults.append(fault)
            finally:
                db.session.remove()

    shares = (items, items[::-1], items[3:] + items[:3], items)
    threads = [threading.Thread(target=work, args=(share,)) for share in shares]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert faults == []
    both = [outcomes(batch, cast) for batch in (first, second)]
    for pair in zip(*both, strict=True):
        assert sorted(one.value for one in pair) == ["by_other", "released"]
    for case_id in held:
        assert [one.action for one in audit.of_case(case_id)].count("release") == 1


def test_what_was_sent_back_or_changed_is_left_and_said(held: list[int], cast: Cast) -> None:
    batch_id = start(held, cast)
    deciding.send_back(held[0], "人数不对", version_of(held[0]), cast.issuer, AT)
    with transaction():
        cases.touch(cases.get(held[1], cast.issuer), version_of(held[1]))
    deciding.void(held[2], "停了", version_of(held[2]), cast.issuer, AT)
    for one in of_issuer(batch_id, cast.issuer.account_id).items:
        batches.release_item(one.id, AT)
    expected = [Outcome.SENT_BACK, Outcome.CHANGED, Outcome.VOIDED]
    assert outcomes(batch_id, cast) == expected


def test_done_again_nothing_changes(held: list[int], cast: Cast) -> None:
    batch_id = start(held[:1], cast)
    (item,) = of_issuer(batch_id, cast.issuer.account_id).items
    assert batches.release_item(item.id, AT) is Outcome.RELEASED
    assert batches.release_item(item.id, AT) is Outcome.RELEASED
    assert db.session.query(ReleaseItem).count() == 1


def test_who_may_no_longer_act_releases_nothing(held: list[int], cast: Cast) -> None:
    batch_id = start(held[:1], cast)
    db.session.execute(db.text("UPDATE accounts SET active = false WHERE username = 'qianfa'"))
    db.session.commit()
    (item,) = of_issuer(batch_id, cast.issuer.account_id).items
    assert batches.release_item(item.id, AT) is Outcome.FAILED
    assert cases.get(held[0], cast.issuer).state is State.AWAITING_RELEASE


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_only_the_issuer_starts_a_batch(held: list[int], cast: Cast, role: Role) -> None:
    if role is Role.ISSUER:
        assert batches.start({}, cast.issuer, AT)
        return
    with pytest.raises(Refused):
        batches.start({held[0]: 1}, cast.of(role), AT)


def test_a_batch_is_its_makers_alone(held: list[int], cast: Cast) -> None:
    batch_id = start(held[:1], cast)
    with pytest.raises(NotFound):
        of_issuer(batch_id, cast.office.account_id)


def test_the_single_release_is_refused_once_done(held: list[int], cast: Cast) -> None:
    number = releasing.release(held[0], version_of(held[0]), cast.issuer, AT)
    assert "复工" in number
    with pytest.raises(Refused):
        releasing.release(held[0], version_of(held[0]), cast.issuer, AT)
