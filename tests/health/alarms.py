"""Short ways to an alert: somebody with a fever, and who was told."""

from datetime import datetime, timedelta

from sqlalchemy import select

from tests.cast import Cast
from tests.health.town import AT, NUMBERS, STAYED_HOME, TODAY, hire, link_of, open_campaign
from workflow.core.days import day_of
from workflow.core.health import CheckIn, Half
from workflow.core.roles import Actor
from workflow.core.telling import News
from workflow.store.accounts import Account, actor_of, named
from workflow.store.db import db
from workflow.store.notifications import Notification
from workflow.store.standings import Alert
from workflow.usecases.health import checking_in, declaring

LATER = AT + timedelta(hours=2)


def clinic(at: datetime = AT) -> Actor:
    return actor_of(named("weisheng"), day_of(at))


def labour(at: datetime = AT) -> Actor:
    return actor_of(named("laodong"), day_of(at))


def feverish(cast: Cast, name: str = "赵甲", number: str = NUMBERS[0]) -> int:
    """Somebody who registered and told of a fever this morning; their line."""
    line = hire(cast, name, number)
    link = link_of(cast, line)
    declaring.register(link, STAYED_HOME, AT)
    fever(cast, line)
    return line


def fever(cast: Cast, line: int, at: datetime = AT, tenths: int = 384) -> None:
    half = Half.MORNING if at == AT else Half.AFTERNOON
    checking_in.check_in(link_of(cast, line), CheckIn(TODAY, half, tenths), at)


def alarm(cast: Cast) -> Alert:
    """A campaign that is on, and one alert in it."""
    open_campaign(cast)
    feverish(cast)
    return newest()


def newest() -> Alert:
    db.session.expire_all()
    found = db.session.scalars(select(Alert).order_by(Alert.id.desc())).first()
    assert found is not None
    db.session.expunge(found)
    db.session.rollback()
    return found


def told(news: News = News.HEALTH_RED, *, waiting: bool = False) -> list[str]:
    """The user names of everyone who was told, in order; only those who still are to act."""
    query = (
        select(Account.username)
        .join(Notification, Notification.account_id == Account.id)
        .where(Notification.news == news)
    )
    if waiting:
        query = query.where(Notification.settled_at.is_(None), Notification.read_at.is_(None))
    found = [name or "" for name in db.session.scalars(query)]
    db.session.rollback()
    return sorted(found)
