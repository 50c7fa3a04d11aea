"""The clinic sees the town's red alerts that it was told of, and nothing else."""

import pytest
from flask import Flask

from tests.cast import Cast
from tests.conftest import Clock
from tests.health.alarms import alarm, labour, newest
from tests.health.alarms import clinic as clinic_actor
from tests.health.staff import tells
from tests.pages import Visitor
from workflow.core.alerts import Settlement
from workflow.core.health import Half, Symptom
from workflow.store import incare
from workflow.store.cases import NoScope
from workflow.usecases.health import alerting, settling

LIST = "/office/health/alerts"


def test_the_clinic_looks_and_settles(app: Flask, cast: Cast, clock: Clock) -> None:
    alert = alarm(cast)
    clinic = Visitor(app, "weisheng")
    assert "赵*" not in clinic.get(LIST).text, "not told yet"
    alerting.tell(alert.id, clock())
    clock.forward(hours=1)
    page = clinic.get(LIST).text
    assert "赵*" in page
    assert f'href="{LIST}"' in clinic.get("/office/queue").text
    bell = clinic.get("/office/notifications").text
    place = f"/office/health/places/{alert.place_id}"
    assert f'href="{place}"' in bell
    assert "在册" not in clinic.get(place).text, "no numbers of the place"
    person = f"{place}/people/{alert.line}"
    assert "建议临时管控" not in clinic.get(person).text
    shown = clinic.post(f"{person}/reveal", {"reason": "clinic"}, person).text
    assert "38.4" in shown
    told = {"settlement": "to_clinic", "words": "来看过，留观"}
    done = clinic.decide(f"/office/health/alerts/{alert.id}/settle", told, person)
    assert done.location == LIST
    assert newest().settlement is Settlement.TO_CLINIC
    assert "解除，让本人上班" in clinic.get(person).text
    page = clinic.get(LIST).text
    assert "在管的人" in page
    assert f'href="{person}"' in page
    assert "赵甲" not in page
    freed = clinic.decide(f"{person}/release", {"words": "退烧三天"}, person)
    assert freed.status_code == 302
    clinic.get(person, 404)
    assert "在管的人" not in clinic.get(LIST).text


def test_whoever_is_in_care_is_listed_once(app: Flask, cast: Cast, clock: Clock) -> None:
    first = alarm(cast)
    alerting.tell(first.id, clock())
    clock.forward(hours=1)
    settling.settle(first.id, Settlement.TO_CLINIC, "留观", clinic_actor(), clock())
    clock.forward(hours=3)
    tells(cast, first.line or 0, 385, Symptom.COUGH, half=Half.AFTERNOON, at=clock())
    second = newest()
    assert second.id != first.id
    alerting.tell(second.id, clock())
    settling.settle(second.id, Settlement.TO_CLINIC, "还在留观", clinic_actor(), clock())
    assert [one.id for one in incare.in_care(clinic_actor())] == [second.id]
    assert incare.in_care(clinic_actor(), before=second.id) == []
    with pytest.raises(NoScope):
        incare.in_care(labour())


def test_the_clinic_is_told_who_decides_a_proposal(app: Flask, cast: Cast, clock: Clock) -> None:
    alert = alarm(cast)
    alerting.tell(alert.id, clock())
    page = Visitor(app, "weisheng").get(LIST).text
    assert "建议临时管控，还没定" in page
    assert "由企业专员定" in page


def test_the_clinic_does_not_decide_proposals(app: Flask, cast: Cast, clock: Clock) -> None:
    alert = alarm(cast)
    alerting.tell(alert.id, clock())
    path = f"/office/health/alerts/{alert.id}/proposal"
    told = {"decision": "taken", "grounds": "x"}
    assert Visitor(app, "weisheng").post(path, told, "/privacy").status_code == 403


def test_other_departments_see_nothing_of_it(app: Flask, cast: Cast, clock: Clock) -> None:
    alert = alarm(cast)
    alerting.tell(alert.id, clock())
    for username in ("yingji", "laodong"):
        visitor = Visitor(app, username)
        assert LIST not in visitor.get("/office/queue").text
        for path in (LIST, "/office/health", f"/office/health/places/{alert.place_id}"):
            visitor.get(path, 403)


def test_without_a_campaign_there_is_nothing(app: Flask) -> None:
    clinic = Visitor(app, "weisheng")
    clinic.get(LIST, 404)
    assert LIST not in clinic.get("/office/queue").text
