"""Where somebody wants mail."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField
from wtforms.validators import Email, Optional, ValidationError

from forms.base import BaseForm
from forms.texts import at_most, line

LONGEST = 120


class AddressForm(BaseForm):
    """An address, or nothing: then no mail is sent."""

    address = EmailField(
        _l("邮箱"),
        [Optional(), at_most(LONGEST), Email(_l("这不像邮箱。请照 name@example.com 的样子填。"))],
        filters=[line],
        description=_l("有没看的通知，会发信提醒您。不用来登录；清空就不再发信。"),
    )

    def validate_address(self, field: EmailField) -> None:
        if not (field.data or "").isascii():  # few servers take mail for such a one
            raise ValidationError(_l("邮箱里请只用英文字母、数字和符号。"))

    def to_address(self) -> str:
        return (self.address.data or "").lower()
