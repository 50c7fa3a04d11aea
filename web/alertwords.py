"""Red alerts in words that give nothing away: a kind of reason, no number, no place, nobody."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from web.labels import day as day_words
from workflow.core.judging import Fitness, Ground, GroundKind
from workflow.store.placecounts import PlaceDay

KIND_WORDS: Mapping[GroundKind, LazyString] = {
    GroundKind.FEVER: _l("发热"),
    GroundKind.SYMPTOMS: _l("不舒服"),
    GroundKind.CONTACT: _l("有接触要核实"),
    GroundKind.TOGETHER_UNWELL: _l("同住的人不舒服"),
    GroundKind.CODE: _l("健康码异常"),
    GroundKind.STAYED: _l("去过要观察的地方"),
    GroundKind.OBSERVED: _l("正在观察"),
    GroundKind.RELEASE_DUE: _l("观察期满，等解除"),
    GroundKind.AREA_UNCLEAR: _l("去过的地方要核实"),
    GroundKind.RULE_UNCLEAR: _l("该不该观察要核实"),
    GroundKind.JOURNEY_UNCLEAR: _l("行程对不上，要核实"),
    GroundKind.MILDER: _l("后来改说的比先前少"),
    GroundKind.OPEN_ELSEWHERE: _l("同一单位另一处还没核实"),
    GroundKind.UNREGISTERED: _l("还没登记"),
}
FITNESS_TAGS: Mapping[Fitness, str] = {
    Fitness.MAY_WORK: "ok",
    Fitness.ASK: "you",
    Fitness.OBSERVE: "hold",
    Fitness.STOP: "stop",
}
LONG_AGO = timedelta(days=1)


def kinds(grounds: Iterable[Ground]) -> str:
    """发热、不舒服: what sort of reasons these are, each once."""
    found = dict.fromkeys(GroundKind(one.kind) for one in grounds)
    return "、".join(str(KIND_WORDS[one]) for one in found)


def until_words(fitness: Fitness, until: date | None, today: date) -> str:
    """Until when somebody is observed; that it is over, where somebody must say so."""
    if fitness is not Fitness.OBSERVE or until is None:
        return ""
    if until < today:
        return _("到%(day)s已满，等解除", day=day_words(until))
    return _("到%(day)s", day=day_words(until))


def is_late(raised_at: datetime, at: datetime) -> bool:
    """Whether nobody has settled an alert for a day."""
    return at - raised_at > LONG_AGO


def report_words(one: PlaceDay) -> tuple[str, str]:
    """The kind of tag and the word for a place's report of the day."""
    if not one.reported:
        return "you", _("没报告")
    if one.nobody_worked:
        return "old", _("今天没人上班")
    if one.reported_unwell:
        return "stop", _("有异常")
    if one.reported_told < one.reported_expected:
        told = {"all": one.reported_expected, "told": one.reported_told}
        return "you", _("没收齐 %(told)s/%(all)s", **told)
    return "ok", _("零报告")
