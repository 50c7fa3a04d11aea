"""In a demo one click signs in as any role. A real service never has this view.

It is registered by the application unless the settings are those of production, and answers as if
it did not exist until the town of the database is marked a demo. The mark cannot be asked when the
application is made: ``serve`` makes it first and loads the town afterwards.
"""

from dataclasses import dataclass

from flask import Blueprint, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext
from flask_security.utils import login_user, logout_user

from web.clock import now
from web.frame import limiter, this_town
from web.guards import public
from workflow.core.days import day_of
from workflow.core.refusals import NotFound
from workflow.store import accounts
from workflow.store.accounts import Account, may_act
from workflow.store.db import transaction

_l = lazy_gettext
SIGN_INS_PER_ADDRESS = "60 per minute"
bp = Blueprint("demo", __name__)


@dataclass(frozen=True, slots=True)
class Card:
    """A role to try, by the user name of an account of the demo town."""

    username: str
    role: LazyString
    words: LazyString


CARDS = (
    Card("yunque", _l("工厂"), _l("还没报，从头填起")),
    Card("qiye07", _l("纸箱厂"), _l("退回补正，有两处等着改")),
    Card("jixie", _l("大工厂"), _l("两个车间，名册三百人")),
    Card("gongdi", _l("工地"), _l("三个工地，一个要整改")),
    Card("shangpu", _l("商铺"), _l("连锁超市，有一家可以提交")),
    Card("daolu", _l("路桥公司"), _l("暂不同意，看理由和怎么办")),
    Card("shichang", _l("市场"), _l("农贸市场，名册三百人")),
    Card("zhuanyuan", _l("企业专员"), _l("第一责任田，有申报等着核查")),
    Card("zhuanyuan6", _l("代班的专员"), _l("替请假的同事审查")),
    Card("qiyeban", _l("企业办"), _l("初审申报、划责任田、代录")),
    Card("weisheng", _l("镇卫生院"), _l("对提前复工的提意见，看要停岗的人")),
    Card("laodong", _l("镇劳动保障所"), _l("给要返岗的人打电话")),
    Card("yingji", _l("镇应急办"), _l("对提前复工的提意见")),
    Card("zhihuibu", _l("指挥部"), _l("提前复工的，等着审定")),
    Card("qianfa", _l("签发人"), _l("通知单等着签发，可以成批")),
    Card("shenji", _l("审计"), _l("页面还没开")),
    Card("guanli", _l("系统管理员"), _l("看没办成的后台任务")),
)
USERNAMES = tuple(card.username for card in CARDS)


@bp.post("/demo/sign-in")
@limiter.limit(SIGN_INS_PER_ADDRESS)
@public
def sign_in() -> ResponseReturnValue:
    """Signs in as one of the cards, and as nobody else; always on to that account's own home."""
    account = _account(request.form.get("who", ""))
    if g.actor:  # whoever was signed in here is no more, as if they had signed out
        logout_user()
    session.clear()
    with transaction():  # the count of wrong passwords is wiped
        login_user(account)
    return redirect(url_for("public.home"))


def cards() -> list[Card]:
    """What there is to click: nothing outside a demo, and only accounts that are there."""
    if "demo.sign_in" not in current_app.view_functions or not this_town().demo:
        return []
    there = accounts.usernames_of(USERNAMES)
    return [card for card in CARDS if card.username in there]


def _account(username: str) -> Account:
    if not this_town().demo or username not in USERNAMES:
        raise NotFound(username)
    found = accounts.named(username)
    if not may_act(found, day_of(now())):
        raise NotFound(username)
    return found
