"""The form of days that are worked, or not (放假、调休)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length, Optional

from forms.base import BaseForm
from forms.duty import tidy
from forms.inputs import DayField

LONGEST = timedelta(days=30)
OFF, WORKED = "off", "worked"


class CalendarForm(BaseForm):
    """A few days on end, all off or all worked, in this year or the next."""

    first_day = DayField(_l("从哪天起"), [InputRequired(_l("请填从哪天起。"))])
    last_day = DayField(
        _l("到哪天止"), [Optional()], description=_l("这一天也算。只有一天的，可以不填。")
    )
    kind = RadioField(
        _l("这几天"),
        [InputRequired(_l("请选放假还是上班。"))],
        choices=[(OFF, _l("放假")), (WORKED, _l("上班（调休）"))],
    )
    note = StringField(
        _l("依据或说明"),
        [
            InputRequired(_l("请写一句依据，比如通知的名称。")),
            Length(max=40, message=_l("最多写 %(max)d 个字。")),
        ],
    )

    def __init__(self, today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.years = (today.year, today.year + 1)

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if not self.to_note():
            self.note.errors = [_("请写一句依据，比如通知的名称。")]
            return False
        first, last = self.to_days()
        wrong = self._wrong(first, last)
        if wrong:
            at = self.last_day if self.last_day.data else self.first_day
            at.errors = [wrong]
        return not wrong

    def _wrong(self, first: date, last: date) -> str:
        if last < first:
            return _("结束的日期比开始的早。请改好再存。")
        if not {first.year, last.year} <= set(self.years):
            return _("只能填 %(one)s 年和 %(other)s 年的。", one=self.years[0], other=self.years[1])
        return _("一次最多填 31 天。请分几次填。") if last - first > LONGEST else ""

    def to_days(self) -> tuple[date, date]:
        first = self.first_day.data
        assert first is not None
        return first, self.last_day.data or first

    def to_working(self) -> bool:
        return self.kind.data == WORKED

    def to_note(self) -> str:
        return tidy(self.note.data)
