"""补正: everything in one notice, answered point by point, and handed in again under its number."""

from datetime import UTC, date, datetime

import pytest

from tests.cast import AT, PAPER, Cast, accepted, checked, inspected, submitted, version_of
from tests.usecases.ways import (
    asked,
    give_back,
    hand_in,
    letters_of,
    point,
    returned,
    state_of,
)
from workflow.core.checklist import Check, Verdict
from workflow.core.clocks import Stage
from workflow.core.corrections import Anchor, Fault, RequestKind
from workflow.core.letters import LetterKind
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.roles import Actor
from workflow.core.states import State
from workflow.store import audit, cases, corrections, documents, inspections, turns
from workflow.store.db import db
from workflow.usecases import calendar_days, correcting, filing, review, submitting

DUE = date(2026, 11, 30)  # five working days after Monday the 23rd
THURSDAY = datetime(2026, 11, 26, 1, 30, tzinfo=UTC)


def test_all_points_are_told_in_one_notice(cast: Cast) -> None:
    case_id = submitted(cast.he)
    told = [
        point(case_id, Anchor.FACT, "headcount", cast.office),
        point(case_id, Anchor.MATERIAL, "roster", cast.office),
        point(case_id, Anchor.REQUIREMENT, "EP-101", cast.office),
        point(case_id, Anchor.ROSTER_ROW, "12", cast.office),
    ]
    dropped = point(case_id, Anchor.WHOLE, "", cast.office)
    correcting.drop_point(case_id, dropped, cast.office, AT)
    assert give_back(case_id, cast.office) == "样复工补〔2026〕1号"
    assert letters_of(case_id) == [(LetterKind.CORRECTION, "样复工补〔2026〕1号")]
    (request,) = corrections.requests(case_id)
    assert (request.kind, request.seq, request.due_on) == (RequestKind.CORRECTION, 1, DUE)
    assert [one.id for one in corrections.of_request(request.id)] == told
    assert corrections.untold(case_id) == []
    case = cases.get(case_id, cast.he)
    assert (case.state, case.due_on) == (State.RETURNED, DUE)
    (notice,) = documents.all_of_case(case_id)
    for key in ("headcount", "roster", "EP-101", "12"):
        assert f"请补正{key}" in notice.content
    payload = audit.of_case(case_id)[0].payload
    assert (payload["request"], list(payload["letters"])) == (request.id, [str(notice.id)])


def test_nothing_is_given_back_without_a_point(cast: Cast) -> None:
    case_id = submitted(cast.he)
    with pytest.raises(Refused) as caught:
        give_back(case_id, cast.office)
    assert caught.value.refusals == (Refusal(Reason.NO_POINTS),)


@pytest.mark.parametrize(
    ("anchor", "key", "words", "refusal"),
    [
        (Anchor.FACT, "heads", "不清", Refusal(Reason.NOT_IN_LIST, ("heads",))),
        (Anchor.REQUIREMENT, "EP-999", "不清", Refusal(Reason.NOT_IN_LIST, ("EP-999",))),
        (Anchor.ATTACHMENT, "0" * 64, "不清", Refusal(Reason.NOT_IN_LIST, ("0" * 64,))),
        (Anchor.ROSTER_ROW, "x", "不清", Refusal(Reason.NOT_IN_LIST, ("x",))),
        (Anchor.FACT, "headcount", " \n", Refusal(Reason.WORDS_NEEDED)),
    ],
)
def test_a_point_hangs_on_what_was_handed_in_and_says_why(
    cast: Cast, anchor: Anchor, key: str, words: str, refusal: Refusal
) -> None:
    case_id = submitted(cast.he)
    with pytest.raises(Refused) as caught:
        correcting.raise_point(case_id, anchor, key, Fault.UNCLEAR, words, cast.office, AT)
    assert caught.value.refusals == (refusal,)
    assert corrections.untold(case_id) == []


