"""Forms that narrow a list down. They change nothing, so their answers stand in the address."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, HiddenField, SelectField, StringField
from wtforms.validators import DataRequired, Length

from forms.base import BaseForm, clean
from forms.filing import LARGEST_ID
from forms.texts import line

Choices = Iterable[tuple[str, str]]
_ID = re.compile(r"[0-9]{1,10}")
KEYS = ("turn", "state", "field", "place_class", "filing", "late", "words", "newest")
"""What a filter consists of, as it stands in the address and is kept under a name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of cases is narrowed to; nothing given, nothing narrowed."""

    state: str = ""
    field_id: int | None = None
    place_class: str = ""
    filing: str = ""
    late: bool = False
    words: str = ""
    newest: bool = False


class QueueForm(Form):
    """By state, field, class, kind of filing, lateness and name of the enterprise."""

    turn = HiddenField()
    state = SelectField(_l("情况"))
    field = SelectField(_l("责任田"))
    place_class = SelectField(_l("类别"))
    filing = SelectField(_l("报备"))
    words = StringField(_l("企业名称（至少两个字）"), [Length(max=40)])
    late = BooleanField(_l("只看超期的"))
    newest = BooleanField(_l("最新的在前"))

    def __init__(
        self, states: Choices, fields: Choices, classes: Choices, filings: Choices
    ) -> None:
        super().__init__(request.args)
        given = {"state": states, "field": fields, "place_class": classes, "filing": filings}
        for name, choices in given.items():
            self[name].choices = [("", _("都看")), *choices]

    def to_asked(self) -> Asked:
        """What may be asked for; anything else that stands in the address asks for nothing."""
        field_id = self._chosen("field")
        return Asked(
            state=self._chosen("state"),
            field_id=int(field_id) if field_id else None,
            place_class=self._chosen("place_class"),
            filing=self._chosen("filing"),
            late="late" in self and bool(self.late.data),
            words=" ".join((clean(self.words.data) or "").split())[:40],
            newest="newest" in self and bool(self.newest.data),
        )

    def _chosen(self, name: str) -> str:
        """What was chosen, if it is one of the choices and the list offers it."""
        if name not in self or self[name].data not in {key for key, _words in self[name].choices}:
            return ""
        return str(self[name].data)


def asked_in(given: Mapping[str, str]) -> dict[str, str]:
    """Of an address what belongs to a filter."""
    told = {key: clean(given.get(key, "")) for key in KEYS}
    return {key: words[:40] for key, words in told.items() if words}


def page_key(given: str) -> tuple[date | None, int] | None:
    """Where a page begins, as the address says it: the last day, a dot, the id."""
    day, _dot, number = given.rpartition(".")
    if not _ID.fullmatch(number) or int(number) > LARGEST_ID:
        return None
    try:
        return (date.fromisoformat(day) if day else None), int(number)
    except ValueError:
        return None


class KeepForm(BaseForm):
    """A name for a filter. The filter itself comes with the address of the form."""

    name = StringField(
        _l("名称"),
        [DataRequired(_l("请起个名字。")), Length(max=20, message=_l("最多 20 个字。"))],
        filters=[line],
    )


class KeptForm(BaseForm):
    """What is to be done with a kept filter: preset, unset or drop."""

    do = HiddenField()


class FindForm(Form):
    """Words to find an enterprise by."""

    words = StringField(_l("企业名称，或信用代码、镇编号"), [Length(max=120)])

    def __init__(self) -> None:
        super().__init__(request.args)

    def to_words(self) -> str:
        return " ".join((clean(self.words.data) or "").split())[:120]
