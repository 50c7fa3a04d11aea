"""代录: the office records a paper filing, scan attached, and whoever did so never decides it."""

from dataclasses import replace
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import (
    ANSWERS,
    AT,
    PAPER,
    PLANS,
    ROSTER,
    Cast,
    accept,
    approve,
    checked,
    enter,
    inspecting_at,
    submitted,
    version_of,
)
from tests.usecases.test_numbering import at_once
from workflow.catalogue.loading import shipped
from workflow.core.checklist import Check, Verdict
from workflow.core.duty import AbsenceReason
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.roles import Actor, Role
from workflow.core.states import State
from workflow.store import audit, caselists, cases
from workflow.store.cases import Case
from workflow.store.db import db
from workflow.store.towns import Enterprise, Place, PlaceWords, Stop
from workflow.usecases import filing, founding, recording, review, submitting
from workflow.usecases.attendance import note_absence
from workflow.usecases.views import SCAN

WORDS = PlaceWords("豆腐坊", "shop", "东示村", "东示村3号", "尤样本", "00000000061")


@pytest.fixture
def colleague(cast: Cast) -> Actor:
    account_id = founding.add_account(Role.OFFICE, "于示例", "qiyeban2", "correct-horse")
    return Actor(account_id, Role.OFFICE, "于示例")


def stop() -> int:
    return db.session.scalars(select(Stop.id)).first()


def opened(office: Actor, words: PlaceWords = WORDS) -> int:
    enterprise_id = recording.add_enterprise("虚构豆腐坊", None, office, AT)
    place_id = recording.add_place(enterprise_id, words, office)
    return recording.open_recorded(place_id, stop(), office, AT)


def filled(office: Actor) -> int:
    case_id = opened(office, replace(WORDS, place_class="factory"))
    filing.save_answers(case_id, ANSWERS, version_of(case_id), office, AT)
    filing.attach(case_id, "材料.pdf", PAPER + b"1", PLANS | ROSTER, office, AT)
    return case_id


def recorded(office: Actor) -> int:
    case_id = filled(office)
    filing.attach(case_id, "纸质申报.pdf", PAPER, frozenset({SCAN}), office, AT)
    submitting.submit(case_id, version_of(case_id), office, AT)
    return case_id


def refused(caught: pytest.ExceptionInfo[Refused]) -> tuple[Refusal, ...]:
    return caught.value.refusals


def test_without_a_code_an_enterprise_gets_a_number_of_the_town(cast: Cast) -> None:
    for number in (1, 2):
        found = recording.add_enterprise(f"虚构{number}", None, cast.office, AT)
        row = db.session.get(Enterprise, found)
        assert (row.credit_code, row.town_number) == (None, f"样镇个〔2026〕{number}号")
    coded = recording.add_enterprise("虚构3", "91000000MA0000009X", cast.office, AT)
    assert db.session.get(Enterprise, coded).town_number is None
    with pytest.raises(Refused) as caught:
        recording.add_enterprise("虚构4", "91000000MA0000009X", cast.office, AT)
    assert refused(caught) == (Refusal(Reason.CODE_TAKEN, ("91000000MA0000009X",)),)


def test_of_two_who_add_one_code_at_once_the_second_is_told(app: Flask, cast: Cast) -> None:
    db.session.remove()
    code = "91000000MA0000009X"
    add = partial(recording.add_enterprise, "虚构3", code, cast.office, AT)
    answers = at_once(app, *[add] * 3)
    lost = [one.refusals for one in answers if isinstance(one, Refused)]
    assert lost == [(Refusal(Reason.CODE_TAKEN, (code,)),)] * 2


def test_a_place_lies_in_the_field_of_its_village_and_class(cast: Cast) -> None:
    case = cases.get(opened(cast.office), cast.office)
    assert case.place.field.name == "第一责任田"
    assert case.field_id == case.place.field_id
    with pytest.raises(Refused) as caught:
        recording.add_place(case.enterprise_id, replace(WORDS, village="南示村"), cast.office)
    assert refused(caught) == (Refusal(Reason.NO_FIELD, ("南示村",)),)


def test_the_recorder_alone_sees_the_draft(cast: Cast, colleague: Actor) -> None:
    case_id = opened(cast.office)
    assert cases.get(case_id, cast.office).recorded_by == cast.office.account_id
    assert [one.id for one in caselists.recorded(cast.office)] == [case_id]
    for who in (colleague, cast.lin, cast.auditor, cast.command):
        with pytest.raises(NotFound):
            cases.get(case_id, who)
    assert caselists.recorded(colleague) == []
    assert audit.of_case(case_id)[0].action == "record"


def test_the_second_call_finds_the_same_draft(cast: Cast) -> None:
    case_id = opened(cast.office)
    place_id = cases.get(case_id, cast.office).place_id
    assert recording.open_recorded(place_id, stop(), cast.office, AT) == case_id
    assert len(audit.of_case(case_id)) == 1


def test_the_second_call_finds_the_draft_that_has_become_another_kind(cast: Cast) -> None:
    founding.publish_catalogue(shipped("epidemic"), None, AT)
    case_id = opened(cast.office)
    place_id = cases.get(case_id, cast.office).place_id
    filing.change_kind(case_id, "ep_early", cast.office, AT)
    assert recording.open_recorded(place_id, stop(), cast.office, AT) == case_id
    filing.change_kind(case_id, "ep_reopen", cast.office, AT)


