"""Who sees and decides what on which day: the liaison, the stand-in, the office, nobody else."""

from datetime import UTC, date, datetime

import pytest

from tests.cast import AT, Cast, approve, checked, enter, submitted
from tests.entry import claimed
from workflow.core.duty import AbsenceReason, Acting
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.reveals import RevealReason
from workflow.core.roles import Actor, Role
from workflow.core.states import State
from workflow.store import audit, caselists, cases, claims
from workflow.store.caselists import Narrow
from workflow.store.db import db
from workflow.store.duty import duty_of
from workflow.usecases import review
from workflow.usecases.attendance import note_absence, note_return

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 11, 23 + day) for day in range(3))
LATE_MONDAY = datetime(2026, 11, 23, 15, 59, tzinfo=UTC)  # 23:59 in the town
MIDNIGHT = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)


def away(who: Actor, first: date, last: date, at: datetime = AT) -> int:
    return note_absence(who.account_id, first, last, AbsenceReason.LEAVE, who, at)


def acting_for(case_id: int, at: datetime) -> set[str]:
    """Everyone who has the case in the fields they act for."""
    field_id = db.session.get(cases.Case, case_id).field_id
    now = enter(at)
    return {name for name, actor in vars(now).items() if field_id in actor.fields}


@pytest.mark.parametrize(
    ("absent", "acting"),
    [
        ((), {"lin"}),
        (("zhou",), {"lin"}),
        (("lin",), {"lin", "zhou"}),  # who came in after all may still act
        (("lin", "zhou"), {"lin", "office"}),
    ],
)
def test_who_acts_for_lins_field(cast: Cast, absent: tuple[str, ...], acting: set[str]) -> None:
    case_id = submitted(cast.he)
    for who in absent:
        away(getattr(cast, who), MONDAY, MONDAY)
    assert acting_for(case_id, AT) == acting


def test_where_both_are_away_claims_wait_for_the_office(cast: Cast) -> None:
    claim_id = claimed()
    with pytest.raises(NotFound):
        claims.get(claim_id, enter().office)
    away(cast.lin, MONDAY, MONDAY)
    assert claims.get(claim_id, enter().zhou)
    away(cast.zhou, MONDAY, MONDAY)
    assert [one.id for one in claims.waiting(enter().office)] == [claim_id]
    assert claims.waiting(enter(MIDNIGHT).office) == []


def test_the_stand_in_comes_and_goes_with_the_towns_days(cast: Cast) -> None:
    case_id = submitted(cast.he)
    away(cast.lin, TUESDAY, TUESDAY)
    assert acting_for(case_id, LATE_MONDAY) == {"lin"}
    assert acting_for(case_id, MIDNIGHT) == {"lin", "zhou"}
    assert acting_for(case_id, MIDNIGHT.replace(day=24, hour=15, minute=59)) == {"lin", "zhou"}
    assert acting_for(case_id, MIDNIGHT.replace(day=24)) == {"lin"}


def test_an_absence_over_the_new_year(cast: Cast) -> None:
    case_id = submitted(cast.he)
    away(cast.lin, date(2026, 12, 31), date(2027, 1, 1))
    noon = datetime(2026, 12, 30, 4, 0, tzinfo=UTC)
    days = [noon, noon.replace(day=31), datetime(2027, 1, 1, 4, tzinfo=UTC)]
    days.append(datetime(2027, 1, 2, 4, tzinfo=UTC))
    assert ["zhou" in acting_for(case_id, day) for day in days] == [False, True, True, False]


def test_the_stand_in_sees_the_queue_only_meanwhile(cast: Cast) -> None:
    case_id = submitted(cast.he)
    away(cast.lin, TUESDAY, TUESDAY)

    def waiting(at: datetime) -> list[int]:
        zhou = enter(at).zhou
        asked = Narrow(frozenset({State.SUBMITTED}), fields=zhou.fields)
        return [one.id for one in caselists.sliced(zhou, asked).cases]

    assert waiting(AT) == []
    assert waiting(MIDNIGHT) == [case_id]
    with pytest.raises(NotFound):
        cases.get(case_id, enter(MIDNIGHT.replace(day=24)).zhou)


def test_the_stand_in_decides_and_the_ledger_says_in_whose_place(cast: Cast) -> None:
    case_id = submitted(cast.he)
    away(cast.lin, MONDAY, MONDAY)
    zhou = enter().zhou
    assert zhou.standing_in == {cases.get(case_id, cast.he).field_id}
    approve(checked(case_id, zhou), zhou)
    release, approval = audit.of_case(case_id)[:2]
    assert release.actor_id is None  # the service's own
    assert (approval.actor_id, approval.payload["stands_in"]) == (zhou.account_id, True)


