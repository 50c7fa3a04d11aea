"""The liaison's pages through HTTP: what is decided once, what is refused, what is said."""

import re
import threading

import pytest
from flask import Flask

from tests.cast import Cast, checked, submitted, version_of
from tests.pages import Visitor
from workflow.core.checklist import Verdict
from workflow.store import audit
from workflow.store.db import db
from workflow.store.documents import Document


def documents() -> int:
    db.session.rollback()
    return db.session.query(Document).count()


def test_a_double_click_on_approve_issues_one_notice(app: Flask, cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    lin = Visitor(app, "zhuanyuan")
    seen = {"version": str(version_of(case_id))}
    page = f"/liaison/cases/{case_id}"
    first = lin.post(f"{page}/approve", seen, page)
    second = lin.post(f"{page}/approve", seen, page)
    assert (first.status_code, second.status_code) == (302, 409)
    assert "这一步已经办过" in second.text
    assert f"/liaison/cases/{case_id}" in second.text
    assert documents() == 1


def test_of_two_approvals_at_once_one_wins(app: Flask, cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    seen = {"version": str(version_of(case_id))}
    people = [Visitor(app, "zhuanyuan") for _ in range(2)]
    tokens = [one.token("/privacy") for one in people]
    start, codes = threading.Barrier(2), []

    def approve(one: Visitor, token: str) -> None:
        start.wait()
        answer = one.post_bare(f"/liaison/cases/{case_id}/approve", seen | {"csrf_token": token})
        codes.append((answer.status_code, answer.text))

    threads = [
        threading.Thread(target=approve, args=pair) for pair in zip(people, tokens, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(code for code, _ in codes) == [302, 409]
    assert documents() == 1


def test_a_stale_form_approves_nothing(app: Flask, cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    old = {"version": str(version_of(case_id))}
    checked(case_id, cast.lin, EP_121=Verdict.FAIL)  # meanwhile, at another screen
    answer = Visitor(app, "zhuanyuan").post(f"/liaison/cases/{case_id}/approve", old, "/privacy")
    assert answer.status_code == 409
    assert "有人先办了一步" in answer.text
    assert documents() == 0


def test_a_verdict_other_than_pass_needs_words(app: Flask, cast: Cast) -> None:
    case_id = submitted(cast.he)
    told = {"version": str(version_of(case_id)), "EP-141": "fail", "EP-141-note": " "}
    lin = Visitor(app, "zhuanyuan")
    answer = lin.post(f"/liaison/cases/{case_id}/checks", told, f"/liaison/cases/{case_id}")
    assert answer.status_code == 422
    assert "请写一句为什么" in answer.text
    assert re.search(r'value="fail"[^>]*checked', answer.text)


def test_a_failed_veto_blocks_and_says_which(app: Flask, cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin, EP_141=Verdict.FAIL)
    lin = Visitor(app, "zhuanyuan")
    page = lin.get(f"/liaison/cases/{case_id}").text
    assert "1 项必须合格的不合格" in page[page.index('id="why-not"') :]
    assert "备有临时隔离观察室" in page[page.index("turn-what") : page.index("relay")]
    seen = {"version": str(version_of(case_id))}
    answer = lin.post(f"/liaison/cases/{case_id}/approve", seen, "/privacy")
    assert answer.status_code == 409
    assert documents() == 0


def test_the_telephone_is_shown_for_a_reason_that_is_kept(app: Flask, cast: Cast) -> None:
    case_id = submitted(cast.he)
    lin = Visitor(app, "zhuanyuan")
    page = lin.get(f"/liaison/cases/{case_id}").text
    assert "00000000052" not in page
    path = f"/liaison/cases/{case_id}/contact"
    assert lin.post(path, {}, path).status_code == 422
    answer = lin.post(path, {"reason": "visit"}, path)
    assert "00000000052" in answer.text
    assert audit.of_case(case_id)[0].payload == {"what": "contact", "reason": "visit"}
    seen = Visitor(app, "yunque").get(f"/enterprise/cases/{case_id}").text
    assert "专员查看联系方式" in seen


def test_a_mark_changed_but_not_saved_is_not_lost_by_approving(app: Flask, cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    page = f"/liaison/cases/{case_id}"
    told = {"version": str(version_of(case_id)), "EP-141": "fail", "EP-141-note": "没有"}
    lin = Visitor(app, "zhuanyuan")
    answer = lin.post(f"{page}/approve", told, page)
    assert answer.status_code == 409
    assert "备有临时隔离观察室" in answer.text
    assert documents() == 0
    shown = lin.get(page).text
    assert re.search(r'name="EP-141"[^>]*value="fail" checked', shown)
    clerk = Visitor(app, "yunque").get(f"/enterprise/cases/{case_id}").text
    assert "有 1 项不合格，请您改" in clerk


@pytest.mark.parametrize("verdict", [" ", "maybe", "PASS"])
def test_a_verdict_is_one_of_three(app: Flask, cast: Cast, verdict: str) -> None:
    case_id = submitted(cast.he)
    page = f"/liaison/cases/{case_id}"
    told = {"version": str(version_of(case_id)), "EP-141": verdict}
    answer = Visitor(app, "zhuanyuan").post(f"{page}/checks", told, page)
    assert answer.status_code == 422


def test_a_note_of_any_length_is_not_taken(app: Flask, cast: Cast) -> None:
    case_id = submitted(cast.he)
    page = f"/liaison/cases/{case_id}"
    told = {"version": str(version_of(case_id)), "EP-141": "fail", "EP-141-note": "长" * 501}
    answer = Visitor(app, "zhuanyuan").post(f"{page}/checks", told, page)
    assert answer.status_code == 422
    assert "最多写 500 个字" in answer.text
