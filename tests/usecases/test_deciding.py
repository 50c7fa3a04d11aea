"""One to three levels decide; the issuer releases the seal, sends back, voids."""

from dataclasses import replace

import pytest

from tests.cast import AT, Cast, approve, approved, checked, fresh_codes, submitted, version_of
from tests.usecases.ways import (
    asked,
    decided_by,
    letters_of,
    ready,
    refer,
    refuse,
    send_back,
    state_of,
    void,
    why,
)
from workflow.core.checklist import Check, Verdict
from workflow.core.letters import LetterKind
from workflow.core.refusals import Reason, Refusal, Refused, Stale
from workflow.core.roles import Actor
from workflow.core.states import Action, State
from workflow.core.visits import Mode
from workflow.store import audit, cases, decisions, documents, proofs
from workflow.store.db import transaction
from workflow.store.towns import this_town
from workflow.usecases import accepting, deciding, inspecting, releasing, review

NOTICES = [f"样复工〔2026〕{number}号" for number in range(1, 9)]
PAPERS = [LetterKind.ACCEPTANCE, LetterKind.INSPECTION, LetterKind.NOTICE]


def release(case_id: int, by: Actor) -> str:
    return releasing.release(case_id, version_of(case_id), by, AT)


def against(deed: object, *args: object) -> tuple[Refusal, ...]:
    with pytest.raises(Refused) as caught:
        deed(*args)  # type: ignore[operator]
    return why(caught.value)


def test_of_two_levels_the_second_decides_and_the_issuer_releases(cast: Cast) -> None:
    decided_by("command", issuer=True)
    case_id = ready(cast.he, cast.lin)
    assert against(approve, case_id, cast.lin) == (Refusal(Reason.NOT_LAST_LEVEL),)
    refer(case_id, cast.lin)
    assert (state_of(case_id), cases.get(case_id, cast.lin).level) == (State.REFERRED, 1)
    assert against(approve, case_id, cast.lin) == (Refusal(Reason.NO_SUCH_STEP, ("referred",)),)
    assert against(approve, case_id, cast.office) == (Refusal(Reason.NOT_YOUR_LEVEL),)
    assert approve(case_id, cast.command, words="人员分批返岗\n\n每日报告") == NOTICES[0]
    notice = documents.of_case(case_id)
    assert (state_of(case_id), notice.released_at) == (State.AWAITING_RELEASE, None)
    assert releasing.awaiting(notice.id) is None
    assert "人员分批返岗" in notice.content
    assert against(release, case_id, cast.command) == (Refusal(Reason.NOT_YOUR_ROLE),)
    assert release(case_id, cast.issuer) == NOTICES[0]
    notice = documents.of_case(case_id)
    assert (notice.released_at, notice.released_by) == (AT, cast.issuer.account_id)
    assert releasing.awaiting(notice.id).number == NOTICES[0]
    kinds = [kind for kind, _ in letters_of(case_id)]
    assert kinds == PAPERS
    made = [(one.action, one.level, one.decided_by) for one in decisions.of_case(case_id)]
    assert made == [
        (Action.REFER, 0, cast.lin.account_id),
        (Action.APPROVE, 1, cast.command.account_id),
    ]


def test_three_levels_up_and_down_again(cast: Cast) -> None:
    decided_by("office", "command")
    case_id = ready(cast.he, cast.lin)
    refer(case_id, cast.lin)
    assert against(approve, case_id, cast.office) == (Refusal(Reason.NOT_LAST_LEVEL),)
    refer(case_id, cast.office)
    send_back(case_id, cast.command)
    assert (state_of(case_id), cases.get(case_id, cast.office).level) == (State.REFERRED, 1)
    send_back(case_id, cast.office)
    assert (state_of(case_id), cases.get(case_id, cast.office).level) == (State.ACCEPTED, 0)
    refer(case_id, cast.lin)
    refer(case_id, cast.office)
    assert approve(case_id, cast.command) == NOTICES[0]
    assert state_of(case_id) is State.APPROVED  # the approval releases it
    assert list(proofs.misfits()) == []


def test_verdicts_may_change_when_a_case_was_sent_back(cast: Cast) -> None:
    decided_by("command")
    case_id = ready(cast.he, cast.lin)
    refer(case_id, cast.lin)
    send_back(case_id, cast.command)
    inspecting.begin(case_id, Mode.VIDEO, "", "", version_of(case_id), cast.lin, AT)
    worse = [Check("EP-121", Verdict.FAIL, "只剩两天的量")]
    review.confirm(case_id, worse, version_of(case_id), cast.lin, AT)
    assert list(proofs.misfits()) == []
    refer(case_id, cast.lin)
    assert approve(case_id, cast.command)
    assert list(proofs.misfits()) == []


def test_nobody_decides_twice(cast: Cast) -> None:
    decided_by("office")
    case_id = ready(cast.he, cast.lin)
    field = frozenset({cases.get(case_id, cast.lin).field_id})
    both = replace(cast.office, fields=field)  # liaison and stand-in are away
    refer(case_id, both)
    assert against(approve, case_id, cast.office) == (Refusal(Reason.DECIDED_BY_YOU),)
    assert against(refuse, case_id, cast.office) == (Refusal(Reason.DECIDED_BY_YOU),)
    colleague = replace(cast.office, account_id=cast.auditor.account_id)
    assert approve(case_id, colleague) == NOTICES[0]


