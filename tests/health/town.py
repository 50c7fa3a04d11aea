"""A campaign that is on, with the fictitious county's rules, and people on a roster."""

from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from tests.cast import Cast
from workflow.core.health import Home, Journey, Registration, Stay, Transport
from workflow.core.papers import Document, DocumentKind
from workflow.core.regions import Region
from workflow.core.risk import AreaLevel, CountFrom, ObservationRule, RiskLevel, RiskRules
from workflow.core.rostering import EmployerKind, Entry, Lodging, Told
from workflow.store.db import db
from workflow.store.rosters import Engagement
from workflow.store.stafflinks import StaffLink
from workflow.store.towns import Place, Stop
from workflow.usecases import rostering
from workflow.usecases.health import campaign, links

TODAY = date(2026, 11, 23)
AT = datetime.fromisoformat("2026-11-23T09:30:00+08:00")
HOME = Region("虚构县", ("410122",))
AREA = Region("虚构省甲市", ("4201",))
CALM = Region("虚构省乙市", ("4202",))
BASIS = "虚构县疫情防控指挥部通告第1号"
RULES = RiskRules(
    home=HOME,
    areas=(
        AreaLevel(AREA, RiskLevel.HIGH, TODAY - timedelta(days=30), None, BASIS),
        AreaLevel(CALM, RiskLevel.LOW, TODAY - timedelta(days=30), None, BASIS),
    ),
    rules=(
        ObservationRule(
            "D1",
            TODAY - timedelta(days=30),
            None,
            frozenset({RiskLevel.HIGH, RiskLevel.SEVERE}),
            14,
            CountFrom.NEXT_DAY,
            BASIS,
        ),
        ObservationRule(
            "D2",
            TODAY - timedelta(days=30),
            None,
            frozenset({RiskLevel.LOW, RiskLevel.MEDIUM}),
            0,
            CountFrom.NEXT_DAY,
            BASIS,
        ),
    ),
)
NUMBERS = ("410122199003074517", "410122198811023529")
STAYED_HOME = Registration(temperature=365, home=Home(Lodging.OWN))


def open_campaign(cast: Cast, at: datetime = AT) -> int:
    """Health is asked for, from a week ago until two months from now."""
    stop_id = db.session.scalars(select(Stop.id).order_by(Stop.id)).first()
    assert stop_id is not None
    days = TODAY - timedelta(days=7), TODAY + timedelta(days=60)
    return campaign.open_campaign(stop_id, BASIS, days, 30, RULES, cast.office, at)


def place_of(cast: Cast) -> int:
    """He's first place."""
    query = select(Place.id).where(Place.enterprise_id == cast.he.enterprise_id).order_by(Place.id)
    found = db.session.scalars(query).first()
    assert found is not None
    return found


def entry(name: str, number: str, mobile: str = "13900000001") -> Entry:
    document = Document(DocumentKind.RESIDENT, number)
    told = Told(name, EmployerKind.OWN, "", "操作工", "本地", Lodging.OWN, mobile)
    return Entry(document, told)


def hire(cast: Cast, name: str, number: str, at: datetime = AT, mobile: str = "13900000001") -> int:
    """Puts somebody on the roster; their line."""
    place_id = place_of(cast)
    rostering.add_person(place_id, entry(name, number, mobile), cast.he, at)
    return last_line(place_id)


def last_line(place_id: int) -> int:
    """The line of whoever was put on a roster last."""
    query = select(func.max(Engagement.line)).where(Engagement.place_id == place_id)
    return db.session.scalar(query) or 0


def link_of(cast: Cast, line: int, at: datetime = AT) -> StaffLink:
    return links.give_links(place_of(cast), [line], cast.he, at)[line]


def came_from(code: str, words: str, arrived: date) -> Registration:
    """Somebody who came back from there."""
    stay = Stay(code, words, arrived - timedelta(days=10), arrived)
    return Registration(
        stays=(stay,), journey=Journey(arrived, Transport.TRAIN, "G1234"), temperature=366
    )
