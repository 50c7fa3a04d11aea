"""The liaison looks at every requirement, then approves: once, and with a number of its own."""

import json

import pytest

from tests.cast import (
    AT,
    Cast,
    approve,
    checked,
    fresh_codes,
    inspected,
    submitted,
    version_of,
)
from workflow.core.checklist import Check, Verdict
from workflow.core.letters import LetterKind
from workflow.core.refusals import Reason, Refusal, Refused, Stale
from workflow.core.reveals import RevealReason
from workflow.core.roles import Actor
from workflow.core.states import State
from workflow.issuing.content import DocumentContent
from workflow.store import audit, cases, documents, proofs
from workflow.store.db import db
from workflow.usecases import deciding, review

# What the office confirms at its desk; the rest is the liaison's, at the place.
AT_THE_DESK = [f"EP-{number}" for number in (101, 103, 104, 106, 111, 202)]
LISTED = [f"EP-{number}" for number in (101, 103, 104, 106, 111, 121, 123, 141, 151, 202)]


def refusals(caught: pytest.ExceptionInfo[Refused]) -> tuple[Refusal, ...]:
    return caught.value.refusals


def confirm(case_id: int, *checks: Check, by: Actor) -> None:
    review.confirm(case_id, checks, version_of(case_id), by, AT)


def kept(case_id: int, liaison: Actor) -> dict[str, tuple[Verdict, str]]:
    db.session.rollback()
    found = cases.get(case_id, liaison)
    return {check.code: (check.verdict, check.note) for check in found.submission.checks}


def actions(case_id: int) -> list[str]:
    return [event.action for event in reversed(audit.of_case(case_id))]


BEFORE = ["open", "submit", "confirm", "accept", "inspect", "confirm"]
WITH_APPROVAL = {LetterKind.NOTICE, LetterKind.INSPECTION}


def test_verdicts_are_kept_bit_by_bit(cast: Cast) -> None:
    case_id = submitted(cast.he)
    confirm(case_id, Check("EP-101", Verdict.PASS), by=cast.office)
    confirm(case_id, Check("EP-103", Verdict.FAIL, "缺一页"), by=cast.office)
    assert kept(case_id, cast.lin) == {
        "EP-101": (Verdict.PASS, ""),
        "EP-103": (Verdict.FAIL, "缺一页"),
    }
    confirm(case_id, Check("EP-103", Verdict.PASS, "补上了"), by=cast.office)
    assert kept(case_id, cast.lin)["EP-103"] == (Verdict.PASS, "补上了")
    assert cases.get(case_id, cast.lin).state is State.SUBMITTED


def test_the_liaison_goes_on_from_what_the_office_found(cast: Cast) -> None:
    case_id = inspected(cast.he, cast.lin)
    found = kept(case_id, cast.lin)
    assert found == dict.fromkeys(AT_THE_DESK, (Verdict.PASS, "看过了"))
    confirm(case_id, Check("EP-103", Verdict.FAIL, "与现场不符"), by=cast.lin)
    confirm(case_id, Check("EP-123", Verdict.PASS), by=cast.lin)
    changed = {"EP-103": (Verdict.FAIL, "与现场不符"), "EP-123": (Verdict.PASS, "")}
    assert kept(case_id, cast.lin) == found | changed
    assert cases.get(case_id, cast.lin).state is State.INSPECTING


def test_at_its_desk_the_office_confirms_its_own_items_only(cast: Cast) -> None:
    case_id = submitted(cast.he)
    with pytest.raises(Refused) as caught:
        confirm(
            case_id,
            Check("EP-101", Verdict.PASS),
            Check("EP-141", Verdict.PASS),
            by=cast.office,
        )
    assert refusals(caught) == (Refusal(Reason.NOT_IN_LIST, ("EP-141",)),)
    assert kept(case_id, cast.lin) == {}
    with pytest.raises(Refused) as caught:
        confirm(case_id, Check("EP-101", Verdict.PASS), by=cast.lin)
    assert refusals(caught) == (Refusal(Reason.NO_SUCH_STEP, ("submitted",)),)


def test_the_ledger_keeps_the_verdicts_and_not_the_notes(cast: Cast) -> None:
    case_id = inspected(cast.he, cast.lin)
    confirm(case_id, Check("EP-123", Verdict.FAIL, "何样本不在"), by=cast.lin)
    submission = cases.get(case_id, cast.lin).submission
    assert audit.of_case(case_id)[0].payload == {
        "verdicts": {"EP-123": "fail"},
        "submission": submission.id,
        "checks": proofs.of_checks(submission.checks),
    }
    assert "何样本" not in json.dumps(audit.of_case(case_id)[0].payload, ensure_ascii=False)


@pytest.mark.parametrize("verdict", [Verdict.FAIL, Verdict.NOT_APPLICABLE])
@pytest.mark.parametrize("note", ["", "  \n"])
def test_anything_but_a_pass_needs_a_note(cast: Cast, verdict: Verdict, note: str) -> None:
    case_id = inspected(cast.he, cast.lin)
    before = kept(case_id, cast.lin)
    with pytest.raises(Refused) as caught:
        confirm(case_id, Check("EP-101", Verdict.PASS), Check("EP-123", verdict, note), by=cast.lin)
    assert refusals(caught) == (Refusal(Reason.NOTE_MISSING, ("EP-123",)),)
    assert kept(case_id, cast.lin) == before


