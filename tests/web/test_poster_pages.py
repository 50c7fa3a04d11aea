"""The poster: everybody is answered the same, nothing is learnt, sent twice it is kept once."""

import re
from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.cast import Cast
from tests.health.town import AT, NUMBERS, hire, link_of, open_campaign, place_of
from tests.pages import Visitor
from tests.web.test_registration_pages import AT_HOME
from web import post
from web.frame import limiter
from workflow.core.alerts import AlertKind
from workflow.core.telling import News
from workflow.jobs.telling import TELLING
from workflow.store import limits, stafflinks
from workflow.store.db import db
from workflow.store.notifications import Notification
from workflow.store.registrations import PosterEntry, RegistrationRow
from workflow.store.standings import Alert, HealthStanding
from workflow.usecases.health import declaring, links

ZHAO = AT_HOME | {
    "name": "赵甲",
    "kind": "resident_id",
    "document": NUMBERS[0],
    "mobile": "13900000001",
}
NOBODY = ZHAO | {"name": "无名", "document": NUMBERS[1], "mobile": "13900000009"}
ILL = {"temperature": "39.0", "symptoms": "cough"}
SECRETS = re.compile(r'(name="(?:csrf_token|once)" value=)"[^"]*"')


@pytest.fixture
def path(cast: Cast) -> str:
    open_campaign(cast)
    hire(cast, "赵甲", NUMBERS[0])
    return f"/p/{stafflinks.code_of(links.make_poster(place_of(cast), cast.he, AT))}"


def seen(html: str) -> str:
    return SECRETS.sub(r"\1", html)


def entries() -> int:
    return db.session.scalar(select(func.count(PosterEntry.id))) or 0


def sent(app: Flask, path: str, fields: dict[str, str], phone: Visitor | None = None) -> list[str]:
    """All that somebody sees who fills in the form; on the same phone if told which."""
    phone = phone or Visitor(app)
    first = phone.get(path)
    answer = phone.post(path, fields, page=path)
    assert answer.status_code == 303
    pages = [first.text, answer.location, phone.get(answer.location).text, phone.get(path).text]
    return [seen(one) for one in pages]


def test_known_or_not_well_or_ill_once_or_twice_all_see_the_same(
    app: Flask, cast: Cast, path: str
) -> None:
    phone = Visitor(app)
    told = [
        sent(app, path, fields, phone) for fields in (ZHAO, ZHAO, ZHAO | ILL, NOBODY, NOBODY | ILL)
    ]
    told.append(sent(app, path, NOBODY))
    assert all(one == told[0] for one in told)
    assert told[0][0] == told[0][3], "the next person finds an empty form"
    assert entries() == 6
    assert all(words in told[0][2] for words in ("收到了", "先别上班", "下一位"))


def test_whoever_has_registered_is_not_told_so(app: Flask, cast: Cast, path: str) -> None:
    before = sent(app, path, ZHAO)
    link = link_of(cast, 1)
    entry_id = db.session.scalars(select(PosterEntry.id)).one()
    declaring.confirm_entry(link.place_id, entry_id, cast.he, AT)
    assert sent(app, path, ZHAO) == before


def test_the_same_form_sent_twice_is_kept_once(app: Flask, path: str) -> None:
    phone = Visitor(app)
    once = re.findall(r'name="once" value="([0-9a-f]{32})"', phone.get(path).text)[0]
    again = re.findall(r'name="once" value="([0-9a-f]{32})"', phone.get(path).text)[0]
    assert once != again
    answers = {phone.post(path, ZHAO | {"once": once}, page=path).location for _ in range(3)}
    assert (answers, entries()) == ({f"{path}/received"}, 1)


def test_a_correction_keeps_the_form_s_name(app: Flask, path: str) -> None:
    phone = Visitor(app)
    page = phone.post(path, ZHAO | {"once": "a" * 32, "temperature": "365"}, page=path)
    assert page.status_code == 422
    assert f'name="once" value="{"a" * 32}"' in page.text
    page = phone.post(path, ZHAO | {"once": "<b>"}, page=path)
    assert page.status_code == 303


@pytest.mark.parametrize("again", [{"temperature": "365"}, {"more": "stay"}, {}])
def test_going_back_on_a_shared_phone_shows_nobody_s_form_again(
    app: Flask, path: str, again: dict[str, str]
) -> None:
    phone = Visitor(app)
    filled = ZHAO | {"once": "a" * 32}
    phone.post(path, filled, page=path)
    answer = phone.post(path, filled | again, page=path)
    assert (answer.status_code, answer.location) == (303, f"{path}/received")
    assert entries() == 1


@pytest.mark.parametrize("again", [ILL, NOBODY | ILL])
def test_a_form_put_right_afterwards_is_kept_as_well(
    app: Flask, path: str, again: dict[str, str]
) -> None:
    phone = Visitor(app)
    filled = ZHAO | {"once": "a" * 32}
    sent = [phone.post(path, one, page=path) for one in (filled, filled | again, filled | again)]
    assert {(one.status_code, one.location) for one in sent} == {(303, f"{path}/received")}
    assert entries() == 2
    assert [one.kind for one in db.session.scalars(select(Alert))] == [AlertKind.CALL_BACK]


