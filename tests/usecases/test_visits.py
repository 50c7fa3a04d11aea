"""现场核查: photographs, what failed is mended and looked at again; one inspection at a time."""

from datetime import date, datetime, timedelta

import pytest
from PIL import Image

from tests.cast import AT, PAPER, Cast, approve, checked, inspected, version_of
from tests.cast import fresh_codes as codes
from tests.usecases.pictures import saved
from tests.usecases.ways import give_back, hand_in, letters_of, point, state_of, withdraw
from workflow.core.checklist import Verdict
from workflow.core.clocks import Stage
from workflow.core.corrections import Anchor, RequestKind
from workflow.core.letters import LetterKind
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.roles import Actor
from workflow.core.states import State
from workflow.core.visits import Mode
from workflow.store import cases, corrections, files, inspections, turns
from workflow.store.db import db
from workflow.store.files import StoredFile, Vault
from workflow.usecases import filing, inspecting, submitting

FRIDAY = date(2026, 11, 27)
LATER = datetime.fromisoformat("2026-11-24T02:00:00+00:00")
PHOTO = saved(Image.new("RGB", (8, 8), (9, 99, 9)), "PNG")


def add(case_id: int, by: Actor, code: str = "EP-123", data: bytes = PHOTO) -> None:
    inspecting.add_photo(case_id, code, "入口.png", data, by, AT)


def photos(case_id: int) -> list[tuple[str, str]]:
    db.session.rollback()
    return [(one.code, one.name) for one in inspections.of_case(case_id)[-1].photos]


def lies_in_the_vault(sha256: str) -> bool:
    return bool(Vault.filesystem().exists(Vault.path(sha256)))


def rectify(case_id: int, by: Actor, mend_by: date = FRIDAY, at: datetime = AT) -> None:
    inspecting.rectify(case_id, mend_by, version_of(case_id), by, at, codes)


def test_a_photograph_belongs_to_a_requirement_or_to_the_place(cast: Cast) -> None:
    case_id = inspected(cast.he, cast.lin)
    for code in ("EP-123", "", "EP-123"):  # the same one again is not kept twice
        add(case_id, cast.lin, code)
    assert photos(case_id) == [("EP-123", "入口.png"), ("", "入口.png")]
    with pytest.raises(Refused) as caught:
        add(case_id, cast.lin, "EP-999")
    assert caught.value.refusals == (Refusal(Reason.NOT_IN_LIST, ("EP-999",)),)


