"""The liaison looks at every requirement, then approves: once, and with a number of its own."""

import json
from collections.abc import Callable

import pytest

from tests.cast import AT, Cast, checked, codes, draft, submitted, version_of
from workflow.core.checklist import Check, Verdict
from workflow.core.refusals import NotFound, Reason, Refusal, Refused, Stale
from workflow.core.reveals import RevealReason
from workflow.core.roles import SYSTEM, Actor, Role
from workflow.core.states import State
from workflow.issuing.content import NoticeContent
from workflow.store import audit, cases, documents
from workflow.store.cases import NoScope
from workflow.store.db import db
from workflow.usecases import review

LISTED = [f"EP-{number}" for number in (101, 103, 104, 106, 111, 121, 123, 141, 151, 202)]


def refusals(caught: pytest.ExceptionInfo[Refused]) -> tuple[Refusal, ...]:
    return caught.value.refusals


def confirm(case_id: int, *checks: Check, by: Actor) -> None:
    review.confirm(case_id, checks, version_of(case_id), by, AT)


def approve(case_id: int, by: Actor, seed: int = 0) -> str:
    return review.approve(case_id, version_of(case_id), by, AT, codes(seed))


def kept(case_id: int, liaison: Actor) -> dict[str, tuple[Verdict, str]]:
    db.session.rollback()
    found = cases.get(case_id, liaison)
    return {check.code: (check.verdict, check.note) for check in found.submission.checks}


def actions(case_id: int) -> list[str]:
    return [event.action for event in reversed(audit.of_case(case_id))]


def test_verdicts_are_kept_bit_by_bit(cast: Cast) -> None:
    case_id = submitted(cast.he)
    confirm(case_id, Check("EP-101", Verdict.PASS), by=cast.lin)
    confirm(case_id, Check("EP-123", Verdict.FAIL, "缺一支"), by=cast.lin)
    assert kept(case_id, cast.lin) == {
        "EP-101": (Verdict.PASS, ""),
        "EP-123": (Verdict.FAIL, "缺一支"),
    }
    confirm(case_id, Check("EP-123", Verdict.PASS, "补上了"), by=cast.lin)
    assert kept(case_id, cast.lin)["EP-123"] == (Verdict.PASS, "补上了")
    assert cases.get(case_id, cast.lin).state is State.SUBMITTED


def test_the_ledger_keeps_the_verdicts_and_not_the_notes(cast: Cast) -> None:
    case_id = submitted(cast.he)
    confirm(case_id, Check("EP-123", Verdict.FAIL, "何样本不在"), by=cast.lin)
    assert audit.of_case(case_id)[0].payload == {"verdicts": {"EP-123": "fail"}}


@pytest.mark.parametrize("verdict", [Verdict.FAIL, Verdict.NOT_APPLICABLE])
@pytest.mark.parametrize("note", ["", "  \n"])
def test_anything_but_a_pass_needs_a_note(cast: Cast, verdict: Verdict, note: str) -> None:
    case_id = submitted(cast.he)
    with pytest.raises(Refused) as caught:
        confirm(case_id, Check("EP-101", Verdict.PASS), Check("EP-123", verdict, note), by=cast.lin)
    assert refusals(caught) == (Refusal(Reason.NOTE_MISSING, ("EP-123",)),)
    assert kept(case_id, cast.lin) == {}


def test_a_code_that_is_not_in_the_list_is_refused(cast: Cast) -> None:
    case_id = submitted(cast.he)
    with pytest.raises(Refused) as caught:
        confirm(
            case_id,
            Check("EP-101", Verdict.PASS),
            Check("EP-999", Verdict.PASS),
            Check("XX-1", Verdict.PASS),
            by=cast.lin,
        )
    assert refusals(caught) == (Refusal(Reason.NOT_IN_LIST, ("EP-999", "XX-1")),)
    assert kept(case_id, cast.lin) == {}


