"""What somebody reads of themselves: may they work, why, and what they told this week."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forms.healthwords import HEALTH_WORDS
from web.healthwords import degrees
from web.labels import WEEKDAYS
from workflow.core.days import TOWN, day_of
from workflow.core.health import CheckIn, Half, open_halves
from workflow.core.judging import Fitness, Judgement
from workflow.store.checkins import CheckInRow, as_told
from workflow.usecases.health.checking_in import WEEK, OwnWeek

NO_WORDS = "–"
EVENING = 18

TITLES = {
    Fitness.MAY_WORK: _l("今天可以上班"),
    Fitness.ASK: _l("先别上岗，等核实"),
    Fitness.OBSERVE: _l("先不上班，观察中"),
    Fitness.STOP: _l("先别上班"),
}
ADVICE = {
    Fitness.MAY_WORK: _l("进门前还要量一次，戴好口罩。"),
    Fitness.ASK: _l("单位或企业专员会问您，问清楚就好。这几天也请每天报。"),
    Fitness.OBSERVE: _l("观察的这些天也请每天报。不舒服马上报，不用等。"),
    Fitness.STOP: _l("请留在住处，戴好口罩，少见人。单位和卫生院会找您；难受得厉害，先打 120。"),
}


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the week so far, in words."""

    name: str
    morning: str
    afternoon: str


def title(judgement: Judgement) -> LazyString:
    return TITLES[judgement.fitness]


def advice(judgement: Judgement) -> LazyString:
    return ADVICE[judgement.fitness]


def greeting(at: datetime) -> str:
    hour = at.astimezone(TOWN).hour
    if open_halves(at)[0] is Half.MORNING:
        return _("早上好")
    return _("下午好") if hour < EVENING else _("晚上好")


def told_words(told: CheckIn) -> str:
    """What was told for half a day, as it is said back."""
    said = [] if told.temperature is None else [degrees(told.temperature)]
    if told.absence:
        said.append(str(HEALTH_WORDS[told.absence]))
    felt = [str(HEALTH_WORDS[one]) for one in sorted(told.symptoms, key=lambda one: one.value)]
    return "，".join([*said, "、".join(felt) or _("没有不舒服")]) + "。"


def last_told(week: OwnWeek, at: datetime) -> CheckInRow | None:
    """What was told last today."""
    today = [row for (day, _half), row in week.told.items() if day == day_of(at)]
    return max(today, key=lambda row: (row.told_at, row.seq), default=None)


def days(week: OwnWeek, at: datetime) -> list[Day]:
    """Today and the six days before, the newest first; days before the first telling left out."""
    today = day_of(at)
    first = min((day for day, _half in week.told), default=today)
    count = min((today - first).days, WEEK.days) + 1
    return [_day(week, today - timedelta(days=ago), ago, at) for ago in range(count)]


def _day(week: OwnWeek, day: date, ago: int, at: datetime) -> Day:
    name = _("今天") if ago == 0 else _("昨天") if ago == 1 else f"周{WEEKDAYS[day.weekday()]}"
    cells = []
    for half in (Half.MORNING, Half.AFTERNOON):
        untold = _("没报") if ago else _("还没报") if half in open_halves(at) else NO_WORDS
        row = week.told.get((day, half))
        cells.append(untold if row is None else _cell(as_told(row)))
    return Day(name, *cells)


def _cell(told: CheckIn) -> str:
    if told.absence:
        return str(HEALTH_WORDS[told.absence])
    heat = NO_WORDS if told.temperature is None else degrees(told.temperature).split("\u00a0")[0]
    return _("%(heat)s，不舒服", heat=heat) if told.symptoms else heat