def test_only_pictures_are_photographs_and_not_without_end(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = inspected(cast.he, cast.lin)
    with pytest.raises(Refused) as caught:
        add(case_id, cast.lin, data=PAPER)
    assert caught.value.refusals == (Refusal(Reason.FILE_NOT_ACCEPTED),)
    monkeypatch.setattr(inspecting, "MAX_PHOTOS", 1)
    add(case_id, cast.lin)
    with pytest.raises(Refused) as caught:
        add(case_id, cast.lin, "EP-141")
    assert caught.value.refusals == (Refusal(Reason.TOO_MANY_FILES, ("1",)),)
    assert len(photos(case_id)) == 1


def test_photographs_are_taken_by_who_inspects_and_while_it_lasts(cast: Cast) -> None:
    case_id = checked(inspected(cast.he, cast.lin), cast.lin)
    for who, refusal in (
        (cast.he, Refusal(Reason.NOT_YOUR_ROLE)),
        (cast.office, Refusal(Reason.NOT_YOUR_FIELD)),
    ):
        with pytest.raises(Refused) as caught:
            add(case_id, who)
        assert caught.value.refusals == (refusal,)
    with pytest.raises(NotFound):
        add(case_id, cast.zhou)
    add(case_id, cast.lin)
    approve(case_id, cast.lin)
    for deed in (
        lambda: add(case_id, cast.lin, ""),
        lambda: inspecting.drop_photo(case_id, 1, cast.lin, AT),
    ):
        with pytest.raises(Refused) as caught:
            deed()
        assert caught.value.refusals == (Refusal(Reason.NO_SUCH_STEP, ("approved",)),)


def test_a_dropped_photograph_is_gone_unless_something_else_has_it(cast: Cast) -> None:
    case_id = inspected(cast.he, cast.lin)
    add(case_id, cast.lin)
    add(case_id, cast.lin, "")
    first, second = inspections.open_one(case_id).photos
    sha256 = first.sha256
    with pytest.raises(NotFound):
        inspecting.drop_photo(case_id, 99, cast.lin, AT)
    inspecting.drop_photo(case_id, first.id, cast.lin, AT)
    assert lies_in_the_vault(sha256)  # it is the place's, too
    inspecting.drop_photo(case_id, second.id, cast.lin, AT)
    assert photos(case_id) == []
    assert not lies_in_the_vault(sha256)
    assert db.session.get(StoredFile, sha256) is None


def test_a_picture_taken_out_of_the_filing_stays_in_the_inspection(cast: Cast) -> None:
    """The enterprise handed in the very picture that the liaison put into the inspection."""
    other = filing_of(cast.zhe)
    filing.attach(other, "入口.png", PHOTO, frozenset({"EP-101"}), cast.zhe, AT)
    case_id = inspected(cast.he, cast.lin)
    add(case_id, cast.lin)
    (attachment,) = cases.get(other, cast.zhe).attachments
    sha256, attachment_id = attachment.sha256, attachment.id
    filing.detach(other, attachment_id, cast.zhe, AT)
    assert photos(case_id) == [("EP-123", "入口.png")]
    assert files.read(sha256)


def filing_of(clerk: Actor) -> int:
    from_nothing = db.session.execute(
        db.text("SELECT p.id, s.id FROM places p, stops s WHERE p.enterprise_id = :id"),
        {"id": clerk.enterprise_id},
    ).first()
    return filing.open_case(from_nothing[0], from_nothing[1], "ep_reopen", clerk, AT)


def test_what_failed_is_mended_and_inspected_again(cast: Cast) -> None:
    case_id = checked(
        inspected(cast.he, cast.lin), cast.lin, EP_141=Verdict.FAIL, EP_121=Verdict.FAIL
    )
    with pytest.raises(Refused) as caught:
        rectify(case_id, cast.lin, date(2026, 11, 22))
    assert caught.value.refusals == (Refusal(Reason.DAYS_PAST),)
    rectify(case_id, cast.lin, at=AT + timedelta(hours=1))
    (request,) = corrections.requests(case_id)
    assert (request.kind, request.due_on) == (RequestKind.RECTIFICATION, FRIDAY)
    asked = corrections.of_request(request.id)
    assert [(one.anchor, one.key) for one in asked] == [
        (Anchor.REQUIREMENT, "EP-121"),
        (Anchor.REQUIREMENT, "EP-141"),
    ]
    case = cases.get(case_id, cast.he)
    assert (case.state, case.due_on) == (State.RECTIFYING, FRIDAY)
    assert turns.of_case(case_id)[-1].stage is Stage.RECTIFY
    assert letters_of(case_id)[-1] == (LetterKind.INSPECTION, "样复工核〔2026〕1号")
    for one in asked:
        submitting.answer_point(case_id, one.id, "备好了", cast.he, LATER)
    assert hand_in(case_id, cast.he, LATER) == "样申〔2026〕1号"
    case = cases.get(case_id, cast.lin)
    assert case.state is State.ACCEPTED
    assert {"EP-121", "EP-141"}.isdisjoint(one.code for one in case.submission.checks)
    with pytest.raises(Refused) as caught:
        approve(case_id, cast.lin, LATER)
    assert caught.value.refusals == (
        Refusal(Reason.NOT_INSPECTED),  # not since it was to be mended
        Refusal(Reason.CHECKS_MISSING, ("EP-121", "EP-141")),
    )
    assert approve(checked(case_id, cast.lin, LATER), cast.lin, LATER) == "样复工〔2026〕1号"
    assert [one.seq for one in inspections.of_case(case_id)] == [1, 2]


def test_nothing_is_to_be_mended_where_nothing_failed(cast: Cast) -> None:
    case_id = checked(inspected(cast.he, cast.lin), cast.lin)
    with pytest.raises(Refused) as caught:
        rectify(case_id, cast.lin)
    assert caught.value.refusals == (Refusal(Reason.NOTHING_FAILED),)


def test_an_inspection_is_made_where_it_is_and_with_whom(cast: Cast) -> None:
    case_id = inspected(cast.he, cast.lin)
    point(case_id, Anchor.WHOLE, "", cast.lin)
    give_back(case_id, cast.lin)
    submitting.answer_point(case_id, corrections.open_points(case_id)[0].id, "好", cast.he, AT)
    hand_in(case_id, cast.he)
    inspecting.begin(
        case_id, Mode.VIDEO, " 二号门 ", "镇卫生院、村委会", version_of(case_id), cast.lin, AT
    )
    first, second = inspections.of_case(case_id)
    assert (first.where, first.mode, first.ended_at) == ("样例镇东示村工业路1号", Mode.VISIT, AT)
    assert (second.where, second.mode, second.ended_at) == ("二号门", Mode.VIDEO, None)
    assert (second.others, second.inspector_id) == ("镇卫生院、村委会", cast.lin.account_id)
    withdraw(case_id, cast.he)
    assert state_of(case_id) is State.WITHDRAWN
    assert inspections.of_case(case_id)[1].ended_at == AT
