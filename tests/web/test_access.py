"""Every endpoint called as every wrong role and as a stranger; nobody finds another's case."""

import pytest
from flask import Flask

from tests.cast import USERNAMES, Cast, approved, draft, submitted
from tests.pages import Visitor
from tests.web.endpoints import WRITTEN
from web.guards import THIRD_PARTY
from workflow.core.roles import ACCOUNT_ROLES, Role
from workflow.store import cases
from workflow.store.db import db

WHO = {
    Role.ENTERPRISE: "yunque",
    Role.LIAISON: "zhuanyuan",
    Role.OFFICE: "qiyeban",
    Role.ISSUER: "qianfa",
    Role.COMMAND: "zhihuibu",
    Role.AUDITOR: "shenji",
    Role.ADMIN: "guanli",
    Role.STAFF: "qianfa",
}


def calls(app: Flask) -> list[tuple[str, str, str]]:
    """Every endpoint with each of its methods and an address for it."""
    names = "case attachment job claim enterprise account field absence place import document point"
    names += " photo preview batch kept alert entry row campaign rule"
    ids = dict.fromkeys((f"{name}_id" for name in names.split()), 1)
    values = ids | {
        "sha256": "0" * 64,
        "key": "plan",
        "version": 1,
        "line": 1,
        "year": 2027,
        "page": 1,
        "number": 1,
        "answer": "confirm",
    }
    with app.test_request_context():
        adapter = app.url_map.bind("127.0.0.1")
        return [
            (
                rule.endpoint,
                method,
                adapter.build(
                    rule.endpoint, {name: values.get(name, "x") for name in rule.arguments}
                ),
            )
            for rule in app.url_map.iter_rules()
            if rule.endpoint not in THIRD_PARTY
            for method in sorted((rule.methods or set()) & {"GET", "POST"})
        ]


def test_every_endpoint_is_written_down(app: Flask) -> None:
    assert {endpoint for endpoint, _, _ in calls(app)} == set(WRITTEN)
    declared = {name: app.view_functions[name].allowed_roles for name in WRITTEN}  # type: ignore[attr-defined]
    assert {name: None if roles is None else set(roles) for name, roles in declared.items()} == (
        WRITTEN
    )


def test_a_stranger_is_asked_to_sign_in_everywhere(app: Flask, cast: Cast) -> None:
    approved(cast.he, cast.lin)
    stranger = Visitor(app)
    for endpoint, method, path in calls(app):
        if WRITTEN[endpoint] is None:
            continue
        answer = stranger.call(method, path)
        assert (endpoint, answer.status_code) == (endpoint, 302)
        assert answer.location.startswith("/sign-in"), endpoint


@pytest.mark.parametrize("role", ACCOUNT_ROLES)
def test_every_wrong_role_is_refused_everywhere(app: Flask, cast: Cast, role: Role) -> None:
    approved(cast.he, cast.lin)
    if role is Role.STAFF:
        db.session.execute(db.text("UPDATE accounts SET role = 'staff' WHERE username = 'qianfa'"))
        db.session.commit()
    visitor = Visitor(app, WHO[role])
    for endpoint, method, path in calls(app):
        allowed = WRITTEN[endpoint]
        if allowed is None or role in allowed:
            continue
        answer = (
            visitor.call("GET", path) if method == "GET" else visitor.post(path, page="/privacy")
        )
        assert (endpoint, method, answer.status_code) == (endpoint, method, 403)


def test_a_post_without_token_does_nothing(app: Flask, cast: Cast) -> None:
    case_id = submitted(cast.he)
    for username, door in (
        ("yunque", "enterprise"),
        ("zhuanyuan", "liaison"),
        ("qiyeban", "office"),
    ):
        visitor = Visitor(app, username)
        for endpoint, method, path in calls(app):
            if method == "POST" and endpoint.startswith(door):
                answer = visitor.post_bare(path.replace("/1", f"/{case_id}", 1))
                assert (endpoint, answer.status_code) == (endpoint, 400)


@pytest.mark.parametrize("username", ["boli", "muye"])
def test_another_enterprises_case_is_not_found(app: Flask, cast: Cast, username: str) -> None:
    case_id = approved(cast.he, cast.lin)
    sha256 = cases.get(case_id, cast.he).attachments[0].sha256
    visitor = Visitor(app, username)
    known = visitor.get("/enterprise/cases/999999", 404).text
    for endpoint, method, path in calls(app):
        if not endpoint.startswith("enterprise.") or "/cases/" not in path:
            continue
        path = path.replace("/cases/1", f"/cases/{case_id}").replace("0" * 64, sha256)
        answer = (
            visitor.call("GET", path)
            if method == "GET"
            else visitor.post(path, {"version": "1", "file": "", "codes": "EP-101"}, "/privacy")
        )
        assert (endpoint, answer.status_code) == (endpoint, 404)
        assert "云雀" not in answer.text
        assert len(answer.text) == len(known) or method == "POST"


@pytest.mark.parametrize(
    "guess", ["0", "-1", "2", "999999999999", "1%20or%201=1", "1e0", "１", "%00"]
)
def test_guessed_identifiers_find_nothing(app: Flask, cast: Cast, guess: str) -> None:
    submitted(cast.zhe)
    visitor = Visitor(app, "muye")
    for path in (
        f"/enterprise/cases/{guess}",
        f"/enterprise/cases/{guess}/notice.pdf",
        f"/enterprise/cases/{guess}/progress",
    ):
        assert visitor.call("GET", path).status_code == 404


def test_a_place_of_another_enterprise_cannot_be_filed_for(app: Flask, cast: Cast) -> None:
    visitor = Visitor(app, "yunque")
    for place in ("2", "3", "99", "", "x"):
        answer = visitor.post("/enterprise/cases", {"place": place, "stop": "1"}, "/privacy")
        assert answer.status_code == 404


def test_a_liaison_of_another_field_finds_nothing(app: Flask, cast: Cast) -> None:
    case_id = submitted(cast.he)
    visitor = Visitor(app, "zhuanyuan2")
    assert "云雀" not in visitor.get("/liaison/").text
    for tail in ("", "/contact", "/hand-over", "/progress", "/notice.pdf", "/notice.png"):
        visitor.get(f"/liaison/cases/{case_id}{tail}", 404)
    for tail in ("/checks", "/approve", "/contact", "/hand-over"):
        answer = visitor.post(
            f"/liaison/cases/{case_id}{tail}", {"version": "1", "reason": "visit"}, "/privacy"
        )
        assert answer.status_code == 404


def test_a_liaison_sees_no_draft(app: Flask, cast: Cast) -> None:
    case_id = draft(cast.he)
    Visitor(app, "zhuanyuan").get(f"/liaison/cases/{case_id}", 404)


def test_a_file_is_found_only_in_its_own_case(app: Flask, cast: Cast) -> None:
    mine, other = submitted(cast.he), submitted(cast.zhe)
    sha256 = cases.get(mine, cast.he).attachments[0].sha256
    clerk = Visitor(app, USERNAMES["he"])
    clerk.get(f"/enterprise/cases/{mine}/files/{sha256}")
    clerk.get(f"/enterprise/cases/{mine}/files/{'0' * 64}", 404)
    clerk.get(f"/enterprise/cases/{mine}/files/..%2f..%2fsecrets.json", 404)
    clerk.get(f"/enterprise/cases/{other}/files/{sha256}", 404)
