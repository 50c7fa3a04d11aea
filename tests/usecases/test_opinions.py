"""会签: departments are asked once and answer once; what their silence means is written."""

from datetime import date, timedelta

import pytest

from tests.cast import AT, Cast, accepted, approve, draft, submitted, version_of
from tests.usecases.ways import (
    CLINIC,
    EMERGENCY,
    decided_by,
    hand_in,
    of_department,
    ready,
    refer,
    returned,
    withdraw,
)
from workflow.core.deciding import View
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.roles import Actor, Role
from workflow.store import audit, cases, decisions, proofs, talk
from workflow.store.cases import NoScope
from workflow.store.db import db
from workflow.usecases import opinions, submitting, talking

A_DAY = timedelta(days=1)
NO_SCOPE = {Role.STAFF, Role.ADMIN}


def answer(case_id: int, by: Actor, view: View = View.AGREES, words: str = "") -> None:
    opinions.answer(case_id, view, words, by, AT)


def awaited(case_id: int, by: Actor, late: timedelta) -> tuple[str, ...]:
    """Whose opinion an approval would wait for so many days later."""
    with pytest.raises(Refused) as caught:
        approve(case_id, by, AT + late)
    (refusal,) = caught.value.refusals
    assert refusal.reason is Reason.OPINIONS_AWAITED
    return refusal.facts


def test_a_decision_waits_for_opinions_as_long_as_is_written(cast: Cast) -> None:
    decided_by(asked={CLINIC: "no_objection", EMERGENCY: "waits"})
    case_id = ready(cast.he, cast.lin)
    asked = [(one.department.name, one.asked_on, one.due_on) for one in decisions.opinions(case_id)]
    monday, tuesday = date(2026, 11, 23), date(2026, 11, 24)
    assert asked == [(CLINIC, monday, tuesday), (EMERGENCY, monday, tuesday)]
    assert awaited(case_id, cast.lin, A_DAY) == (CLINIC, EMERGENCY)
    assert awaited(case_id, cast.lin, 2 * A_DAY) == (EMERGENCY,)  # the other's silence counts
    answer(case_id, of_department("yingji"))
    assert awaited(case_id, cast.lin, A_DAY) == (CLINIC,)
    answer(case_id, of_department())
    assert approve(case_id, cast.lin) == "样复工〔2026〕1号"


def test_an_objection_gives_its_reason_and_decides_nothing(cast: Cast) -> None:
    decided_by(asked={CLINIC: "waits"})
    case_id = ready(cast.he, cast.lin)
    with pytest.raises(Refused) as caught:
        answer(case_id, of_department(), View.OBJECTS, " \n")
    assert caught.value.refusals == (Refusal(Reason.WORDS_NEEDED),)
    answer(case_id, of_department(), View.OBJECTS, "隔离室朝北")
    (said,) = decisions.opinions(case_id)
    assert (said.view, said.words, said.answered_at) == (View.OBJECTS, "隔离室朝北", AT)
    event = audit.of_case(case_id)[0]
    fact = {**proofs.of_opinion(said), "view": "objects"}
    assert (event.action, event.payload) == ("opinion", fact)
    with pytest.raises(Refused) as caught:
        answer(case_id, of_department())
    assert caught.value.refusals == (Refusal(Reason.ANSWERED_ALREADY),)
    assert approve(case_id, cast.lin)


def test_only_the_department_that_was_asked_answers(cast: Cast) -> None:
    decided_by(asked={CLINIC: "waits"})
    case_id = ready(cast.he, cast.lin)
    for who in (of_department("yingji"), cast.office, cast.lin, cast.command, cast.he, cast.zhou):
        with pytest.raises(NotFound):
            answer(case_id, who)
    with pytest.raises(NotFound):
        answer(submitted(cast.zhe), of_department())  # not asked before it was accepted


