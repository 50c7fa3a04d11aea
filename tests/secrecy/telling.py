"""What is told in the run, by whom: through pages where there is one, else through use cases."""

from typing import TYPE_CHECKING

from sqlalchemy import select

from tests.cast import Cast
from tests.health.town import TODAY, place_of
from tests.pages import Visitor
from tests.secrecy.people import EVERYONE, KEPT, ON_ROSTER, STRANGERS, WRONG
from workflow.core.health import Absence, CheckIn, Half
from workflow.store import rosters, stafflinks
from workflow.store.db import db
from workflow.store.registrations import PosterEntry
from workflow.store.stafflinks import StaffLink
from workflow.store.standings import Alert
from workflow.usecases.health import (
    checking_in,
    declaring,
    links,
    reporting,
)

if TYPE_CHECKING:
    from tests.secrecy.run import Hands

ROSTER = "/enterprise/places/{}/roster"
HEADINGS = "姓名\t证件种类\t证件号码\t岗位\t从哪里来\t住宿\t手机号"
REGISTER, CHECK_IN = "/staff/register", "/staff/check-in"
AT_HOME = {
    "away": "no",
    "met_any": "no",
    "temperature": "36.5",
    "lodging": "rented",
    "address": "东示村中街3号",
    "village": "东示村",
    "together": "0",
    "code": "none",
}
AWAY = AT_HOME | {
    "away": "yes",
    "stays-0-words": "湖北武汉江岸区",
    "stays-0-since": "2026-11-10",
    "stays-0-until": "2026-11-22",
    "arrived": "2026-11-22",
    "transport": "train",
    "number": "G1234",
    "code": "green",
    "code_source": "自己手机上",
}
WELL = {"day": "2026-11-23", "half": "morning", "temperature": "36.5", "feeling": "well"}
ILL = {"temperature": "39.1", "symptoms": "cough"}
FEVER = {"temperature": "hot", "feeling": "unwell", "more": "1", "exact": "38.5"}
FEVER |= {"symptoms": "cough"}
NEWEST = select(Alert.id).where(Alert.line == 3)


def list_people(hands: "Hands", cast: Cast) -> None:
    """The clerk pastes a list with everyone of the roster and one number that is wrong."""
    roster = ROSTER.format(place_of(cast))
    rows = [
        f"{one.name}\t{one.kind.value}\t{one.number}\t操作工\t示例市\t租房\t{one.mobile}"
        for one in ON_ROSTER
    ]
    rows.append(f"错一位\t居民身份证\t{WRONG}\t操作工\t本县\t宿舍\t")
    clerk, page = hands.visitor("yunque"), f"{roster}/import"
    seen = clerk.post(page, {"text": "\n".join([HEADINGS, *rows])}, page).location
    assert clerk.get(seen).text.count("操作工") >= len(ON_ROSTER)
    taken = clerk.post(seen, {"seen": "", "mode": "add"}, seen)
    assert taken.status_code == 302, taken.text
    assert len(rosters.entries(place_of(cast), 1)) == len(ON_ROSTER)
    numbers = f"{roster}/people/1/numbers"
    assert ON_ROSTER[0].number in clerk.post(numbers, {"reason": "check"}, numbers).text
    liaison = hands.visitor("zhuanyuan")
    liaison.get("/liaison/enterprises")


def register(hands: "Hands", cast: Cast) -> None:
    """Everyone of the roster by a link; the second comes from a risky area; one clerk tells."""
    for line, link in _links(hands, cast).items():
        hands.later(minutes=1)
        phone = _come_in(hands, link)
        answer = phone.post(REGISTER, AWAY if line == 2 else AT_HOME, REGISTER)
        assert answer.status_code == 303, answer.text
        phone.get("/staff/mine")
    clerk, page = hands.visitor("yunque"), f"{ROSTER.format(place_of(cast))}/people/1/register"
    clerk.get(page)
    answer = clerk.post(page, AT_HOME | {"temperature": "36.6"}, page)
    assert answer.status_code == 302, (answer.status_code, answer.text)


def through_the_poster(hands: "Hands", cast: Cast) -> None:
    """One of the roster and strangers of every kind; one is red; one is confirmed."""
    place_id = place_of(cast)
    poster = f"/p/{stafflinks.code_of(links.make_poster(place_id, cast.he, hands.at))}"
    for n, one in enumerate([ON_ROSTER[5], *STRANGERS]):
        hands.later(minutes=1)
        identity = {"name": one.name, "kind": one.kind.value, "document": one.number}
        told = AT_HOME | identity | {"mobile": one.mobile} | (ILL if n == 3 else {})
        answer = hands.visitor().post(poster, told, poster)
        assert answer.status_code == 303, answer.text
    wrong = AT_HOME | {"name": "错一位", "kind": "resident_id", "document": WRONG}
    assert hands.visitor().post(poster, wrong, poster).status_code == 422
    hands.work()
    clerk, entries = hands.visitor("yunque"), f"/enterprise/places/{place_id}/health/entries"
    clerk.get(entries)
    first, second, *_ = db.session.scalars(select(PosterEntry.id).order_by(PosterEntry.id))
    clerk.get(f"{entries}/{first}")
    declaring.confirm_entry(place_id, first, cast.he, hands.later(minutes=1))
    declaring.dismiss_entry(place_id, second, cast.he, hands.at)


