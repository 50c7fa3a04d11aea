"""The officer's page through HTTP: what it shows to whom, old against new, who looked and spoke."""

import threading

from flask import Flask

from tests.cast import Cast, accepted, checked, submitted
from tests.pages import Visitor
from tests.web.reviewing import handed_in_again, page_of, returned, seen
from workflow.core.checklist import Verdict
from workflow.core.letters import LetterKind
from workflow.store import audit, documents
from workflow.store.db import db


def notices(case_id: int) -> int:
    db.session.rollback()
    found = documents.all_of_case(case_id)
    return sum(one.kind is LetterKind.NOTICE for one in found)


def test_of_two_approvals_at_once_one_wins(app: Flask, cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin)
    told = seen(case_id)
    people = [Visitor(app, "zhuanyuan") for _ in range(2)]
    tokens = [one.token("/privacy") for one in people]
    start, codes = threading.Barrier(2), []

    def approve(one: Visitor, token: str) -> None:
        start.wait()
        answer = one.post_bare(f"/liaison/cases/{case_id}/approve", told | {"csrf_token": token})
        codes.append(answer.status_code)

    threads = [
        threading.Thread(target=approve, args=pair) for pair in zip(people, tokens, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [302, 409]
    assert notices(case_id) == 1


def test_a_failed_veto_blocks_and_says_which(app: Flask, cast: Cast) -> None:
    case_id = checked(submitted(cast.he), cast.lin, EP_141=Verdict.FAIL)
    lin, page = Visitor(app, "zhuanyuan"), page_of("liaison", case_id)
    html = lin.get(page).text
    assert "1 项必须合格的不合格：备有临时隔离观察室" in html[html.index('id="why-not-approve"') :]
    assert "备有临时隔离观察室" in lin.get(f"{page}/approve").text
    assert lin.post(f"{page}/approve", seen(case_id), page).status_code == 409
    assert notices(case_id) == 0


def test_the_telephone_is_shown_for_a_reason_that_is_kept(app: Flask, cast: Cast) -> None:
    case_id = accepted(cast.he)
    lin, page = Visitor(app, "zhuanyuan"), page_of("liaison", case_id)
    assert "00000000052" not in lin.get(page).text
    path = f"{page}/contact"
    assert lin.post(path, {}, path).status_code == 422
    assert "00000000052" in lin.post(path, {"reason": "visit"}, path).text
    assert audit.of_case(case_id)[0].payload == {"what": "contact", "reason": "visit"}
    assert "专员查看联系方式" in Visitor(app, "yunque").get(f"/enterprise/cases/{case_id}").text


def test_what_was_handed_in_again_stands_beside_what_was(app: Flask, cast: Cast) -> None:
    case_id = handed_in_again(returned(cast.he, cast.office), cast.he, headcount=200)
    html = Visitor(app, "qiyeban").get(page_of("office", case_id)).text
    changed = html[html.index('id="changed"') :]
    assert "企业改了 1 处" in changed
    assert '<del class="was">212 人</del>' in changed
    assert "200 人" in changed
    assert "请改小" in changed  # what had been asked there


def test_who_looked_and_what_was_said_is_seen_by_all(app: Flask, cast: Cast) -> None:
    case_id = submitted(cast.he)
    office, page = Visitor(app, "qiyeban"), page_of("office", case_id)
    office.get(page)
    assert office.post(f"{page}/messages", {"text": "请明天在厂里等"}, page).status_code == 302
    html = Visitor(app, "zhuanyuan").get(page_of("liaison", case_id)).text
    assert "请明天在厂里等" in html
    assert "吴示例 11月23日 09:30 看过" in html


def test_no_page_shows_a_draft_or_another_field(app: Flask, cast: Cast) -> None:
    case_id = submitted(cast.lv)  # in Zhou's field
    Visitor(app, "zhuanyuan").get(page_of("liaison", case_id), 404)
    for who, door in (("qiyeban", "office"), ("qianfa", "issuer"), ("zhihuibu", "command")):
        Visitor(app, who).get(page_of(door, case_id))
