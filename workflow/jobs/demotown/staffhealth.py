"""Staff health in the demo town: a week of it, told by people at their own times.

A fictitious county's outbreak with fictitious areas. Where a filing of a small place is under way
the clerk has registered the people, so that it can be decided; in one two are missing.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from workflow.catalogue import riskpack
from workflow.core.alerts import Reached
from workflow.core.days import TOWN
from workflow.core.health import (
    Absence,
    CheckIn,
    ContactKind,
    Half,
    Home,
    Journey,
    Met,
    Registration,
    Stay,
    Symptom,
    Transport,
    half_of,
)
from workflow.core.papers import Document, DocumentKind
from workflow.core.roles import Actor
from workflow.core.rostering import EmployerKind, Entry, Lodging, Told
from workflow.jobs.demotown.lists import resident
from workflow.jobs.demotown.stage import Stage
from workflow.store import rosters, towns
from workflow.store.rosters import Engagement
from workflow.store.stafflinks import StaffLink
from workflow.usecases import rostering
from workflow.usecases.health import (
    calls,
    campaign,
    checking_in,
    declaring,
    links,
    looking,
    reporting,
)
from workflow.usecases.health.declaring import Identity

BASIS = "《中华人民共和国传染病防治法》第四十二条，样例县疫情防控指挥部通告第1号（虚构）"
WEEK, TO_COME, KEPT_DAYS = 7, 60, 30
DAWN = time(7, 40, tzinfo=TOWN)
REPORTED = timedelta(hours=2)  # after dawn
LARGEST = 24  # people of the largest place whose clerk has registered them
EARLIER = timedelta(minutes=30)
FIRST = 5000  # of the numbers of people who stand on no other list
# Lines of the roster on which everybody has registered.
OBSERVED, FEVERISH, ASKED, AWAY, RESTS = 7, 3, 9, 11, 5
NAMES = (
    "赵瑢",
    "钱喆",
    "孙昇",
    "李堃",
    "周犇",
    "吴垚",
    "郑赟",
    "王镕",
    "冯翀",
    "陈明",
    "褚芳",
    "卫强",
)
POSTS = ("操作工", "配料工", "质检员", "仓管员")


@dataclass(frozen=True, slots=True)
class House:
    """A place whose staff tell of their health, its clerk, and how many they are."""

    place_id: int
    by: Actor
    people: int


def tell(stage: Stage, under_way: list[House]) -> None:
    """Switches it on a week ago and lets people tell since; the last of them just now.

    ``under_way`` are the places with filings that are still to be decided.
    """
    before = _dawn(stage, WEEK)
    stop = towns.open_stops()[0]
    days = (stage.today - timedelta(days=WEEK), stage.today + timedelta(days=TO_COME))
    rules = riskpack.load_rules(riskpack.shipped()["demo"], stage.today)
    campaign.open_campaign(stop.id, BASIS, days, KEPT_DAYS, rules, stage.office, before)
    whole = _house(stage, "yunque", len(NAMES))
    partly = _house(stage, "boli", 8)
    for house, first in ((whole, FIRST), (partly, FIRST + 100)):
        _list(house, first, stage, before)
    held = _register(whole, range(1, whole.people + 1), stage)
    _register(partly, range(1, partly.people - 2), stage)
    for back in range(WEEK - 1, 0, -1):
        _a_day(whole, held, stage, back)
    _today(whole, held, stage)
    _through_the_poster(whole, stage)
    _call(stage)
    for one in under_way:
        _register_all(one, stage)


def _dawn(stage: Stage, back: int) -> datetime:
    """The morning so many days ago; today just now, for nothing is told in the future."""
    if back == 0:
        return stage.at
    return datetime.combine(stage.today - timedelta(days=back), DAWN).astimezone(UTC)


def _house(stage: Stage, username: str, people: int) -> House:
    by = stage.actor(username)
    place = towns.places_of(by.enterprise_id or 0)[0]
    return House(place.id, by, people)


def _list(house: House, first: int, stage: Stage, at: datetime) -> None:
    """Puts everybody on the roster; two are yet to come back, and can be called."""
    for n in range(house.people):
        back = stage.today + timedelta(days=n - 4) if n in {5, 6} else None
        told = Told(
            f"{NAMES[n]}样本",
            EmployerKind.OWN,
            "",
            POSTS[n % len(POSTS)],
            "虚构省外县" if n + 1 == OBSERVED else "本镇",
            (Lodging.OWN, Lodging.RENTED, Lodging.DORM)[n % 3],
            f"{5000 + first + n:011d}",
            back,
        )
        document = Document(DocumentKind.RESIDENT, resident(first + n))
        rostering.add_person(house.place_id, Entry(document, told), house.by, at)


def _register(house: House, lines: range, stage: Stage) -> dict[int, StaffLink]:
    """Each by their own link, a few minutes after one another."""
    at = _dawn(stage, WEEK) + timedelta(hours=1)
    held = links.give_links(house.place_id, lines, house.by, at)
    for line in lines:
        at += timedelta(minutes=4)
        declaring.register(held[line], _registration(house, line, stage.today), at)
    return held


def _registration(house: House, line: int, today: date) -> Registration:
    lodging = rosters.one(house.place_id, line).lodging
    renting = lodging is Lodging.RENTED
    village, landlord = ("东示村", "房东样本") if renting else ("", "")
    home = Home(lodging, "样例镇东示村", village, landlord, together=line % 4)
    usual = Registration(temperature=362 + line % 5, home=home)
    if line == OBSERVED:
        return _came("9901", "虚构省甲市", today - timedelta(days=WEEK + 1), usual)
    if line == ASKED:
        met = (Met(ContactKind.FEVERISH, today - timedelta(days=9)),)
        return replace(usual, met=met)
    return usual


def _register_all(house: House, stage: Stage) -> None:
    """The clerk tells for everyone, but for the last two of a large place."""
    missing = 2 if house.people == LARGEST else 0
    for line in range(1, house.people - missing + 1):
        told = _told_for(rosters.one(house.place_id, line), stage.today)
        at = stage.at - EARLIER + timedelta(seconds=line)
        declaring.register_for(house.place_id, line, told, house.by, at)


def _told_for(one: Engagement, today: date) -> Registration:
    """What the clerk knows of somebody from the roster, and asked."""
    renting = one.lodging is Lodging.RENTED
    village, landlord = ("东示村", "房东样本") if renting else ("", "")
    home = Home(one.lodging, "样例镇东示村", village, landlord)
    usual = Registration(temperature=365, home=home)
    if one.origin == "虚构疫区":
        return _came("98", one.origin, today - timedelta(days=3), usual)
    if one.origin == "虚构省外县":
        return _came("9903", "虚构省丙市", today - timedelta(days=5), usual)
    return usual


def _came(code: str, words: str, arrived: date, usual: Registration) -> Registration:
    stay = Stay(code, words, arrived - timedelta(days=12), arrived)
    journey = Journey(arrived, Transport.TRAIN, "G0000", "5车8F")
    return replace(usual, stays=(stay,), journey=journey)


def _a_day(house: House, held: dict[int, StaffLink], stage: Stage, back: int) -> None:
    """A usual morning: one by one they tell, then the clerk reports that nothing is the matter."""
    at = _dawn(stage, back)
    day = stage.today - timedelta(days=back)
    for line, link in sorted(held.items()):
        at += timedelta(minutes=2)
        checking_in.check_in(link, _well(day, Half.MORNING, line, back), at)
    reporting.report_day(house.place_id, house.people, house.by, at + REPORTED)


def _well(day: date, half: Half, line: int, back: int) -> CheckIn:
    absent = {OBSERVED: Absence.OBSERVED, AWAY: Absence.NOT_BACK}.get(line)
    if absent is None and line == RESTS and back % 3 == 0:
        absent = Absence.REST
    return CheckIn(day, half, None if absent else 361 + (line + back) % 7, absence=absent)


def _today(house: House, held: dict[int, StaffLink], stage: Stage) -> None:
    """Most have told already; one has a fever, which sets the alarm off."""
    half = half_of(stage.at)
    for line, link in sorted(held.items()):
        if line in {1, 2, FEVERISH, 4, RESTS, OBSERVED}:
            told = _well(stage.today, half, line, 1)
            if line == FEVERISH:
                told = replace(told, temperature=381, symptoms=frozenset({Symptom.COUGH}))
            checking_in.check_in(link, told, stage.at)


def _through_the_poster(house: House, stage: Stage) -> None:
    """Somebody who is on the roster, but whom the clerk has not confirmed yet."""
    poster = links.make_poster(house.place_id, house.by, _dawn(stage, WEEK))
    document = Document(DocumentKind.RESIDENT, resident(FIRST + 1))
    identity = Identity(f"{NAMES[1]}样本", document, f"{5000 + FIRST + 1:011d}")
    home = Home(Lodging.RENTED, "样例镇东示村", "东示村", "房东样本", 2)
    told = Registration(temperature=364, home=home)
    declaring.tell_poster(poster, identity, told, f"demo/{stage.today}", stage.at)


def _call(stage: Stage) -> None:
    """The labour office has reached one of those who are to come back; the others wait."""
    caller = stage.actor("laodong")
    given = calls.next_person(caller, stage.at)
    if given is None:
        return
    looking.reveal_mobile(*given, caller, stage.at)
    day, worries = stage.today + timedelta(days=3), "担心路上转车，问能不能报销核酸费用。"
    calls.note_call(*given, Reached.TALKED, day, worries, caller, stage.at)