def test_a_department_decides_nothing(cast: Cast) -> None:
    decided_by("office")
    first = submitted(cast.he)
    clinic = asked(first)
    seen, not_theirs = version_of(first), Refusal(Reason.NOT_YOUR_ROLE)
    desk = [Check("EP-101", Verdict.PASS)]
    assert not_theirs in against(accepting.accept, first, seen, clinic, AT, fresh_codes)
    assert not_theirs in against(review.confirm, first, desk, seen, clinic, AT)
    checked(first, cast.lin)
    refer(first, cast.lin)
    for deed in (approve, refuse, send_back):
        assert against(deed, first, clinic) == (Refusal(Reason.NOT_YOUR_LEVEL),)


def test_what_the_issuer_sends_back_is_void_and_gets_another_number(cast: Cast) -> None:
    decided_by(issuer=True)
    case_id = ready(cast.he, cast.lin)
    assert approve(case_id, cast.lin) == NOTICES[0]
    assert against(send_back, case_id, cast.issuer, " ") == (Refusal(Reason.WORDS_NEEDED),)
    send_back(case_id, cast.issuer)
    case = cases.get(case_id, cast.lin)
    assert (case.state, case.level, case.approved_at, case.approved_by) == (
        State.ACCEPTED,
        0,
        None,
        None,
    )
    first = documents.of_case(case_id)
    assert (first.voided_at, first.released_at) == (AT, None)
    assert approve(case_id, cast.lin) == NOTICES[1]
    release(case_id, cast.issuer)
    second = documents.of_case(case_id)
    assert [releasing.awaiting(one.id) is None for one in (first, second)] == [True, False]
    assert audit.of_case(case_id)[0].payload["document"] == second.id


def test_sent_back_from_the_issuer_the_last_level_has_it_again(cast: Cast) -> None:
    decided_by("command", issuer=True)
    case_id = ready(cast.he, cast.lin)
    refer(case_id, cast.lin)
    approve(case_id, cast.command)
    send_back(case_id, cast.issuer)
    assert (state_of(case_id), cases.get(case_id, cast.lin).level) == (State.REFERRED, 1)
    assert approve(case_id, cast.command) == NOTICES[1]


def test_a_refusal_says_facts_basis_and_remedies_in_a_series_of_its_own(cast: Cast) -> None:
    case_id = ready(cast.he, cast.lin)
    assert against(refuse, case_id, cast.lin, "\n") == (Refusal(Reason.WORDS_NEEDED),)
    assert refuse(case_id, cast.lin) == "样复工缓〔2026〕1号"
    case, letter = cases.get(case_id, cast.he), documents.all_of_case(case_id)
    assert (case.state, case.closed_at, case.due_on) == (State.REFUSED, AT, None)
    words = next(one.content for one in letter if one.kind is LetterKind.REFUSAL)
    for said in ("未备体温计", "防控指南", "陈述", "行政复议"):
        assert said in words
    assert documents.of_case(case_id) is None


@pytest.mark.parametrize("lacking", ["hearing", "remedies"])
def test_nothing_adverse_is_issued_without_remedies(cast: Cast, lacking: str) -> None:
    case_id, other = ready(cast.he, cast.lin), submitted(cast.zhe)
    with transaction():
        setattr(this_town(), lacking, " ")
    unknown = (Refusal(Reason.REMEDIES_UNKNOWN),)
    assert against(refuse, case_id, cast.lin) == unknown
    assert against(not_accept, other, cast.office) == unknown
    assert (state_of(case_id), state_of(other)) == (State.INSPECTING, State.SUBMITTED)
    assert approve(case_id, cast.lin) == NOTICES[0]


def not_accept(case_id: int, by: Actor, words: str = "不属本镇受理") -> str:
    version = version_of(case_id)
    return accepting.not_accept(case_id, words, "", version, by, AT, fresh_codes)


def test_what_is_not_accepted_is_told_why(cast: Cast) -> None:
    case_id = submitted(cast.he)
    assert against(not_accept, case_id, cast.office, "") == (Refusal(Reason.WORDS_NEEDED),)
    assert not_accept(case_id, cast.office) == "样复工不受〔2026〕1号"
    assert letters_of(case_id) == [(LetterKind.NON_ACCEPTANCE, "样复工不受〔2026〕1号")]
    assert (state_of(case_id), cases.get(case_id, cast.he).closed_at) == (State.NOT_ACCEPTED, AT)


def test_a_voided_number_is_never_given_again(cast: Cast) -> None:
    case_id = approved(cast.he, cast.lin)
    assert against(void, case_id, cast.lin) == (Refusal(Reason.NOT_YOUR_ROLE),)
    void(case_id, cast.issuer)
    notice = documents.of_case(case_id)
    assert (state_of(case_id), notice.voided_at) == (State.VOIDED, AT)
    assert releasing.awaiting(notice.id) is None  # the job that waits makes nothing
    assert approve(ready(cast.zhe, cast.lin), cast.lin) == NOTICES[1]


def test_a_page_that_is_out_of_date_decides_nothing(cast: Cast) -> None:
    decided_by("command", issuer=True)
    case_id = ready(cast.he, cast.lin)
    refer(case_id, cast.lin)
    approve(case_id, cast.command)
    seen = version_of(case_id) - 1
    before = letters_of(case_id)
    for deed in (
        lambda: releasing.release(case_id, seen, cast.issuer, AT),
        lambda: deciding.void(case_id, "写错了", seen, cast.issuer, AT),
    ):
        with pytest.raises(Stale):
            deed()
    assert letters_of(case_id) == before
    assert documents.of_case(case_id).voided_at is None
