"""Forms that narrow a list down. They change nothing, so their answers stand in the address."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, SelectField, StringField
from wtforms.validators import Length

from forms.base import clean
from forms.filing import LARGEST_ID

_ID = re.compile(r"[0-9]{1,10}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of cases is narrowed to; nothing given, nothing narrowed."""

    state: str = ""
    field_id: int | None = None
    after: int | None = None


class CasesForm(Form):
    """By state and by field."""

    state = SelectField(_l("情况"))
    field = SelectField(_l("责任田"))

    def __init__(
        self, states: Iterable[tuple[str, str]], fields: Iterable[tuple[str, str]]
    ) -> None:
        super().__init__(request.args)
        self.state.choices = [("", _("都看")), *states]
        self.field.choices = [("", _("都看")), *fields]

    def to_asked(self) -> Asked:
        """What may be asked for; anything else that stands in the address asks for nothing."""
        field_id, after = _chosen(self.field), request.args.get("after", "")
        start = int(after) if _ID.fullmatch(after) else 0
        return Asked(
            _chosen(self.state),
            int(field_id) if field_id else None,
            min(start, LARGEST_ID) or None,
        )


def _chosen(field: SelectField) -> str:
    """What was chosen, if it is one of the choices."""
    return str(field.data) if field.data in {key for key, _words in field.choices} else ""


class FindForm(Form):
    """Words to find an enterprise by."""

    words = StringField(_l("企业名称，或信用代码、镇编号"), [Length(max=120)])

    def __init__(self) -> None:
        super().__init__(request.args)

    def to_words(self) -> str:
        return " ".join((clean(self.words.data) or "").split())[:120]
