"""Who leaves is out at once; a code to get back in works once; name and merger are recorded."""

from datetime import date, timedelta
from functools import partial
from threading import Event
from time import sleep

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from tests.cast import AT, Cast, approved, codes, submitted
from tests.entry import CALL, HELD_CODE, MOBILE, SECRET, VISIT, account_of, claim_of, claimed
from tests.usecases.test_numbering import at_once
from workflow.core.claims import ChangeKind, ClaimedPlace, PlaceClass, Standing
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.roles import Actor
from workflow.store import audit, cases, enterprises
from workflow.store.accounts import actor_of, may_act, named
from workflow.store.claims import Claim
from workflow.store.db import db
from workflow.store.towns import Enterprise, places_of
from workflow.usecases import admitting, people, registering, succession

CODE = codes().typed_code
FRESH = "new-secret-22"
PERSONAL = ("孙样本", "钱样本", MOBILE, SECRET, CALL.number)


def clerk_of_he(cast: Cast) -> Actor:
    admitting.let_in(claimed(code=HELD_CODE), True, False, VISIT, cast.lin, AT)
    return actor_of(account_of(), AT.date())


def code_for_he(cast: Cast, code: str = CODE, at=AT) -> None:
    told = cast.he.enterprise_id, cast.he.account_id, code, CALL, cast.lin, at
    people.give_code(*told)


def refused_for(reason: Reason, act, *told: object) -> None:
    with pytest.raises(Refused) as caught:
        act(*told)
    assert caught.value.refusals == (Refusal(reason),)


def test_the_owner_ends_a_clerk_and_not_the_other_way_round(cast: Cast) -> None:
    clerk = clerk_of_he(cast)
    refused_for(Reason.NOT_THE_OWNER, people.end_clerk, cast.he.account_id, clerk, AT)
    refused_for(Reason.NOT_THE_OWNER, people.end_clerk, clerk.account_id, clerk, AT)
    refused_for(Reason.NOT_THE_OWNER, people.end_clerk, cast.he.account_id, cast.he, AT)
    with pytest.raises(NotFound):
        people.end_clerk(clerk.account_id, cast.zhe, AT)
    people.end_clerk(clerk.account_id, cast.he, AT)
    assert account_of() is None
    with pytest.raises(NotFound):
        people.end_clerk(clerk.account_id, cast.he, AT)


def test_an_authority_lasts_through_its_last_day(cast: Cast) -> None:
    clerk = clerk_of_he(cast)
    people.extend_clerk(clerk.account_id, date(2026, 11, 23), cast.he, AT)
    account = account_of()
    assert may_act(account, date(2026, 11, 23))
    assert not may_act(account, date(2026, 11, 24))
    yesterday = date(2026, 11, 22)
    told = clerk.account_id, yesterday, cast.he, AT
    refused_for(Reason.AUTHORITY_EXPIRED, people.extend_clerk, *told)
    refused_for(
        Reason.NOT_THE_OWNER, people.extend_clerk, clerk.account_id, date(2027, 1, 1), clerk, AT
    )


def test_a_clerk_who_becomes_the_owner_ends_who_was(cast: Cast) -> None:
    clerk = clerk_of_he(cast)
    told = cast.he.enterprise_id, clerk.account_id, VISIT
    with pytest.raises(NotFound):
        people.make_owner(*told, cast.zhou, AT)
    people.make_owner(*told, cast.lin, AT)
    assert account_of().standing is Standing.OWNER
    assert not named("yunque").active


def test_a_code_works_once(cast: Cast) -> None:
    before = named("yunque").fs_uniquifier
    code_for_he(cast)
    assert people.recover("yunque", CODE, FRESH, AT)
    account = named("yunque")
    assert account.fs_uniquifier != before
    changed = account.password
    assert not people.recover("yunque", CODE, SECRET, AT)
    db.session.expire_all()
    assert named("yunque").password == changed
    kinds = [one.kind for one in enterprises.changes(cast.he.enterprise_id)]
    assert kinds == [ChangeKind.RECOVERED, ChangeKind.CODE_GIVEN]


def test_five_misses_kill_a_code(cast: Cast) -> None:
    code_for_he(cast)
    for _ in range(5):
        assert not people.recover("yunque", "2222-2222-2222", FRESH, AT)
    assert not people.recover("yunque", CODE, FRESH, AT)


