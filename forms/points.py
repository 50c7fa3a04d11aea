"""Forms of a correction (补正): one point, and the notice that tells them all."""

from collections.abc import Mapping
from enum import Enum

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired, Length, ValidationError

from forms.base import BaseForm, VersionedForm, clean
from forms.inputs import TextField
from workflow.core.corrections import Anchor, Fault

LONGEST = 500
TOO_LONG = _l("太长了，最多 %(max)d 个字。")


class PointForm(BaseForm):
    """What is wrong with something and what is to be done about it.

    ``suggested`` are the words taken where none are written; ``late`` asks why the point comes
    only now.
    """

    anchor = HiddenField()
    key = HiddenField(validators=[Length(max=80)])
    fault = RadioField(_l("哪里不对"), [InputRequired(_l("请选一种。"))])
    words = TextField(_l("请企业改什么"), [Length(max=LONGEST, message=TOO_LONG)])
    why_late = TextField(
        _l("第一次就能提的，请说明为什么现在才提"), [Length(max=LONGEST, message=TOO_LONG)]
    )

    def __init__(
        self, faults: Mapping[Enum, LazyString], suggested: Mapping[Enum, LazyString], late: bool
    ) -> None:
        super().__init__()
        self.fault.choices = [(one.value, words) for one, words in faults.items()]
        self.words.description = _l("企业看到的就是这句话。空着，就用建议的话；“别的”要自己写。")
        self._suggested = suggested
        self.late = late
        if not late:
            del self.why_late

    def validate_words(self, field: TextField) -> None:
        if self.fault.data == Fault.OTHER.value and not clean(field.data):
            raise ValidationError(_l("请写要企业改什么。"))

    def validate_why_late(self, field: TextField) -> None:
        if self.late and not clean(field.data):
            raise ValidationError(_l("请写一句为什么现在才提，企业和企业办都会看到。"))

    def to_anchor(self) -> tuple[Anchor, str]:
        return Anchor(self.anchor.data), self.key.data or ""

    def to_fault(self) -> Fault:
        return Fault(self.fault.data)

    def to_words(self) -> str:
        """The words the enterprise is told; with the reason for coming late, if it does."""
        words = clean(self.words.data) or str(self._suggested[self.to_fault()])
        return f"{words}（现在才提，因为：{clean(self.why_late.data)}）" if self.late else words


class NoticeForm(VersionedForm):
    """Sends the one notice."""
