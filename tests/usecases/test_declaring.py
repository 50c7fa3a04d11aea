"""A filing under the whole catalogue: kinds, days, the negative list, parts, what is known."""

from datetime import date, timedelta

import pytest

from tests.cast import AT, Cast, version_of
from tests.whole import SHOP, answer, complete, open_whole
from workflow.core.facts import FactKind
from workflow.core.refusals import NotFound, Reason, Refused
from workflow.core.states import State
from workflow.store import cases, drafts
from workflow.store.db import db
from workflow.store.towns import Stop
from workflow.usecases import dividing, filing, founding, submitting
from workflow.usecases.views import draft_facts, first_day, submitted_facts


def reasons(case_id: int, cast: Cast) -> set[Reason]:
    with pytest.raises(Refused) as caught:
        submitting.submit(case_id, version_of(case_id), cast.he, AT)
    return {refusal.reason for refusal in caught.value.refusals}


def test_a_shop_files_with_what_it_is_asked_and_nothing_more(cast: Cast) -> None:
    case_id = open_whole(cast.he)
    answer(case_id, cast.he)
    complete(case_id, cast.he)
    assert submitting.submit(case_id, version_of(case_id), cast.he, AT)
    case = cases.get(case_id, cast.he)
    assert case.state is State.SUBMITTED
    assert {one["codes"][0] for one in case.submission.attachments} == {"commitment"}
    assert drafts.PART + "card" in case.submission.answers


def test_the_day_set_for_the_class_holds_for_an_ordinary_filing(cast: Cast) -> None:
    case_id = open_whole(cast.he)
    opens = date(2026, 11, 30)  # the last tier of shops: none was assigned
    assert first_day(cases.get(case_id, cast.he), AT) == opens
    answer(case_id, cast.he, planned_reopen_date=opens - timedelta(days=1))
    assert Reason.TOO_SOON in reasons(case_id, cast)
    answer(case_id, cast.he, planned_reopen_date=opens)
    assert Reason.TOO_SOON not in reasons(case_id, cast)


def test_a_place_with_a_tier_may_open_on_its_own_day(cast: Cast) -> None:
    case_id = open_whole(cast.he)
    place_id = cases.get(case_id, cast.he).place_id
    dividing.assign_tier(place_id, 2, cast.office, AT)
    db.session.expire_all()
    assert first_day(cases.get(case_id, cast.he), AT) == date(2026, 11, 25)
    with pytest.raises(Refused):
        dividing.assign_tier(place_id, 1, cast.lin, AT)


def test_an_early_filing_needs_a_reason_with_its_proof(cast: Cast) -> None:
    case_id = open_whole(cast.he, kind="ep_early")
    early = {"planned_reopen_date": date(2026, 11, 25), "early_reason": "供应居民日用"}
    answer(case_id, cast.he, essential_type="none", **early)
    assert reasons(case_id, cast) >= {Reason.NO_REASON_TO_BE_EARLY, Reason.EVIDENCE_MISSING}
    answer(case_id, cast.he, essential_type="daily_life", **early)
    complete(case_id, cast.he)
    assert submitting.submit(case_id, version_of(case_id), cast.he, AT)
    codes = {held.code for held in _held(case_id, cast)}
    assert "EP-108" in codes


def _held(case_id: int, cast: Cast):
    db.session.expire_all()
    case = cases.get(case_id, cast.he)
    return case.catalogue.pack.held(submitted_facts(case))


def test_who_may_open_anyway_is_not_early(cast: Cast) -> None:
    case_id = open_whole(cast.he, kind="ep_early")
    answer(case_id, cast.he, essential_type="daily_life", early_reason="急")
    assert Reason.NOT_EARLY in reasons(case_id, cast)


def test_another_kind_of_filing_keeps_what_was_told(cast: Cast) -> None:
    case_id = open_whole(cast.he)
    answer(case_id, cast.he)
    filing.change_kind(case_id, "ep_early", cast.he, AT)
    case = cases.get(case_id, cast.he)
    assert case.kind.early
    assert case.answers["headcount"] == SHOP["headcount"]
    assert case.catalogue.pack.missing(case.kind, draft_facts(case)) == (
        "essential_type",
        "early_reason",
    )
    with pytest.raises(NotFound):
        filing.change_kind(case_id, "ph_reopen", cast.he, AT)


def test_what_stands_on_the_negative_list_cannot_file(cast: Cast) -> None:
    case_id = open_whole(cast.he)
    answer(case_id, cast.he, closed_kind="internet_cafe")
    assert Reason.CLOSED_FOR_NOW in reasons(case_id, cast)


def test_the_parts_depend_on_the_size(cast: Cast) -> None:
    case_id = open_whole(cast.he)
    answer(case_id, cast.he, headcount=50)
    assert _parts(case_id, cast) == ["card"]
    answer(case_id, cast.he, headcount=51)
    assert _parts(case_id, cast) == ["plan", "emergency", "staffing"]
    assert Reason.PARTS_MISSING in reasons(case_id, cast)


def _parts(case_id: int, cast: Cast) -> list[str]:
    case = cases.get(case_id, cast.he)
    return [one.key for one in case.catalogue.pack.parts(case.kind, draft_facts(case))]


def test_a_question_that_became_pointless_is_not_missed(cast: Cast) -> None:
    case_id = open_whole(cast.he)
    answer(case_id, cast.he, has_dorm=True, dorm_residents=9)
    case = cases.get(case_id, cast.he)
    pack = case.catalogue.pack
    assert pack.missing(case.kind, draft_facts(case)) == ("dorm_rooms", "dorm_area_m2")
    answer(case_id, cast.he, has_dorm=False)
    facts = draft_facts(cases.get(case_id, cast.he))
    assert pack.missing(case.kind, facts) == ()
    assert pack.completed(facts)["dorm_residents"] == 0


def test_the_next_filing_knows_what_the_last_one_told_but_no_days(cast: Cast) -> None:
    case_id = open_whole(cast.he)
    answer(case_id, cast.he)
    stop_id = founding.open_stop("epidemic", "再次停工", AT.date())
    place_id = cases.get(case_id, cast.he).place_id
    again = cases.get(filing.open_case(place_id, stop_id, "ep_reopen", cast.he, AT), cast.he)
    days = {one.key for one in again.catalogue.pack.facts if one.kind is FactKind.DATE}
    assert again.answers.keys() == SHOP.keys() - days
    assert filing.save_answers(again.id, {"headcount": 31}, 1, cast.he, AT).clashes == ()


def test_a_submission_keeps_what_the_town_told_then(cast: Cast) -> None:
    case_id = open_whole(cast.he)
    answer(case_id, cast.he, headcount=101)
    complete(case_id, cast.he)
    submitting.submit(case_id, version_of(case_id), cast.he, AT)
    before = {held.code for held in _held(case_id, cast)}
    stop = db.session.scalars(db.select(Stop)).one()
    stop.told = {"local_risk_level": "low"}
    db.session.commit()
    assert {held.code for held in _held(case_id, cast)} == before
    assert "EP-162" in before  # asked at medium risk only