def test_approval_waits_for_the_last_check(cast: Cast) -> None:
    case_id = submitted(cast.he)
    confirm(case_id, *(Check(code, Verdict.PASS) for code in LISTED[:-2]), by=cast.lin)
    with pytest.raises(Refused) as caught:
        approve(case_id, cast.lin)
    assert refusals(caught) == (Refusal(Reason.CHECKS_MISSING, ("EP-151", "EP-202")),)
    confirm(case_id, *(Check(code, Verdict.PASS) for code in LISTED[-2:]), by=cast.lin)
    assert approve(case_id, cast.lin) == "样复工〔2026〕1号"


def test_a_failed_veto_stops_approval_by_name(cast: Cast) -> None:
    case_id = checked(
        submitted(cast.he), cast.lin, EP_141=Verdict.FAIL, EP_121=Verdict.FAIL, EP_202=Verdict.FAIL
    )
    with pytest.raises(Refused) as caught:
        approve(case_id, cast.lin)
    assert refusals(caught) == (Refusal(Reason.VETO_FAILED, ("EP-141", "EP-202")),)
    assert cases.get(case_id, cast.lin).state is State.SUBMITTED
    assert documents.of_case(case_id) is None


def test_a_veto_that_does_not_apply_does_not_stop_approval(cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin, EP_141=Verdict.NOT_APPLICABLE)
    assert approve(case_id, cast.lin)


def test_a_failed_major_becomes_a_condition(cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    confirm(case_id, Check("EP-121", Verdict.FAIL, "只有三天的量"), by=cast.lin)
    approve(case_id, cast.lin)
    content = NoticeContent.from_json(documents.of_case(case_id).content)
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
    assert (document.token, document.typed_code) == (codes().token, codes().typed_code)
    (job,) = db.session.execute(db.text("SELECT task_name, args FROM procrastinate_jobs"))
    assert tuple(job) == ("issue_notice", {"document_id": document.id})
    assert actions(case_id) == ["open", "submit", "confirm", "approve"]


# What each may do to a submitted case of He's, which lies in Lin's field.
MAY = {
    "he": Refused,
    "zhe": NotFound,
    "lv": NotFound,
    "staff": NoScope,
    "lin": None,
    "zhou": NotFound,
    "office": Refused,
    "issuer": Refused,
    "command": Refused,
    "auditor": Refused,
    "admin": NoScope,
    "service": Refused,
}
STEPS: dict[str, Callable[[int, Actor], object]] = {
    "confirm": lambda case_id, who: confirm(case_id, Check("EP-101", Verdict.PASS), by=who),
    "approve": approve,
    "reveal": lambda case_id, who: review.reveal_contact(case_id, RevealReason.ASK, who, AT),
}


def whom(cast: Cast, who: str) -> Actor:
    return SYSTEM if who == "service" else getattr(cast, who)


def test_every_role_is_in_the_table(cast: Cast) -> None:
    assert {whom(cast, who).role for who in MAY} == set(Role)


def outcome(step: str, case_id: int, actor: Actor) -> type[Exception] | None:
    try:
        STEPS[step](case_id, actor)
    except Refused as refused:
        # The office's role may review, but only in fields it has taken over.
        reason = Reason.NOT_YOUR_FIELD if actor.role is Role.OFFICE else Reason.NOT_YOUR_ROLE
        return Refused if refused.refusals == (Refusal(reason),) else None
    except (NotFound, NoScope) as nothing:
        return type(nothing)
    return None


@pytest.mark.parametrize("step", STEPS)
def test_only_the_liaison_of_the_field_reviews(cast: Cast, step: str) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    before = actions(case_id)
    others = [who for who in MAY if who != "lin"]
    outcomes = {who: outcome(step, case_id, whom(cast, who)) for who in others}
    assert actions(case_id) == before
    assert outcomes | {"lin": outcome(step, case_id, cast.lin)} == MAY
    assert actions(case_id) == [*before, step]


@pytest.mark.parametrize("step", STEPS)
def test_a_draft_is_not_to_be_reviewed(cast: Cast, step: str) -> None:
    case_id = draft(cast.he)
    with pytest.raises(NotFound):
        STEPS[step](case_id, cast.lin)


@pytest.mark.parametrize("behind", [1, 2, -1])
def test_a_page_that_is_out_of_date_changes_nothing(cast: Cast, behind: int) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    seen = version_of(case_id) - behind
    with pytest.raises(Stale):
        review.approve(case_id, seen, cast.lin, AT, codes())
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
