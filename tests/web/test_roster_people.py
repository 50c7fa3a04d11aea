"""One person of a roster through HTTP: added, put right, shown, taken off."""

import pytest
from flask import Flask

from tests.cast import Cast
from tests.pages import Visitor
from tests.rosters import lists
from workflow.store import rosters

ROSTER = "/enterprise/places/1/roster"
FORM = {
    "name": "张 三",
    "kind": "resident_id",
    "number": lists.number(5),
    "post": "店员",
    "origin": "本地",
    "lodging": "own_home",
    "employer_kind": "own",
    "employer": "",
    "mobile": "13800000001",
    "returns_on": "2026/2/10",
}


@pytest.fixture
def clerk(app: Flask, cast: Cast) -> Visitor:
    return Visitor(app, "yunque")


def test_one_person_is_added_changed_shown_and_removed(clerk: Visitor) -> None:
    new = f"{ROSTER}/people/new"
    assert clerk.post(new, FORM, new).status_code == 302
    assert "张三" in clerk.get(ROSTER).text
    twice = clerk.post(new, FORM, new)
    assert twice.status_code == 422
    assert "已经在名册上了：张三" in twice.text
    one = f"{ROSTER}/people/1"
    page = clerk.get(one).text
    assert "138****0001" in page
    assert FORM["number"] not in page
    changed = FORM | {"post": "店长", "mobile": "", "version": "1"}
    assert clerk.post(one, changed, one).status_code == 302
    assert rosters.one(1, 1).told.mobile == "13800000001"
    assert clerk.post(one, changed, one).status_code == 409
    drop = changed | {"version": "2", "drop_mobile": "y"}
    assert clerk.post(one, drop, one).status_code == 302
    assert rosters.one(1, 1).mobile is None
    numbers = f"{one}/numbers"
    assert clerk.post(numbers, {}, numbers).status_code == 422
    assert FORM["number"] in clerk.post(numbers, {"reason": "check"}, numbers).text
    gone = f"{one}/remove"
    assert "去掉 张三" in clerk.get(gone).text
    assert clerk.post(gone, {"version": "3"}, gone).status_code == 302
    assert "名册上还没有人" in clerk.get(ROSTER).text


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "", "空着"),
        ("number", "410122199001011234", "有一位不对"),
        ("number", "4.10122E+17", "被 Excel 当成数字"),
        ("mobile", "0371-600", "不是手机号：11 位数字"),
        ("returns_on", "2.10", "看不出是哪年哪月哪日"),
        ("lodging", "", "请选一种"),
        ("origin", "长" * 81, "太长了"),
        ("kind", "driver", ""),
    ],
)
def test_a_mistake_in_the_form_stands_beside_its_field(
    clerk: Visitor, field: str, typed: str, words: str
) -> None:
    new = f"{ROSTER}/people/new"
    answer = clerk.post(new, FORM | {field: typed}, new)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert words in answer.text
    if field in {"number", "mobile", "returns_on"}:
        assert f'value="{typed}"' in answer.text
