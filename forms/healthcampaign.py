"""Forms of the health campaign: switching it on, the risk of areas, rules of observation."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Protocol

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from forms.base import BaseForm
from forms.duty import tidy
from forms.healthwords import HEALTH_WORDS
from forms.inputs import DayField, TextField, TicksField, WholeNumberField
from workflow.catalogue.divisions import Division
from workflow.catalogue.riskpack import LONGEST as LONGEST_OBSERVED
from workflow.core.regions import Region
from workflow.core.risk import AreaLevel, CountFrom, ObservationRule, RiskLevel

Find = Callable[[str], tuple[Division, ...]]
Choices = Iterable[tuple[str, str]]
LONGEST = timedelta(days=366)
FARTHEST = 2 * LONGEST  # from today: beyond it a year was mistyped
SHORTEST_KEPT, LONGEST_KEPT = 30, 90
LEVELS = [(one.value, HEALTH_WORDS[one]) for one in RiskLevel]
COUNTS = [(CountFrom.NEXT_DAY.value, _l("到达第二天")), (CountFrom.ARRIVAL.value, _l("到达当天"))]
_basis = [
    DataRequired(_l("请写依据：哪个机关的哪份文件。")),
    Length(max=300, message=_l("最多写 %(max)d 个字。")),
]
_short = Length(max=20, message=_l("最多写 %(max)d 个字。"))
_most = Length(max=60, message=_l("最多写 %(max)d 个字。"))


class PlaceForm(BaseForm):
    """An area in words; ``code`` is asked for only where the words may mean several."""

    words = StringField(
        _l("哪里"), [_most], description=_l("写省、市或县区，比如“湖北武汉”；国外写“境外”。")
    )
    code = RadioField(_l("有几处，是哪一处"), choices=[], validate_choice=False)

    def __init__(self, find: Find, *, asked: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._find, self._asked = find, asked
        self.region: Region | None = None

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        fine = super().validate(extra_validators)
        return self._place_found() and fine

    def _place_found(self) -> bool:
        """Whether the words name one area, or none is asked for; else the reason beside them."""
        words = tidy(self.words.data)
        if not words:
            if self._asked:
                self.words.errors = [_("请写是哪里。")]
            return not self._asked
        found = self._find(words)
        chosen = [one for one in found if len(found) == 1 or one.code == self.code.data]
        if not found:
            self.words.errors = [
                _("没找到“%(words)s”。请写现在的名称，写到市或县区。", words=words)
            ]
        elif not chosen:
            self.code.choices = [(one.code, one.name) for one in found]
            self.code.errors = [_("“%(words)s”有几处，请选一处。", words=words)]
        else:
            self.region = Region(chosen[0].name, (chosen[0].code,))
        return bool(chosen)


def _in_order(first: DayField, last: DayField) -> bool:
    if first.data and last.data and last.data < first.data:
        last.errors = [_("结束的日期比开始的早。请改好再存。")]
        return False
    return True


def _near(today: date, *days: DayField) -> bool:
    for one in days:
        if one.data and abs(one.data - today) > FARTHEST:
            one.errors = [_("离今天超过两年了。请核对年份。")]
    return not any(one.errors for one in days)


class OpenForm(PlaceForm):
    """The basis, the days and the rules of a campaign; the area is that of the town itself."""

    basis = TextField(
        _l("依据"), _basis, description=_l("写明机关、文件名和文号，员工在告知里看得到。")
    )
    starts_on = DayField(_l("从哪天起"), [InputRequired(_l("请填从哪天起。"))])
    ends_on = DayField(
        _l("到哪天止"),
        [InputRequired(_l("请填到哪天止。"))],
        description=_l("这一天还登记。以后可以提前结束。"),
    )
    kept_days = WholeNumberField(
        _l("结束以后留多少天"),
        [
            InputRequired(_l("请填 30 到 90 之间的天数。")),
            NumberRange(SHORTEST_KEPT, LONGEST_KEPT, _l("只能填 30 到 90。")),
        ],
        description=_l("到期全部删除，只留删除的记录。没有特别需要，就填 30。"),
    )
    pack = RadioField(_l("用哪套风险规则"), [InputRequired(_l("请选一套规则。"))])

    def __init__(self, find: Find, packs: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(find, asked=False, **kwargs)
        self.pack.choices, self._today = list(packs), today
        self.words.label.text = _("本地是哪里")
        self.words.description = _("没有离开过这里的人，不算从外地来。空着，就用规则里写的。")

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        return super().validate(extra_validators) and self._days_fit()

    def _days_fit(self) -> bool:
        if not _in_order(self.starts_on, self.ends_on):
            return False
        first, last = self.to_days()
        if last < self._today:
            self.ends_on.errors = [_("已经过去了。请填今天或以后的日期。")]
        elif last - first > LONGEST:
            self.ends_on.errors = [_("从头到尾超过一年了。请核对年份。")]
        return not self.ends_on.errors and _near(self._today, self.starts_on)

    def to_days(self) -> tuple[date, date]:
        first, last = self.starts_on.data, self.ends_on.data
        assert first is not None
        assert last is not None
        return first, last


class AreaForm(PlaceForm):
    """The risk of an area in a time."""

    level = RadioField(_l("风险等级"), [InputRequired(_l("请选一个等级。"))], choices=LEVELS)
    since = DayField(_l("从哪天起"), [InputRequired(_l("请填从哪天起。"))])
    until = DayField(
        _l("到哪天止"),
        [Optional()],
        description=_l("这一天也算。还不知道的空着，等级变了再加一条，它就自动让位。"),
    )
    basis = TextField(_l("依据"), _basis)

    def __init__(self, find: Find, today: date, **kwargs: Any) -> None:
        super().__init__(find, asked=True, **kwargs)
        self._today = today

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        fine = super().validate(extra_validators) and _in_order(self.since, self.until)
        return fine and _near(self._today, self.since, self.until)

    def to_area(self) -> AreaLevel:
        region, since = self.region, self.since.data
        assert region is not None
        assert since is not None
        level = RiskLevel(self.level.data)
        return AreaLevel(region, level, since, self.until.data, tidy(self.basis.data))


class RuleRow(Protocol):
    """A rule as it is kept, so far as it is named here."""

    code: str
    origin_name: str
    days: int

    @property
    def risks(self) -> list[RiskLevel]: ...


def _in_words(rule: RuleRow) -> str:
    """A rule among others: its number, and what it says."""
    origin = rule.origin_name or "、".join(str(HEALTH_WORDS[one]) for one in rule.risks)
    if not rule.days:
        return _("%(code)s（%(origin)s来的，不用观察）", code=rule.code, origin=origin)
    return _("%(code)s（%(origin)s来的，%(n)s 天）", code=rule.code, origin=origin, n=rule.days)


class RuleForm(PlaceForm):
    """How long whoever comes from somewhere is observed."""

    number = StringField(
        _l("编号"),
        [DataRequired(_l("请给它一个编号，比如 S1。")), _short],
        description=_l("判断的理由里会写出来，比如 S1。"),
    )
    levels = TicksField(_l("从哪些等级的地方来"), [InputRequired(_l("至少选一个等级。"))])
    days = WholeNumberField(
        _l("观察几天"),
        [
            InputRequired(_l("请填观察几天，不用观察填 0。")),
            NumberRange(0, LONGEST_OBSERVED, _l("请填 0 到 60。")),
        ],
        description=_l("不用观察填 0。"),
    )
    count_from = RadioField(_l("从哪天算起"), [InputRequired(_l("请选一项。"))], choices=COUNTS)
    since = DayField(_l("哪天起到达的人"), [InputRequired(_l("请填从哪天起。"))])
    until = DayField(_l("到哪天为止"), [Optional()], description=_l("还不知道的空着。"))
    overrides = TicksField(
        _l("取代哪几条"),
        description=_l("两条同时管、天数不一样又不写谁取代谁的，系统不自己定，会请人核实。"),
    )
    basis = TextField(_l("依据"), _basis)

    def __init__(self, find: Find, rules: Iterable[RuleRow], today: date, **kwargs: Any) -> None:
        super().__init__(find, asked=False, **kwargs)
        self._today = today
        self.levels.choices = LEVELS
        self.overrides.choices = [(one.code, _in_words(one)) for one in rules]
        self.words.label.text = _("只管从哪里来的")
        self.words.description = _("空着，就是上面这些等级的地方都算。")

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        fine = super().validate(extra_validators) and _in_order(self.since, self.until)
        return fine and _near(self._today, self.since, self.until)

    def to_rule(self) -> ObservationRule:
        since, days = self.since.data, self.days.data
        assert since is not None
        assert days is not None
        return ObservationRule(
            code=tidy(self.number.data),
            since=since,
            until=self.until.data,
            levels=frozenset(RiskLevel(one) for one in self.levels.data or ()),
            days=days,
            count_from=CountFrom(self.count_from.data),
            basis=tidy(self.basis.data),
            origin=self.region,
            overrides=frozenset(self.overrides.data or ()),
        )
