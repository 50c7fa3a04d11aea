"""不是我的责任田: a place goes to the field it belongs to, and everything stays readable."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import (
    AT,
    Cast,
    approve,
    approved,
    checked,
    draft,
    enter,
    fresh_codes,
    submitted,
    version_of,
)
from tests.usecases.test_numbering import ready
from workflow.core.duty import HandoverReason
from workflow.core.refusals import NotFound, Reason, Refusal, Refused, Stale
from workflow.core.roles import Actor
from workflow.core.states import State
from workflow.store import audit, cases
from workflow.store.cases import Case
from workflow.store.db import db
from workflow.store.duty import Handover, last_handovers
from workflow.usecases import deciding
from workflow.usecases.handing_over import hand_over

LINS, ZHOUS = 1, 2


def pass_on(
    case_id: int,
    by: Actor,
    to_field: int = ZHOUS,
    reason: HandoverReason = HandoverReason.ELSEWHERE,
    words: str = "",
) -> None:
    hand_over(case_id, to_field, reason, words, version_of(case_id), by, AT)


def field_of(case_id: int) -> int:
    return db.session.scalars(select(Case.field_id).where(Case.id == case_id)).one()


def test_the_other_liaison_has_it_now(cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    pass_on(case_id, cast.lin, words="在北示村界内")
    with pytest.raises(NotFound):
        cases.get(case_id, cast.lin)
    found = cases.get(case_id, cast.zhou)
    assert (found.place.field_id, found.field_id) == (ZHOUS, ZHOUS)
    assert len(found.submission.checks) == 10  # what was checked is not lost
    assert approve(case_id, cast.zhou)


def test_the_ledger_names_fields_and_reason_and_not_the_words(cast: Cast) -> None:
    case_id = submitted(cast.he)
    pass_on(case_id, cast.lin, reason=HandoverReason.OTHER, words="何样本的亲戚")
    event, handover = audit.of_case(case_id)[0], db.session.scalars(select(Handover)).one()
    assert event.action == "hand_over"
    assert event.payload == {
        "handover": handover.id,
        "from": LINS,
        "to": ZHOUS,
        "reason": "other",
    }
    assert (handover.words, handover.by) == ("何样本的亲戚", cast.lin.account_id)
    assert last_handovers([handover.place_id])[handover.place_id].id == handover.id


def test_open_cases_go_along_and_decided_ones_stay(cast: Cast) -> None:
    decided = approved(cast.he, cast.lin)
    other, passed = ready(cast, 2), ready(cast, 3)
    pass_on(passed, cast.lin)
    assert [field_of(one) for one in (decided, other, passed)] == [LINS, ZHOUS, ZHOUS]
    actions = {one: audit.of_case(one)[0].action for one in (decided, other, passed)}
    assert actions == {decided: "release", other: "hand_over", passed: "hand_over"}


def test_a_clerk_who_is_typing_notices_nothing(cast: Cast) -> None:
    typing = draft(cast.he)
    seen = version_of(typing)
    pass_on(ready(cast, 2), cast.lin)
    assert (version_of(typing), field_of(typing)) == (seen, ZHOUS)
    assert audit.of_case(typing)[0].action == "hand_over"


def test_another_place_of_the_field_stays(cast: Cast) -> None:
    other, passed = submitted(cast.zhe), submitted(cast.he)
    pass_on(passed, cast.lin)
    assert [field_of(one) for one in (other, passed)] == [LINS, ZHOUS]


@pytest.mark.parametrize("who", ["zhou", "zhe"])
def test_who_does_not_see_it_cannot_pass_it_on(cast: Cast, who: str) -> None:
    case_id = submitted(cast.he)
    with pytest.raises(NotFound):
        pass_on(case_id, getattr(cast, who))


@pytest.mark.parametrize("who", ["he", "issuer", "command", "auditor"])
def test_who_only_looks_on_cannot_pass_it_on(cast: Cast, who: str) -> None:
    case_id = submitted(cast.he)
    with pytest.raises(Refused) as caught:
        pass_on(case_id, getattr(cast, who))
    assert caught.value.refusals == (Refusal(Reason.NOT_YOUR_ROLE),)


def test_the_office_settles_any(cast: Cast) -> None:
    case_id = submitted(cast.he)
    pass_on(case_id, cast.office)
    assert field_of(case_id) == ZHOUS


@pytest.mark.parametrize(
    ("to_field", "reason", "words", "refused"),
    [
        (LINS, HandoverReason.MOVED, "", Reason.SAME_FIELD),
        (ZHOUS, HandoverReason.OTHER, " \n", Reason.WORDS_MISSING),
    ],
)
def test_it_goes_somewhere_else_and_for_a_reason(
    cast: Cast, to_field: int, reason: HandoverReason, words: str, refused: Reason
) -> None:
    case_id = submitted(cast.he)
    with pytest.raises(Refused) as caught:
        pass_on(case_id, cast.lin, to_field, reason, words)
    assert caught.value.refusals == (Refusal(refused),)
    assert field_of(case_id) == LINS


def test_a_field_that_is_none_is_not_found(cast: Cast) -> None:
    case_id = submitted(cast.he)
    with pytest.raises(NotFound):
        pass_on(case_id, cast.lin, 99)


def test_what_is_decided_stays_where_it_is(cast: Cast) -> None:
    case_id = approved(cast.he, cast.lin)
    with pytest.raises(Refused) as caught:
        pass_on(case_id, cast.lin)
    assert caught.value.refusals == (Refusal(Reason.NO_SUCH_STEP, ("approved",)),)


def test_a_page_that_is_out_of_date_passes_nothing_on(cast: Cast) -> None:
    case_id = submitted(cast.he)
    seen = version_of(case_id)
    checked(case_id, cast.lin)
    with pytest.raises(Stale):
        hand_over(case_id, ZHOUS, HandoverReason.MOVED, "", seen, cast.lin, AT)
    assert field_of(case_id) == LINS


def test_it_may_come_back(cast: Cast) -> None:
    case_id = submitted(cast.he)
    pass_on(case_id, cast.lin)
    pass_on(case_id, cast.zhou, LINS, HandoverReason.OTHER, "界碑在这边")
    assert field_of(case_id) == LINS
    place_id = cases.get(case_id, cast.lin).place_id
    assert last_handovers([place_id])[place_id].words == "界碑在这边"


def at_once(app: Flask, *deeds: Callable[[], object]) -> list[str]:
    """What became of each, all begun in the same moment."""
    start, outcomes = Barrier(len(deeds)), [""] * len(deeds)

    def work(place: int, deed: Callable[[], object]) -> None:
        with app.app_context():
            start.wait()
            try:
                deed()
                outcomes[place] = "done"
            except (Refused, Stale, NotFound) as error:
                outcomes[place] = type(error).__name__

    threads = [Thread(target=work, args=one) for one in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.parametrize("turn", range(6))
def test_of_handover_and_approval_at_once_one_wins(app: Flask, cast: Cast, turn: int) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    seen = version_of(case_id)
    deeds = [
        lambda: deciding.approve(case_id, "", seen, cast.lin, AT, fresh_codes),
        lambda: hand_over(case_id, ZHOUS, HandoverReason.MOVED, "", seen, cast.lin, AT),
    ]
    outcomes = at_once(app, *(deeds if turn % 2 else reversed(deeds)))
    assert sorted(outcomes)[1] == "done"
    # The loser hears that somebody was first; "not found" only if it began after the other ended.
    assert sorted(outcomes)[0] in {"Refused", "Stale", "NotFound"}
    db.session.rollback()
    case = db.session.get(Case, case_id, populate_existing=True)
    approved_here = (State.APPROVED, LINS), (State.INSPECTING, ZHOUS)
    assert (case.state, case.field_id) in approved_here


def test_an_approval_that_waited_for_a_handover_is_stale(app: Flask, cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    seen, outcome = version_of(case_id), []

    def approve() -> None:
        with app.app_context():
            try:
                deciding.approve(case_id, "", seen, cast.lin, AT, fresh_codes)
            except (Refused, Stale, NotFound) as error:
                outcome.append(type(error))

    db.session.execute(
        db.text("UPDATE cases SET field_id = 2, version = version + 1 WHERE id = :id"),
        {"id": case_id},
    )
    waiting = Thread(target=approve)
    waiting.start()
    waiting.join(0.5)
    assert waiting.is_alive()  # on the row that is being passed on
    db.session.commit()
    waiting.join()
    assert outcome == [Stale]


def test_two_handovers_of_a_place_do_not_wait_for_each_other_for_ever(
    app: Flask, cast: Cast
) -> None:
    one, two = ready(cast, 1), ready(cast, 2)
    versions = {case_id: version_of(case_id) for case_id in (one, two)}
    outcomes = at_once(
        app,
        *(
            lambda case_id=case_id: hand_over(
                case_id, ZHOUS, HandoverReason.MOVED, "", versions[case_id], cast.lin, AT
            )
            for case_id in versions
        ),
    )
    assert sorted(outcomes)[1] == "done"
    assert sorted(outcomes)[0] in {"Stale", "NotFound"}
    assert len(db.session.scalars(select(Handover)).all()) == 1
    assert cast.zhou.fields == enter().zhou.fields == {ZHOUS}
