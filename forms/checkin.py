"""The daily check-in: what is asked, in one table for the form and for the fast lane.

Most answers are green: a choice for each question of which all mean "well". ``green`` reads those,
and only those, straight from the fields; ``CheckInForm`` reads all of them, in words.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from unicodedata import normalize

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from wtforms import HiddenField, RadioField, StringField
from wtforms.validators import ValidationError

from forms.base import clean
from forms.healthwords import HEALTH_WORDS
from forms.inputs import NOT_OFFERED, TicksField
from forms.staff import StaffForm
from workflow.core.days import day_of
from workflow.core.health import (
    COLDEST,
    HOTTEST,
    Absence,
    CheckIn,
    Half,
    Symptom,
    open_halves,
)

USUAL = range(361, 373)  # tenths of a degree that one tap tells
LOW, HOT, WELL, UNWELL = "low", "hot", "well", "unwell"
TOKEN = "csrf_token"
_HEAT = re.compile(r"([0-9]{2})(?:\.([0-9]))?0*")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the page. ``green``: the answers that mean nothing but well, and what of;
    ``more``: those after which more has to be asked. ``labels``: words for green ones.
    """

    name: str
    words: LazyString
    green: Mapping[str, Any]
    more: Mapping[str, LazyString] = field(default_factory=dict)
    labels: Mapping[str, LazyString] = field(default_factory=dict)

    def choices(self) -> list[tuple[str, str | LazyString]]:
        plain = [(one, self.labels.get(one, one)) for one in self.green]
        return plain + list(self.more.items())


def _written(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}"


HALF = Asked(
    "half",
    _l("哪半天"),
    {one.value: one for one in Half},
    labels={one.value: HEALTH_WORDS[one] for one in Half},
)
TEMPERATURE = Asked(
    "temperature",
    _l("体温多少"),
    {_written(one): one for one in USUAL},
    {LOW: _l("36.0 或更低"), HOT: _l("37.3 或更高")},
)
FEELING = Asked(
    "feeling",
    _l("身体怎么样"),
    {WELL: frozenset()},
    {UNWELL: _l("咳嗽、乏力或别的不舒服")},
    {WELL: _l("没有不舒服")},
)
ASKED = MappingProxyType({one.name: one for one in (HALF, TEMPERATURE, FEELING)})
NAMES = frozenset({*ASKED, "day", TOKEN})


def green(said: Sequence[tuple[str, str]], at: datetime) -> CheckIn | None:
    """The check-in of a form that says nothing but well, of today; None for anything else."""
    answers = dict(said)
    if len(said) != len(NAMES) or answers.keys() != NAMES:
        return None
    for name, asked in ASKED.items():
        if answers[name] not in asked.green:
            return None
    day, half = day_of(at), HALF.green[answers[HALF.name]]
    if answers["day"] != day.isoformat() or half not in open_halves(at):
        return None
    return CheckIn(day, half, TEMPERATURE.green[answers[TEMPERATURE.name]])


class OneOf(RadioField):
    """One answer of a question; none is for the form to judge, and two are none."""

    def __init__(self, asked: Asked, **kwargs: Any) -> None:
        choices = asked.choices()
        super().__init__(asked.words, choices=choices, validate_choice=False, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] if len(set(valuelist)) == 1 else ""


