"""Bad answers under the shipped catalogue: said beside the field, kept on the page, never saved."""

import re
from datetime import date
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.cast import AT, Cast
from tests.pages import Visitor, check
from tests.whole import open_whole
from workflow.catalogue.loading import shipped
from workflow.core.roles import Actor
from workflow.store import cases
from workflow.store.db import db, transaction
from workflow.store.drafts import AnswerChange
from workflow.store.towns import Place, Stop
from workflow.usecases import filing, founding

HTML = "<img src=x onerror=alert(1)>"


def path_of(case_id: int, section: str) -> str:
    return f"/enterprise/cases/{case_id}/sections/{section}"


def control(page: str, field: str) -> str:
    """The input or text area of a field, with what it holds, as a person would see it."""
    found = re.search(rf'<input[^>]*id="{field}"[^>]*>', page) or re.search(
        rf'<textarea[^>]*id="{field}"[^>]*>[^<]*</textarea>', page
    )
    assert found, field
    return unescape(found[0])


def beside(page: str, field: str) -> str:
    found = re.search(rf'id="{field}-error">(.*?)</p>', page, re.DOTALL)
    assert found, f"no words beside {field}"
    return unescape(found[1])


def kept(case_id: int, actor: Actor) -> tuple[object, int, int]:
    """Everything that a refused answer must leave as it was."""
    db.session.rollback()
    case = cases.get(case_id, actor)
    changes = select(func.count()).where(AnswerChange.case_id == case_id)
    return dict(case.answers), case.version, db.session.scalar(changes) or 0


BAD = [
    ("plan", "headcount", "两百", "填了“两百”，这里要填数字"),
    ("plan", "headcount", "0", "要填 1 到 1000000 之间的数"),
    ("plan", "headcount", "1.5", "填了“1.5”，这里要填数字"),
    ("plan", "headcount", "1e5", "这里要填数字"),
    ("plan", "headcount", HTML, "这里要填数字"),
    ("plan", "headcount", "😷", "填了“😷”，这里要填数字"),
    ("plan", "shift_count", "9" * 400, "这里要填数字"),
    ("living", "dorm_area_m2", "很大", "填了“很大”，这里要填数字，比如 12.5"),
    ("living", "dorm_area_m2", "-1", "要填 1 到 1000000 之间的数"),
    ("living", "dorm_area_m2", "1.1234567", "这里要填数字"),
    ("living", "dorm_area_m2", "NaN", "这里要填数字"),
    ("supplies", "stock_disinfectant_l", "Infinity", "这里要填数字"),
    ("supplies", "stock_disinfectant_l", "1" * 15, "要填 0 到 1000000 之间的数"),
    ("supplies", "stock_masks", "-1", "要填 0 到 1000000 之间的数"),
    ("plan", "planned_reopen_date", "2026-02-30", "“2026-02-30”不是日期"),
    ("plan", "planned_reopen_date", "明天", "“明天”不是日期"),
    ("plan", "planned_reopen_date", "2026-11-22", "最早"),
    ("plan", "planned_reopen_date", "2028-01-01", "日期太远了，要在一年以内"),
    ("unit", "industry", "长" * 2001, "写了 2001 个字，最多 2000 个"),
    ("unit", "industry", HTML * 100, "最多 2000 个"),
    ("plan", "work_scope", "😷" * 2001, "写了 2001 个字"),
]


@pytest.mark.parametrize(("section", "field", "typed", "words"), BAD)
def test_a_bad_answer_is_said_beside_its_field_and_changes_nothing(
    app: Flask, cast: Cast, section: str, field: str, typed: str, words: str
) -> None:
    case_id = open_whole(cast.he)
    filing.save_answers(case_id, {"headcount": 30}, 1, cast.he, AT)
    before, path = kept(case_id, cast.he), path_of(case_id, section)
    answer = Visitor(app, "yunque").post(path, {"version": "2", field: typed}, path)
    assert answer.status_code == 422
    check(answer.text)
    assert words in beside(answer.text, field)
    assert typed in control(answer.text, field)
    assert "<img src=x" not in answer.text
    assert kept(case_id, cast.he) == before


@pytest.mark.parametrize(("typed", "number"), [("１，２００ 人", 1200), ("1,200", 1200)])
def test_numbers_as_people_write_them_are_understood(
    app: Flask, cast: Cast, typed: str, number: int
) -> None:
    case_id = open_whole(cast.he)
    path = path_of(case_id, "plan")
    assert Visitor(app, "yunque").post(path, {"version": "1", "headcount": typed}, path)
    assert kept(case_id, cast.he)[0] == {"headcount": number}


@pytest.mark.parametrize("value", ["karaoke\0", "nothing", HTML, "\u202e"])
def test_a_choice_that_is_not_offered_is_refused_in_words(
    app: Flask, cast: Cast, value: str
) -> None:
    case_id = open_whole(cast.he)
    before, path = kept(case_id, cast.he), path_of(case_id, "premises")
    clerk = Visitor(app, "yunque")
    for field in ("closed_kind", "has_elevator", "attendance_method"):
        answer = clerk.post(path, {"version": "1", field: value}, path)
        assert answer.status_code == 422
        assert "选的不在下面几项里" in beside(answer.text, field)
        assert "<img src=x" not in answer.text
    assert kept(case_id, cast.he) == before


