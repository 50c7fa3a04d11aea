"""Points to correct through HTTP: noted where they hang, told together, late ones flagged."""

import pytest
from flask import Flask

from tests.cast import Cast, accepted, submitted
from tests.pages import Visitor
from tests.usecases.ways import asked
from tests.web.reviewing import handed_in_again, page_of, returned, seen
from workflow.core.states import State
from workflow.store import cases, corrections

FACT = {"anchor": "fact", "key": "headcount"}


@pytest.mark.parametrize(
    ("anchor", "key"),
    [
        ("fact", "headcount"),
        ("requirement", "EP-141"),
        ("material", "roster"),
        ("roster_row", "7"),
        ("whole", ""),
    ],
)
def test_a_point_is_noted_at_whatever_it_hangs_on(
    app: Flask, cast: Cast, anchor: str, key: str
) -> None:
    case_id = submitted(cast.he)
    office, page = Visitor(app, "qiyeban"), page_of("office", case_id)
    office.get(f"{page}/points/new?anchor={anchor}&key={key}")
    told = {"anchor": anchor, "key": key, "fault": "unclear", "words": "请写清楚"}
    assert office.post(f"{page}/points/new", told, page).status_code == 302
    assert [one.words for one in corrections.untold(case_id)] == ["请写清楚"]
    assert "请写清楚" in office.get(page).text


def test_a_file_is_asked_for_anew(app: Flask, cast: Cast) -> None:
    case_id = submitted(cast.he)
    sha256 = cases.get(case_id, cast.office).submission.attachments[0]["sha256"]
    office, page = Visitor(app, "qiyeban"), page_of("office", case_id)
    told = {"anchor": "attachment", "key": sha256, "fault": "unsigned", "words": ""}
    office.post(f"{page}/points/new", told, page)
    assert "没有签名或者盖章，请签好再传。" in office.get(page).text  # the suggested words


def test_no_point_hangs_on_nothing(app: Flask, cast: Cast) -> None:
    case_id = submitted(cast.he)
    office, page = Visitor(app, "qiyeban"), page_of("office", case_id)
    for query in (
        "anchor=fact&key=nothing",
        "anchor=moon&key=",
        "key=headcount",
        "anchor=whole&key=x",
    ):
        office.get(f"{page}/points/new?{query}", 404)


def test_a_point_needs_its_kind_and_another_one_its_words(app: Flask, cast: Cast) -> None:
    case_id = submitted(cast.he)
    office, page = Visitor(app, "qiyeban"), page_of("office", case_id)
    assert "请选一种" in office.post(f"{page}/points/new", FACT, page).text
    answer = office.post(f"{page}/points/new", FACT | {"fault": "other", "words": " "}, page)
    assert answer.status_code == 422
    assert "请写要企业改什么" in answer.text
    assert corrections.untold(case_id) == []


def test_a_point_is_dropped_before_it_is_told(app: Flask, cast: Cast) -> None:
    case_id = submitted(cast.he)
    office, page = Visitor(app, "qiyeban"), page_of("office", case_id)
    office.post(f"{page}/points/new", FACT | {"fault": "unclear"}, page)
    point_id = corrections.untold(case_id)[0].id
    assert office.post(f"{page}/points/{point_id}/drop", {}, page).status_code == 302
    assert corrections.untold(case_id) == []
    assert office.post(f"{page}/points/{point_id}/drop", {}, page).status_code == 404


def test_everything_is_told_in_one_notice(app: Flask, cast: Cast) -> None:
    case_id = submitted(cast.he)
    office, page = Visitor(app, "qiyeban"), page_of("office", case_id)
    office.get(f"{page}/points", 409)  # nothing noted yet
    for key, words in (("headcount", "请改小"), ("stock_masks", "请写单位")):
        told = {"anchor": "fact", "key": key, "fault": "unclear", "words": words}
        office.post(f"{page}/points/new", told, page)
    notice = office.get(f"{page}/points").text
    assert "请改小" in notice
    assert "请写单位" in notice
    assert "请补正下面 2 处，最迟" in notice
    assert "发出补正告知（2 处）" in office.get(page).text
    sent = office.post(f"{page}/points", seen(case_id), page)
    assert sent.status_code == 302
    assert cases.get(case_id, cast.office).state is State.RETURNED
    html = office.get(page).text
    assert "已发出补正告知，文号" in html
    assert "要求补正 2 处" in html
    assert office.post(f"{page}/points", seen(case_id), page).status_code == 409


def test_the_liaison_gives_back_what_was_accepted(app: Flask, cast: Cast) -> None:
    case_id = accepted(cast.he)
    lin, page = Visitor(app, "zhuanyuan"), page_of("liaison", case_id)
    lin.post(f"{page}/points/new", FACT | {"fault": "unclear"}, page)
    assert lin.post(f"{page}/points", seen(case_id), page).status_code == 302
    assert cases.get(case_id, cast.lin).state is State.RETURNED


@pytest.mark.parametrize(
    ("who", "door", "status"), [("weisheng", "office", 403), ("zhuanyuan", "liaison", 409)]
)
def test_who_may_not_give_it_back_notes_nothing(
    app: Flask, cast: Cast, who: str, door: str, status: int
) -> None:
    case_id = submitted(cast.he)
    asked(case_id)
    one, page = Visitor(app, who), page_of(door, case_id)
    assert "要改" not in one.get(page).text.replace("请用“要改”", "")
    one.get(f"{page}/points/new?anchor=fact&key=headcount", status)
    assert one.post(f"{page}/points/new", FACT | {"fault": "unclear"}).status_code == status
    assert corrections.untold(case_id) == []


def test_what_the_first_round_showed_needs_a_reason_to_come_now(app: Flask, cast: Cast) -> None:
    case_id = handed_in_again(returned(cast.he, cast.office), cast.he, headcount=200)
    office, page = Visitor(app, "qiyeban"), page_of("office", case_id)
    fresh = office.get(f"{page}/points/new?anchor=fact&key=headcount").text
    assert "第一次就能提的" not in fresh  # it has changed since
    told = {"anchor": "fact", "key": "stock_masks", "fault": "unclear", "words": "请写单位"}
    late = office.post(f"{page}/points/new", told, page)
    assert late.status_code == 422
    assert "第一次就能提的，请说明为什么现在才提" in late.text
    office.post(f"{page}/points/new", told | {"why_late": "上次看漏了"}, page)
    [point] = corrections.untold(case_id)
    assert point.late
    assert point.words == "请写单位（现在才提，因为：上次看漏了）"
    for who, door in (("qiyeban", "office"), ("zhuanyuan", "liaison")):
        assert "第一次就能提的" in Visitor(app, who).get(page_of(door, case_id)).text
