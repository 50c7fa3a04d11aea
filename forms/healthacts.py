"""Forms of whoever looks after alerts: why to look, how it ended, who may work again, a call."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired, Length

from forms.base import BaseForm
from forms.healthwords import HEALTH_WORDS
from forms.inputs import DayField, TextField
from workflow.core.alerts import SETTLED_BY_OFFICERS, HealthReason, Reached, Settlement

_LONGEST = 500
_short = Length(max=_LONGEST, message=_l("太长了，最多 %(max)d 个字。"))
_choose = InputRequired(_l("请选一项。"))


def _choices(members: Iterable[Any]) -> list[tuple[str, Any]]:
    return [(one.value, HEALTH_WORDS[one]) for one in members]


def _said(field: TextField) -> str:
    return (field.data or "").strip()


class RevealForm(BaseForm):
    """Why somebody's details are to be shown."""

    reason = RadioField(_l("为什么要看"), [_choose])
    why = TextField(_l("写明什么情况"), [_short], description=_l("选“别的紧急情况”时要写。"))

    def __init__(self, reasons: Iterable[HealthReason], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reason.choices = _choices(reasons)

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if self.to_reason() is HealthReason.URGENT and not self.to_words():
            self.why.errors = [_("选了“别的紧急情况”，请写一句是什么情况。")]
            return False
        return True

    def to_reason(self) -> HealthReason:
        return HealthReason(self.reason.data)

    def to_words(self) -> str:
        return _said(self.why)


class SeenForm(BaseForm):
    """What is decided of a person by whoever has seen so many of their tellings."""

    seen = HiddenField()

    def to_seen(self) -> int:
        """Less than there can be where nothing sensible came."""
        text = self.seen.data or ""
        return int(text) if text.isdecimal() and len(text) < 10 else -1


class SettleForm(SeenForm):
    """How an alert ended."""

    settlement = RadioField(
        _l("核实下来"),
        [_choose],
        choices=_choices(SETTLED_BY_OFFICERS),
        description=_l(
            "选“已解除”，以前报的都不再拦；选“报错了”，只去掉体温和症状；选别的，还是先别上班。"
        ),
    )
    words = TextField(
        _l("怎么核实的"), [_short], description=_l("找谁核实、什么结果。只有专员和卫生院看得到。")
    )

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        return _written(self.words, _("请写一句怎么核实的。")) and valid

    def to_settlement(self) -> Settlement:
        return Settlement(self.settlement.data)

    def to_words(self) -> str:
        return _said(self.words)


class ReleaseForm(SeenForm):
    """Why somebody may work again."""

    words = TextField(
        _l("依据"),
        [_short],
        description=_l("观察满了、卫生院看过了，或者别的依据。只有专员和卫生院看得到。"),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        return _written(self.words, _("请写一句依据。")) and valid

    def to_words(self) -> str:
        return _said(self.words)


class ProposalForm(BaseForm):
    """Whether a proposed control is taken up."""

    decision = RadioField(
        _l("采不采纳"),
        [_choose],
        choices=[
            ("taken", _l("采纳，请企业办安排人去办")),
            ("declined", _l("不采纳")),
        ],
    )
    grounds = TextField(
        _l("理由"), [_short], description=_l("采纳了，企业办看得到。不要写员工的姓名。")
    )

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        return _written(self.grounds, _("请写一句理由。")) and valid

    @property
    def taken(self) -> bool:
        return bool(self.decision.data == "taken")

    def to_words(self) -> str:
        return _said(self.grounds)


class CallForm(BaseForm):
    """How a call ended."""

    reached = RadioField(_l("打得怎么样"), [_choose], choices=_choices(Reached))
    returns_on = DayField(
        _l("说好哪天回来"), description=_l("通了才填；还没定就空着，过三天会再提醒打。")
    )
    worries = TextField(
        _l("有什么难处、顾虑"), [_short], description=_l("只有镇里看得到，用人单位看不到。")
    )

    def __init__(self, today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._today = today

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        said = self.returns_on.data
        if said is not None and self.to_reached() is not Reached.TALKED:
            words = _("选“通了，说好了”才记哪天回来。上面选错了，请改选；没说好，请清空这一天。")
            self.returns_on.errors = [words]
            return False
        if said is not None and said < self._today:
            self.returns_on.errors = [
                _("填了%(day)s，已经过去了。请填今天或以后的日子。", day=said.isoformat())
            ]
            return False
        return True

    def to_reached(self) -> Reached:
        return Reached(self.reached.data)

    def to_words(self) -> str:
        return _said(self.worries)


def _written(field: TextField, words: str) -> bool:
    """Whether something stands in it; else it says what is missing."""
    if _said(field):
        return True
    field.errors = [*field.errors, words]
    return False
