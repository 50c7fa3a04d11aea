"""Inputs that understand what people write, and say back in words what they could not read."""

import re
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, IntegerField, SelectMultipleField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from forms.base import clean

_WHOLE = re.compile(r"-?[0-9]{1,20}")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NOT_OFFERED = _l("选的不在下面几项里，可能页面太旧了。请重新选。")
_UNITS = "人只个名间辆支台班升天条平方米万元 "


class WholeNumberField(IntegerField):
    """A count of people or pieces, said back in words when it is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        digits = _plain(valuelist)
        if not digits:
            self.data = None
            return
        if not _WHOLE.fullmatch(digits):
            self.data = None
            raise ValueError(_unreadable(valuelist[0], "186"))
        self.data = int(digits)


class NumberField(Field):
    """A measure that may have a decimal part."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        digits = _plain(valuelist)
        if not digits:
            self.data = None
            return
        if not _NUMBER.fullmatch(digits):
            self.data = None
            raise ValueError(_unreadable(valuelist[0], "12.5"))
        self.data = Decimal(digits)


class DayField(DateField):
    """A day; a wrong one is said back in words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        day = normalize("NFKC", valuelist[0]).strip()
        try:
            super().process_formdata([day if _DAY.fullmatch(day) else ""])
        except ValueError as error:
            raise ValueError(
                _("“%(text)s”不是日期，请写成 2026-11-30 这样。", text=valuelist[0][:40])
            ) from error


class TextField(TextAreaField):
    """Some words; control characters and marks that turn the direction round are left out."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = clean(valuelist[0]) if valuelist else None
        self.data = text.replace("\r\n", "\n") if text else text


class TicksField(SelectMultipleField):
    """Several choices, each a checkbox."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, invalid_choice_message=NOT_OFFERED, **kwargs)


def file_name(given: str | None) -> str:
    """A file's own name, without any folder, at most 200 characters."""
    name = (clean(given) or "").replace("\\", "/").rpartition("/")[2]
    return "".join(char for char in name if char.isprintable())[-200:] or "未命名"


def _plain(valuelist: list[str]) -> str:
    text = (clean(valuelist[0]) or "") if valuelist else ""
    return normalize("NFKC", text).replace(",", "").rstrip(_UNITS)


def _unreadable(text: str, example: str) -> str:
    return _("填了“%(text)s”，这里要填数字，比如 %(example)s。", text=text[:40], example=example)
