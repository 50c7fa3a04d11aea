"""A fever on a phone: the alert at the liaison, looked at for a reason, and the person released."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.browser.conftest import Person
from tests.browser.screens import BOTH
from tests.browser.walking import keep
from tests.cast import Cast
from tests.conftest import Clock
from tests.health.alarms import alarm
from tests.health.alarms import clinic as clinic_actor
from tests.health.town import AT, NUMBERS, TODAY, came_from, entry, hire, link_of, place_of
from web import post
from workflow.core.alerts import Settlement
from workflow.usecases import rostering
from workflow.usecases.health import alerting, declaring, settling

pytestmark = pytest.mark.browser


def test_from_the_alert_to_the_release(
    app: Flask, cast: Cast, clock: Clock, person: Callable[..., Person]
) -> None:
    post.configure(app)
    alert = alarm(cast)
    observed = hire(cast, "钱乙", NUMBERS[1])
    declaring.register(link_of(cast, observed), came_from("420112", "甲市东区", TODAY), AT)
    alerting.tell(alert.id, clock())
    clock.forward(hours=1)

    lin = person("phone")
    lin.sign_in("zhuanyuan")
    lin.open("/liaison/notifications")
    lin.look("bell")
    lin.follow("虚构云雀食品有限公司，一号厂区")
    lin.look("place")
    lin.follow("健康")
    lin.look("list")
    lin.follow("赵*")
    lin.look("person")
    lin.page.get_by_text("看详情").click()
    lin.page.get_by_label("核实这条预警").check()
    lin.press("显示详情")
    expect(lin.page.get_by_text("赵甲")).to_be_visible()
    lin.look("details")
    lin.press("办结")
    lin.look("mistakes")
    expect(lin.page.get_by_text("赵甲")).to_have_count(0)
    lin.page.get_by_label("已解除，可以上班").check()
    lin.page.get_by_label("怎么核实的").fill("本人到卫生院复测 36.5，量错了")
    lin.press("办结")
    expect(lin.page.get_by_text("已办结。")).to_be_visible()
    expect(lin.page.get_by_role("link", name="赵*")).to_have_count(0)
    lin.follow("虚构云雀食品有限公司")
    lin.follow("钱*")
    lin.look("observed")
    keep(lin, "alarm")


@BOTH
def test_counts_calls_and_the_clinic(
    app: Flask, cast: Cast, clock: Clock, person: Callable[..., Person], screen: str
) -> None:
    post.configure(app)
    alert = alarm(cast)
    alerting.tell(alert.id, clock())
    told = entry("钱乙", NUMBERS[1])
    soon = replace(told, told=replace(told.told, returns_on=TODAY + timedelta(days=1)))
    rostering.add_person(place_of(cast), soon, cast.he, AT)

    above = person(screen)
    above.sign_in("zhihuibu")
    above.open("/command/health")
    above.look(f"counts-{screen}")
    caller = person(screen)
    caller.sign_in("laodong")
    caller.follow("返岗电话")
    caller.press("下一位")
    caller.press("显示姓名和号码")
    expect(caller.page.get_by_role("heading", name="钱乙")).to_be_visible()
    caller.look(f"call-{screen}")
    caller.page.get_by_label("没人接").check()
    caller.press("记下")
    caller.look(f"calls-{screen}")
    clinic = person(screen)
    clinic.sign_in("weisheng")
    clinic.follow("要停岗的人")
    clinic.look(f"clinic-{screen}")
    settling.settle(alert.id, Settlement.TO_CLINIC, "留观", clinic_actor(), clock())
    clinic.open("/office/health/alerts")
    expect(clinic.page.get_by_role("heading", name="在管的人")).to_be_visible()
    clinic.look(f"care-{screen}")
    settling.decide_proposal(alert.id, True, "同宿舍六人", cast.lin, clock())
    office = person(screen)
    office.sign_in("qiyeban")
    office.open("/office/health")
    expect(office.page.get_by_text("同宿舍六人")).to_be_visible()
    office.look(f"controls-{screen}")
    keep(above, "alarm")