def check_in(hands: "Hands", cast: Cast) -> None:
    """Today: one has a fever, one is not back, the others are well; the day is reported."""
    place_id = place_of(cast)
    for line, link in _links(hands, cast).items():
        hands.later(minutes=1)
        phone = _come_in(hands, link)
        if line == 4:
            told = CheckIn(TODAY, Half.MORNING, None, absence=Absence.NOT_BACK)
            checking_in.check_in(link, told, hands.at)
            continue
        answer = phone.post(CHECK_IN, WELL | (FEVER if line == 3 else {}), "/staff/absent")
        assert answer.status_code == 303, answer.text
        phone.get("/staff/done")
        phone.post("/staff/leave", {}, "/staff/done")
    well = CheckIn(TODAY, Half.AFTERNOON, 366)
    checking_in.check_in_for(place_id, {1: well}, cast.he, hands.at)
    reporting.report_day(place_id, 99, cast.he, hands.later(minutes=1))
    hands.work()
    hands.visitor("yunque").get(f"/enterprise/places/{place_id}/health")


def settle(hands: "Hands", cast: Cast) -> None:
    """The liaison looks, with numbers in the reason, and settles; the labour office calls."""
    place_id, ill, liaison = place_of(cast), ON_ROSTER[2], hands.visitor("zhuanyuan")
    words = f"电话 {ill.mobile} 打通了，证件 {ill.number} 核对过"
    person = f"/liaison/health/places/{place_id}/people/3"
    hands.later(minutes=1)
    masked = liaison.get(person).text
    assert not any(secret in masked for secret in ill.secrets)
    reason = {"reason": "urgent", "why": words}
    shown = liaison.post(f"{person}/reveal", reason, person).text
    assert all(secret in shown for secret in ill.secrets)
    alert = f"/liaison/health/alerts/{db.session.scalar(NEWEST)}"
    for what, told in (
        ("proposal", {"decision": "taken", "grounds": words}),
        ("settle", {"settlement": "released", "words": words}),
    ):
        hands.later(minutes=1)
        answer = liaison.decide(f"{alert}/{what}", told, person)
        assert answer.status_code == 302, answer.text
    _call(hands)
    hands.work()


def _call(hands: "Hands") -> None:
    """Whoever is called has another number by now, and says so."""
    caller, calls = hands.visitor("laodong"), "/office/health/calls"
    hands.later(minutes=1)
    person = caller.post(f"{calls}/next", {}, calls).location
    page = caller.get(person).text
    assert ON_ROSTER[3].mobile not in page
    assert ON_ROSTER[3].mobile in caller.post(f"{person}/number", {}, person).text
    worries = f"换了号码 {EVERYONE[7].mobile}，怕没车"
    told = {"reached": "talked", "returns_on": "2026-11-30", "worries": worries}
    answer = caller.post(person, told, person)
    assert answer.status_code == 302, answer.text


def send_too_late(hands: "Hands") -> None:
    """A clerk's session has run out: what was typed is kept for after the sign-in."""
    clerk = hands.visitor("yunque")
    page = ROSTER.format(1) + "/people/new"
    clerk.lose_session()
    fields = {"name": KEPT.name, "kind": KEPT.kind.value, "number": KEPT.number}
    answer = clerk.post_bare(page, {"csrf_token": "old", "mobile": KEPT.mobile} | fields, page)
    assert answer.status_code == 302, answer.text


def look_at(hands: "Hands", case_id: int, place_id: int) -> None:
    """Everybody looks at their pages of it."""
    health = f"/health/places/{place_id}"
    pages = {
        "yunque": ("/enterprise/", f"/enterprise/cases/{case_id}", ROSTER.format(place_id)),
        "zhuanyuan": (
            f"/liaison/cases/{case_id}",
            f"/liaison/cases/{case_id}/roster",
            f"/liaison{health}",
        ),
        "qiyeban": (f"/office/cases/{case_id}", "/office/health"),
        "weisheng": ("/office/health/alerts",),
        "zhihuibu": ("/command/health",),
        "guanli": ("/admin/jobs",),
    }
    for username, asked in pages.items():
        visitor = hands.visitor(username)
        for page in asked:
            visitor.get(page)


def _come_in(hands: "Hands", link: StaffLink) -> Visitor:
    phone = hands.visitor()
    phone.get(f"/s/{stafflinks.code_of(link)}", 303)
    return phone


def _links(hands: "Hands", cast: Cast) -> dict[int, StaffLink]:
    lines = range(1, len(ON_ROSTER) + 1)
    return links.give_links(place_of(cast), lines, cast.he, hands.at)
