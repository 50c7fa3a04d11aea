"""Mail of a red alert: to whoever is told, naming nobody, at night too, and never twice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import AT, Cast
from tests.health.alarms import alarm
from tests.smtp import Town, mail_server
from web.newswords import write_mail
from workflow.core.alerts import Settlement
from workflow.notify.mail import Post
from workflow.usecases import mailing, telling
from workflow.usecases.health import alerting, settling

LATER = AT + timedelta(minutes=11)


@pytest.fixture
def box() -> Iterator[Town]:
    with mail_server() as town:
        yield town


@pytest.fixture
def post(box: Town) -> Post:
    return replace(Post.at(box.url, "fugong@town.example"), sender_name="样例镇复工服务")


def send(post: Post, at: object = LATER) -> int:
    return mailing.write_to_all(post, write_mail, at)  # type: ignore[arg-type]


def test_mail_of_a_red_alert_names_nobody_and_goes_at_night_too(
    box: Town, post: Post, cast: Cast
) -> None:
    telling.set_address("lin@town.example", cast.lin)
    alerting.tell(alarm(cast).id, AT)
    assert send(post, AT + timedelta(hours=13)) == 1
    words = str(box.taken[0].get_content())
    assert "1 家有员工要停岗" in words
    assert "/liaison/health/places/" in words
    for hidden in ("赵", "38.4", "发热"):
        assert hidden not in words
    assert send(post, AT + timedelta(hours=14)) == 0


def test_a_settled_alert_is_not_mailed(box: Town, post: Post, cast: Cast) -> None:
    telling.set_address("lin@town.example", cast.lin)
    alert = alarm(cast)
    alerting.tell(alert.id, AT)
    settling.settle(alert.id, Settlement.FALSE_ALARM, "量错了", cast.lin, AT)
    assert send(post) == 0
