"""Forms of a filing: opening it, a file for a material, the text of a part, handing it in."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, IntegerField, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from forms.base import BaseForm, VersionedForm, clean
from forms.inputs import TextField

LARGEST_ID = 2**31 - 1
LONGEST_PART = 8_000


class OpenForm(BaseForm):
    """Which place files for which stop, and what kind of filing."""

    place = IntegerField(validators=[InputRequired(), NumberRange(1, LARGEST_ID)])
    stop = IntegerField(validators=[InputRequired(), NumberRange(1, LARGEST_ID)])
    kind = HiddenField(validators=[InputRequired(), Length(max=40)])


class KindForm(BaseForm):
    """Which kind of filing a draft is to become."""

    kind = HiddenField(validators=[InputRequired(), Length(max=40)])


class AttachForm(BaseForm):
    """One file for a material or, with ``code``, for a requirement of the list."""

    file = FileField(_l("选文件"), [FileRequired(_l("还没选文件。"))])

    def to_name(self) -> str:
        """The file's own name, without any folder, at most 200 characters."""
        name = (clean(self.file.data.filename) or "").replace("\\", "/").rpartition("/")[2]
        return "".join(char for char in name if char.isprintable())[-200:] or "未命名"


class OtherProofForm(AttachForm):
    """A file for a requirement that asks none but may have one."""

    code = SelectField(
        _l("说明哪一项"), [InputRequired(_l("请选这份文件说明哪一项。"))], validate_choice=True
    )


class PartForm(VersionedForm):
    """The text of a part the enterprise writes itself."""

    text = TextField(
        _l("正文"),
        [Optional(), Length(max=LONGEST_PART, message=_l("太长了，最多 %(max)d 个字。"))],
    )


class SubmitForm(VersionedForm):
    """Hands the filing in."""