def test_the_liaisons_own_deeds_are_plain(cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    approve(case_id, cast.lin)
    assert all("stands_in" not in event.payload for event in audit.of_case(case_id))


def test_the_office_decides_only_while_both_are_away(cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    away(cast.lin, MONDAY, MONDAY)
    with pytest.raises(Refused) as caught:
        approve(case_id, enter().office)
    assert caught.value.refusals == (Refusal(Reason.NOT_YOUR_FIELD),)
    away(cast.zhou, MONDAY, MONDAY)
    office = enter().office
    assert review.reveal_contact(case_id, RevealReason.VISIT, office, AT).name == "何样本"
    assert approve(case_id, office)


def test_the_office_takes_over_what_has_nobody(cast: Cast) -> None:
    case_id = submitted(cast.lv)
    field_id = cases.get(case_id, cast.lv).field_id
    for statement in (
        "UPDATE fields SET liaison_id = NULL WHERE id = :id",
        "UPDATE fields SET stand_in_id = NULL WHERE id = :id",
    ):
        db.session.execute(db.text(statement), {"id": field_id})
    db.session.commit()
    assert enter().office.fields == {field_id}
    assert duty_of(field_id, MONDAY).duty.acting is Acting.OFFICE


def test_a_liaison_whose_account_is_off_is_away(cast: Cast) -> None:
    db.session.execute(db.text("UPDATE accounts SET active = false WHERE username = 'zhuanyuan'"))
    db.session.commit()
    case_id = submitted(cast.he)
    assert cases.get(case_id, cast.he).field_id in enter().zhou.standing_in


def test_who_is_back_early_answers_again(cast: Cast) -> None:
    case_id = submitted(cast.he)
    absence = away(cast.lin, MONDAY, WEDNESDAY)
    assert acting_for(case_id, AT) == {"lin", "zhou"}
    note_return(absence, cast.lin, AT)
    note_return(absence, cast.lin, AT)
    assert acting_for(case_id, AT) == {"lin"}
    assert acting_for(case_id, MIDNIGHT) == {"lin"}


def test_the_page_of_a_field_says_who_and_until_when(cast: Cast) -> None:
    field_id = cases.get(submitted(cast.he), cast.he).field_id
    away(cast.lin, MONDAY, TUESDAY)
    found = duty_of(field_id, MONDAY)
    assert (found.acting.name, found.acting.phone) == ("周示例", "000-0000-0004")
    assert (found.liaison.name, found.until) == ("林示例", TUESDAY)
    assert duty_of(field_id, WEDNESDAY).acting.name == "林示例"


# Who may note Lin's absence, and who gets which answer.
NOTE = {
    "lin": None,
    "office": None,
    "zhou": NotFound,
    "he": Refused,
    "issuer": Refused,
    "command": Refused,
    "auditor": Refused,
    "admin": Refused,
    "staff": Refused,
}


@pytest.mark.parametrize("who", NOTE)
def test_who_may_note_an_absence(cast: Cast, who: str) -> None:
    reason, actor = AbsenceReason.DUTY, getattr(cast, who)

    def note() -> int:
        return note_absence(cast.lin.account_id, MONDAY, MONDAY, reason, actor, AT)

    if NOTE[who] is None:
        note_return(note(), actor, AT)
        return
    with pytest.raises(NOTE[who]):
        note()
    absence = away(cast.lin, MONDAY, MONDAY)
    with pytest.raises(NOTE[who]):
        note_return(absence, actor, AT)


def test_every_role_is_in_the_table(cast: Cast) -> None:
    assert {getattr(cast, who).role for who in NOTE} == set(Role) - {Role.SYSTEM}


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        (TUESDAY, MONDAY, Reason.DAYS_REVERSED),
        (date(2026, 11, 20), date(2026, 11, 22), Reason.DAYS_PAST),
    ],
)
def test_days_that_make_no_sense_are_refused(
    cast: Cast, first: date, last: date, reason: Reason
) -> None:
    with pytest.raises(Refused) as caught:
        away(cast.lin, first, last)
    assert caught.value.refusals == (Refusal(reason),)


def test_only_liaisons_are_away(cast: Cast) -> None:
    with pytest.raises(NotFound):
        note_absence(cast.he.account_id, MONDAY, MONDAY, AbsenceReason.LEAVE, cast.office, AT)
    with pytest.raises(NotFound):
        note_absence(9999, MONDAY, MONDAY, AbsenceReason.LEAVE, cast.office, AT)
    with pytest.raises(NotFound):
        note_return(9999, cast.office, AT)
