"""The enterprise files."""

import threading

import pytest
from flask import Flask

from tests.cast import (
    ANSWERS,
    AT,
    PAPER,
    PLANS,
    Cast,
    approved,
    draft,
    filled,
    submitted,
    version_of,
)
from workflow.core.refusals import NotFound, Reason, Refused, Stale
from workflow.core.states import State
from workflow.store import cases, documents, files
from workflow.store.db import db
from workflow.store.towns import Place
from workflow.usecases import filing, submitting
from workflow.usecases.releasing import issued_file


def reasons(caught: pytest.ExceptionInfo[Refused]) -> set[Reason]:
    return {refusal.reason for refusal in caught.value.refusals}


def test_opening_twice_finds_the_same_case(cast: Cast) -> None:
    assert draft(cast.he) == draft(cast.he)


def test_nobody_opens_a_case_for_a_place_of_another_enterprise(cast: Cast) -> None:
    strangers_place = db.session.query(Place).filter_by(name="木器车间").one()
    with pytest.raises(NotFound):
        filing.open_case(strangers_place.id, 1, "ep_reopen", cast.he, AT)


def test_answers_are_kept_section_by_section(cast: Cast) -> None:
    case_id = draft(cast.he)
    filing.save_answers(case_id, {"headcount": 212}, 1, cast.he, AT)
    filing.save_answers(case_id, {"stock_masks": 9}, 2, cast.he, AT)
    assert cases.get(case_id, cast.he).answers == {"headcount": 212, "stock_masks": 9}


def test_an_answer_can_be_taken_back(cast: Cast) -> None:
    case_id = draft(cast.he)
    filing.save_answers(case_id, {"headcount": 212}, 1, cast.he, AT)
    filing.save_answers(case_id, {"headcount": None}, 2, cast.he, AT)
    assert cases.get(case_id, cast.he).answers == {}


def test_a_second_device_overwrites_nothing(cast: Cast) -> None:
    case_id = draft(cast.he)
    filing.save_answers(case_id, {"headcount": 212}, 1, cast.he, AT)
    saved = filing.save_answers(case_id, {"headcount": 3}, 1, cast.he, AT)
    assert saved == filing.Saved(version=2, clashes=("headcount",))
    assert cases.get(case_id, cast.he).answers == {"headcount": 212}


def test_once_seen_the_other_answer_may_be_replaced(cast: Cast) -> None:
    case_id = draft(cast.he)
    filing.save_answers(case_id, {"headcount": 212}, 1, cast.he, AT)
    filing.save_answers(case_id, {"headcount": 3}, 2, cast.he, AT)
    assert cases.get(case_id, cast.he).answers == {"headcount": 3}


def test_two_people_on_one_section_keep_what_each_changed(cast: Cast) -> None:
    case_id = draft(cast.he)
    first = {"headcount": 212, "first_batch_count": 9}
    version = filing.save_answers(case_id, first, 1, cast.he, AT).version
    theirs, mine = first | {"headcount": 213}, first | {"first_batch_count": 10}
    filing.save_answers(case_id, theirs, version, cast.he, AT)
    assert filing.save_answers(case_id, mine, version, cast.he, AT).clashes == ()
    assert cases.get(case_id, cast.he).answers == {"headcount": 213, "first_batch_count": 10}


def test_a_page_that_left_an_answer_alone_does_not_bring_it_back(cast: Cast) -> None:
    case_id = draft(cast.he)
    version = filing.save_answers(case_id, {"headcount": 212}, 1, cast.he, AT).version
    filing.save_answers(case_id, {"headcount": None}, version, cast.he, AT)
    again = filing.save_answers(case_id, {"headcount": 212, "stock_masks": 5}, version, cast.he, AT)
    assert again.clashes == ()
    assert cases.get(case_id, cast.he).answers == {"stock_masks": 5}


def test_a_version_that_never_was_is_refused(cast: Cast) -> None:
    with pytest.raises(Stale):
        filing.save_answers(draft(cast.he), {"headcount": 3}, 7, cast.he, AT)


def test_submitting_freezes_answers_and_files(cast: Cast) -> None:
    case = cases.get(submitted(cast.he), cast.he)
    assert case.state is State.SUBMITTED
    assert case.filing_number == "样申〔2026〕1号"
    assert case.submission.answers["headcount"] == 212
    assert [one["name"] for one in case.submission.attachments] == ["方案.pdf", "名册.pdf"]


def test_a_submission_cannot_be_changed_even_by_sql(cast: Cast) -> None:
    submitted(cast.he)
    with pytest.raises(Exception, match="submissions is never changed"):
        db.session.execute(db.text("UPDATE submissions SET answers = '{}'"))
    db.session.rollback()


