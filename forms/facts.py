"""The form of one section of a filing, built from the facts its catalogue asks."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Field, RadioField, ValidationError
from wtforms.validators import Optional

from forms.base import VersionedForm
from forms.inputs import (
    NOT_OFFERED,
    DayField,
    NumberField,
    TextField,
    TicksField,
    WholeNumberField,
)
from workflow.core.facts import PARTS_OF, FactDefinition, FactKind, Facts, FactValue, contradictions

MOST = 1_000_000
LONGEST = 2_000
A_YEAR = timedelta(days=365)
PLANNED = "planned_reopen_date"
_maybe = Optional(strip_whitespace=False)  # a blank is no choice, and must not pass for none
NONE = "none"  # the explicit "都没有" of a set: nothing ticked means not answered yet


@dataclass(frozen=True, slots=True)
class Days:
    """Which days may be given: ``today``, the ``earliest`` to plan for, the one set for all."""

    today: date
    earliest: date
    opens: date | None = None
    early: bool = False


class SectionForm(VersionedForm):
    """The part all sections share. ``known`` are the facts told elsewhere, for cross-checks."""

    facts: tuple[FactDefinition, ...] = ()

    def __init__(self, known: Facts, days: Days, labels: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known, self.days, self.labels = known, days, labels

    def to_answers(self) -> dict[str, FactValue | None]:
        """The section's facts; None for one left open."""
        return {fact.key: self._answer(fact) for fact in self.facts}

    def sound_answers(self) -> dict[str, FactValue | None]:
        """Only those that have no error: what can be kept while the rest is being mended."""
        return {key: value for key, value in self.to_answers().items() if not self[key].errors}

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        valid = super().validate(extra_validators)
        told = {key: value for key, value in self.sound_answers().items() if value is not None}
        whole = {key: value for key, value in self.known.items() if key not in self._fields} | told
        return all([valid, self._agrees(whole, told), self._in_time(whole)])

    def _agrees(self, whole: Facts, told: Facts) -> bool:
        """Whether no part is larger than its whole; said at the part, or at the whole if alone."""
        clashing = [
            (part, PARTS_OF[part])
            for part in contradictions(whole)
            if part in told or PARTS_OF[part] in told
        ]
        for part, all_of in clashing:
            words = _(
                "%(part)s填了 %(some)s，比%(whole)s %(all)s 多。请改小，或先改“%(whole)s”。",
                part=self.labels[part],
                some=whole[part],
                whole=self.labels[all_of],
                all=whole[all_of],
            )
            self[part if part in told else all_of].errors = [words]
        return not clashing

    def _in_time(self, whole: Facts) -> bool:
        found = [
            (key, words)
            for key in ("stop_date", "order_date", PLANNED)
            if key in self._fields and (words := self._about_day(key, whole))
        ]
        for key, words in found:
            self[key].errors = [words]
        return not found

    def _about_day(self, key: str, whole: Facts) -> str:
        """What is wrong with a day, or nothing."""
        day, days = whole.get(key), self.days
        if not isinstance(day, date):
            return ""
        if key != PLANNED:
            return "" if day <= days.today else _("这一天还没到。填已经过去的日子。")
        if day > days.earliest + A_YEAR:
            return _("日期太远了，要在一年以内。")
        stopped = whole.get("stop_date")
        if isinstance(stopped, date) and day <= stopped:
            return _("复工要在停工（%(day)s）之后。请改其中一个日期。", day=_short(stopped))
        if days.early and days.opens and day >= days.opens:
            return _(
                "您这类单位 %(day)s 起就能复工，不用提前报备。请改报“企业复工报备”。",
                day=_short(days.opens),
            )
        if day >= days.earliest:
            return ""
        if days.opens and days.opens == days.earliest:
            return _(
                "您这类单位 %(day)s 起才能复工，最早填这一天。等不及的，请改报“提前复工”。",
                day=_short(days.opens),
            )
        return _("复工前至少提前一天报备，最早可以填 %(day)s。", day=_short(days.earliest))

    def _answer(self, fact: FactDefinition) -> FactValue | None:
        data = self._fields[fact.key].data
        match fact.kind:
            case FactKind.SET:
                return frozenset(data) - {NONE} if data else None
            case FactKind.BOOL:
                return {"yes": True, "no": False}.get(data)
            case FactKind.ENUM | FactKind.TEXT:
                return data or None
            case _:
                return data