class CheckInForm(StaffForm):
    """What somebody tells for half a day. ``at`` is now: only what has come of today is told.

    The first page asks for a temperature and how one feels; whoever is absent gives the reason
    instead of a temperature, and whoever is unwell may have no thermometer. ``asks_more`` says
    that a second page has to ask for the rest.
    """

    day = HiddenField()
    half = OneOf(HALF)
    temperature = OneOf(TEMPERATURE)
    feeling = OneOf(FEELING)
    absence = RadioField(
        _l("今天为什么不上班"),
        choices=[(one.value, HEALTH_WORDS[one]) for one in Absence],
        validate_choice=False,
    )
    exact = StringField(_l("量得多少度"), description=_l("写成 37.5 这样。"))
    symptoms = TicksField(
        _l("哪里不舒服"), choices=[(one.value, HEALTH_WORDS[one]) for one in Symptom]
    )
    more = HiddenField()

    def __init__(self, at: datetime, **values: Any) -> None:
        super().__init__(**values)
        self._at = at
        self.heat: int | None = None

    @property
    def absent(self) -> bool:
        """Whether the page for whoever does not work was sent."""
        return self.absence.raw_data is not None and bool(self.absence.raw_data)

    @property
    def needs_heat(self) -> bool:
        return not self.absent and self.temperature.data in TEMPERATURE.more

    @property
    def needs_symptoms(self) -> bool:
        return self.feeling.data == UNWELL

    @property
    def asks_more(self) -> bool:
        """Whether this was the first page, after which more has to be asked."""
        return not self.more.data and (self.needs_heat or self.needs_symptoms)

    def validate_day(self, given: HiddenField) -> None:
        if given.data != day_of(self._at).isoformat():
            raise ValidationError(_("这一页不是今天的。请重新打开今天的，再报一次。"))

    def validate_half(self, given: OneOf) -> None:
        if given.data not in HALF.green:
            raise ValidationError(_("请选上午或者下午，只选一样。"))
        if HALF.green[given.data] not in open_halves(self._at):
            raise ValidationError(_("下午还没到，12:00 以后再报下午的。"))

    def validate_temperature(self, given: OneOf) -> None:
        if self.absent or (self.needs_symptoms and not any(given.raw_data or ())):
            return
        if given.data not in {**TEMPERATURE.green, **TEMPERATURE.more}:
            raise ValidationError(_("请选量得的体温。没有体温计、又不舒服的，选哪里不舒服就行。"))

    def validate_feeling(self, given: OneOf) -> None:
        if given.data not in {WELL, UNWELL}:
            raise ValidationError(_("请选有没有不舒服。"))

    def validate_absence(self, given: RadioField) -> None:
        if self.absent and given.data not in {one.value for one in Absence}:
            raise ValidationError(NOT_OFFERED if given.data else _("请选一样。"))

    def validate_exact(self, given: StringField) -> None:
        text = normalize("NFKC", clean(given.data) or "").replace("。", ".").replace(",", ".")
        text = text.rstrip("度°C℃ ").strip()
        if not (self.needs_heat or text) or not self.more.data:
            return
        found = _HEAT.fullmatch(text)
        if found is None:
            raise ValidationError(_unreadable(given.data or ""))
        heat = int(found[1]) * 10 + int(found[2] or 0)
        if not COLDEST <= heat <= HOTTEST:
            raise ValidationError(_out_of_range(given.data or ""))
        fits = {HOT: heat >= USUAL.stop, LOW: heat < USUAL.start}
        if not fits.get(self.temperature.data, True):
            raise ValidationError(_contradicts(given.data or "", self.temperature.data))
        self.heat = heat

    def validate_symptoms(self, given: TicksField) -> None:
        if self.more.data and self.needs_symptoms and not given.data:
            raise ValidationError(_("请勾上不舒服的地方，都不是就勾“别的不舒服”。"))

    def to_check_in(self) -> CheckIn:
        """What was told, of a form that is valid and asks no more."""
        heat = None if self.absent else self.heat or TEMPERATURE.green.get(self.temperature.data)
        return CheckIn(
            date.fromisoformat(str(self.day.data)),
            HALF.green[self.half.data],
            heat,
            frozenset(Symptom(one) for one in self.symptoms.data or () if self.needs_symptoms),
            Absence(self.absence.data) if self.absent else None,
        )


def _unreadable(text: str) -> str:
    if not text.strip():
        return _("请写量得的度数，比如 37.5。")
    return _("填了“%(text)s”，看不懂是多少度。请写成 37.5 这样，小数点后面一位。", text=text[:20])


def _contradicts(text: str, pressed: str) -> str:
    return _(
        "填了“%(text)s”，刚才点的却是“%(pressed)s”。填错了，请改；点错了，请点下面的“点错了，回去重选”。",
        text=text[:20],
        pressed=TEMPERATURE.more[pressed],
    )


def _out_of_range(text: str) -> str:
    return _(
        "填了“%(text)s”，体温计量不出来。请看清楚再写，在 34.0 到 42.0 之间，比如 37.5。",
        text=text[:20],
    )