def test_a_code_used_while_another_is_given_ends_in_neither_failing(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    code_for_he(cast)
    db.session.remove()
    held, find = Event(), enterprises.live_code

    def slowly(*told: object) -> object:
        found = find(*told)  # locked from now on
        held.set()
        sleep(0.3)
        return found

    def give() -> str:
        held.wait(10)
        code_for_he(cast, codes(1).typed_code)
        return "given"

    monkeypatch.setattr(enterprises, "live_code", slowly)
    recover = partial(people.recover, "yunque", CODE, FRESH, AT)
    assert set(at_once(app, recover, give)) == {True, "given"}


def test_a_code_lives_for_a_day_and_only_the_last_one_lives(cast: Cast) -> None:
    code_for_he(cast)
    assert not people.recover("yunque", CODE, FRESH, AT + timedelta(hours=24))
    newer = codes(1).typed_code
    code_for_he(cast, newer, AT + timedelta(minutes=1))
    later = AT + timedelta(minutes=2)
    assert not people.recover("yunque", CODE, FRESH, later)
    assert people.recover("yunque", newer.lower(), FRESH, later)


@pytest.mark.parametrize("identity", ["boli", "zhuanyuan", "nobody", MOBILE, ""])
def test_a_code_of_another_opens_nothing(cast: Cast, identity: str) -> None:
    code_for_he(cast)
    assert not people.recover(identity, CODE, FRESH, AT)
    assert people.recover("YUNQUE", CODE, FRESH, AT)


def test_a_code_does_not_bring_back_who_was_ended(cast: Cast) -> None:
    code_for_he(cast)
    people.end_person(cast.he.enterprise_id, cast.he.account_id, VISIT, cast.lin, AT)
    assert not people.recover("yunque", CODE, FRESH, AT)


def test_codes_are_given_only_for_enterprises_of_the_own_fields(cast: Cast) -> None:
    for who, enterprise, account in (
        (cast.zhou, cast.he.enterprise_id, cast.he.account_id),
        (cast.lin, cast.he.enterprise_id, cast.zhe.account_id),
        (cast.lin, cast.he.enterprise_id, cast.lin.account_id),
        (cast.he, cast.he.enterprise_id, cast.he.account_id),
    ):
        with pytest.raises(NotFound):
            people.give_code(enterprise, account, CODE, VISIT, who, AT)


def test_no_code_stands_in_the_database(cast: Cast) -> None:
    code_for_he(cast)
    rows = db.session.execute(db.text("SELECT * FROM recovery_codes")).all()
    assert CODE not in str(rows)


def test_a_further_place_is_confirmed_by_the_liaison_of_its_field(cast: Cast) -> None:
    place = ClaimedPlace("二号厂区", PlaceClass.FACTORY, "北示村", "北示村二组")
    told = place, "何样本", MOBILE, CODE
    refused_for(Reason.NOT_THE_OWNER, registering.claim_place, *told, clerk_of_he(cast), AT)
    claim_id = registering.claim_place(*told, cast.he, AT)
    with pytest.raises(NotFound):
        admitting.confirm_place(claim_id, VISIT, cast.lin, AT)
    for other in (admitting.let_in, admitting.hand_over):
        with pytest.raises((NotFound, Refused)):
            other(claim_id, None, False, VISIT, cast.zhou, AT)
    admitting.confirm_place(claim_id, VISIT, cast.zhou, AT)
    added = places_of(cast.he.enterprise_id)[-1]
    assert (added.name, added.field_id in cast.zhou.fields) == ("二号厂区", True)
    assert claim_of().enterprise_id == cast.he.enterprise_id


def test_a_new_name_is_recorded_beside_the_old(cast: Cast) -> None:
    case_id = approved(cast.he, cast.lin)
    told = cast.he.enterprise_id, "虚构百灵食品有限公司", "变更通知书", VISIT
    with pytest.raises(NotFound):
        succession.rename(*told, cast.zhou, AT)
    succession.rename(*told, cast.lin, AT)
    (change,) = enterprises.changes(cast.he.enterprise_id)
    assert (change.was, change.became) == ("虚构云雀食品有限公司", "虚构百灵食品有限公司")
    assert cases.get(case_id, cast.he).place.enterprise.name == "虚构百灵食品有限公司"


def test_a_merger_moves_places_and_cases_and_ends_the_people(cast: Cast) -> None:
    case_id = submitted(cast.zhe)
    told = cast.zhe.enterprise_id, HELD_CODE, "合并协议", VISIT
    with pytest.raises(NotFound):
        succession.merge(*told, cast.zhou, AT)
    assert succession.merge(*told, cast.lin, AT) == cast.he.enterprise_id
    db.session.expire_all()
    assert [one.name for one in places_of(cast.he.enterprise_id)] == ["一号厂区", "玻璃厂"]
    assert cases.get(case_id, cast.he).enterprise_id == cast.he.enterprise_id
    assert audit.of_case(case_id)[0].action == "merge"
    assert not named("boli").active
    merged = db.session.get(Enterprise, cast.zhe.enterprise_id)
    assert merged.merged_into_id == cast.he.enterprise_id
    assert enterprises.changes(merged.id)[0].kind is ChangeKind.MERGED_INTO
    assert enterprises.changes(cast.he.enterprise_id)[0].kind is ChangeKind.TOOK_OVER
    claim_id = claimed(code=merged.credit_code)
    refused_for(Reason.MERGED, admitting.let_in, claim_id, True, False, VISIT, cast.lin, AT)


@pytest.mark.parametrize("into", ["91000000MA0000002W", "91000000MA0000009X", ""])
def test_an_enterprise_is_merged_into_another_that_is_here(cast: Cast, into: str) -> None:
    told = cast.zhe.enterprise_id, into, "", VISIT, cast.lin, AT
    refused_for(Reason.NO_SUCH_NUMBER, succession.merge, *told)


@pytest.mark.parametrize("what", ["UPDATE enterprise_changes SET was = ''", "DELETE FROM {}"])
def test_what_became_of_an_enterprise_is_never_changed(cast: Cast, what: str) -> None:
    code_for_he(cast)
    with pytest.raises(DBAPIError, match="never changed"):
        db.session.execute(db.text(what.format("enterprise_changes")))
    db.session.rollback()


def test_the_database_holds_no_personal_data_in_clear(cast: Cast) -> None:
    claim_id = claimed()
    admitting.confirm_new(claim_id, CALL, cast.lin, AT)
    stored = ""
    for table in ("claims", "enterprise_changes", "enterprises"):
        rows = db.session.execute(db.text(f"SELECT * FROM {table}")).all()
        stored += "".join(str(tuple(row)) for row in rows)
    for text in PERSONAL:
        assert text not in stored
    query = db.text("SELECT * FROM accounts WHERE mobile_index IS NOT NULL")
    (row,) = db.session.execute(query).all()
    assert MOBILE not in str(tuple(row))
    assert db.session.scalars(select(Claim)).one().mobile == MOBILE