def test_an_empty_draft_is_refused_with_everything_that_is_missing(cast: Cast) -> None:
    case_id = draft(cast.he)
    with pytest.raises(Refused) as caught:
        submitting.submit(case_id, 1, cast.he, AT)
    assert reasons(caught) == {Reason.FACTS_MISSING, Reason.EVIDENCE_MISSING}
    missing = next(r for r in caught.value.refusals if r.reason is Reason.FACTS_MISSING)
    assert set(missing.facts) == set(ANSWERS)


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"first_batch_count": 213}, Reason.FACTS_CONTRADICT),
        ({"planned_reopen_date": AT.date()}, Reason.TOO_SOON),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, answers: dict[str, object], reason: Reason) -> None:
    case_id = filled(cast.he, **answers)
    with pytest.raises(Refused) as caught:
        submitting.submit(case_id, version_of(case_id), cast.he, AT)
    assert reasons(caught) == {reason}
    assert cases.get(case_id, cast.he).state is State.DRAFT


def test_a_refused_submission_takes_no_number(cast: Cast) -> None:
    case_id = filled(cast.he, first_batch_count=213)
    with pytest.raises(Refused):
        submitting.submit(case_id, version_of(case_id), cast.he, AT)
    assert cases.get(submitted(cast.zhe), cast.zhe).filing_number == "样申〔2026〕1号"


def test_the_same_file_is_kept_once(cast: Cast) -> None:
    case_id = draft(cast.he)
    filing.attach(case_id, "一.pdf", PAPER, frozenset({"EP-101"}), cast.he, AT)
    filing.attach(case_id, "二.pdf", PAPER, frozenset({"EP-103"}), cast.he, AT)
    (only,) = cases.get(case_id, cast.he).attachments
    assert only.codes == ["EP-101", "EP-103"]
    assert files.read(only.sha256) == PAPER


def test_a_file_needs_a_requirement_of_the_list(cast: Cast) -> None:
    with pytest.raises(Refused) as caught:
        filing.attach(draft(cast.he), "x.pdf", PAPER, frozenset({"XX-1"}), cast.he, AT)
    assert reasons(caught) == {Reason.NOT_IN_LIST}


def test_nothing_can_be_changed_after_submission(cast: Cast) -> None:
    case_id = submitted(cast.he)
    for change in (
        lambda: filing.save_answers(case_id, {"headcount": 1}, 9, cast.he, AT),
        lambda: filing.attach(case_id, "x.pdf", PAPER, PLANS, cast.he, AT),
        lambda: filing.detach(case_id, 1, cast.he, AT),
    ):
        with pytest.raises(Refused) as caught:
            change()
        assert reasons(caught) == {Reason.NOT_A_DRAFT}


def test_a_file_taken_out_is_gone_unless_something_else_has_it(cast: Cast) -> None:
    mine, other = draft(cast.he), draft(cast.zhe)
    for case_id, clerk in ((mine, cast.he), (other, cast.zhe)):
        filing.attach(case_id, "x.pdf", PAPER, PLANS, clerk, AT)
    sha256 = files.name_of(PAPER)
    for case_id, clerk in ((mine, cast.he), (other, cast.zhe)):
        assert files.read(sha256) == PAPER
        (only,) = cases.get(case_id, clerk).attachments
        filing.detach(case_id, only.id, clerk, AT)
        db.session.expire_all()
    with pytest.raises(NotFound):
        files.read(sha256)


def test_a_file_given_while_it_is_taken_out_elsewhere_is_kept(app: Flask, cast: Cast) -> None:
    mine, other = draft(cast.he), draft(cast.zhe)
    for round_ in range(6):
        data = PAPER + bytes([round_])
        filing.attach(mine, "x.pdf", data, PLANS, cast.he, AT)
        (only,) = cases.get(mine, cast.he).attachments
        db.session.remove()

        def give(data: bytes = data) -> None:
            with app.app_context():
                filing.attach(other, "y.pdf", data, PLANS, cast.zhe, AT)

        giver = threading.Thread(target=give)
        giver.start()
        filing.detach(mine, only.id, cast.he, AT)
        giver.join()
        db.session.remove()
        assert files.read(files.name_of(data)) == data


def test_a_notice_sent_back_as_a_paper_can_be_taken_out(app: Flask, cast: Cast, drain) -> None:
    issued = approved(cast.he, cast.lin)
    drain()
    notice = issued_file(documents.of_case(issued))
    case_id = draft(cast.zhe)
    filing.attach(case_id, "x.pdf", notice, PLANS, cast.zhe, AT)
    (only,) = cases.get(case_id, cast.zhe).attachments
    filing.detach(case_id, only.id, cast.zhe, AT)
    assert issued_file(documents.of_case(issued)) == notice
