"""While staff are asked for their health, registrations answer what an officer ticked before."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.cast import ANSWERS, Cast, approve, checked, fresh_codes, submitted, version_of
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
from workflow.core.checklist import Check, Verdict
from workflow.core.confirming import DataCheck, Member, found
from workflow.core.health import Absence, CheckIn, Half, HealthCode, Home, Registration
from workflow.core.judging import Fitness
from workflow.core.refusals import Reason, Refusal, Refused
from workflow.core.rostering import Lodging
from workflow.core.states import State
from workflow.issuing.content import DocumentContent
from workflow.store import audit, cases, documents, proofs, rosters
from workflow.store.db import db
from workflow.usecases import confirming, deciding, review, rostering
from workflow.usecases.health import campaign, checking_in, declaring
from workflow.usecases.views import review_view

LATER = AT + timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def check_of(case_id: int, cast: Cast, code: str = "EP-111") -> Check | None:
    kept = cases.get(case_id, cast.lin).submission.checks
    return next((Check(one.code, one.verdict, one.note) for one in kept if one.code == code), None)


@pytest.fixture
def two(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lines of two people, while health is asked for; one at least is to come back."""
    monkeypatch.setitem(ANSWERS, "first_batch_count", 1)
    open_campaign(cast)
    return [hire(cast, name, NUMBERS[n]) for n, name in enumerate(("赵甲", "钱乙"))]


def refusals_of(case_id: int, cast: Cast) -> tuple[Refusal, ...]:
    with pytest.raises(Refused) as refused:
        deciding.approve(case_id, "", version_of(case_id), cast.lin, LATER, fresh_codes)
    return refused.value.refusals


def test_without_a_campaign_people_tick_it(cast: Cast) -> None:
    hire(cast, "赵甲", NUMBERS[0])
    case_id = checked(submitted(cast.he), cast.lin)
    assert review_view(cases.get(case_id, cast.lin), AT).from_data == {}
    approve(case_id, cast.lin)
    assert check_of(case_id, cast) == Check("EP-111", Verdict.PASS, "看过了")
    content = DocumentContent.from_json(documents.of_case(case_id).content)
    assert content.staff == ""


def test_nobody_can_tick_what_data_answer(cast: Cast, two: list[int]) -> None:
    case_id = submitted(cast.he)
    ticked = [Check("EP-111", Verdict.PASS, "看过了")]
    with pytest.raises(Refused) as refused:
        review.confirm(case_id, ticked, version_of(case_id), cast.office, AT)
    assert refused.value.refusals == (Refusal(Reason.NOT_IN_LIST, ("EP-111",)),)


def test_who_has_not_registered_blocks_the_approval_until_they_have(
    cast: Cast, two: list[int]
) -> None:
    declaring.register(link_of(cast, two[0]), STAYED_HOME, AT)
    case_id = ticked_else(cast)
    finding = review_view(cases.get(case_id, cast.lin), AT).from_data["EP-111"]
    assert (finding.verdict, finding.concerned, finding.missing) == (Verdict.FAIL, 2, (two[1],))
    assert refusals_of(case_id, cast) == (Refusal(Reason.VETO_FAILED, ("EP-111",)),)
    declaring.register(link_of(cast, two[1]), came_from("420112", "甲市东区", TODAY), AT)
    approve(case_id, cast.lin, LATER)
    note = "由登记数据得出：2人里2人已登记。"
    assert check_of(case_id, cast) == Check("EP-111", Verdict.PASS, note)


def test_document_and_ledger_state_what_data_said(cast: Cast, two: list[int]) -> None:
    declaring.register(link_of(cast, two[0]), STAYED_HOME, AT)
    declaring.register(link_of(cast, two[1]), came_from("420112", "甲市东区", TODAY), AT)
    case_id = ticked_else(cast)
    approve(case_id, cast.lin, LATER)
    expected = "在册2人，已登记2人；其中可上岗1人，观察中1人（最晚到2026年12月7日），先别上岗0人。"
    notice, record = (
        DocumentContent.from_json(one.content)
        for one in documents.all_of_case(case_id)
        if one.kind.value in {"notice", "inspection"}
    )
    lines = {one.code: one for one in notice.checklist}
    assert lines["EP-111"].note == "由登记数据得出：2人里2人已登记。"
    assert lines["EP-111"].result == "合格"
    assert {notice.staff, record.staff} == {expected, ""}
    said = [line for part in (*notice.sections, *record.sections) for line in part.lines]
    assert f"人员：{expected}" in said
    told_of = [one for one in audit.of_case(case_id) if "checks" in one.payload]
    event = max(told_of, key=lambda one: one.seq)
    assert event.payload["checks"] == proofs.of_checks(
        cases.get(case_id, cast.lin).submission.checks
    )
    assert not list(proofs.misfits())


def test_what_was_decided_stays_as_data_were_then(cast: Cast, two: list[int]) -> None:
    for line in two:
        declaring.register(link_of(cast, line), STAYED_HOME, AT)
    case_id = ticked_else(cast)
    approve(case_id, cast.lin, LATER)
    hire(cast, "孙丙", "410122197001011239")
    case = cases.get(case_id, cast.lin)
    assert case.state is not State.INSPECTING
    assert review_view(case, LATER).verdicts["EP-111"] is Verdict.PASS


