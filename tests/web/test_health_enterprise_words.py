"""Every member of the closed sets of the enterprise's health pages has a word."""

import pytest

from web.enterprise.healthpages import SHOWN_WORDS, TAGS
from workflow.core.judging import Fitness
from workflow.store.placehealth import Shown


@pytest.mark.parametrize("member", Shown)
def test_every_member_has_a_word(member: Shown) -> None:
    assert str(SHOWN_WORDS[member])


def test_every_answer_has_a_tag() -> None:
    assert set(TAGS) == set(Fitness)
