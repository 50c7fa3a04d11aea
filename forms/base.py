"""What all forms share."""

import re

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import HiddenField
from wtforms.validators import ValidationError
from wtforms.widgets import HiddenInput

_FORBIDDEN = dict.fromkeys(
    [*range(0, 9), 11, 12, *range(14, 32), 127, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)


_VERSION = re.compile(r"[0-9]{1,9}")


def clean(text: str | None) -> str | None:
    """Text without control characters and marks that turn its direction round."""
    return None if text is None else text.translate(_FORBIDDEN).strip()


class BaseForm(FlaskForm):
    """A form with CSRF protection."""

    def hidden_tag(self) -> Markup:
        """The hidden fields, without ids: a page may hold several forms."""
        hidden = (field for field in self if isinstance(field.widget, HiddenInput))
        return Markup().join(field(id=False) for field in hidden)


class VersionedForm(BaseForm):
    """A form on a case: carries the version of the page, so that a stale one is told so."""

    version = HiddenField()

    def validate_version(self, field: HiddenField) -> None:
        sent = field.raw_data[0] if field.raw_data else ""  # never the value it was filled with
        if not _VERSION.fullmatch(sent):
            raise ValidationError(_l("这一页不完整，请重新打开再试。"))

    def to_version(self) -> int:
        return int(str(self.version.data))