WRONG = [
    ({"name": ""}, "请填上"),
    ({"name": "长" * 200}, "太长了"),
    ({"mobile": ""}, "请填上"),
    ({"mobile": "1390000000"}, "不是手机号：11 位数字"),
    ({"mobile": "00000019999"}, "13 到 19 开头"),
    ({"kind": "library_card"}, "认不出"),
    ({"document": ""}, "请填上"),
    ({"document": "410122199003074518"}, "有一位不对"),
    ({"document": "410122199013074519"}, "不是出生日期"),
    ({"document": "4101221990030745"}, "不是 18 位"),
    ({"document": "410122900307451"}, "老号码"),
    ({"kind": "residence_permit"}, "不像港澳台居民居住证"),
    ({"kind": "hk_macau_pass", "document": "A12345678"}, "不像港澳通行证"),
    ({"kind": "taiwan_pass", "document": "1234567"}, "不像台胞证"),
    ({"kind": "passport", "document": "E123"}, "不像护照"),
    ({"kind": "foreign_permit", "document": "ABC1234"}, "不像永久居留证"),
]


@pytest.mark.parametrize(("wrong", "words"), WRONG)
def test_wrong_numbers_are_said_beside_the_field(
    app: Flask, path: str, wrong: dict[str, str], words: str
) -> None:
    page = Visitor(app).post(path, ZHAO | wrong, page=path)
    assert (page.status_code, entries()) == (422, 0)
    assert page.text.count(words) >= 2


RIGHT = [
    ("residence_permit", "810000199408230021"),
    ("hk_macau_pass", "H12345678"),
    ("taiwan_pass", "12345678"),
    ("passport", "E12345678"),
    ("foreign_permit", "ABC110012345678"),
]


@pytest.mark.parametrize(("kind", "number"), RIGHT)
def test_every_kind_of_document_is_taken(app: Flask, path: str, kind: str, number: str) -> None:
    page = Visitor(app).post(path, ZHAO | {"kind": kind, "document": number}, page=path)
    assert page.status_code == 303, re.findall(r"invalid-feedback[^<]*<.*?</p>", page.text)


def test_every_code_that_is_no_poster_gets_one_and_the_same_page(
    app: Flask, cast: Cast, path: str
) -> None:
    real = path.removeprefix("/p/")
    link = stafflinks.code_of(link_of(cast, 1))
    guesses = ["x", "00000001aaaaaaaaaaaaaaaa", "99999999" + real[8:], real.upper(), link]
    visitor = Visitor(app)
    pages = {visitor.get(f"/p/{one}", 404).text for one in guesses}
    pages |= {visitor.get(f"/p/{one}/received", 404).text for one in guesses}
    pages |= {visitor.post(f"/p/{one}", ZHAO, page=path).text for one in guesses}
    gone = {visitor.get(f"/s/{one}", 404).text for one in (real, "x")}
    token = visitor.token(path)
    links.revoke_poster(place_of(cast), cast.he, AT)
    pages.add(visitor.get(path, 404).text)
    pages.add(visitor.post_bare(path, ZHAO | {"csrf_token": token}).text)
    assert (len(pages), len(gone)) == (1, 1)
    assert "请扫单位现在贴的那张" in pages.pop()
    assert entries() == 0


def test_nothing_stays_behind(app: Flask, path: str) -> None:
    phone = Visitor(app)
    for one in (phone.get(path), phone.post(path, ZHAO, page=path), phone.get(f"{path}/received")):
        assert one.headers["Cache-Control"] == "no-store"
        assert one.headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in one.headers
    typed = re.findall(r"<input[^>]*type=\"text\"[^>]*>", phone.get(path).text)
    assert typed
    assert all('autocomplete="off"' in one for one in typed)


def test_who_holds_a_link_is_not_recognised_by_the_poster(
    app: Flask, cast: Cast, path: str
) -> None:
    phone = Visitor(app)
    phone.get(f"/s/{stafflinks.code_of(link_of(cast, 1))}", 303)
    phone.post("/staff/register", AT_HOME | {"address": "虚构路 3 号"}, page="/staff/register")
    assert sent(app, path, NOBODY, phone) == sent(app, path, NOBODY)


def test_a_colleague_s_false_fever_alarms_nobody(app: Flask, cast: Cast, path: str, drain) -> None:
    Visitor(app).post(path, ZHAO | ILL, page=path)
    alert = db.session.scalars(select(Alert)).one()
    assert (alert.kind, alert.line) == (AlertKind.CALL_BACK, None)
    post.configure(app)
    drain(TELLING)
    told = {(one.news, one.account_id) for one in db.session.scalars(select(Notification))}
    assert told == {(News.HEALTH_CALL_BACK, cast.he.account_id)}
    assert not list(db.session.scalars(select(HealthStanding)))
    assert not list(db.session.scalars(select(RegistrationRow)))


def test_a_poster_is_limited_not_an_address(app: Flask, cast: Cast, path: str) -> None:
    other = f"/p/{stafflinks.code_of(_poster_of_zhe(cast))}"
    limiter.enabled = True
    try:
        phone = Visitor(app)
        token = {"csrf_token": phone.token(path)}
        mistaken = Counter(phone.post_bare(path, token).status_code for _ in range(20))
        assert mistaken == {422: 20}, "mistakes count for nobody"
        once = re.search(r'name="once" value="([^"]+)"', phone.get(path).text)
        assert once is not None
        form = ZHAO | token | {"once": once[1]}
        codes = Counter(phone.post_bare(path, form).status_code for _ in range(210))
        assert codes == {303: 200, 429: 10}
        assert phone.post_bare(other, token).status_code == 422
        assert phone.get(path).status_code == 200
    finally:
        limiter.enabled = False
    keys = db.session.scalars(select(limits.RateLimit.count))
    assert list(keys) == [200, 200], "a minute and a day of the one poster that took anything"


def _poster_of_zhe(cast: Cast) -> stafflinks.Poster:
    places = db.text("SELECT id FROM places WHERE enterprise_id = :one ORDER BY id LIMIT 1")
    place_id = db.session.scalar(places, {"one": cast.zhe.enterprise_id})
    return links.make_poster(place_id, cast.zhe, AT)
