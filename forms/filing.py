"""Forms of a filing: opening it, a file for a material, the text of a part, handing it in."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, IntegerField, SelectField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from forms.base import BaseForm, VersionedForm
from forms.inputs import TextField, file_name

LARGEST_ID = 2**31 - 1
LONGEST_PART = 8_000
LONGEST_ANSWER = 500


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
        """The file's own name, without any folder."""
        return file_name(self.file.data.filename)


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


class WithdrawForm(VersionedForm):
    """Takes the filing back."""


class AnswerForm(BaseForm):
    """What was done about one point that was to be corrected."""

    words = TextField(
        _l("怎么改的，或者为什么不用改"),
        [Length(max=LONGEST_ANSWER, message=_l("太长了，最多 %(max)d 个字。"))],
    )

    def to_words(self) -> str:
        """The words; empty ones take back what was said before."""
        return self.words.data or ""
