"""Staff health in words: whether somebody may work, and why."""

from datetime import date

from flask_babel import gettext as _

from forms.healthwords import HEALTH_WORDS
from web.clock import now
from web.labels import day
from workflow.core.days import day_of
from workflow.core.health import ContactKind, HealthCode, Symptom
from workflow.core.judging import Ground, GroundKind
from workflow.core.risk import RiskLevel

_NAMED = {one.value: one for one in (*RiskLevel, *Symptom, *ContactKind, *HealthCode)}


def degrees(tenths: int) -> str:
    """36.5 ℃ of 365."""
    return f"{tenths // 10}.{tenths % 10}\u00a0℃"


def ground_words(ground: Ground, *, brief: bool = False) -> str:
    """One reason as a sentence. ``brief`` names no places and no people: for the enterprise, which
    needs to know whether and until when, not where somebody has been.
    """
    facts = ground.facts
    match GroundKind(ground.kind):
        case GroundKind.FEVER:
            return _("%(day)s量得 %(heat)s。", day=_near(facts[0]), heat=degrees(int(facts[1])))
        case GroundKind.SYMPTOMS:
            felt = "、".join(_label(one) for one in facts[1:])
            return _("%(day)s说不舒服：%(felt)s。", day=_near(facts[0]), felt=felt)
        case GroundKind.CONTACT if not brief:
            return _("%(day)s见过%(whom)s。", day=_day(facts[1]), whom=_label(facts[0]))
        case GroundKind.CONTACT:
            return _("有需要核实的接触。")
        case GroundKind.TOGETHER_UNWELL:
            return _("一起住的人不舒服。")
        case GroundKind.CODE:
            return _("健康码当时显示%(colour)s。", colour=_label(facts[0]))
        case GroundKind.STAYED if brief:
            return _("去过要观察的地方，观察到%(day)s。", day=_until(ground))
        case GroundKind.STAYED:
            return _(
                "去过%(area)s，%(arrived)s到本地，那天那里是%(level)s，按“%(rule)s”观察到%(day)s。",
                area=facts[0],
                arrived=_day(facts[1]),
                level=_label(facts[2]),
                rule=facts[3],
                day=_until(ground),
            )
        case _:
            return _unclear(ground, brief)


def _unclear(ground: Ground, brief: bool) -> str:
    facts = ground.facts
    match GroundKind(ground.kind):
        case GroundKind.OBSERVED:
            return _("正在观察，到%(day)s。", day=_until(ground))
        case GroundKind.RELEASE_DUE:
            return _("观察到%(day)s已满，等卫生院或专员解除。", day=_day(facts[0]))
        case GroundKind.AREA_UNCLEAR | GroundKind.RULE_UNCLEAR if brief:
            return _("去过的地方要人核实。")
        case GroundKind.AREA_UNCLEAR:
            words = _(
                "去过%(area)s，%(arrived)s到本地，那天那里的风险没有规定或说法不一，要人核实。"
            )
            return words % {"arrived": _day(facts[1]), "area": facts[0]}
        case GroundKind.RULE_UNCLEAR:
            words = _(
                "去过%(area)s，%(arrived)s到本地，那天那里是%(level)s，该不该观察规定不明，要人核实。"
            )
            return words % {
                "arrived": _day(facts[1]),
                "area": facts[0],
                "level": _label(facts[2]),
            }
        case GroundKind.JOURNEY_UNCLEAR:
            return _("说的行程对不上：没说从哪里来，或者日子不合，要人核实。")
        case GroundKind.MILDER:
            return _("后来改说的比先前少，等专员核实。")
        case GroundKind.OPEN_ELSEWHERE:
            return _("同一单位另一处还有没核实的情况。")
    return _("还没有登记。")


def _label(value: str) -> str:
    return str(HEALTH_WORDS[_NAMED[value]])


def _day(text: str) -> str:
    return day(date.fromisoformat(text))


def _near(text: str) -> str:
    """A day as it is spoken of: today is 今天."""
    told = date.fromisoformat(text)
    return _("今天") if told == day_of(now()) else day(told)


def _until(ground: Ground) -> str:
    return day(ground.until) if ground.until else ""