def test_parts_that_do_not_add_up_are_said_at_the_part(app: Flask, cast: Cast) -> None:
    case_id = open_whole(cast.he)
    filing.save_answers(case_id, {"headcount": 30, "first_batch_count": 20}, 1, cast.he, AT)
    before, path = kept(case_id, cast.he), path_of(case_id, "plan")
    clerk = Visitor(app, "yunque")
    told = {"version": "2", "headcount": "30", "first_batch_count": "31"}
    answer = clerk.post(path, told, path)
    assert answer.status_code == 422
    assert "首批返岗人数填了 31，比从业人员数 30 多" in beside(answer.text, "first_batch_count")
    assert 'value="31"' in control(answer.text, "first_batch_count")
    assert kept(case_id, cast.he) == before


def test_the_day_of_the_class_is_named_and_the_early_filing_offered(app: Flask, cast: Cast) -> None:
    case_id = open_whole(cast.he)
    _opens(case_id, date(2026, 12, 10))
    path = path_of(case_id, "plan")
    told = {"version": "1", "planned_reopen_date": "2026-12-09"}
    answer = Visitor(app, "yunque").post(path, told, path)
    assert answer.status_code == 422
    words = beside(answer.text, "planned_reopen_date")
    assert "12月10日" in words
    assert "提前复工" in words
    assert 'value="2026-12-09"' in control(answer.text, "planned_reopen_date")
    assert kept(case_id, cast.he)[0] == {}


def test_an_early_filing_for_a_day_that_is_not_early_says_so(app: Flask, cast: Cast) -> None:
    case_id = open_whole(cast.he, kind="ep_early")
    _opens(case_id, date(2026, 12, 10))
    path = path_of(case_id, "plan")
    told = {"version": "1", "planned_reopen_date": "2026-12-10"}
    answer = Visitor(app, "yunque").post(path, told, path)
    assert answer.status_code == 422
    assert "12月10日 起就能复工，不用提前报备" in beside(answer.text, "planned_reopen_date")
    assert kept(case_id, cast.he)[0] == {}


@pytest.mark.parametrize(
    ("kind", "section", "field", "value", "words"),
    [
        ("ep_early", "early", "essential_type", "none", "提前复工要有理由，您选的是“不属于”"),
        ("ep_reopen", "premises", "closed_kind", "karaoke", "这类场所现在暂不开放"),
    ],
)
def test_a_true_answer_that_shuts_the_way_is_kept_and_told_before_submitting(
    app: Flask, cast: Cast, kind: str, section: str, field: str, value: str, words: str
) -> None:
    case_id = open_whole(cast.he, kind=kind)
    path = path_of(case_id, section)
    clerk = Visitor(app, "yunque")
    assert clerk.post(path, {"version": "1", field: value}, path).status_code == 302
    assert kept(case_id, cast.he)[0] == {field: value}
    page = clerk.get(f"/enterprise/cases/{case_id}/check").text
    assert re.search(rf'<a[^>]*href="{path}"[^>]*>[^<]*{words}', page)
    assert re.search(r"<button[^>]*disabled[^>]*>提交", page)


def rectified(actor: Actor) -> int:
    """A case of a stop ordered by an authority: it asks when it was stopped, and ordered."""
    founding.publish_catalogue(shipped("shutdown_rectification"), None, AT)
    stop_id = founding.open_stop("shutdown_rectification", "停产整改", date(2026, 11, 1))
    same = select(Place.id).where(Place.enterprise_id == actor.enterprise_id)
    return filing.open_case(db.session.scalars(same).first(), stop_id, "sr_apply", actor, AT)


@pytest.mark.parametrize("field", ["stop_date", "order_date"])
def test_a_past_day_that_lies_ahead_is_said_back(app: Flask, cast: Cast, field: str) -> None:
    case_id = rectified(cast.he)
    path = path_of(case_id, "order")
    answer = Visitor(app, "yunque").post(path, {"version": "1", field: "2026-11-24"}, path)
    assert answer.status_code == 422
    assert "这一天还没到" in beside(answer.text, field)
    assert 'value="2026-11-24"' in control(answer.text, field)


def test_days_in_the_wrong_order_are_said_back(app: Flask, cast: Cast) -> None:
    case_id = rectified(cast.he)
    order, plan = path_of(case_id, "order"), path_of(case_id, "rectified")
    clerk = Visitor(app, "yunque")
    assert clerk.post(order, {"version": "1", "stop_date": "2026-11-20"}, order).status_code == 302
    before = kept(case_id, cast.he)
    told = {"version": "2", "planned_reopen_date": "2026-11-20"}
    answer = clerk.post(plan, told, plan)
    assert answer.status_code == 422
    assert "复工要在停工（11月20日）之后" in beside(answer.text, "planned_reopen_date")
    assert kept(case_id, cast.he) == before


def _opens(case_id: int, day: date) -> None:
    with transaction() as session:
        stop = session.scalars(select(Stop)).one()
        stop.opening = {"shop": [day.isoformat()]}
