"""Every member of the closed sets of the enterprise's health pages has a word."""

import pytest

from web.enterprise.healthpages import LEFT_OUT_WORDS, SHOWN_WORDS, TAGS
from workflow.core.judging import Fitness
from workflow.core.leavingout import LeftOut
from workflow.store.placehealth import Shown


@pytest.mark.parametrize("member", [*LeftOut, *Shown])
def test_every_member_has_a_word(member: LeftOut | Shown) -> None:
    assert str((LEFT_OUT_WORDS if isinstance(member, LeftOut) else SHOWN_WORDS)[member])


def test_every_answer_has_a_tag() -> None:
    assert set(TAGS) == set(Fitness)
