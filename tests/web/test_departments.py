"""Officers of departments (会签) reach what they are asked about and nothing else."""

import pytest
from flask import Flask

from tests.cast import Cast, accepted, submitted
from tests.pages import Visitor
from tests.web.endpoints import WRITTEN
from tests.web.reviewing import page_of
from tests.web.test_access import calls
from tests.web.test_review_voices import asked

# Typed out by hand: all that a department may call. Everything else of the office is refused.
DEPARTMENT = {
    "office.home",
    "office.queue",
    "office.keep_filter",
    "office.change_filter",
    "office.case",
    "office.file",
    "office.letter_pdf",
    "office.letter_preview",
    "office.notice_pdf",
    "office.notice_preview",
    "office.progress",
    "office.opinion",
    "office.notifications",
    "office.notifications_of",
    "office.notifications_read",
    "office.notifications_address",
}
CLINIC = {
    "office.alerts",
    "office.health_place",
    "office.health_person",
    "office.health_reveal",
    "office.health_settle",
    "office.health_release",
}
LABOUR = {"office.calls", "office.next_call", "office.call", "office.call_number"}


@pytest.mark.parametrize(
    ("who", "more"), [("weisheng", CLINIC), ("laodong", LABOUR), ("yingji", set())]
)
def test_a_department_is_refused_whatever_is_not_for_departments(
    app: Flask, cast: Cast, who: str, more: set[str]
) -> None:
    asked(cast)
    department = Visitor(app, who)
    for endpoint, method, path in calls(app):
        if WRITTEN[endpoint] is None:
            continue
        refused = department.call(method, path).status_code == 403
        assert (endpoint, refused) == (endpoint, endpoint not in DEPARTMENT | more)


def test_a_department_finds_only_the_cases_it_was_asked_about(app: Flask, cast: Cast) -> None:
    case_id, other_id = asked(cast), submitted(cast.zhe)
    clinic, rescue = Visitor(app, "weisheng"), Visitor(app, "yingji")
    assert clinic.get(page_of("office", case_id)).status_code == 200
    for one, hidden in ((clinic, other_id), (rescue, case_id)):
        for more in ("", "/opinion", "/progress", "/notice.pdf", f"/files/{'0' * 64}"):
            one.get(page_of("office", hidden) + more, 404)
    assert page_of("office", other_id) not in clinic.get("/office/queue?turn=all").text


def test_the_page_of_a_department_leads_nowhere_it_may_not_go(app: Flask, cast: Cast) -> None:
    case_id = asked(cast)
    html = Visitor(app, "weisheng").get(page_of("office", case_id)).text
    for path in ("claims", "cases", "fields", "absences", "records"):
        assert f'href="/office/{path}"' not in html
    for path in ("contact", "hand-over", "messages", "points/new", "preview"):
        assert f"/office/cases/{case_id}/{path}" not in html


def test_the_office_itself_still_finds_every_case(app: Flask, cast: Cast) -> None:
    case_id = accepted(cast.he)
    assert Visitor(app, "qiyeban").get(page_of("office", case_id)).status_code == 200
