"""Nobody takes an enterprise over: each code has one, whoever asks and however many at once."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from tests.cast import AT, Cast
from tests.entry import (
    CALL,
    HELD_CODE,
    MOBILE,
    NEW_CODE,
    OTHER_MOBILE,
    VISIT,
    account_of,
    claim_of,
    claimed,
)
from tests.usecases.test_numbering import at_once
from workflow.core.claims import Cause, ClaimKind, ClaimState, Means, Standing, Verification
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.roles import Role
from workflow.store import claims, enterprises
from workflow.store.accounts import Account, actor_of, named, people_of
from workflow.store.db import db
from workflow.store.towns import Enterprise, Place, places_of
from workflow.usecases import admitting, people


def count(model: type) -> int:
    db.session.rollback()
    return db.session.query(model).count()


def refused_for(reason: Reason, act, *told: object) -> None:
    with pytest.raises(Refused) as caught:
        act(*told)
    assert caught.value.refusals == (Refusal(reason),)


def test_nothing_is_let_in_before_the_confirmation(cast: Cast) -> None:
    before = count(Enterprise), count(Place), count(Account)
    claimed()
    claimed(1, code=HELD_CODE)
    assert (count(Enterprise), count(Place), count(Account)) == before


def test_a_confirmed_claim_makes_one_of_each(cast: Cast) -> None:
    claim_id = claimed()
    assert admitting.confirm_new(claim_id, VISIT, cast.lin, AT) == NEW_CODE
    account, claim = account_of(), claim_of()
    assert account.standing is Standing.OWNER
    assert account.authorised_until == date(2027, 6, 30)
    assert actor_of(account, AT.date()).manages
    assert (claim.state, claim.kind) == (ClaimState.CONFIRMED, ClaimKind.NEW)
    assert claim.password is None
    (place,) = places_of(account.enterprise_id)
    assert place.field_id in cast.lin.fields
    (change,) = enterprises.changes(account.enterprise_id)
    assert (change.by, change.account_id, change.verified) == (
        cast.lin.account_id,
        account.id,
        Means.VISIT,
    )


def test_a_held_code_never_makes_a_second_enterprise(cast: Cast) -> None:
    claim_id, before = claimed(code=HELD_CODE), count(Enterprise)
    refused_for(Reason.CODE_HELD, admitting.confirm_new, claim_id, VISIT, cast.lin, AT)
    assert count(Enterprise) == before
    assert account_of() is None
    assert claim_of().open


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_claims_on_one_code_confirmed_at_once_one_wins(
    app: Flask, cast: Cast, attempt: int
) -> None:
    both = [claimed(0), claimed(1, mobile=OTHER_MOBILE)]
    before = count(Enterprise)
    db.session.remove()
    answers = at_once(
        app, *(lambda one=one: admitting.confirm_new(one, VISIT, cast.lin, AT) for one in both)
    )
    assert [one for one in answers if isinstance(one, str)] == [NEW_CODE]
    (lost,) = [one for one in answers if not isinstance(one, str)]
    assert lost.refusals == (Refusal(Reason.CODE_HELD),)
    assert count(Enterprise) == before + 1


def test_one_claim_confirmed_twice_at_once_counts_once(app: Flask, cast: Cast) -> None:
    claim_id, before = claimed(), count(Account)
    db.session.remove()
    answers = at_once(
        app, *[lambda: admitting.confirm_new(claim_id, VISIT, cast.lin, AT) for _ in range(2)]
    )
    (lost,) = [one for one in answers if not isinstance(one, str)]
    assert lost.refusals == (Refusal(Reason.NO_SUCH_STEP, ("confirmed",)),)
    assert count(Account) == before + 1


def test_nobody_joins_uninvited(cast: Cast) -> None:
    claim_id = claimed(code=HELD_CODE)
    told = claim_id, False, False, VISIT, cast.lin, AT
    refused_for(Reason.OWNER_NOT_ASKED, admitting.let_in, *told)
    assert account_of() is None
    admitting.let_in(claim_id, True, False, VISIT, cast.lin, AT)
    joined = account_of()
    assert (joined.enterprise_id, joined.standing) == (cast.he.enterprise_id, Standing.CLERK)
    assert not actor_of(joined, AT.date()).manages
    assert len(places_of(cast.he.enterprise_id)) == 1
    assert named("yunque").active


def test_who_takes_over_takes_the_place_of_who_leaves(cast: Cast) -> None:
    before = named("yunque").fs_uniquifier
    claim_id = claimed(code=HELD_CODE)
    admitting.hand_over(claim_id, cast.he.account_id, True, VISIT, cast.lin, AT)
    db.session.expire_all()
    left, taken = named("yunque"), account_of()
    assert not left.active
    assert left.fs_uniquifier != before
    assert taken.standing is Standing.OWNER
    assert people_of(cast.he.enterprise_id) == [taken]
    assert len(places_of(cast.he.enterprise_id)) == 2
    kinds = [one.kind.value for one in enterprises.changes(cast.he.enterprise_id)]
    assert set(kinds) == {"ended", "handed_over", "place_added"}


def test_whom_a_clerk_replaces_was_a_clerk(cast: Cast) -> None:
    first = claimed(0, code=HELD_CODE)
    admitting.let_in(first, True, False, VISIT, cast.lin, AT)
    clerk = account_of()
    second = claimed(1, code=HELD_CODE, mobile=OTHER_MOBILE)
    admitting.hand_over(second, clerk.id, False, VISIT, cast.lin, AT)
    assert account_of(OTHER_MOBILE).standing is Standing.CLERK
    assert named("yunque").active


@pytest.mark.parametrize("who", ["zhe", "lin", "admin"])
def test_only_one_of_its_own_people_can_leave_an_enterprise(cast: Cast, who: str) -> None:
    claim_id = claimed(code=HELD_CODE)
    stranger = getattr(cast, who).account_id
    with pytest.raises(NotFound):
        admitting.hand_over(claim_id, stranger, False, VISIT, cast.lin, AT)
    assert account_of() is None


def test_an_enterprise_with_an_owner_is_not_vacant(cast: Cast) -> None:
    claim_id = claimed(code=HELD_CODE)
    told = claim_id, None, False, VISIT, cast.lin, AT
    refused_for(Reason.HAS_AN_OWNER, admitting.hand_over, *told)


def test_a_village_of_a_friend_does_not_lead_to_anothers_enterprise(cast: Cast) -> None:
    """Lü's enterprise lies in Zhou's field: naming a village of Lin's is no way round."""
    muye = db.session.get(Enterprise, cast.lv.enterprise_id)
    claim_id = claimed(code=muye.credit_code, village="东示村")
    with pytest.raises(NotFound):
        admitting.hand_over(claim_id, cast.lv.account_id, False, VISIT, cast.lin, AT)
    assert named("muye").active