def test_a_code_that_is_not_in_the_list_is_refused(cast: Cast) -> None:
    case_id = inspected(cast.he, cast.lin)
    before = kept(case_id, cast.lin)
    with pytest.raises(Refused) as caught:
        confirm(
            case_id,
            Check("EP-101", Verdict.PASS),
            Check("EP-999", Verdict.PASS),
            Check("XX-1", Verdict.PASS),
            by=cast.lin,
        )
    assert refusals(caught) == (Refusal(Reason.NOT_IN_LIST, ("EP-999", "XX-1")),)
    assert kept(case_id, cast.lin) == before


def test_approval_waits_for_the_last_check(cast: Cast) -> None:
    case_id = inspected(cast.he, cast.lin)
    confirm(case_id, *(Check(code, Verdict.PASS) for code in LISTED[:-2]), by=cast.lin)
    with pytest.raises(Refused) as caught:
        approve(case_id, cast.lin)
    assert refusals(caught) == (Refusal(Reason.CHECKS_MISSING, ("EP-151",)),)
    confirm(case_id, Check("EP-151", Verdict.PASS), by=cast.lin)
    assert approve(case_id, cast.lin) == "样复工〔2026〕1号"


def test_a_failed_veto_stops_approval_by_name(cast: Cast) -> None:
    case_id = checked(
        submitted(cast.he), cast.lin, EP_141=Verdict.FAIL, EP_121=Verdict.FAIL, EP_202=Verdict.FAIL
    )
    with pytest.raises(Refused) as caught:
        approve(case_id, cast.lin)
    assert refusals(caught) == (Refusal(Reason.VETO_FAILED, ("EP-141", "EP-202")),)
    assert cases.get(case_id, cast.lin).state is State.INSPECTING
    assert documents.of_case(case_id) is None


def test_a_veto_that_does_not_apply_does_not_stop_approval(cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin, EP_141=Verdict.NOT_APPLICABLE)
    assert approve(case_id, cast.lin)


def test_a_failed_major_becomes_a_condition(cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    confirm(case_id, Check("EP-121", Verdict.FAIL, "只有三天的量"), by=cast.lin)
    approve(case_id, cast.lin)
    content = DocumentContent.from_json(documents.of_case(case_id).content)
    to_mend = [line for line in content.conditions if line.startswith("改好")]
    assert to_mend == ["改好“口罩存量达到要求天数”，并请企业专员复查。"]
    assert "三天" not in "".join(content.conditions)  # anyone may read them; the note is an annex's
    lines = {line.code: (line.result, line.note) for line in content.checklist}
    assert list(lines) == LISTED
    assert lines["EP-121"] == ("不合格", "只有三天的量")
    assert lines["EP-101"] == ("合格", "看过了")


def test_approval_says_who_and_when_and_asks_for_the_notice(cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    assert approve(case_id, cast.lin) == "样复工〔2026〕1号"
    case, document = cases.get(case_id, cast.lin), documents.of_case(case_id)
    assert (case.state, case.approved_by) == (State.APPROVED, cast.lin.account_id)
    assert (case.approved_at, case.issued_at) == (AT, None)
    assert (document.released_at, document.released_by) == (AT, None)  # by the approval itself
    jobs = db.session.execute(db.text("SELECT task_name, args FROM procrastinate_jobs")).all()
    assert ("issue_notice", {"document_id": document.id}) in jobs
    assert actions(case_id) == [*BEFORE, "approve", "release"]
    release, approval = audit.of_case(case_id)[:2]
    assert (release.actor_id, release.role) == (None, "system")
    assert approval.payload["document"] == document.id
    assert set(approval.payload["letters"]) == {
        str(one.id) for one in documents.all_of_case(case_id) if one.kind in WITH_APPROVAL
    }


@pytest.mark.parametrize("behind", [1, 2, -1])
def test_a_page_that_is_out_of_date_changes_nothing(cast: Cast, behind: int) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    seen = version_of(case_id) - behind
    with pytest.raises(Stale):
        deciding.approve(case_id, "", seen, cast.lin, AT, fresh_codes)
    with pytest.raises(Stale):
        review.confirm(case_id, [Check("EP-101", Verdict.FAIL, "缺")], seen, cast.lin, AT)
    assert kept(case_id, cast.lin)["EP-101"] == (Verdict.PASS, "看过了")
    assert approve(case_id, cast.lin) == "样复工〔2026〕1号"


def test_nothing_is_checked_after_approval(cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    approve(case_id, cast.lin)
    with pytest.raises(Refused) as caught:
        confirm(case_id, Check("EP-101", Verdict.FAIL, "缺"), by=cast.lin)
    assert refusals(caught) == (Refusal(Reason.NO_SUCH_STEP, ("approved",)),)


def test_the_contact_is_shown_and_the_ledger_says_so(cast: Cast) -> None:
    case_id = submitted(cast.he)
    contact = review.reveal_contact(case_id, RevealReason.ASK, cast.lin, AT)
    assert (contact.name, contact.mobile) == ("何样本", "00000000052")
    event = audit.of_case(case_id)[0]
    assert (event.action, event.actor_id) == ("reveal", cast.lin.account_id)
    assert event.payload == {"what": "contact", "reason": "ask"}
    written = json.dumps(event.payload, ensure_ascii=False)
    assert contact.name not in written
    assert contact.mobile not in written


def test_a_contact_is_not_shown_when_the_ledger_cannot_say_so(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError("disk full")

    case_id = submitted(cast.he)
    monkeypatch.setattr(audit, "record", fails)
    with pytest.raises(OSError, match="disk full"):
        review.reveal_contact(case_id, RevealReason.ASK, cast.lin, AT)
