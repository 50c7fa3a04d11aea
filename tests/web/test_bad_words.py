"""Odd and endless words, in a section and in a part: text is text, and too much is refused."""

import re
from html import escape

import pytest
from flask import Flask

from tests.cast import Cast
from tests.pages import Visitor
from tests.web.test_bad_answers import (
    HTML,
    beside,
    control,
    kept,
    path_of,
)
from tests.whole import answer as fill_in
from tests.whole import open_whole

TURNED = "日用\u202e品零\u2066售"
EMOJI = "日用品😷👷\u200d♀️零售"
ENDLESS = "长" * 3_500_000  # ten megabytes


@pytest.mark.parametrize(
    ("typed", "saved"),
    [
        (HTML, HTML),
        (EMOJI, EMOJI),
        (TURNED, "日用品零售"),
        ("日用\0品\x08零售", "日用品零售"),
        ("  日用品零售\r\n", "日用品零售"),
    ],
)
def test_odd_words_are_words(app: Flask, cast: Cast, typed: str, saved: str) -> None:
    case_id = open_whole(cast.he)
    path = path_of(case_id, "unit")
    clerk = Visitor(app, "yunque")
    assert clerk.post(path, {"version": "1", "industry": typed}, path).status_code == 302
    assert kept(case_id, cast.he)[0] == {"industry": saved}
    page = clerk.get(path).text
    assert escape(saved) in page
    assert "<img src=x" not in page
    assert "<img src=x" not in clerk.get(f"/enterprise/cases/{case_id}/check").text


@pytest.mark.parametrize("typed", [HTML, EMOJI, TURNED, "第一条\0\x0b测温", "长" * 8000])
def test_odd_words_in_a_part_are_words(app: Flask, cast: Cast, typed: str) -> None:
    case_id = open_whole(cast.he)
    fill_in(case_id, cast.he)
    path = f"/enterprise/cases/{case_id}/parts/card"
    clerk = Visitor(app, "yunque")
    assert clerk.post(path, {"version": "2", "text": typed}, path).status_code == 302
    saved = kept(case_id, cast.he)[0]["part.card"]
    assert saved == re.sub("[\0\x0b\u202e\u2066]", "", typed)
    for page in (path, f"/enterprise/cases/{case_id}/plan"):
        assert "<img src=x" not in clerk.get(page).text


def test_too_long_a_part_stays_on_the_page(app: Flask, cast: Cast) -> None:
    case_id = open_whole(cast.he)
    fill_in(case_id, cast.he)
    before, path = kept(case_id, cast.he), f"/enterprise/cases/{case_id}/parts/card"
    answer = Visitor(app, "yunque").post(path, {"version": "2", "text": "长" * 8001}, path)
    assert answer.status_code == 422
    assert "最多 8000 个字" in beside(answer.text, "text")
    assert "长" * 8001 in control(answer.text, "text")
    assert kept(case_id, cast.he) == before


@pytest.mark.parametrize("where", ["sections/unit", "parts/card"])
def test_ten_megabytes_are_refused_unread_and_the_page_says_how_to_keep_them(
    app: Flask, cast: Cast, where: str
) -> None:
    """So large a form is not read at all: only the browser still has the words."""
    case_id = open_whole(cast.he)
    fill_in(case_id, cast.he)
    before, path = kept(case_id, cast.he), f"/enterprise/cases/{case_id}/{where}"
    clerk = Visitor(app, "yunque")
    told = {"version": "2", "industry": ENDLESS, "text": ENDLESS}
    page = clerk.post(path, told, path)
    assert page.status_code == 413
    for words in ("没有收到，也没有存", "“后退”", "改短了再存"):
        assert words in page.text
    assert f'href="{path}"' in page.text
    script = clerk.send(path, told, path)
    assert script.status_code == 413
    assert script.json["error"] == "传的太大"
    assert "改短了再存" in script.json["advice"]
    assert kept(case_id, cast.he) == before


def test_a_megabyte_is_read_and_stays_on_the_page(app: Flask, cast: Cast) -> None:
    path = path_of(open_whole(cast.he), "unit")
    typed = "长" * 400_000
    answer = Visitor(app, "yunque").post(path, {"version": "1", "industry": typed}, path)
    assert answer.status_code == 422
    assert "写了 400000 个字，最多 2000 个" in beside(answer.text, "industry")
    assert typed in control(answer.text, "industry")


def test_the_script_hears_what_is_wrong_and_the_rest_is_saved(app: Flask, cast: Cast) -> None:
    case_id = open_whole(cast.he)
    path = path_of(case_id, "plan")
    told = {"version": "1", "headcount": "30", "first_batch_count": "31", "work_scope": HTML}
    answer = Visitor(app, "yunque").send(path, told, path)
    assert answer.status_code == 200
    assert "首批返岗人数填了 31，比从业人员数 30 多" in answer.json["errors"]["first_batch_count"]
    assert kept(case_id, cast.he)[0] == {"headcount": 30, "work_scope": HTML}