def test_nothing_is_handed_in_without_the_scan(cast: Cast) -> None:
    case_id = filled(cast.office)
    with pytest.raises(Refused) as caught:
        submitting.submit(case_id, version_of(case_id), cast.office, AT)
    assert refused(caught) == (Refusal(Reason.SCAN_MISSING),)
    filing.attach(case_id, "纸.pdf", PAPER, frozenset({SCAN}), cast.office, AT)
    filing.attach(case_id, "再传.pdf", PAPER, frozenset({SCAN}), cast.office, AT)
    assert submitting.submit(case_id, version_of(case_id), cast.office, AT) == "样申〔2026〕1号"
    db.session.expire_all()
    (scan,) = [
        one for one in cases.get(case_id, cast.lin).submission.attachments if "scan" in one["codes"]
    ]
    assert scan["name"] == "纸.pdf"


def both_away(cast: Cast) -> None:
    for who in (cast.lin, cast.zhou):
        note_absence(who.account_id, AT.date(), AT.date(), AbsenceReason.LEAVE, cast.office, AT)


def test_the_recorder_does_not_decide_and_a_colleague_does(cast: Cast, colleague: Actor) -> None:
    case_id = recorded(cast.office)
    both_away(cast)
    office = enter().office
    assert cases.get(case_id, office).field_id in office.fields
    colleague = replace(colleague, fields=office.fields)
    accept(case_id)
    with pytest.raises(Refused) as caught:
        inspecting_at(case_id, office)
    assert refused(caught) == (Refusal(Reason.RECORDED_BY_YOU),)
    inspecting_at(case_id, colleague)
    with pytest.raises(Refused) as caught:
        review.confirm(case_id, [Check("EP-101", Verdict.PASS)], version_of(case_id), office, AT)
    assert refused(caught) == (Refusal(Reason.RECORDED_BY_YOU),)
    checked(case_id, colleague)
    with pytest.raises(Refused) as caught:
        approve(case_id, office)
    assert refused(caught) == (Refusal(Reason.RECORDED_BY_YOU),)
    assert approve(case_id, colleague)


def test_who_began_it_does_not_decide_either(cast: Cast, colleague: Actor) -> None:
    case_id = opened(colleague, replace(WORDS, place_class="factory"))
    place_id = cases.get(case_id, colleague).place_id
    assert recording.open_recorded(place_id, stop(), cast.office, AT) == case_id
    with pytest.raises(NotFound):
        cases.get(case_id, colleague)
    filing.save_answers(case_id, ANSWERS, version_of(case_id), cast.office, AT)
    filing.attach(case_id, "材料.pdf", PAPER + b"1", PLANS | ROSTER, cast.office, AT)
    filing.attach(case_id, "纸.pdf", PAPER, frozenset({SCAN}), cast.office, AT)
    submitting.submit(case_id, version_of(case_id), cast.office, AT)
    inspecting_at(case_id, cast.lin)
    both_away(cast)
    for who in (colleague, cast.office):
        actor = replace(who, fields=enter().office.fields)
        with pytest.raises(Refused) as caught:
            review.confirm(case_id, [Check("EP-101", Verdict.PASS)], version_of(case_id), actor, AT)
        assert refused(caught) == (Refusal(Reason.RECORDED_BY_YOU),)


def test_who_has_an_account_files_for_itself(cast: Cast) -> None:
    place_id = db.session.scalars(
        select(Place.id).where(Place.enterprise_id == cast.he.enterprise_id)
    ).first()
    for do in (
        lambda: recording.open_recorded(place_id, stop(), cast.office, AT),
        lambda: recording.add_place(cast.he.enterprise_id, WORDS, cast.office),
    ):
        with pytest.raises(Refused) as caught:
            do()
        assert refused(caught) == (Refusal(Reason.HAS_ACCOUNT),)


def test_what_was_handed_in_is_not_recorded_again(cast: Cast) -> None:
    case_id = recorded(cast.office)
    place_id = cases.get(case_id, cast.office).place_id
    with pytest.raises(Refused) as caught:
        recording.open_recorded(place_id, stop(), cast.office, AT)
    assert refused(caught) == (Refusal(Reason.FILED_ALREADY),)
    with pytest.raises(Refused) as caught:
        filing.attach(case_id, "纸.pdf", PAPER, frozenset({SCAN}), cast.office, AT)
    assert refused(caught) == (Refusal(Reason.NOT_A_DRAFT),)


def test_an_enterprises_own_filing_takes_no_scan_and_is_not_the_offices(cast: Cast) -> None:
    case_id = submitted(cast.he)
    with pytest.raises(Refused) as caught:
        filing.attach(case_id, "纸.pdf", PAPER, frozenset({SCAN}), cast.office, AT)
    assert refused(caught) == tuple(map(Refusal, (Reason.NOT_RECORDED_HERE, Reason.NOT_A_DRAFT)))
    assert db.session.get(Case, case_id).recorded_by is None
    assert db.session.get(Case, case_id).state is State.SUBMITTED


@pytest.mark.parametrize("who", ["lin", "he", "issuer", "command", "auditor", "admin", "staff"])
def test_only_the_office_records(cast: Cast, who: str) -> None:
    actor: Actor = getattr(cast, who)
    for do in (
        lambda: recording.add_enterprise("虚构", None, actor, AT),
        lambda: recording.add_place(1, WORDS, actor),
        lambda: recording.open_recorded(1, 1, actor, AT),
    ):
        with pytest.raises(Refused) as caught:
            do()
        assert refused(caught) == (Refusal(Reason.NOT_YOUR_ROLE),)


def test_what_does_not_exist_is_not_found(cast: Cast) -> None:
    for do in (
        lambda: recording.add_place(999, WORDS, cast.office),
        lambda: recording.open_recorded(999, stop(), cast.office, AT),
        lambda: recording.open_recorded(1, 999, cast.office, AT),
        lambda: filing.attach(999, "纸.pdf", PAPER, frozenset({SCAN}), cast.office, AT),
    ):
        with pytest.raises(NotFound):
            do()