def section_form(
    facts: Iterable[FactDefinition],
    known: Facts,
    version: int,
    days: Days,
    labels: Mapping[str, str],
    **formdata: MultiDict[str, str] | None,
) -> SectionForm:
    """The form of one section, filled with what is known; reads the request when there is one.

    ``labels`` are the words of all facts, for errors that speak of two. ``formdata`` is what was
    typed, where that is not in the request; None leaves the request unread.
    """
    facts = tuple(facts)
    members: dict[str, object] = {fact.key: _field(fact) for fact in facts}
    kind = type("SectionFormOfFacts", (SectionForm,), members | {"facts": facts})
    filled = {fact.key: _shown(fact, known.get(fact.key)) for fact in facts}
    form: SectionForm = kind(known, days, labels, data=filled | {"version": version}, **formdata)
    return form


def shown_values(
    facts: Iterable[FactDefinition], known: Facts, keys: Collection[str]
) -> dict[str, list[str]]:
    """What a form's inputs hold for some facts, as texts: for a page that takes over changes."""
    values: dict[str, list[str]] = {}
    for fact in facts:
        if fact.key in keys:
            shown = _shown(fact, known.get(fact.key))
            several = shown if isinstance(shown, list) else [shown]
            values[fact.key] = [str(one) for one in several if one is not None]
    return values


def _field(fact: FactDefinition) -> Field:
    hint = {"description": fact.question, "render_kw": {"data-unit": fact.unit}}
    one = {"invalid_choice_message": NOT_OFFERED}
    match fact.kind:
        case FactKind.INT:
            return WholeNumberField(fact.label, [Optional(), _between(fact.least)], **hint)
        case FactKind.DECIMAL:
            return NumberField(fact.label, [Optional(), _between(fact.least)], **hint)
        case FactKind.DATE:
            return DayField(fact.label, [Optional()], **hint)
        case FactKind.TEXT:
            return TextField(fact.label, [Optional(), _short_enough], description=fact.question)
        case FactKind.SET:
            choices = [*fact.choices, (NONE, _l("都没有"))]
            return TicksField(fact.label, [_none_stands_alone], choices=choices, **hint)
        case FactKind.BOOL:
            choices = list(zip(("yes", "no"), fact.yes_no, strict=True))
            return RadioField(fact.label, [_maybe], choices=choices, **hint, **one)
        case FactKind.ENUM:
            return RadioField(fact.label, [_maybe], choices=list(fact.choices), **hint, **one)


def _between(least: int) -> Callable[[object, Field], None]:
    def check(_form: object, field: Field) -> None:
        if field.data is not None and not least <= field.data <= MOST:
            raise ValidationError(
                _("要填 %(least)s 到 %(most)s 之间的数。", least=least, most=MOST)
            )

    return check


def _short_enough(_form: object, field: Field) -> None:
    length = len(field.data or "")
    if length > LONGEST:
        raise ValidationError(
            _("写了 %(n)s 个字，最多 %(most)s 个。请写短一些。", n=length, most=LONGEST)
        )


def _none_stands_alone(_form: object, field: Field) -> None:
    if NONE in (field.data or ()) and len(field.data) > 1:
        raise ValidationError(_l("勾了“都没有”，又勾了别的。请去掉其中一种。"))


def _shown(fact: FactDefinition, value: FactValue | None) -> Any:
    match fact.kind, value:
        case FactKind.SET, frozenset():
            return sorted(value) or [NONE]
        case FactKind.BOOL, bool():
            return "yes" if value else "no"
        case FactKind.DECIMAL, Decimal():
            return value.normalize() if value != value.to_integral() else value.quantize(Decimal(1))
        case _:
            return value


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
