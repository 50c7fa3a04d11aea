"""The notifications on a phone and at a desk: accessible, and nothing wider than the screen."""

import os
from collections.abc import Callable
from pathlib import Path
from shutil import copy

import pytest

from tests.browser.conftest import Person
from tests.browser.screens import BOTH
from tests.cast import AT, Cast, accepted, submitted
from tests.told import give_back
from tests.usecases.test_escalating import due
from workflow.core.days import day_of
from workflow.usecases import talking
from workflow.usecases.escalating import escalate

pytestmark = pytest.mark.browser


@BOTH
def test_news_leads_to_the_case_and_is_read_there(
    cast: Cast, person: Callable[..., Person], screen: str
) -> None:
    one = accepted(cast.he)
    talking.say(one, "几点来？", cast.he, AT)
    due(one, day_of(AT))
    escalate(AT)
    other = submitted(cast.zhe)
    give_back(other, cast.office)

    lin = person(screen)
    lin.sign_in("zhuanyuan")
    lin.open("/liaison/notifications")
    lin.look("liaison")
    lin.follow("虚构云雀食品有限公司，一号厂区")
    lin.open("/liaison/notifications")
    assert lin.page.get_by_text("没有新通知").is_visible()
    lin.look("empty")
    lin.open("/liaison/notifications/earlier")
    lin.look("earlier")

    zhe = person(screen)
    zhe.sign_in("boli")
    zhe.open("/enterprise/notifications")
    zhe.page.get_by_label("邮箱").fill("nobody")
    zhe.press("存下")
    zhe.look("enterprise")
    zhe.page.get_by_label("邮箱").fill("boli@example.com")
    zhe.press("存下")
    assert zhe.page.get_by_text("已存下邮箱").is_visible()
    if os.environ.get("SHOTS"):
        for picture in lin.pictures.glob("*.png"):
            copy(picture, Path(os.environ["SHOTS"]) / f"{screen}-{picture.name}")
