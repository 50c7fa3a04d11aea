"""What people are told of cases, in words: a kind, the next action, and the mail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import current_app, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from workflow.core.roles import Role
from workflow.core.telling import CLOCK, OF_STAFF, OF_THE_TURN, News
from workflow.store.newslists import Line
from workflow.store.notifications import WITHOUT_LINK
from workflow.store.towns import this_town
from workflow.usecases.mailing import Words

# What follows the number: 3 件待初审.
NEWS_LABELS: Mapping[News, LazyString] = {
    News.TO_ACCEPT: _l("待初审"),
    News.TO_INSPECT: _l("待核查"),
    News.TO_ADVISE: _l("待答复意见"),
    News.TO_DECIDE: _l("待审定"),
    News.TO_RELEASE: _l("待签发"),
    News.TO_CORRECT: _l("要补正"),
    News.TO_RECTIFY: _l("要整改"),
    News.SENT_BACK: _l("被退回"),
    News.HANDED_OVER: _l("转到您的责任田"),
    News.MESSAGE: _l("有新留言"),
    News.APPROACHING: _l("今天到期"),
    News.OVERDUE: _l("已超时"),
    News.REMIND: _l("专员办超时了"),
    News.FILER_LATE: _l("企业超时没改"),
    News.ESCALATED: _l("超时没办完"),
    News.NOT_ACCEPTED: _l("不予受理"),
    News.REFUSED: _l("暂不同意复工"),
    News.ISSUED: _l("已签发通知单"),
    News.VOIDED: _l("通知单已作废"),
    News.SUPERSEDED: _l("已由变更后的通知单代替"),
    News.WITHDRAWN: _l("已被企业撤回"),
    News.HEALTH_CONTROL: _l("采纳了临时管控，要安排人"),
    News.HEALTH_RELEASED: _l("有员工可以上班了"),
    News.HEALTH_RED: _l("有员工要停岗"),
    News.HEALTH_CALL_BACK: _l("要回电核实"),
    News.CHECK_INS_MISSING: _l("今天还有人没报"),
    News.DAY_REPORT_MISSING: _l("今天还没交日报"),
}
NEXT: Mapping[News, LazyString] = {
    News.TO_ACCEPT: _l("请核对材料齐不齐，受理或者退回补正。"),
    News.TO_INSPECT: _l("请看申报，约好时间去核查。"),
    News.TO_ADVISE: _l("请在期限内答复有没有意见。"),
    News.TO_DECIDE: _l("请审定：同意、暂不同意，或者退回。"),
    News.TO_RELEASE: _l("请核对通知单，签发或者退回。"),
    News.TO_CORRECT: _l("请照补正告知书逐条改好，再提交。"),
    News.TO_RECTIFY: _l("请照核查记录逐条整改，改好再提交。"),
    News.SENT_BACK: _l("请看退回的理由，重新办理。"),
    News.HANDED_OVER: _l("请接着办。"),
    News.MESSAGE: _l("请打开看，需要的话回复。"),
    News.APPROACHING: _l("请今天办好。"),
    News.OVERDUE: _l("请马上办。"),
    News.REMIND: _l("您是代班人，请提醒专员，或者报告企业办。"),
    News.FILER_LATE: _l("请联系企业，问清楚什么时候能改好。"),
    News.ESCALATED: _l("请督促，或者另外安排人办。"),
    News.NOT_ACCEPTED: _l("请看告知书上的理由；有不同意见，可以照上面写的办法提。"),
    News.REFUSED: _l("请看告知书上的理由；有不同意见，可以照上面写的办法提。"),
    News.ISSUED: _l("请下载通知单，按上面的条件复工。"),
    News.VOIDED: _l("请不要再用这份通知单。要问原因，打咨询电话。"),
    News.SUPERSEDED: _l("请改用变更后的通知单。"),
    News.WITHDRAWN: _l("不用再办。"),
    News.HEALTH_CONTROL: _l("请联系这个责任田的专员，安排人去现场办。"),
    News.HEALTH_RELEASED: _l("请看是谁，告诉本人可以上班了。"),
    News.HEALTH_RED: _l("请看是谁、为什么，先让本人停岗，再联系核实。"),
    News.HEALTH_CALL_BACK: _l("有人扫码填了不舒服，还不知道是谁。请打电话问清楚，再确认或者不认。"),
    News.CHECK_INS_MISSING: _l("请提醒没报的人，或者代他们报。"),
    News.DAY_REPORT_MISSING: _l("没有情况也要交零报告。没人上班的，报“今天没人上班”。"),
}
# First what runs out, then what waits for the reader, then the rest.
ORDER = sorted(
    News,
    key=lambda one: (
        one is not News.HEALTH_RED,
        one not in CLOCK,
        one is News.APPROACHING,
        one not in OF_THE_TURN | OF_STAFF,
    ),
)
# Where news of the staff of a place is looked at: the first of these pages that the door has.
PLACE_PAGES = ("health_place", "health")
DOORS = {
    Role.ENTERPRISE: "enterprise",
    Role.LIAISON: "liaison",
    Role.OFFICE: "office",
    Role.ISSUER: "issuer",
    Role.COMMAND: "command",
}


@dataclass(frozen=True, slots=True)
class Group:
    """News of one kind: how many cases, what to do, and some of the cases."""

    news: News
    title: str
    todo: LazyString
    kind: str
    lines: tuple[Line, ...]
    more: int


def groups(lines: Sequence[Line]) -> list[Group]:
    """Lines by kind, the most pressing kind first."""
    ordered = sorted(lines, key=lambda line: (ORDER.index(line.news), -line.last_id))
    return [_group(news, tuple(found)) for news, found in groupby(ordered, lambda one: one.news)]


def _group(news: News, lines: tuple[Line, ...]) -> Group:
    cases = max(lines[0].cases, len(lines))
    counted = _("%(n)s 家%(what)s") if lines[0].place_id else _("%(n)s 件%(what)s")
    title = counted % {"n": cases, "what": NEWS_LABELS[news]}
    return Group(news, title, NEXT[news], kind_of(news), lines, cases - len(lines))


def kind_of(news: News) -> str:
    """The kind of the tag that says how pressing it is."""
    if news is News.APPROACHING or news not in CLOCK:
        asked = news in OF_THE_TURN | OF_STAFF or news is News.TO_ADVISE
        return "you" if asked else "old"
    return "late"


def link(line: Line, door: str, *, whole: bool = False) -> str:
    """Where the reader opens the case or the place; empty where it is not theirs to open."""
    if line.place_id is not None:
        return _place_link(line, door, whole)
    if line.news in WITHOUT_LINK or f"{door}.case" not in current_app.view_functions:
        return ""
    return url_for(f"{door}.case", case_id=line.case_id, _external=whole)


def _place_link(line: Line, door: str, whole: bool) -> str:
    """To the staff of a place; the office, which is told of a control, has only numbers."""
    names = ("health",) if line.news is News.HEALTH_CONTROL else PLACE_PAGES
    found = (f"{door}.{name}" for name in names)
    there = next((one for one in found if one in current_app.view_functions), None)
    if there is None:
        return ""
    place: dict[str, Any] = {"place_id": line.place_id}
    if line.news is News.HEALTH_CONTROL:
        place = {}
    return url_for(there, **place, _external=whole)


def write_mail(role: Role, lines: Sequence[Line]) -> Words:
    """The mail that tells somebody of all this. Needs no request: the address is the town's."""
    with current_app.test_request_context(base_url=current_app.config["SETTINGS"].public_url):
        found, town = groups(lines), this_town()
        count = sum(len(group.lines) for group in found)
        subject = _("【%(town)s复工服务】%(n)s 件事请您看", town=town.name, n=count)
        links = {line.last_id: link(line, DOORS[role], whole=True) for line in lines}
        told = {"groups": found, "links": links, "town": town, "entry": url_for("security.login")}
        return Words(subject, render_template("mail/news.txt", **told))