def test_nor_does_joining_bring_it_there_with_a_place(cast: Cast) -> None:
    muye = db.session.get(Enterprise, cast.lv.enterprise_id)
    claim_id = claimed(code=muye.credit_code, village="东示村")
    told = claim_id, True, True, VISIT, cast.lin, AT
    refused_for(Reason.PLACE_BY_OWNER, admitting.let_in, *told)
    admitting.let_in(claim_id, True, False, VISIT, cast.lin, AT)
    with pytest.raises(NotFound):
        people.make_owner(muye.id, account_of().id, VISIT, cast.lin, AT)


def test_a_number_in_use_gets_no_second_account(cast: Cast) -> None:
    admitting.confirm_new(claimed(), VISIT, cast.lin, AT)
    again = claimed(1, code=HELD_CODE)
    told = again, True, False, VISIT, cast.lin, AT
    refused_for(Reason.MOBILE_IN_USE, admitting.let_in, *told)


def test_after_the_end_of_an_account_its_number_is_free(cast: Cast) -> None:
    admitting.confirm_new(claimed(), VISIT, cast.lin, AT)
    first = account_of()
    again = claimed(1, name="李样本")
    admitting.hand_over(again, first.id, False, VISIT, cast.lin, AT)
    second = account_of()
    assert second.id != first.id
    assert second.name == "李样本"
    assert first.name == "孙样本"


@pytest.mark.parametrize(
    "how", [Verification(Means.CALL), Verification(Means.CALL, MOBILE), replace(CALL, number="110")]
)
def test_a_call_counts_only_to_a_number_known_from_elsewhere(cast: Cast, how: Verification) -> None:
    refused_for(Reason.NUMBER_NOT_KNOWN, admitting.confirm_new, claimed(), how, cast.lin, AT)


def test_an_authority_that_ran_out_meanwhile_lets_nobody_in(cast: Cast) -> None:
    claim_id = claimed(until=date(2026, 11, 22))
    refused_for(Reason.AUTHORITY_EXPIRED, admitting.confirm_new, claim_id, VISIT, cast.lin, AT)


@pytest.mark.parametrize("role", [Role.ENTERPRISE, Role.ISSUER, Role.AUDITOR, Role.ADMIN])
def test_only_officers_decide(cast: Cast, role: Role) -> None:
    claim_id = claimed()
    for act in (
        lambda who: admitting.confirm_new(claim_id, VISIT, who, AT),
        lambda who: admitting.refuse(claim_id, Cause.NOT_REACHED, "", who, AT),
    ):
        with pytest.raises((NotFound, Refused)):
            act(cast.of(role))
    assert claim_of().open


def test_numbers_of_the_town_have_no_gaps(cast: Cast) -> None:
    numbers = []
    for seed, mobile in enumerate(("13800000011", "13800000012", "13800000013")):
        claim_id = claimed(seed, code=None, why="没有执照", mobile=mobile)
        with pytest.raises(NotFound):
            admitting.confirm_new(claim_id, VISIT, cast.lin, AT)
        numbers.append(admitting.confirm_new(claim_id, VISIT, cast.office, AT))
        twin = claimed(seed + 10, code=None, why="没有执照", mobile=mobile)
        refused_for(Reason.MOBILE_IN_USE, admitting.confirm_new, twin, VISIT, cast.office, AT)
    assert numbers == [f"样镇个〔2026〕{number}号" for number in (1, 2, 3)]


def test_a_number_the_town_never_gave_makes_nothing(cast: Cast) -> None:
    claim_id = claimed(code=None, town_number="样镇个〔2026〕9号")
    refused_for(Reason.NO_SUCH_NUMBER, admitting.confirm_new, claim_id, VISIT, cast.lin, AT)
    told = claim_id, True, False, VISIT, cast.lin, AT
    refused_for(Reason.NO_SUCH_NUMBER, admitting.let_in, *told)


def test_a_dispute_is_refused_as_one(cast: Cast) -> None:
    claim_id = claimed(code=HELD_CODE)
    assert claims.rivals(claims.get(claim_id, cast.lin)) == 0
    admitting.refuse(claim_id, Cause.DISPUTED, "", cast.lin, AT)
    assert claim_of().kind is ClaimKind.DISPUTE
    assert claim_of().password is None