def test_who_may_give_back_may_collect_points_and_nobody_else(cast: Cast) -> None:
    case_id = submitted(cast.he)
    not_now = Refusal(Reason.NO_SUCH_STEP, ("submitted",))
    others = {
        cast.lin: not_now,  # not before it was accepted
        asked(case_id): Refusal(Reason.NOT_YOUR_ROLE),
        cast.he: Refusal(Reason.NOT_YOUR_ROLE),
        cast.issuer: Refusal(Reason.NOT_YOUR_ROLE),
    }
    for who, refusal in others.items():
        with pytest.raises(Refused) as caught:
            point(case_id, Anchor.WHOLE, "", who)
        assert caught.value.refusals == (refusal,)
    with pytest.raises(NotFound):
        point(case_id, Anchor.WHOLE, "", cast.zhou)


def test_every_point_is_answered_or_seen_to(cast: Cast) -> None:
    case_id = submitted(cast.he)
    heads = point(case_id, Anchor.FACT, "headcount", cast.office)
    proof = point(case_id, Anchor.REQUIREMENT, "EP-111", cast.office)
    row = point(case_id, Anchor.ROSTER_ROW, "12", cast.office)
    give_back(case_id, cast.office)
    assert unanswered(case_id, cast.he) == [heads, proof, row]
    filing.save_answers(case_id, {"headcount": 213}, version_of(case_id), cast.he, AT)
    assert unanswered(case_id, cast.he) == [proof, row]
    filing.attach(case_id, "新名册.pdf", PAPER + b"3", frozenset({"EP-111"}), cast.he, AT)
    assert unanswered(case_id, cast.he) == [row]
    submitting.answer_point(case_id, row, " \n", cast.he, AT)
    assert unanswered(case_id, cast.he) == [row]
    submitting.answer_point(case_id, row, "已按要求补正", cast.he, AT)
    assert hand_in(case_id, cast.he) == "样申〔2026〕1号"
    assert state_of(case_id) is State.SUBMITTED


def unanswered(case_id: int, clerk: Actor) -> list[int]:
    with pytest.raises(Refused) as caught:
        hand_in(case_id, clerk)
    (refusal,) = caught.value.refusals
    assert refusal.reason is Reason.POINTS_UNANSWERED
    return [int(one) for one in refusal.facts]


def test_only_the_enterprise_writes_in_what_was_returned(cast: Cast) -> None:
    case_id = accepted(cast.he)
    told = returned(case_id, cast.lin)
    attachment = cases.get(case_id, cast.he).attachments[0].id
    deeds = (
        lambda who: submitting.answer_point(case_id, told, "好了", who, AT),
        lambda who: filing.save_answers(case_id, {"headcount": 9}, 99, who, AT),
        lambda who: filing.attach(case_id, "x.pdf", PAPER, frozenset({"EP-101"}), who, AT),
        lambda who: filing.detach(case_id, attachment, who, AT),
        lambda who: hand_in(case_id, who),
    )
    before, clinic = version_of(case_id), asked(case_id)
    for deed in deeds:
        for who in (cast.lin, cast.office, cast.issuer, cast.command, clinic):
            with pytest.raises(Refused) as caught:
                deed(who)
            mine = Reason.NOT_RECORDED_HERE if who == cast.office else Reason.NOT_YOUR_ROLE
            assert mine in {one.reason for one in caught.value.refusals}
        with pytest.raises(NotFound):
            deed(cast.zhe)
    assert version_of(case_id) == before


def test_what_was_found_counts_on_but_for_what_was_to_be_corrected(cast: Cast) -> None:
    case_id = inspected(cast.he, cast.lin)
    at_place = [Check("EP-123", Verdict.PASS), Check("EP-141", Verdict.FAIL, "没有备")]
    review.confirm(case_id, at_place, version_of(case_id), cast.lin, AT)
    again = [point(case_id, Anchor.REQUIREMENT, code, cast.lin) for code in ("EP-101", "EP-123")]
    give_back(case_id, cast.lin)
    for one in again:
        submitting.answer_point(case_id, one, "补好了", cast.he, AT)
    hand_in(case_id, cast.he)
    assert state_of(case_id) is State.ACCEPTED  # not to the office again
    first, second = cases.get(case_id, cast.lin).submissions
    counted = {one.code: (one.verdict, one.note, one.checked_by) for one in second.checks}
    before = {one.code: (one.verdict, one.note, one.checked_by) for one in first.checks}
    assert counted == {key: before[key] for key in before if key not in {"EP-101", "EP-123"}}
    assert set(before) - set(counted) == {"EP-101", "EP-123"}
    (visit,) = inspections.of_case(case_id)
    assert visit.ended_at == AT
    kinds = [kind for kind, _ in letters_of(case_id)]
    assert kinds == [LetterKind.ACCEPTANCE, LetterKind.CORRECTION, LetterKind.INSPECTION]


