"""A recorded filing (代录) is corrected and withdrawn by the office, by whoever has it in hand."""

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import ANSWERS, AT, PAPER, PLANS, ROSTER, Cast, fresh_codes, version_of
from tests.pages import Visitor
from workflow.core.corrections import Anchor, Fault
from workflow.core.roles import Actor, Role
from workflow.core.states import State
from workflow.store import cases, corrections
from workflow.store.db import db
from workflow.store.towns import PlaceWords, Stop
from workflow.usecases import correcting, filing, founding, recording, submitting
from workflow.usecases.views import SCAN

WORDS = PlaceWords("豆腐坊", "factory", "东示村", "东示村3号", "尤样本", "00000000061")


@pytest.fixture
def colleague(cast: Cast) -> Actor:
    account_id = founding.add_account(Role.OFFICE, "于示例", "qiyeban2", "correct-horse")
    return Actor(account_id, Role.OFFICE, "于示例")


@pytest.fixture
def returned(cast: Cast, colleague: Actor) -> int:
    """Recorded by the cast's officer, given back by the colleague."""
    office = cast.office
    enterprise_id = recording.add_enterprise("虚构豆腐坊", None, office, AT)
    place_id = recording.add_place(enterprise_id, WORDS, office)
    stop_id = db.session.scalars(select(Stop.id)).one()
    case_id = recording.open_recorded(place_id, stop_id, office, AT)
    filing.save_answers(case_id, ANSWERS, version_of(case_id), office, AT)
    filing.attach(case_id, "材料.pdf", PAPER + b"1", PLANS | ROSTER, office, AT)
    filing.attach(case_id, "纸质申报.pdf", PAPER, frozenset({SCAN}), office, AT)
    submitting.submit(case_id, version_of(case_id), office, AT)
    told = (Anchor.FACT, "headcount", Fault.CONTRADICTORY, "和纸上的不一样。")
    correcting.raise_point(case_id, *told, colleague, AT)
    correcting.return_case(case_id, version_of(case_id), colleague, AT, fresh_codes)
    return case_id


def test_the_office_corrects_what_it_recorded(app: Flask, cast: Cast, returned: int) -> None:
    officer, base = Visitor(app, "qiyeban"), f"/office/cases/{returned}"
    assert "去改" in officer.get(f"/office/records/{returned}").text
    assert "和纸上的不一样。" in officer.get(f"{base}/corrections").text
    point = corrections.open_points(returned)[0]
    officer.post(f"{base}/points/{point.id}", {"words": "已照纸改。"}, f"{base}/corrections")
    officer.post(f"{base}/submit", {"version": str(version_of(returned))}, f"{base}/check")
    db.session.expire_all()
    assert cases.get(returned, cast.office).state is State.SUBMITTED


def test_a_colleague_takes_it_in_hand_first(
    app: Flask, cast: Cast, colleague: Actor, returned: int
) -> None:
    other, base = Visitor(app, "qiyeban2"), f"/office/cases/{returned}"
    other.get(f"{base}/corrections", 302)
    other.get(f"/office/records/{returned}", 302)
    case = cases.get(returned, colleague)
    told = {"place": str(case.place_id), "stop": str(case.stop_id)}
    other.post("/office/records", told, f"/office/enterprises/{case.enterprise_id}")
    assert "和纸上的不一样。" in other.get(f"{base}/corrections").text
    Visitor(app, "qiyeban").get(f"{base}/corrections", 302)


def test_the_office_withdraws_for_the_enterprise(app: Flask, cast: Cast, returned: int) -> None:
    officer, base = Visitor(app, "qiyeban"), f"/office/cases/{returned}"
    version = {"version": str(version_of(returned))}
    assert officer.post(f"{base}/withdraw", version, f"{base}/withdraw").location == base
    db.session.expire_all()
    assert cases.get(returned, cast.office).state is State.WITHDRAWN
