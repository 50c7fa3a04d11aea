"""Forms of an inspection (现场核查): beginning it, photographs, what to mend by when."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from forms.base import BaseForm, VersionedForm, clean
from forms.inputs import DayField
from workflow.core.visits import Mode

LONGEST_LINE = 200
TOO_LONG = _l("太长了，最多 %(max)d 个字。")


class BeginForm(VersionedForm):
    """How, where and with whom a place is inspected."""

    mode = RadioField(
        _l("怎么查"),
        [InputRequired(_l("请选到现场还是视频。"))],
        choices=[(Mode.VISIT.value, _l("到现场")), (Mode.VIDEO.value, _l("视频"))],
    )
    where = StringField(
        _l("在哪里"),
        [Length(max=LONGEST_LINE, message=TOO_LONG)],
        description=_l("会写进核查记录。"),
    )
    others = StringField(
        _l("还有谁一起查（可以不填）"),
        [Length(max=LONGEST_LINE, message=TOO_LONG)],
        description=_l("写单位，几个单位用顿号隔开，比如：镇卫生院、镇应急管理办公室。"),
    )

    def to_mode(self) -> Mode:
        return Mode(self.mode.data)

    def to_where(self) -> str:
        return clean(self.where.data) or ""

    def to_others(self) -> str:
        return clean(self.others.data) or ""


class PhotosForm(BaseForm):
    """Photographs, each in a field named by its requirement; ``photos`` carries what is wrong."""

    photos = MultipleFileField(_l("照片"))


class RectifyForm(VersionedForm):
    """Until when the enterprise is to mend what failed."""

    mend_by = DayField(_l("哪天前改好"), [InputRequired(_l("请写一个日期。"))])

    def __init__(self, today: date, **filled: object) -> None:
        super().__init__(data=filled)
        self._today = today

    def validate_mend_by(self, field: DayField) -> None:
        if field.data is not None and field.data < self._today:
            raise ValidationError(_("这一天已经过了，请选今天或以后。"))

    def to_day(self) -> date:
        found = self.mend_by.data
        assert found is not None, "asked for only once the form is valid"
        return found