def test_it_answers_while_the_filing_is_corrected_and_is_not_asked_again(cast: Cast) -> None:
    decided_by(asked={CLINIC: "waits"})
    case_id = accepted(cast.he)
    told = returned(case_id, cast.lin)
    answer(case_id, of_department())
    submitting.answer_point(case_id, told, "好了", cast.he, AT)
    hand_in(case_id, cast.he)
    assert [one.view for one in decisions.opinions(case_id)] == [View.AGREES]


@pytest.mark.parametrize("end", ["approved", "withdrawn"])
def test_what_is_decided_needs_no_opinion_any_more(cast: Cast, end: str) -> None:
    decided_by("command", issuer=True, asked={CLINIC: "no_objection"})
    case_id = ready(cast.he, cast.lin)
    if end == "withdrawn":
        withdraw(case_id, cast.he)
    else:
        refer(case_id, cast.lin, AT + 2 * A_DAY)
        approve(case_id, cast.command, AT + 2 * A_DAY)
    with pytest.raises(Refused) as caught:
        answer(case_id, of_department())
    state = "withdrawn" if end == "withdrawn" else "awaiting_release"
    assert caught.value.refusals == (Refusal(Reason.NO_SUCH_STEP, (state,)),)


def test_who_sees_a_case_looks_and_some_speak(cast: Cast) -> None:
    case_id = submitted(cast.he)
    for who, text in ((cast.he, " 请问何时核查？ "), (cast.lin, "明天上午。"), (cast.office, "好")):
        talking.say(case_id, text, who, AT)
    said = [(one.role, one.text) for one in talk.messages(case_id)]
    assert said == [
        (Role.ENTERPRISE, "请问何时核查？"),
        (Role.LIAISON, "明天上午。"),
        (Role.OFFICE, "好"),
    ]
    for who in (cast.issuer, cast.command, cast.auditor):
        with pytest.raises(Refused) as caught:
            talking.say(case_id, "话", who, AT)
        assert caught.value.refusals == (Refusal(Reason.NOT_YOUR_ROLE),)
    with pytest.raises(Refused) as caught:
        talking.say(case_id, " \n", cast.he, AT)
    assert caught.value.refusals == (Refusal(Reason.WORDS_NEEDED),)


@pytest.mark.parametrize("deed", ["say", "look"])
def test_who_does_not_see_a_case_neither_speaks_nor_looks(cast: Cast, deed: str) -> None:
    case_id = submitted(cast.he)
    does = {
        "say": lambda who: talking.say(case_id, "话", who, AT),
        "look": lambda who: talking.look(case_id, who, AT),
    }[deed]
    for who in (cast.zhe, cast.zhou):
        with pytest.raises(NotFound):
            does(who)
    for role in NO_SCOPE:
        with pytest.raises(NoScope):
            does(cast.of(role))
    assert (talk.messages(case_id), talk.looks(case_id)) == ([], [])


def test_nothing_is_said_about_a_draft(cast: Cast) -> None:
    case_id = draft(cast.he)
    with pytest.raises(Refused) as caught:
        talking.say(case_id, "话", cast.he, AT)
    assert caught.value.refusals == (Refusal(Reason.NO_SUCH_STEP, ("draft",)),)


def test_others_see_who_has_looked_and_at_what(cast: Cast) -> None:
    case_id = submitted(cast.he)
    seen = version_of(case_id)
    talking.look(case_id, cast.lin, AT)
    talking.look(case_id, cast.office, AT + A_DAY)
    returned(case_id, cast.office, AT + A_DAY)
    talking.look(case_id, cast.lin, AT + 2 * A_DAY)
    db.session.expire_all()
    looks = {one.account_id: one for one in talk.looks(case_id)}
    mine = looks[cast.lin.account_id]
    assert (mine.first_at, mine.last_at) == (AT, AT + 2 * A_DAY)
    assert mine.version == version_of(case_id) > seen
    assert talk.seen(cast.office.account_id, [case_id]) == {case_id: seen}
    assert talk.seen(cast.command.account_id, [case_id]) == {}
    assert cases.get(case_id, cast.lin).version == mine.version
