"""Forms of a filing: a section built from the catalogue's facts, and the upload of a file."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from unicodedata import normalize

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    DateField,
    Field,
    IntegerField,
    RadioField,
    SelectMultipleField,
    ValidationError,
)
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from forms.base import BaseForm, VersionedForm, clean
from workflow.core.facts import FactDefinition, FactKind, Facts, FactValue
from workflow.core.packs import contradictions

MOST = 1_000_000
A_YEAR = timedelta(days=365)
LARGEST_ID = 2**31 - 1
_WHOLE = re.compile(r"-?[0-9]{1,20}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_maybe = Optional(strip_whitespace=False)  # a blank is no choice, and must not pass for none
YES_NO = [("yes", _l("有")), ("no", _l("没有"))]
NONE = "none"  # the explicit "都没有" of a set: nothing ticked means not answered yet


class WholeNumberField(IntegerField):
    """A count of people or pieces, said back in words when it is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = (clean(valuelist[0]) or "") if valuelist else ""
        if not text:
            self.data = None
            return
        digits = normalize("NFKC", text).replace(",", "").rstrip("人只个名 ")
        if not _WHOLE.fullmatch(digits):
            self.data = None
            raise ValueError(_("填了“%(text)s”，这里要填数字，比如 186。", text=text[:40]))
        self.data = int(digits)


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


class TicksField(SelectMultipleField):
    """Several choices, each a checkbox."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SectionForm(VersionedForm):
    """The part all sections share. ``known`` are the facts told elsewhere, for cross-checks."""

    facts: tuple[FactDefinition, ...] = ()

    def __init__(self, known: Facts, earliest: date | None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known = known
        self.earliest = earliest

    def to_answers(self) -> dict[str, FactValue | None]:
        """The section's facts; None for one left open."""
        return {fact.key: self._answer(fact) for fact in self.facts}

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        valid = super().validate(extra_validators)
        return valid and self._agrees()

    def _agrees(self) -> bool:
        told = {key: value for key, value in self.to_answers().items() if value is not None}
        whole = dict(self.known) | told
        for key in contradictions(whole):
            place = key if key in self._fields else next(iter(told))
            self._fields[place].errors = [
                _(
                    "首批返岗填了 %(first)s 人，比从业人员数 %(all)s 人多。请改小，或先改前一项。",
                    first=whole["first_batch_count"],
                    all=whole["headcount"],
                )
            ]
            return False
        return self._in_time(whole.get("planned_reopen_date"))

    def _in_time(self, planned: object) -> bool:
        field = self._fields.get("planned_reopen_date")
        if not field or not self.earliest or not isinstance(planned, date):
            return True
        if planned > self.earliest + A_YEAR:
            field.errors = [_("日期太远了，要在一年以内。")]
            return False
        if planned >= self.earliest:
            return True
        day = f"{self.earliest.month}月{self.earliest.day}日"
        field.errors = [_("复工前至少提前一天报备，最早可以填 %(day)s。", day=day)]
        return False

    def _answer(self, fact: FactDefinition) -> FactValue | None:
        data = self._fields[fact.key].data
        match fact.kind:
            case FactKind.SET:
                return frozenset(data) - {NONE} if data else None
            case FactKind.BOOL:
                return {"yes": True, "no": False}.get(data)
            case FactKind.ENUM:
                return data or None
            case _:
                return data


def section_form(
    facts: Iterable[FactDefinition], known: Facts, version: int, earliest: date | None = None
) -> SectionForm:
    """The form of one section, filled with what is known; reads the request when there is one."""
    facts = tuple(facts)
    members: dict[str, object] = {fact.key: _field(fact) for fact in facts}
    kind = type("SectionFormOfFacts", (SectionForm,), members | {"facts": facts})
    filled = {fact.key: _shown(fact, known.get(fact.key)) for fact in facts}
    form: SectionForm = kind(known, earliest, data=filled | {"version": version})
    return form


def _field(fact: FactDefinition) -> Field:
    hint = {"description": fact.question, "render_kw": {"data-unit": fact.unit}}
    match fact.kind:
        case FactKind.INT:
            return WholeNumberField(fact.label, [Optional(), _at_least(fact.least)], **hint)
        case FactKind.DATE:
            return DayField(fact.label, [Optional()], **hint)
        case FactKind.SET:
            choices = [*fact.choices, (NONE, _l("都没有"))]
            return TicksField(fact.label, [_none_stands_alone], choices=choices, **hint)
        case FactKind.BOOL:
            return RadioField(fact.label, [_maybe], choices=YES_NO, **hint)
        case FactKind.ENUM:
            return RadioField(fact.label, [_maybe], choices=list(fact.choices), **hint)


def _at_least(least: int) -> Callable[[object, Field], None]:
    def check(_form: object, field: Field) -> None:
        if field.data is not None and not least <= field.data <= MOST:
            raise ValidationError(
                _("要填 %(least)s 到 %(most)s 之间的数。", least=least, most=MOST)
            )

    return check


def _none_stands_alone(_form: object, field: Field) -> None:
    if NONE in (field.data or ()) and len(field.data) > 1:
        raise ValidationError(_l("勾了“都没有”，又勾了别的。请去掉其中一种。"))


def _shown(fact: FactDefinition, value: FactValue | None) -> object:
    match fact.kind, value:
        case FactKind.SET, frozenset():
            return sorted(value) or [NONE]
        case FactKind.BOOL, bool():
            return "yes" if value else "no"
        case _:
            return value


class OpenForm(BaseForm):
    """Which place files for which stop."""

    place = IntegerField(validators=[InputRequired(), NumberRange(1, LARGEST_ID)])
    stop = IntegerField(validators=[InputRequired(), NumberRange(1, LARGEST_ID)])


class AttachForm(BaseForm):
    """One file and the requirements it proves."""

    file = FileField(_l("选文件"), [FileRequired(_l("还没选文件。"))])
    codes = TicksField(
        _l("这份文件说明哪几项"), [InputRequired(_l("请勾选这份文件说明哪几项，可以多选。"))]
    )

    def to_name(self) -> str:
        """The file's own name, without any folder, at most 200 characters."""
        name = (clean(self.file.data.filename) or "").replace("\\", "/").rpartition("/")[2]
        return "".join(char for char in name if char.isprintable())[-200:] or "未命名"

    def to_codes(self) -> frozenset[str]:
        return frozenset(self.codes.data or ())


class SubmitForm(VersionedForm):
    """Hands the filing in."""