def test_what_could_have_been_told_at_first_is_marked_late(cast: Cast) -> None:
    case_id = submitted(cast.he)
    heads = point(case_id, Anchor.FACT, "headcount", cast.office)
    assert not corrections.untold(case_id)[0].late
    give_back(case_id, cast.office)
    filing.save_answers(case_id, {"headcount": 213}, version_of(case_id), cast.he, AT)
    filing.attach(case_id, "新.pdf", PAPER + b"3", frozenset({"EP-103"}), cast.he, AT)
    submitting.answer_point(case_id, heads, "改了", cast.he, AT)
    hand_in(case_id, cast.he)
    for anchor, key in (
        (Anchor.FACT, "headcount"),
        (Anchor.FACT, "stock_masks"),
        (Anchor.REQUIREMENT, "EP-103"),
        (Anchor.REQUIREMENT, "EP-101"),
    ):
        point(case_id, anchor, key, cast.office)
    late = {one.key: one.late for one in corrections.untold(case_id)}
    assert late == {"headcount": False, "stock_masks": True, "EP-103": False, "EP-101": True}


def test_the_clock_stands_still_while_the_enterprise_has_the_ball(cast: Cast) -> None:
    case_id = accepted(cast.he)
    assert cases.get(case_id, cast.lin).due_on == date(2026, 11, 25)
    tuesday = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    told = returned(case_id, cast.lin, tuesday)
    submitting.answer_point(case_id, told, "好了", cast.he, THURSDAY)
    hand_in(case_id, cast.he, THURSDAY)
    days = [(one.stage, one.began_on, one.ended_on) for one in turns.of_case(case_id)]
    assert [(stage, came.day, went and went.day) for stage, came, went in days] == [
        (Stage.ACCEPT, 23, 23),
        (Stage.INSPECT, 23, 24),
        (Stage.CORRECT, 24, 26),
        (Stage.INSPECT, 26, None),
    ]
    assert cases.get(case_id, cast.lin).due_on == date(2026, 11, 30)
    friday = date(2026, 11, 27)
    calendar_days.enter_days(friday, friday, False, "本镇集市", cast.office, THURSDAY)
    db.session.expire_all()
    assert cases.get(case_id, cast.lin).due_on == date(2026, 12, 1)
    assert turns.of_case(case_id)[-1].due_on == date(2026, 12, 1)


def test_what_the_enterprise_was_told_in_writing_stays(cast: Cast) -> None:
    case_id = accepted(cast.he)
    returned(case_id, cast.lin)
    friday = date(2026, 11, 27)
    calendar_days.enter_days(friday, friday, False, "本镇集市", cast.office, AT)
    db.session.expire_all()
    assert cases.get(case_id, cast.lin).due_on == DUE


def test_a_second_round_is_another_notice_and_the_ledger_fits(cast: Cast) -> None:
    case_id = submitted(cast.he)
    for number in (1, 2):
        told = returned(case_id, cast.office)
        submitting.answer_point(case_id, told, "好了", cast.he, AT)
        hand_in(case_id, cast.he)
        assert letters_of(case_id)[-1] == (LetterKind.CORRECTION, f"样复工补〔2026〕{number}号")
    assert [one.seq for one in corrections.requests(case_id)] == [1, 2]
    assert len(cases.get(case_id, cast.he).submissions) == 3
    assert state_of(checked(case_id, cast.lin)) is State.INSPECTING