def test_whoever_leaves_the_roster_is_not_waited_for(cast: Cast, two: list[int]) -> None:
    declaring.register(link_of(cast, two[0]), STAYED_HOME, AT)
    place_id = place_of(cast)
    seq = rosters.one(place_id, two[1]).from_seq
    rostering.remove_person(place_id, two[1], seq, cast.he, AT)
    case_id = submitted(cast.he)
    finding = review_view(cases.get(case_id, cast.lin), AT).from_data["EP-111"]
    assert (finding.verdict, finding.concerned) == (Verdict.PASS, 1)


def test_once_nobody_is_asked_any_more_people_tick_again(cast: Cast, two: list[int]) -> None:
    campaign_id = db.session.scalar(db.text("SELECT id FROM health_campaigns"))
    campaign.end_campaign(campaign_id, cast.office, AT)
    case_id = submitted(cast.he)
    case = cases.get(case_id, cast.lin)
    assert review_view(case, AT).from_data
    assert not review_view(case, AT + timedelta(days=1)).from_data


def test_the_roster_is_seen_as_it_stands(cast: Cast, two: list[int]) -> None:
    link = link_of(cast, two[0])
    declaring.register(link, came_from("420112", "甲市东区", TODAY), AT)
    checking_in.check_in(link, CheckIn(TODAY, Half.MORNING, 366), AT)
    case_id = submitted(cast.he)
    observed, stranger = seen(case_id, cast, AT)
    assert (observed.registered, observed.fitness, observed.at_work) == (
        True,
        Fitness.OBSERVE,
        True,
    )
    assert (observed.observed, observed.until) == (True, date(2026, 12, 7))
    assert (stranger.registered, stranger.fitness, stranger.observed) == (False, None, False)
    assert observed.told == came_from("420112", "甲市东区", TODAY)
    told_away = CheckIn(TODAY, Half.AFTERNOON, 366, absence=Absence.OBSERVED)
    checking_in.check_in(link, told_away, LATER)
    assert (seen(case_id, cast, AT)[0].at_work, seen(case_id, cast, LATER)[0].at_work) == (
        True,
        False,
    )


def test_days_that_passed_since_the_judgement_count(cast: Cast, two: list[int]) -> None:
    declaring.register(link_of(cast, two[0]), came_from("420112", "甲市东区", TODAY), AT)
    over = AT + timedelta(days=15)  # the day after the last
    case_id = submitted(cast.he)
    (member, _) = seen(case_id, cast, over)
    assert (member.fitness, member.until, member.observed) == (Fitness.ASK, None, True)


def test_a_red_code_that_waits_for_a_release_is_a_red_code(cast: Cast, two: list[int]) -> None:
    link = link_of(cast, two[0])
    came = came_from("420212", "乙市", TODAY)
    declaring.register(link, replace(came, code=HealthCode.GREEN, code_source="手机"), AT)
    red = replace(STAYED_HOME, code=HealthCode.RED, code_source="手机")
    declaring.register(link, red, AT + MINUTE)
    checking_in.check_in(link, CheckIn(TODAY, Half.MORNING, 366), AT + 2 * MINUTE)
    assert verdict(cast, DataCheck.CODES_SHOWN) is Verdict.FAIL


def test_who_is_observed_and_worked_in_the_morning_has_not_stayed_away(
    cast: Cast, two: list[int]
) -> None:
    link = link_of(cast, two[0])
    declaring.register(link, came_from("420112", "甲市东区", TODAY), AT)
    checking_in.check_in(link, CheckIn(TODAY, Half.MORNING, 366), AT)
    away = CheckIn(TODAY, Half.AFTERNOON, None, absence=Absence.OBSERVED)
    checking_in.check_in(link, away, LATER)
    assert verdict(cast, DataCheck.OBSERVED_STAY_AWAY) is Verdict.FAIL


@pytest.mark.parametrize(
    ("check", "told"),
    [
        (DataCheck.LODGING_TOLD, Registration(home=Home(Lodging.RENTED))),
        (DataCheck.JOURNEYS_TOLD, came_from("420212", "乙市", TODAY)),  # by train, without a seat
    ],
)
def test_the_person_s_own_word_goes_before_the_roster_s(
    cast: Cast, two: list[int], check: DataCheck, told: Registration
) -> None:
    declaring.register(link_of(cast, two[0]), told, AT)
    assert verdict(cast, check) is Verdict.FAIL


def verdict(cast: Cast, check: DataCheck) -> Verdict:
    """What data say of those who have told something."""
    people = [one for one in seen(submitted(cast.he), cast, LATER) if one.registered]
    return found(check, people).verdict


def seen(case_id: int, cast: Cast, at: datetime) -> list[Member]:
    """The case's roster, with what registrations say."""
    people = confirming.roster(cases.get(case_id, cast.lin), at, inside=True)
    assert people is not None
    return people


def ticked_else(cast: Cast) -> int:
    """A case under inspection whose other requirements passed."""
    return checked(submitted(cast.he), cast.lin)
