"""Messages: who writes them, and how many."""

from datetime import timedelta

import pytest

from tests.cast import AT, Cast, accepted
from tests.usecases.ways import CLINIC, decided_by, of_department
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.store import talk
from workflow.usecases import talking


def test_nobody_floods_a_case_with_messages(cast: Cast) -> None:
    case_id = accepted(cast.he)
    for n in range(talking.MOST_A_DAY):
        talking.say(case_id, f"第 {n} 条", cast.he, AT)
    with pytest.raises(Refused) as caught:
        talking.say(case_id, "再一条", cast.he, AT)
    assert caught.value.refusals == (Refusal(Reason.TOO_MANY_MESSAGES),)
    talking.say(case_id, "请打电话", cast.lin, AT)
    talking.say(case_id, "好", cast.he, AT + timedelta(days=1))
    assert len(talk.messages(case_id)) == talking.MOST_A_DAY + 2


def test_a_department_writes_no_messages(cast: Cast) -> None:
    decided_by(asked={CLINIC: "waits"})
    case_id = accepted(cast.he)
    with pytest.raises(NotFound):
        talking.say(case_id, "我们看过了", of_department("yingji"), AT)
    with pytest.raises(Refused) as caught:
        talking.say(case_id, "我们看过了", of_department(), AT)
    assert caught.value.refusals == (Refusal(Reason.NOT_YOUR_ROLE),)
