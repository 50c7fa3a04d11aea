"""What is told in the run, by whom: through pages where there is one, else through use cases."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from tests.cast import Cast
from tests.health.town import STAYED_HOME, TODAY, came_from, place_of
from tests.secrecy.people import EVERYONE, KEPT, ON_ROSTER, STRANGERS, WRONG
from workflow.core.alerts import HealthReason, Reached, Settlement
from workflow.core.health import Absence, CheckIn, Half, Symptom
from workflow.core.judging import Fitness
from workflow.core.roles import Actor
from workflow.store import rosters, stafflinks
from workflow.store.accounts import actor_of, named
from workflow.store.db import db
from workflow.store.registrations import PosterEntry
from workflow.store.stafflinks import StaffLink
from workflow.store.standings import Alert
from workflow.usecases.health import (
    calls,
    checking_in,
    declaring,
    links,
    looking,
    reporting,
    settling,
)
from workflow.usecases.health.declaring import Identity

if TYPE_CHECKING:
    from tests.secrecy.run import Hands

ROSTER = "/enterprise/places/{}/roster"
HEADINGS = "姓名\t证件种类\t证件号码\t岗位\t从哪里来\t住宿\t手机号"
WELL = 366


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
    """Everyone of the roster by a link; the second comes from a risky area."""
    for line, link in _links(hands, cast).items():
        hands.visitor().get(f"/s/{stafflinks.code_of(link)}", 303)
        away = came_from("420112", "甲市东区", TODAY - timedelta(days=2))
        told = away if line == 2 else STAYED_HOME
        declaring.register(link, told, hands.later(minutes=1))


def through_the_poster(hands: "Hands", cast: Cast) -> None:
    """One of the roster and strangers of every kind; one is red; one is confirmed."""
    place_id = place_of(cast)
    poster = links.make_poster(place_id, cast.he, hands.at)
    ill = replace(STAYED_HOME, temperature=391)
    for n, one in enumerate([ON_ROSTER[5], *STRANGERS]):
        identity = Identity(one.name, one.document, one.mobile)
        at = hands.later(minutes=1)
        declaring.tell_poster(poster, identity, ill if n == 3 else STAYED_HOME, f"form-{n}", at)
    hands.work()
    entries = db.session.scalars(select(PosterEntry.id).order_by(PosterEntry.id)).all()
    declaring.confirm_entry(place_id, entries[0], cast.he, hands.later(minutes=1))
    declaring.dismiss_entry(place_id, entries[1], cast.he, hands.at)


def check_in(hands: "Hands", cast: Cast) -> None:
    """Today: one has a fever, one is not back, the others are well; the day is reported."""
    place_id, day = place_of(cast), TODAY
    for line, link in _links(hands, cast).items():
        absence = Absence.NOT_BACK if line == 4 else None
        told = CheckIn(day, Half.MORNING, None if absence else WELL, absence=absence)
        checking_in.check_in(link, told, hands.later(minutes=1))
    feverish = CheckIn(day, Half.MORNING, 385, frozenset({Symptom.COUGH}))
    link = _links(hands, cast)[3]
    assert checking_in.check_in(link, feverish, hands.later(minutes=1)).fitness is Fitness.STOP
    checking_in.check_in_for(place_id, {1: CheckIn(day, Half.AFTERNOON, WELL)}, cast.he, hands.at)
    reporting.report_day(place_id, 99, cast.he, hands.later(minutes=1))
    hands.work()


def settle(hands: "Hands", cast: Cast) -> None:
    """The liaison looks, with numbers in the reason, and settles; the labour office calls."""
    place_id, ill = place_of(cast), ON_ROSTER[2]
    words = f"电话 {ill.mobile} 打通了，证件 {ill.number} 核对过"
    seen = looking.reveal(place_id, 3, HealthReason.URGENT, words, cast.lin, hands.later(minutes=1))
    assert (seen.number, seen.mobile) == ill.secrets
    alert = db.session.scalars(select(Alert.id).where(Alert.line == 3)).one()
    settling.decide_proposal(alert, True, words, cast.lin, hands.later(minutes=1))
    settling.settle(alert, Settlement.RELEASED, words, cast.lin, hands.later(minutes=1))
    _call(hands)
    hands.work()


def _call(hands: "Hands") -> None:
    caller: Actor = actor_of(named("laodong"), TODAY)
    given = calls.next_person(caller, hands.later(minutes=1))
    assert given is not None
    place_id, line = given
    assert looking.reveal_mobile(place_id, line, caller, hands.at).mobile == ON_ROSTER[3].mobile
    worries = f"换了号码 {EVERYONE[7].mobile}，怕没车"
    day = date(2026, 11, 30)
    calls.note_call(place_id, line, Reached.TALKED, day, worries, caller, hands.later(minutes=1))


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
    pages = {
        "yunque": ("/enterprise/", f"/enterprise/cases/{case_id}", ROSTER.format(place_id)),
        "zhuanyuan": (f"/liaison/cases/{case_id}", f"/liaison/cases/{case_id}/roster"),
        "qiyeban": (f"/office/cases/{case_id}",),
        "guanli": ("/admin/jobs",),
    }
    for username, asked in pages.items():
        visitor = hands.visitor(username)
        for page in asked:
            visitor.get(page)


def _links(hands: "Hands", cast: Cast) -> dict[int, StaffLink]:
    lines = range(1, len(ON_ROSTER) + 1)
    return links.give_links(place_of(cast), lines, cast.he, hands.at)
