"""Forms of a filing recorded for somebody (代录): the enterprise, the place, the scan."""

import re
from collections.abc import Iterable
from unicodedata import normalize

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import Field, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from forms.base import BaseForm
from forms.duty import tidy
from forms.filing import LARGEST_ID, AttachForm
from forms.texts import credit_code as credit_code_holds
from workflow.core.identifiers import plain_code

_NUMBER = re.compile(r"[0-9]{7,13}")


def _plain(text: str | None) -> str:
    """Full-width letters made plain, without blanks."""
    return normalize("NFKC", tidy(text)).replace(" ", "")


def _said(_form: object, field: Field) -> None:
    if not tidy(field.data):
        raise ValidationError(_("“%(what)s”还没填。", what=field.label.text))


class TierForm(BaseForm):
    """The tier (批次) of a place, on its enterprise's page; 0 for none."""

    tier = IntegerField(validators=[NumberRange(0, 20)])

    def to_tier(self) -> int | None:
        return self.tier.data or None


class EnterpriseForm(BaseForm):
    """An enterprise as its paper names it."""

    name = StringField(
        _l("企业名称"), [_said, Length(max=120, message=_l("最多写 %(max)d 个字。"))]
    )
    credit_code = StringField(
        _l("统一社会信用代码"),
        [Optional(), credit_code_holds],
        description=_l("18 位，照营业执照抄。没有的不填，由镇里给一个编号。"),
    )

    def to_name(self) -> str:
        return tidy(self.name.data)

    def to_code(self) -> str | None:
        return plain_code(self.credit_code.data or "") or None


class PlaceForm(BaseForm):
    """A place as its paper describes it."""

    name = StringField(
        _l("厂区、工地或门店叫什么"), [_said, Length(max=120, message=_l("最多写 %(max)d 个字。"))]
    )
    place_class = RadioField(_l("哪一类"), [InputRequired(_l("请选一类。"))])
    village = SelectField(_l("在哪个村"), [InputRequired(_l("请选在哪个村。"))])
    address = StringField(_l("地址"), [_said, Length(max=200, message=_l("最多写 %(max)d 个字。"))])
    contact_name = StringField(
        _l("联系人"), [_said, Length(max=40, message=_l("最多写 %(max)d 个字。"))]
    )
    contact_mobile = StringField(
        _l("联系电话"),
        [_said],
        description=_l("没有电话的，填能找到他的人的电话，比如家人或村干部。"),
    )

    def __init__(self, classes: Iterable[tuple[str, str]], villages: Iterable[str]) -> None:
        super().__init__()
        self.place_class.choices = list(classes)
        self.village.choices = [("", _("请选")), *((one, one) for one in villages)]

    def validate_contact_mobile(self, field: StringField) -> None:
        if tidy(field.data) and not _NUMBER.fullmatch(_plain(field.data).replace("-", "")):
            raise ValidationError(
                _("填了“%(text)s”，电话要 7 到 13 位数字。", text=tidy(field.data)[:40])
            )

    def to_words(self) -> dict[str, str]:
        """The place's words by name, tidied."""
        told = {one.name: tidy(one.data) for one in self if one.name != "csrf_token"}
        return told | {"contact_mobile": _plain(self.contact_mobile.data).replace("-", "")}


class OpenRecordForm(BaseForm):
    """Which place is filed for, after which stop."""

    place = IntegerField(validators=[InputRequired(), NumberRange(1, LARGEST_ID)])
    stop = IntegerField(validators=[InputRequired(), NumberRange(1, LARGEST_ID)])


class ScanForm(BaseForm):
    """The picture of the paper."""

    file = FileField(
        _l("纸质申报的照片或扫描件"),
        [FileRequired(_l("还没选文件。"))],
        description=_l("照片或 PDF，看得清字和签名、盖章。多页可以传多次。"),
    )

    to_name = AttachForm.to_name
