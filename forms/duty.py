"""Forms of responsibility: handing a place over, absences, fields, villages."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from forms.base import BaseForm, VersionedForm, clean
from forms.inputs import DayField, TicksField
from workflow.core.duty import AbsenceReason, HandoverReason

Choices = Iterable[tuple[str, str]]
LONGEST = timedelta(days=366)
HANDOVER_WORDS = {
    HandoverReason.ELSEWHERE: _l("地址在别的村"),
    HandoverReason.OTHER_CLASS: _l("这一类归别的责任田管"),
    HandoverReason.MOVED: _l("企业搬走了"),
    HandoverReason.INVOLVED: _l("我和这家企业有关系，要回避"),
    HandoverReason.OTHER: _l("别的原因"),
}
ABSENCE_WORDS = {
    AbsenceReason.LEAVE: _l("请假"),
    AbsenceReason.DUTY: _l("出差、开会、培训"),
    AbsenceReason.OTHER: _l("别的事"),
}
_most = {n: Length(max=n, message=_l("最多写 %(max)d 个字。")) for n in (20, 40, 200)}


def tidy(text: str | None) -> str:
    """What was typed, without stray characters, on one line."""
    return " ".join((clean(text) or "").split())


class HandOverForm(VersionedForm):
    """Which field the place belongs to, and why it is not here."""

    to_field = RadioField(_l("归哪个责任田"), [InputRequired(_l("请选归哪个责任田。"))])
    reason = RadioField(
        _l("为什么不归这里"),
        [InputRequired(_l("请选一个原因。"))],
        choices=[(reason.value, words) for reason, words in HANDOVER_WORDS.items()],
    )
    words = TextAreaField(
        _l("补充说明"),
        [_most[200]],
        description=_l("接手的专员和企业都会看到。选“别的原因”时要写。"),
    )

    def __init__(self, fields: Choices, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.to_field.choices = list(fields)

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if self.to_reason() is HandoverReason.OTHER and not self.to_words():
            self.words.errors = [_("选了“别的原因”，请写一句是什么原因。")]
            return False
        return True

    def to_reason(self) -> HandoverReason:
        return HandoverReason(self.reason.data)

    def to_words(self) -> str:
        return tidy(self.words.data)


class AbsenceForm(BaseForm):
    """From when to when somebody is away. ``people`` only where it may be anyone."""

    account = SelectField(_l("谁不在"), [InputRequired(_l("请选一个人。"))])
    first_day = DayField(_l("从哪天起"), [InputRequired(_l("请填从哪天起。"))])
    last_day = DayField(
        _l("到哪天止"), [InputRequired(_l("请填到哪天止。"))], description=_l("这一天也不在。")
    )
    reason = RadioField(
        _l("什么事"),
        [InputRequired(_l("请选一项。"))],
        choices=[(reason.value, words) for reason, words in ABSENCE_WORDS.items()],
    )

    def __init__(self, today: date, people: Choices | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today = today
        if people is None:
            del self.account
        else:
            self.account.choices = [("", _("请选")), *people]

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        if not super().validate(extra_validators):
            return False
        wrong = self._wrong(*self.to_days())
        if wrong:
            self.last_day.errors = [wrong]
        return not wrong

    def _wrong(self, first: date, last: date) -> str:
        day = f"{last.month}月{last.day}日"
        if last < first:
            return _("填了 %(day)s，比开始那天还早。请改成同一天或以后。", day=day)
        if last < self.today:
            return _("填了 %(day)s，已经过去了。请填今天或以后的日期。", day=day)
        return _("从头到尾超过一年了。请核对年份。") if last - first > LONGEST else ""

    def to_days(self) -> tuple[date, date]:
        first, last = self.first_day.data, self.last_day.data
        assert first is not None
        assert last is not None
        return first, last

    def to_reason(self) -> AbsenceReason:
        return AbsenceReason(self.reason.data)


class FieldForm(BaseForm):
    """A field: what it covers, who is responsible, who stands in."""

    name = StringField(_l("叫什么"), [InputRequired(_l("请给它起个名字。")), _most[40]])
    villages = TicksField(_l("管哪些村"))
    classes = TicksField(_l("只管哪几类"), description=_l("都不勾，就是各类都管。"))
    liaison = SelectField(_l("责任专员"))
    stand_in = SelectField(
        _l("代班人"), description=_l("专员不在的日子由他办。两人都不在，由企业办代管。")
    )

    def __init__(self, villages: Choices, classes: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.villages.choices, self.classes.choices = list(villages), list(classes)
        nobody = ("", _("还没定"))
        self.liaison.choices = self.stand_in.choices = [nobody, *people]

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if not tidy(self.name.data):
            self.name.errors = [_("请给它起个名字。")]
            return False
        if self.liaison.data and self.liaison.data == self.stand_in.data:
            self.stand_in.errors = [_("代班人和责任专员是同一个人。请换一个，或选“还没定”。")]
            return False
        return True


class VillageForm(BaseForm):
    """A village to add."""

    name = StringField(_l("村名"), [InputRequired(_l("请填村名。")), _most[40]])
    code = StringField(_l("区划代码"), [Optional(), _most[20]], description=_l("不知道可以不填。"))
