"""The form with which somebody gets back in, and the one for a clerk's last day."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import StopValidation

from forms.base import BaseForm
from forms.inputs import DayField
from forms.registration import from_today
from forms.texts import password_field, text_field


class RecoverForm(BaseForm):
    """Number, one-time code, new password. The code is not sent back to the page either."""

    identity = text_field(_l("手机号或用户名"), most=80)
    code = text_field(
        _l("找回码"), most=60, description=_l("企业专员给的 12 位，只能用一次，24 小时内有效。")
    )
    password = password_field(_l("新密码"), description=_l("8 位以上，字母和数字都要有。"))

    def to_told(self) -> tuple[str, str, str]:
        return str(self.identity.data), str(self.code.data), str(self.password.data)


def _given(_form: object, field: Field) -> None:
    if field.data is None and not field.errors:
        raise StopValidation(_("请填到期日，比如 2027-06-30。"))


class UntilForm(BaseForm):
    """The last day of a clerk's authority."""

    until = DayField(_l("授权到哪天"), [_given, from_today])

    def __init__(self, today: date, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.today = today

    def to_day(self) -> date:
        assert self.until.data is not None, "validated"
        return self.until.data
