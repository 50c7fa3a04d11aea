"""A case that has ended makes room for another; a change takes the place of what was issued."""

import hashlib
from datetime import date

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from tests.cast import (
    AT,
    Cast,
    accept,
    accepted,
    approve,
    approved,
    checked,
    draft,
    fresh_codes,
    submitted,
    version_of,
)
from tests.usecases.living import at_once
from tests.usecases.ways import (
    decided_by,
    hand_in,
    letters_of,
    refer,
    refuse,
    returned,
    state_of,
    void,
    withdraw,
)
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.states import State
from workflow.issuing.signing import Signed
from workflow.store import audit, cases, documents, turns
from workflow.store.cases import Case
from workflow.store.db import db, transaction
from workflow.usecases import accepting, deciding, filing, releasing


def sign(case_id: int) -> bool:
    """What the worker does once the notice is signed."""
    notice = documents.of_case(case_id)
    pdf = f"%PDF-{notice.id}".encode()
    signed = Signed(pdf, hashlib.sha256(pdf).hexdigest(), "B-B")
    return releasing.mark_issued(notice.id, signed, AT)


def issued(cast: Cast) -> int:
    case_id = approved(cast.he, cast.lin)
    sign(case_id)
    return case_id


def test_it_is_taken_back_at_every_turn_until_it_is_decided(cast: Cast) -> None:
    decided_by("command", issuer=True)
    steps = {
        State.SUBMITTED: int,
        State.RETURNED: lambda one: returned(one, cast.office),
        State.ACCEPTED: accept,
        State.REFERRED: lambda one: refer(checked(one, cast.lin), cast.lin),
    }
    for state, bring in steps.items():
        case_id = submitted(cast.he)
        bring(case_id)
        assert state_of(case_id) is state
        withdraw(case_id, cast.he)
        case = cases.get(case_id, cast.lin)
        assert (case.state, case.closed_at, case.due_on) == (State.WITHDRAWN, AT, None)
        assert all(one.ended_on for one in turns.of_case(case_id))
    case_id = submitted(cast.he)
    refer(checked(case_id, cast.lin), cast.lin)
    approve(case_id, cast.command)
    with pytest.raises(Refused) as caught:
        withdraw(case_id, cast.he)
    assert caught.value.refusals == (Refusal(Reason.NO_SUCH_STEP, ("awaiting_release",)),)


def test_a_draft_is_not_taken_back_and_nobody_takes_back_anothers(cast: Cast) -> None:
    case_id = draft(cast.he)
    with pytest.raises(Refused) as caught:
        withdraw(case_id, cast.he)
    assert caught.value.refusals == (Refusal(Reason.NO_SUCH_STEP, ("draft",)),)
    case_id = submitted(cast.he)
    with pytest.raises(NotFound):
        withdraw(case_id, cast.zhe)
    for who, refusal in (
        (cast.lin, Refusal(Reason.NOT_YOUR_ROLE)),
        (cast.office, Refusal(Reason.NOT_RECORDED_HERE)),
    ):
        with pytest.raises(Refused) as caught:
            withdraw(case_id, who)
        assert caught.value.refusals == (refusal,)


def test_the_place_files_again_once_a_case_has_ended(cast: Cast) -> None:
    def not_accepted(case_id: int) -> None:
        seen = version_of(case_id)
        accepting.not_accept(case_id, "不属本镇", "", seen, cast.office, AT, fresh_codes)

    endings = (
        lambda one: withdraw(one, cast.he),
        not_accepted,
        lambda one: refuse(accept(one), cast.lin),
        lambda one: void(checked_and_approved(one, cast), cast.issuer),
    )
    seen = set()
    for number, end in enumerate(endings, 1):
        case_id = submitted(cast.he)
        assert draft(cast.he) == case_id  # while it is under way it is the only one
        assert cases.get(case_id, cast.he).filing_number == f"样申〔2026〕{number}号"
        end(case_id)
        seen.add(case_id)
    assert len(seen) == 4
    assert draft(cast.he) not in seen


def checked_and_approved(case_id: int, cast: Cast) -> int:
    approve(checked(case_id, cast.lin), cast.lin)
    return case_id


