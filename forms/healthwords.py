"""The words for every member of the closed sets of staff health."""

from collections.abc import Mapping
from enum import Enum

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from workflow.core.alerts import AlertKind, EntryState, Proposal, Reached, Settlement
from workflow.core.health import (
    Absence,
    ContactKind,
    Half,
    HealthCode,
    Symptom,
    ToldBy,
    Transport,
)
from workflow.core.judging import Fitness
from workflow.core.risk import RiskLevel

HEALTH_WORDS: Mapping[Enum, LazyString] = {
    Fitness.MAY_WORK: _l("可以上班"),
    Fitness.ASK: _l("等核实"),
    Fitness.OBSERVE: _l("观察中"),
    Fitness.STOP: _l("先别上班"),
    Half.MORNING: _l("上午"),
    Half.AFTERNOON: _l("下午"),
    Symptom.COUGH: _l("咳嗽"),
    Symptom.THROAT: _l("咽痛"),
    Symptom.FATIGUE: _l("乏力"),
    Symptom.BREATH: _l("气短、胸闷"),
    Symptom.DIARRHOEA: _l("腹泻"),
    Symptom.TASTE: _l("闻不到、尝不出味道"),
    Symptom.OTHER: _l("别的不舒服"),
    Absence.REST: _l("轮休"),
    Absence.LEAVE: _l("请假"),
    Absence.SICK: _l("病假"),
    Absence.OBSERVED: _l("在观察"),
    Absence.NOT_BACK: _l("还没返岗"),
    ContactKind.CONFIRMED: _l("确诊或阳性的人"),
    ContactKind.SUSPECTED: _l("疑似的人"),
    ContactKind.FEVERISH: _l("发烧的人"),
    ContactKind.FROM_SEVERE: _l("从疫情严重地区来的人"),
    Transport.TRAIN: _l("火车、高铁"),
    Transport.COACH: _l("长途客车"),
    Transport.PLANE: _l("飞机"),
    Transport.OWN_CAR: _l("自己开车、骑车"),
    Transport.SHARED_CAR: _l("拼车、网约车"),
    Transport.CHARTERED: _l("单位包车"),
    Transport.OTHER: _l("别的"),
    HealthCode.GREEN: _l("绿码"),
    HealthCode.YELLOW: _l("黄码"),
    HealthCode.RED: _l("红码"),
    HealthCode.NONE: _l("没有，或不用"),
    ToldBy.SELF: _l("本人"),
    ToldBy.ENTERPRISE: _l("单位代报"),
    ToldBy.POSTER: _l("扫海报"),
    ToldBy.OFFICE: _l("镇里"),
    RiskLevel.LOW: _l("低风险"),
    RiskLevel.MEDIUM: _l("中风险"),
    RiskLevel.HIGH: _l("高风险"),
    RiskLevel.SEVERE: _l("疫情严重地区"),
    RiskLevel.OVERSEAS: _l("境外"),
    AlertKind.RED: _l("要停岗"),
    AlertKind.CALL_BACK: _l("要回电"),
    Settlement.RELEASED: _l("已解除，可以上班"),
    Settlement.TO_CLINIC: _l("卫生院在管"),
    Settlement.FALSE_ALARM: _l("报错了，已更正"),
    Settlement.LEFT: _l("已离开单位"),
    Proposal.NONE: _l("没有建议"),
    Proposal.OPEN: _l("建议临时管控，等人定"),
    Proposal.TAKEN: _l("已采纳"),
    Proposal.DECLINED: _l("没有采纳"),
    EntryState.WAITING: _l("等核实"),
    EntryState.CONFIRMED: _l("已确认"),
    EntryState.DISMISSED: _l("不认"),
    Reached.TALKED: _l("通了，说好了"),
    Reached.NO_ANSWER: _l("没人接"),
    Reached.WRONG_NUMBER: _l("号码不对"),
    Reached.WILL_NOT_RETURN: _l("不回来了"),
}
