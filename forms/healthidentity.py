"""Who somebody says they are, who registers through a poster."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import HiddenField, SelectField, StringField

from forms.healthregistration import OwnRegistrationForm
from forms.healthstays import Find
from forms.rosterwords import KIND_WORDS, fault_words
from workflow.core.cells import Fault, Faulty, as_name
from workflow.core.health import Registration
from workflow.core.papers import Document, as_document, as_kind, as_mobile
from workflow.core.persons import fitting
from workflow.core.tables import Column

# On this page the number is needed and the kind of document stands above it, unlike on a roster.
_HERE: Mapping[Fault, LazyString] = {
    Fault.NOT_MOBILE: _l("“%(value)s”不是手机号：11 位数字，13 到 19 开头。请改对，单位核实要打。"),
    Fault.WRONG_LENGTH: _l("“%(value)s”不是 18 位。请照身份证填；是别的证件，请在上面选证件种类。"),
    Fault.KIND_NEEDED: _l("“%(value)s”不像居民身份证。是别的证件，请在上面选证件种类。"),
}
_ONCE = re.compile(r"[0-9a-f]{32}")


class PosterForm(OwnRegistrationForm):
    """Who I am, and the registration. ``once`` names this form: sent twice it is kept once."""

    once = HiddenField()
    name = StringField(_l("姓名"))
    kind = SelectField(
        _l("证件种类"),
        choices=[(kind.value, said) for kind, said in KIND_WORDS.items()],
        validate_choice=False,
    )
    document = StringField(_l("证件号码"))
    mobile = StringField(_l("手机号"), description=_l("单位核实时打这个号码。"))

    def __init__(
        self, today: date, villages: list[str], find: Find, once: str, **kwargs: Any
    ) -> None:
        """``once``: fresh, for a form that is only being shown."""
        super().__init__(today, villages, find, **kwargs)
        sent = self.once.raw_data[0] if self.once.raw_data else ""
        self.once.data = sent if _ONCE.fullmatch(sent) else once
        self._document: Document | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        self._check_name()
        self._check_document()
        self._check_mobile()
        return not self.mistakes()

    def to_identity(self) -> tuple[str, Document, str]:
        """Name, document and mobile number; only of a valid form."""
        assert self._document is not None
        return as_name(self.name.data or ""), self._document, as_mobile(self.mobile.data or "")

    def to_told(self) -> tuple[Registration, str]:
        """The registration, and the name of this form."""
        return self.to_registration(), str(self.once.data)

    def _check_name(self) -> None:
        try:
            if not fitting(Column.NAME, as_name(self.name.data or "")):
                self.name.errors = [fault_words(Fault.BLANK)]
        except Faulty as faulty:
            self.name.errors = [fault_words(faulty.fault, faulty.value)]

    def _check_document(self) -> None:
        try:
            kind = as_kind(self.kind.data or "")
        except Faulty as faulty:
            self.kind.errors = [fault_words(faulty.fault, faulty.value[:40])]
            return
        try:
            self._document = as_document(kind, self.document.data or "", self._today)
        except Faulty as faulty:
            self.document.errors = [_words(faulty.fault, faulty.value)]

    def _check_mobile(self) -> None:
        try:
            if not as_mobile(self.mobile.data or ""):
                self.mobile.errors = [_("空着。单位核实要打电话，请填上。")]
        except Faulty as faulty:
            self.mobile.errors = [_words(faulty.fault, faulty.value[:40])]


def _words(fault: Fault, value: str) -> str:
    return str(_HERE[fault]) % {"value": value} if fault in _HERE else fault_words(fault, value)