def test_a_change_supersedes_what_was_issued(cast: Cast) -> None:
    decided_by()
    first = issued(cast)
    change = filing.open_change(first, cast.he, AT)
    assert filing.open_change(first, cast.he, AT) == change
    case = cases.get(change, cast.he)
    assert (case.filing, case.replaces_id, case.answers["headcount"]) == ("ep_change", first, 212)
    told = {"planned_reopen_date": date(2026, 12, 1), "headcount": 300}
    filing.save_answers(change, told, version_of(change), cast.he, AT)
    hand_in(change, cast.he)
    assert approve(checked(change, cast.lin), cast.lin) == "样复工〔2026〕2号"
    assert "样复工〔2026〕1号" in documents.of_case(change).content
    assert state_of(first) is State.ISSUED  # it counts until the new one is there
    assert sign(change)
    assert (state_of(first), state_of(change)) == (State.SUPERSEDED, State.ISSUED)
    old, new = documents.of_case(first), documents.of_case(change)
    assert (old.superseded_by_id, old.voided_at) == (new.id, None)
    assert audit.of_case(first)[0].action == "supersede"
    assert cases.get(first, cast.he).closed_at == AT


def test_only_what_is_issued_is_changed_and_by_its_enterprise(cast: Cast) -> None:
    decided_by()
    case_id = approved(cast.he, cast.lin)
    with pytest.raises(Refused) as caught:
        filing.open_change(case_id, cast.he, AT)
    assert caught.value.refusals == (Refusal(Reason.NO_SUCH_STEP, ("approved",)),)
    sign(case_id)
    with pytest.raises(Refused) as caught:
        filing.open_change(case_id, cast.lin, AT)
    assert caught.value.refusals == (Refusal(Reason.NOT_YOUR_ENTERPRISE),)
    with pytest.raises(NotFound):
        filing.open_change(case_id, cast.zhe, AT)


def test_without_a_change_filing_nothing_is_changed(cast: Cast) -> None:
    case_id = issued(cast)
    with pytest.raises(Refused) as caught:
        filing.open_change(case_id, cast.he, AT)
    assert caught.value.refusals == (Refusal(Reason.NO_CHANGE_FILING),)


def test_a_change_of_what_was_voided_meanwhile_stands_alone(cast: Cast) -> None:
    decided_by()
    first = issued(cast)
    change = filing.open_change(first, cast.he, AT)
    told = {"planned_reopen_date": date(2026, 12, 1)}
    filing.save_answers(change, told, version_of(change), cast.he, AT)
    hand_in(change, cast.he)
    approve(checked(change, cast.lin), cast.lin)
    void(first, cast.issuer)
    assert sign(change)
    assert (state_of(first), state_of(change)) == (State.VOIDED, State.ISSUED)
    assert documents.of_case(first).superseded_by_id is None


@pytest.mark.parametrize("state", ["draft", "issued"])
def test_the_database_keeps_one_case_of_a_place_under_way_and_one_in_force(
    cast: Cast, state: str
) -> None:
    case_id = issued(cast) if state == "issued" else draft(cast.he)
    columns = [
        one.name for one in Case.__table__.columns if one.name not in {"id", "filing_number"}
    ]
    copied = ", ".join(sorted(columns))
    number = "NULL" if state == "draft" else "'样申〔2026〕99号'"
    statement = (
        f"INSERT INTO cases ({copied}, filing_number)"
        f" SELECT {copied}, {number} FROM cases WHERE id = :id"
    )
    with pytest.raises(IntegrityError, match="uq_cases_"), transaction() as session:
        session.execute(db.text(statement), {"id": case_id})


def test_two_clerks_who_begin_at_once_find_the_same_filing(app: Flask, cast: Cast) -> None:
    decided_by()
    first = issued(cast)
    found: list[int] = []
    changes = [lambda: found.append(filing.open_change(first, cast.he, AT))] * 2
    openings = [lambda: found.append(draft(cast.zhe))] * 2
    for deeds in (changes, openings):
        found.clear()
        assert at_once(app, *deeds) == [True, True]
        assert len(found) == 2
        assert len(set(found)) == 1


def test_of_a_void_and_the_signature_of_the_same_notice_neither_waits_for_ever(
    app: Flask, cast: Cast
) -> None:
    for clerk in (cast.he, cast.zhe):
        case_id = approved(clerk, cast.lin)
        seen = version_of(case_id)
        done = at_once(
            app,
            lambda one=case_id: sign(one),
            lambda one=case_id, page=seen: deciding.void(one, "写错", page, cast.issuer, AT),
        )
        notice, state = documents.of_case(case_id), state_of(case_id)
        assert done[0]  # late or not, the worker hears no error
        assert state in {State.ISSUED, State.VOIDED}
        assert (notice.voided_at is None) == (state is State.ISSUED)


def test_letters_of_an_ended_case_stay_as_they_are(cast: Cast) -> None:
    case_id = accepted(cast.he)
    before = letters_of(case_id)
    withdraw(case_id, cast.he)
    assert letters_of(case_id) == before != []
