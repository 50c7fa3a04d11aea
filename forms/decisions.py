"""Forms of what officers decide and say: each with its words, sent from a page of its own."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired, Length, ValidationError

from forms.base import BaseForm, VersionedForm, clean
from forms.inputs import TextField
from workflow.core.deciding import View

LONGEST = 2000
TOO_LONG = _l("太长了，最多 %(max)d 个字。")
_SIZE = Length(max=LONGEST, message=TOO_LONG)


class DecideForm(VersionedForm):
    """A decision without words of its own."""

    def to_words(self) -> str:
        return ""

    def to_basis(self) -> str:
        return ""


class WordsForm(DecideForm):
    """A decision that may have words."""

    words = TextField(_l("意见（可以不写）"), [_SIZE])

    def to_words(self) -> str:
        return clean(self.words.data) or ""


class ConditionsForm(WordsForm):
    """An approval, with further conditions."""

    words = TextField(
        _l("另外的条件（可以不写）"), [_SIZE], description=_l("一行一条，会印在通知单上。")
    )


class ReasonForm(WordsForm):
    """A decision that needs its reason."""

    words = TextField(
        _l("理由"),
        [InputRequired(_l("请写明理由。")), _SIZE],
        description=_l("写清楚是什么事、要怎么办。会记下来，上下级都能看到。"),
    )

    def validate_words(self, field: TextField) -> None:
        if not clean(field.data):
            raise ValidationError(_l("请写明理由。"))


class AdverseForm(ReasonForm):
    """A decision against the enterprise: the facts, and what it rests on."""

    words = TextField(
        _l("事实"),
        [InputRequired(_l("请写明事实。")), _SIZE],
        description=_l("一行一条，写看到的事，不写推测。会印在告知书上。"),
    )
    basis = TextField(
        _l("依据"),
        [InputRequired(_l("请写明依据。")), _SIZE],
        description=_l("一行一条，写文件名、文号和条款。没有依据，不能作出这个决定。"),
    )

    def validate_basis(self, field: TextField) -> None:
        if not clean(field.data):
            raise ValidationError(_l("请写明依据。"))

    def to_basis(self) -> str:
        return clean(self.basis.data) or ""


class OpinionForm(BaseForm):
    """What a department says when it is asked (会签)."""

    view = RadioField(
        _l("本单位的意见"),
        [InputRequired(_l("请选一种。"))],
        choices=[(View.AGREES.value, _l("没有意见")), (View.OBJECTS.value, _l("有意见"))],
    )
    words = TextField(_l("说明"), [_SIZE], description=_l("有意见的要写明是什么意见、为什么。"))

    def validate_words(self, field: TextField) -> None:
        if self.view.data == View.OBJECTS.value and not clean(field.data):
            raise ValidationError(_l("请写明是什么意见、为什么。"))

    def to_view(self) -> View:
        return View(self.view.data)

    def to_words(self) -> str:
        return clean(self.words.data) or ""
