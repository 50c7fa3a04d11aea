"""The words of one's own record: what to do now, what counts, who looked and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from web.labels import label
from workflow.core.alerts import HealthReason
from workflow.core.judging import Fitness
from workflow.core.roles import Role
from workflow.store.registrations import HealthReveal
from workflow.usecases.health.ownrecord import Counts

ADVICE: Mapping[Fitness, LazyString] = {
    Fitness.MAY_WORK: _l("照常上班，每天上午、下午报体温。觉得不舒服，先别上班，告诉单位。"),
    Fitness.ASK: _l("先别到岗，等单位联系您核实。等得久了，请打单位的电话。"),
    Fitness.OBSERVE: _l("观察完以前先别上班。每天照样报体温，有不舒服马上告诉单位和卫生院。"),
    Fitness.STOP: _l(
        "请待在住处，少和人接触，戴好口罩。单位、专员和卫生院会联系您；难受得厉害，打 120。"
    ),
}
COUNTS: Mapping[Counts, LazyString] = {
    Counts.NOW: _l("现在算数"),
    Counts.WAITING: _l("等单位核实"),
    Counts.EARLIER: _l("以前报的"),
    Counts.DISMISSED: _l("单位核实后没有采用"),
}
REASONS: Mapping[HealthReason, LazyString] = {
    HealthReason.ALERT: _l("处理提醒"),
    HealthReason.VISIT: _l("上门走访"),
    HealthReason.CLINIC: _l("卫生院看诊"),
    HealthReason.CORRECT: _l("帮本人更正"),
}


@dataclass(frozen=True, slots=True)
class Looked:
    """Somebody who looked at the details."""

    at: datetime
    who: str
    why: str


def looked(reveal: HealthReveal) -> Looked:
    """Who looked by their office, never by name, and the reason that they gave."""
    why = str(REASONS[HealthReason(reveal.reason)])
    if reveal.words:
        why = _("%(why)s：%(words)s", why=why, words=reveal.words)
    return Looked(reveal.at, label(Role(reveal.role)), why)
