"""变更: an issued place files a change; its notice counts until the new one has taken its place."""

import pytest
from flask import Flask

from tests import whole
from tests.cast import AT, PAPER, Cast, approve, checked, version_of
from tests.pages import Visitor
from workflow.core.roles import Actor
from workflow.core.states import State
from workflow.store import cases, documents
from workflow.store.db import db
from workflow.usecases import filing, releasing, submitting, verifying
from workflow.usecases.verifying import Kind
from workflow.usecases.views import draft_facts


@pytest.fixture
def issued(cast: Cast, drain) -> int:
    """A shop's case under the shipped catalogue, with its notice out."""
    case_id = whole.open_whole(cast.he)
    whole.answer(case_id, cast.he)
    whole.complete(case_id, cast.he)
    return carried_through(case_id, cast, drain)


def carried_through(case_id: int, cast: Cast, drain) -> int:
    """Submitted, accepted, inspected, approved, released and signed."""
    submitting.submit(case_id, version_of(case_id), cast.he, AT)
    checked(case_id, cast.lin)
    approve(case_id, cast.lin)
    if cases.get(case_id, cast.lin).state is State.AWAITING_RELEASE:
        releasing.release(case_id, version_of(case_id), cast.issuer, AT)
    drain()
    db.session.expire_all()
    return case_id


def begin(app: Flask, case_id: int) -> int:
    clerk, base = Visitor(app, "yunque"), f"/enterprise/cases/{case_id}"
    assert "人员、班次、场所有变化，先报变更" in clerk.get(base).text
    opened = clerk.post(f"{base}/change", {}, base).location
    assert clerk.post(f"{base}/change", {}, base).location == opened
    return int(opened.rpartition("/")[2])


def fill(case_id: int, actor: Actor) -> None:
    case = cases.get(case_id, actor)
    asked = {key for section in case.kind.sections for key in section.facts}
    told = {key: value for key, value in (whole.SHOP | {"headcount": 35}).items() if key in asked}
    filing.save_answers(case_id, told, version_of(case_id), actor, AT)
    case = cases.get(case_id, actor)
    for material in case.catalogue.pack.lacking(case.kind, draft_facts(case), ()):
        name, proof = f"{material.key}.pdf", frozenset({material.key})
        filing.attach(case_id, name, PAPER + name.encode(), proof, actor, AT)


def test_the_notice_counts_until_the_new_one_is_issued(
    app: Flask, cast: Cast, issued: int, drain
) -> None:
    begin(app, issued)
    clerk = Visitor(app, "yunque")
    home = clerk.get("/enterprise/").text
    assert "已签发" in home
    assert "接着填" in home
    assert "看正在办的变更" in clerk.get(f"/enterprise/cases/{issued}").text
    old = documents.of_case(issued)
    assert verifying.by_token(old.token).kind is Kind.VALID


def test_what_was_changed_says_by_what(app: Flask, cast: Cast, issued: int, drain) -> None:
    change_id = begin(app, issued)
    fill(change_id, cast.he)
    carried_through(change_id, cast, drain)
    old, new = documents.of_case(issued), documents.of_case(change_id)
    clerk = Visitor(app, "yunque")
    page = clerk.get(f"/enterprise/cases/{issued}").text
    assert f"通知单已由 {new.full_number} 代替" in page
    assert "已被代替" in page
    assert f'href="/enterprise/cases/{change_id}"' in page
    for answer in (
        verifying.by_token(old.token),
        verifying.by_code(old.typed_code, str(old.number)),
        verifying.by_file(releasing.issued_file(old), app.config["ANCHORS"], AT),
    ):
        assert (answer.kind, answer.document.successor) == (Kind.REPLACED, new.full_number)
    shown = Visitor(app).get(f"/v/{old.token}").text
    assert "真实，已被变更代替" in shown
    assert f"新的一份是 {new.full_number}" in shown
    assert verifying.by_token(new.token).kind is Kind.VALID
    assert "以前的 1 件" in clerk.get("/enterprise/").text
