"""Opinions of departments through HTTP: asked, answered once, and what silence means."""

from datetime import timedelta

from flask import Flask

from tests.cast import AT, Cast, accepted, checked
from tests.conftest import Clock
from tests.pages import Visitor
from tests.web.reviewing import page_of
from workflow.core.days import day_of
from workflow.core.deciding import View
from workflow.core.filings import Silence
from workflow.store import decisions, departments
from workflow.store.db import transaction
from workflow.store.decisions import Opinion


def asked(cast: Cast, silence: Silence = Silence.NO_OBJECTION) -> int:
    """An accepted filing about which the clinic is asked until tomorrow."""
    case_id = accepted(cast.he)
    with transaction() as session:
        clinic = departments.department("镇卫生院")
        until = day_of(AT) + timedelta(days=1)
        told = {"asked_on": day_of(AT), "due_on": until, "silence": silence}
        session.add(Opinion(case_id=case_id, department_id=clinic.id, **told))
    return case_id


def test_a_department_answers_once(app: Flask, cast: Cast) -> None:
    case_id = asked(cast)
    clinic, page = Visitor(app, "weisheng"), page_of("office", case_id)
    assert f'href="{page}/opinion"' in clinic.get(page).text
    assert "到期不答复，视为没有意见" in clinic.get(f"{page}/opinion").text
    silent = clinic.post(f"{page}/opinion", {"view": "objects", "words": " "}, page)
    assert silent.status_code == 422
    told = {"view": "objects", "words": "隔离点不够"}
    assert clinic.post(f"{page}/opinion", told, page).status_code == 302
    [opinion] = decisions.opinions(case_id)
    assert (opinion.view, opinion.words) == (View.OBJECTS, "隔离点不够")
    assert f'href="{page}/opinion"' not in clinic.get(page).text
    assert clinic.post(f"{page}/opinion", told, page).status_code == 409
    assert "隔离点不够" in Visitor(app, "zhuanyuan").get(page_of("liaison", case_id)).text


def test_only_the_department_that_is_asked_answers(app: Flask, cast: Cast) -> None:
    case_id = asked(cast)
    page = page_of("office", case_id)
    for who in ("yingji", "qiyeban"):
        one = Visitor(app, who)
        one.get(f"{page}/opinion", 404)
        assert one.post(f"{page}/opinion", {"view": "agrees"}, page).status_code == 404


def test_what_silence_meant_is_said_after_the_last_day(
    app: Flask, cast: Cast, clock: Clock
) -> None:
    case_id = asked(cast)
    lin, page = Visitor(app, "zhuanyuan"), page_of("liaison", case_id)
    assert "最迟11月24日（周二）答复" in lin.get(page).text
    clock.forward(days=2)
    lin = Visitor(app, "zhuanyuan")
    assert "到期没有答复，视为没有意见" in lin.get(page).text


def test_a_department_is_told_that_it_is_its_turn_and_has_no_other_task(
    app: Flask, cast: Cast
) -> None:
    page = Visitor(app, "weisheng").get(page_of("office", asked(cast))).text
    assert "轮到您单位提意见" in page
    for closed in ("/hand-over", "/office/fields", "/office/absences", "/office/records"):
        assert f'{closed}"' not in page


def test_who_decides_reads_first_what_a_department_objects_to(app: Flask, cast: Cast) -> None:
    case_id = asked(cast)
    page = page_of("office", case_id)
    told = {"view": "objects", "words": "隔离点不够"}
    Visitor(app, "weisheng").post(f"{page}/opinion", told, page)
    checked(case_id, cast.lin)
    lin, page = Visitor(app, "zhuanyuan"), page_of("liaison", case_id)
    assert 'href="#opinions"' in lin.get(page).text
    assert "隔离点不够" in lin.get(f"{page}/approve").text
