"""What is wrong in a registration is said beside the field, and nothing is kept."""

import pytest
from flask import Flask

from tests.cast import Cast
from tests.health.town import NUMBERS, hire, link_of, open_campaign
from tests.pages import Visitor
from tests.web.test_registration_pages import AT_HOME, AWAY, REGISTER, told
from workflow.store import stafflinks

PLACES = {f"stays-{n}-words": "湖北武汉" for n in range(300)}


@pytest.fixture
def zhao(app: Flask, cast: Cast) -> Visitor:
    open_campaign(cast)
    visitor = Visitor(app)
    link = link_of(cast, hire(cast, "赵甲", NUMBERS[0]))
    visitor.get(f"/s/{stafflinks.code_of(link)}", 303)
    return visitor


WRONG = [
    ({"away": ""}, "请选一项"),
    ({"temperature": "365"}, "填了 365"),
    ({"temperature": "很热"}, "这里要填数字"),
    ({"lodging": "castle"}, "请重新选"),
    ({"code": "green"}, "请写在哪里看到的颜色"),
    ({"together": "-1"}, "请填 0 到 99"),
    ({"address": "路" * 200}, "最多 120 个字"),
    ({"met_any": "yes"}, "最近一次是哪天"),
    ({"met_any": "yes", "met_confirmed": "2026-11-24"}, "还没到"),
    ({"met_any": "yes", "met_confirmed": "2026-10-24"}, "14 天以前"),
    ({"met_any": "yes", "met_confirmed": "昨天"}, "不是日期"),
    ({"symptoms": "headless"}, "请重新选"),
    ({"observed_by": "老家社区"}, "请写观察到哪天"),
]
WRONG_AWAY = [
    ({"stays-0-words": ""}, "没写在哪里"),
    ({"stays-0-words": "武" * 121}, "最多 120 个字"),
    ({"stays-0-since": ""}, "没填日期"),
    ({"stays-0-until": "2026-11-24"}, "还没到"),
    ({"stays-0-until": "2026-11-09", "arrived": "2026-11-09"}, "离开的日子比到的早"),
    ({"stays-0-since": "2026-10-01", "stays-0-until": "2026-11-01"}, "14 天以前"),
    ({"arrived": "2026-11-24"}, "还没到"),
    ({"arrived": "2026-11-21"}, "比离开那里的还早"),
    ({"transport": ""}, "请选是怎么来的"),
    ({"transport": "rocket"}, "请重新选"),
    ({"stays-0-words": "", "stays-0-since": "", "stays-0-until": ""}, "请写去了哪里"),
    (PLACES, "最多填 20 处"),
]


@pytest.mark.parametrize(
    ("filled", "words"),
    [
        *((AT_HOME | wrong, words) for wrong, words in WRONG),
        *((AWAY | wrong, words) for wrong, words in WRONG_AWAY),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_kept(
    zhao: Visitor, filled: dict[str, str], words: str
) -> None:
    page = zhao.post(REGISTER, filled, page=REGISTER)
    assert page.status_code == 422
    assert page.text.count(words) >= 2, "at the top, and beside the field"
    assert not told()


@pytest.mark.parametrize("typed", ["37。9", "37，9", "37,9", "３７．９度"])
def test_a_full_stop_or_a_comma_is_a_point(zhao: Visitor, typed: str) -> None:
    assert zhao.post(REGISTER, AT_HOME | {"temperature": typed}, page=REGISTER).status_code == 303
    assert told()[0].temperature == 379


def test_what_is_hidden_by_no_is_neither_kept_nor_wrong(zhao: Visitor) -> None:
    filled = AWAY | {"away": "no", "arrived": "2027-01-01", "met_confirmed": "昨天"}
    assert zhao.post(REGISTER, filled, page=REGISTER).status_code == 303
    assert (told()[0].stays, told()[0].journey) == ((), None)
