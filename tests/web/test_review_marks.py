"""The checklist through HTTP: kept mark by mark, by whoever may, told apart where two marked."""

import pytest
from flask import Flask

from tests.cast import Cast, accepted, inspected, submitted
from tests.pages import Visitor
from tests.usecases.ways import asked
from tests.web.reviewing import page_of, seen
from workflow.core.checklist import Verdict
from workflow.store import cases

DESK = {"EP-101", "EP-103", "EP-104", "EP-106", "EP-111", "EP-202"}


def marks(case_id: int, cast: Cast) -> dict[str, tuple[Verdict, str]]:
    cases.db.session.expire_all()
    checks = cases.get(case_id, cast.auditor).submission.checks
    return {one.code: (one.verdict, one.note) for one in checks}


def test_the_office_marks_its_own_items_at_its_desk(app: Flask, cast: Cast) -> None:
    case_id = submitted(cast.he)
    office, page = Visitor(app, "qiyeban"), page_of("office", case_id)
    html = office.get(page).text
    assert "初审" in html
    assert "别的要求，现在不由您查" in html
    told = seen(case_id) | dict.fromkeys(DESK, "pass") | {"EP-141": "pass"}
    assert office.post(f"{page}/checks", told, page).status_code == 302
    assert marks(case_id, cast) == dict.fromkeys(DESK, (Verdict.PASS, ""))


def test_the_liaison_marks_nothing_before_the_inspection(app: Flask, cast: Cast) -> None:
    case_id = accepted(cast.he)
    lin, page = Visitor(app, "zhuanyuan"), page_of("liaison", case_id)
    assert 'id="checks"' not in lin.get(page).text
    answer = lin.post(f"{page}/checks", seen(case_id) | {"EP-141": "pass"}, page)
    assert answer.status_code == 409
    assert "EP-141" not in marks(case_id, cast)


def test_a_department_marks_nothing(app: Flask, cast: Cast) -> None:
    case_id = submitted(cast.he)
    page = page_of("office", case_id)
    asked(case_id)
    answer = Visitor(app, "weisheng").post(f"{page}/checks", seen(case_id, **{"EP-101": "pass"}))
    assert answer.status_code == 403
    assert marks(case_id, cast) == {}


def test_one_mark_is_kept_with_the_others_as_they_were(app: Flask, cast: Cast) -> None:
    case_id = inspected(cast.he, cast.lin)
    before = marks(case_id, cast)
    lin, page = Visitor(app, "zhuanyuan"), page_of("liaison", case_id)
    told = {"EP-141": "fail", "EP-141-note": "堆着原料", "seen": ""}
    said = lin.send(f"{page}/checks", seen(case_id) | told, page).json
    assert said["seen"] == {"EP-141": "fail|堆着原料"}
    assert "已保存" in said["words"]
    assert said["left"] == 3
    assert "1 项必须合格的不合格" in said["bar"]
    assert marks(case_id, cast) == before | {"EP-141": (Verdict.FAIL, "堆着原料")}


def test_a_mark_sent_twice_is_no_clash(app: Flask, cast: Cast) -> None:
    case_id = inspected(cast.he, cast.lin)
    lin, page = Visitor(app, "zhuanyuan"), page_of("liaison", case_id)
    told = seen(case_id) | {"EP-141": "pass", "seen": ""}
    for _ in range(2):  # the first answer got lost on its way
        assert "words" in lin.send(f"{page}/checks", told, page).json


def test_marks_of_two_pages_do_not_hinder_each_other(app: Flask, cast: Cast) -> None:
    case_id = inspected(cast.he, cast.lin)
    lin, page = Visitor(app, "zhuanyuan"), page_of("liaison", case_id)
    old = seen(case_id)
    lin.send(f"{page}/checks", old | {"EP-141": "pass", "seen": ""}, page)
    said = lin.send(f"{page}/checks", old | {"EP-121": "pass", "seen": ""}, page).json
    assert "words" in said
    clash = lin.send(
        f"{page}/checks", old | {"EP-141": "na", "EP-141-note": "没有", "seen": ""}, page
    ).json
    assert "林示例" in clash["clash"]
    assert "“合格”" in clash["clash"]
    assert marks(case_id, cast)["EP-141"] == (Verdict.PASS, "")
    again = old | {"EP-141": "na", "EP-141-note": "没有", "seen": clash["seen"]}
    assert "words" in lin.send(f"{page}/checks", again, page).json
    assert marks(case_id, cast)["EP-141"] == (Verdict.NOT_APPLICABLE, "没有")


def test_a_verdict_other_than_pass_needs_words(app: Flask, cast: Cast) -> None:
    case_id = inspected(cast.he, cast.lin)
    lin, page = Visitor(app, "zhuanyuan"), page_of("liaison", case_id)
    told = seen(case_id) | {"EP-141": "fail", "EP-141-note": " ", "EP-121": "pass"}
    answer = lin.post(f"{page}/checks", told, page)
    assert answer.status_code == 422
    assert "请写一句为什么" in answer.text
    assert 'name="EP-121" value="pass"' in answer.text  # goes along with what is put right
    alone = lin.send(f"{page}/checks", seen(case_id) | {"EP-141": "fail", "seen": ""}, page)
    assert alone.status_code == 422
    assert "请写一句为什么" in alone.json["error"]
    assert "EP-141" not in marks(case_id, cast)


@pytest.mark.parametrize("verdict", [" ", "maybe", "PASS"])
def test_a_verdict_is_one_of_three(app: Flask, cast: Cast, verdict: str) -> None:
    case_id = inspected(cast.he, cast.lin)
    page = page_of("liaison", case_id)
    answer = Visitor(app, "zhuanyuan").post(
        f"{page}/checks", seen(case_id) | {"EP-141": verdict}, page
    )
    assert answer.status_code == 422


def test_a_note_of_any_length_is_not_taken(app: Flask, cast: Cast) -> None:
    case_id = inspected(cast.he, cast.lin)
    page = page_of("liaison", case_id)
    told = seen(case_id) | {"EP-141": "fail", "EP-141-note": "长" * 501}
    answer = Visitor(app, "zhuanyuan").post(f"{page}/checks", told, page)
    assert answer.status_code == 422
    assert "最多写 500 个字" in answer.text


def test_only_what_is_not_marked_yet_is_shown_when_asked_so(app: Flask, cast: Cast) -> None:
    case_id = inspected(cast.he, cast.lin)
    lin, page = Visitor(app, "zhuanyuan"), page_of("liaison", case_id)
    assert lin.get(page).text.count('<fieldset class="check"') == 10
    html = lin.get(f"{page}?open=1").text
    assert html.count('<fieldset class="check"') == 4
    assert "看全部" in html


def test_marks_on_the_page_are_kept_before_the_next_step(app: Flask, cast: Cast) -> None:
    case_id = inspected(cast.he, cast.lin)
    lin, page = Visitor(app, "zhuanyuan"), page_of("liaison", case_id)
    told = seen(case_id) | {"EP-141": "fail", "EP-141-note": "没有", "then": "rectify"}
    answer = lin.post(f"{page}/checks", told, page)
    assert answer.location == f"{page}/rectify"
    assert marks(case_id, cast)["EP-141"] == (Verdict.FAIL, "没有")
    blocked = lin.post(f"{page}/checks", seen(case_id) | {"then": "https://other"}, page)
    assert blocked.location.startswith(page)
