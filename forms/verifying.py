"""The form with which anyone asks about a document."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import StringField
from wtforms.validators import Length

from forms.base import BaseForm


class VerifyForm(BaseForm):
    """A typed code with the last digits of the number, or the PDF itself."""

    code = StringField(
        _l("文件上的 12 位码"),
        [Length(max=60, message=_l("码是 12 位，请只填码。"))],
        description=_l("在二维码旁边，字母和数字，不分大小写。横线和空格填不填都行。"),
    )
    number = StringField(
        _l("文号末几位"),
        [Length(max=60, message=_l("请只填文号里“号”字前面的数字。"))],
        description=_l("文号里“号”字前面的数字，至少填末两位；只有一位的填一位。"),
    )
    file = FileField(
        _l("或者传 PDF 比对"),
        description=_l("看有没有被改过。传来的文件比对完就丢弃，不留存。"),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        if not (self.code.data or "").strip() and not self.file.data:
            self.code.errors = [_l("请填文件上的码，或传 PDF。")]
            return False
        if not self.file.data and not (self.number.data or "").strip():
            self.number.errors = [_l("请填文号末几位，和码一起查。")]
            return False
        return True
