"""The whole demo town, made once and looked at from all sides."""

from collections import Counter
from datetime import timedelta
from itertools import count
from random import Random

from flask import Flask
from sqlalchemy import select

from tests.cast import codes
from tests.conftest import MORNING, PASSWORD, Clock
from tests.pages import Visitor
from web import press
from workflow.catalogue.loading import shipped
from workflow.core.alerts import AlertKind, EntryState, Reached
from workflow.core.claims import ClaimState, Standing
from workflow.core.codes import typed_code
from workflow.core.days import day_of
from workflow.core.duty import Acting
from workflow.core.identifiers import credit_code_fault
from workflow.core.judging import Fitness
from workflow.core.states import State
from workflow.jobs import demotown
from workflow.store import duty, healthcampaigns
from workflow.store.accounts import Account, liaisons
from workflow.store.cases import Case
from workflow.store.checkins import CheckInRow, DayReport
from workflow.store.claims import Claim
from workflow.store.db import db
from workflow.store.registrations import PosterEntry, ReturnCall
from workflow.store.rosters import Engagement
from workflow.store.standings import Alert, HealthStanding
from workflow.store.towns import Enterprise, Place
from workflow.usecases import confirming, ledger
from workflow.usecases.founding import publish_catalogue
from workflow.usecases.views import review_view

HOMES = {
    "/enterprise/": ("yunque", "gongdi", "shangpu", "shichang", "jixie"),
    "/enterprise/places/1/health": ("yunque",),
    "/liaison/health": ("zhuanyuan",),
    "/office/health/alerts": ("weisheng",),
    "/office/health/calls": ("laodong",),
    "/liaison/": ("zhuanyuan", "zhuanyuan6", "zhuanyuan8"),
    "/office/": ("qiyeban",),
    "/admin/jobs": ("guanli",),
    "/issuer/": ("qianfa",),
    "/command/": ("zhihuibu",),
    "/": ("shenji",),
}
UNDER_WAY = select(Case).where(Case.state.in_(confirming.OPEN))
RARE = "瑢喆昇堃犇垚赟镕翀㛃𬱖"


def test_the_town_is_whole(app: Flask, clock: Clock) -> None:
    random, seeds = Random(0), count()
    publish_catalogue(shipped("epidemic"), None, MORNING)  # the tests' own has ten items
    demotown.populate(
        PASSWORD, MORNING, lambda: typed_code(random.choice), lambda: codes(next(seeds))
    )
    clock.forward(minutes=1)

    _is_divided()
    _has_everyone()
    _has_every_state()
    _tells_of_its_health()
    assert list(ledger.breaks(press.signing_key(app.config["SETTINGS"]))) == []
    for home, usernames in HOMES.items():
        for username in usernames:
            Visitor(app, username).get(home)


def _is_divided() -> None:
    assert len(duty.villages()) == 10
    assert len(liaisons()) == 10
    day = day_of(MORNING)
    acting = Counter(one.duty.acting for one in duty.duties(day))
    assert acting == {Acting.LIAISON: 8, Acting.STAND_IN: 1, Acting.OFFICE: 1}
    for place in db.session.scalars(select(Place)):
        field = duty.field_for(place.village, place.place_class)
        assert field is not None
        handed = place.name == "家具厂"
        assert (field.id == place.field_id) is not handed, place.name


def _has_everyone() -> None:
    enterprises = list(db.session.scalars(select(Enterprise)))
    places = list(db.session.scalars(select(Place)))
    assert (len(enterprises), len(places)) == (60, 80)
    assert Counter(one.place_class for one in places) == {
        "factory": 25,
        "site": 12,
        "road": 6,
        "shop": 28,
        "market": 9,
    }
    codes_given = [one.credit_code for one in enterprises if one.credit_code]
    assert all(code.startswith("91000000MA") for code in codes_given)
    assert [code for code in codes_given if credit_code_fault(code)] == []
    assert sum(one.town_number is not None for one in enterprises) == 6
    assert all(one.name.startswith("虚构") for one in enterprises)
    people = list(db.session.scalars(select(Account)))
    answering = {one.enterprise_id for one in people if one.standing is Standing.OWNER}
    recorded = {"虚构寒露修鞋铺", "虚构小寒烧饼铺"}
    assert {one.name for one in enterprises if one.id not in answering} == recorded
    assert [one.name for one in enterprises if one.merged_into_id] == ["虚构端午点心铺"]
    assert "虚构秋分通讯店" in {one.name for one in enterprises}
    names = "".join(one.name for one in (*people, *enterprises))
    assert [sign for sign in RARE if sign not in names] == []
    assert {one.name[-2:] for one in people} == {"示例", "样本"}
    until = [one.authorised_until for one in people if one.authorised_until]
    assert min(until) == day_of(MORNING) - timedelta(days=1)


def _has_every_state() -> None:
    cases = list(db.session.scalars(select(Case)))
    assert Counter(one.state for one in cases) == {
        State.DRAFT: 18,
        State.SUBMITTED: 10,
        State.RETURNED: 1,
        State.ACCEPTED: 4,
        State.INSPECTING: 4,
        State.RECTIFYING: 1,
        State.REFERRED: 1,
        State.AWAITING_RELEASE: 1,
        State.APPROVED: 6,
        State.REFUSED: 1,
        State.WITHDRAWN: 1,
    }
    assert sum(one.kind.early for one in cases) == 8
    assert sum(one.recorded_by is not None for one in cases) == 2
    assert len({one.place_id for one in cases}) == len(cases) == 48
    claims = Counter(one.state for one in db.session.scalars(select(Claim)))
    assert claims == {
        ClaimState.PENDING: 4,
        ClaimState.CONFIRMED: 4,
        ClaimState.REFUSED: 1,
    }


def _tells_of_its_health() -> None:
    day = day_of(MORNING)
    campaign = healthcampaigns.on(day)
    assert campaign is not None
    assert "虚构" in campaign.basis
    stood = Counter(one.fitness for one in db.session.scalars(select(HealthStanding)))
    assert stood[Fitness.STOP] == 1
    assert stood[Fitness.MAY_WORK] > 150
    assert min(stood[Fitness.ASK], stood[Fitness.OBSERVE]) >= 1
    alert = db.session.scalars(select(Alert)).one()
    assert (alert.kind, alert.day) == (AlertKind.RED, day)
    waiting = db.session.scalars(select(PosterEntry)).one()
    assert waiting.state is EntryState.WAITING
    reports = list(db.session.scalars(select(DayReport)))
    assert len(reports) == 6
    assert all(one.unwell == 0 for one in reports)
    assert db.session.scalars(select(ReturnCall)).one().reached == Reached.TALKED.value
    told = db.session.scalars(select(CheckInRow.told_at)).all()
    assert len(told) == 6 * 12 + 6
    assert max(told) <= MORNING
    views = {one.place.name: review_view(one, MORNING) for one in db.session.scalars(UNDER_WAY)}
    lacking = {
        (name, code): len(found.missing)
        for name, view in views.items()
        for code, found in view.from_data.items()
        if found.missing
    }
    assert lacking["压铸厂", "EP-111"] == 2
    large = {name for name, _ in lacking} - {"压铸厂"}
    assert large == {"总装厂", "纺纱厂", "铸造车间"}  # the others can be decided
    mobiles = [one for one in db.session.scalars(select(Engagement.mobile)) if one]
    assert {one[:1] for one in mobiles} == {"0"}
