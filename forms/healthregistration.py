"""Health registration (健康登记): the same questions for a person, a poster and a clerk.

Nothing is chosen beforehand but what was told before. ``mistakes`` has everything that is wrong,
with the field to go to.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, StringField

from forms.base import clean
from forms.healthfeeling import day_fault, tenths
from forms.healthquestions import YES, Questions
from forms.healthstays import Find, read_stay
from forms.inputs import NOT_OFFERED, DayField
from forms.staff import StaffForm
from workflow.core.health import (
    MOST_STAYS,
    STAY_DAYS,
    ContactKind,
    HealthCode,
    Home,
    Journey,
    Met,
    Registration,
    Stay,
    Symptom,
    Transport,
)
from workflow.core.rostering import Lodging

SHORT, LONG = 40, 120
MOST_TOGETHER = 99
A_YEAR = timedelta(days=366)
ELSEWHERE = _l("不在本镇")


class RegistrationForm(Questions):
    """What a clerk tells for somebody; the other two forms are built on it."""

    def __init__(self, today: date, villages: list[str], find: Find, **kwargs: Any) -> None:
        """``find``: the divisions that typed words may mean."""
        super().__init__(**kwargs)
        self._today, self._find = today, find
        self._stays: tuple[Stay, ...] = ()
        self.village.choices = [
            ("", _("请选")),
            *((one, one) for one in villages),
            (str(ELSEWHERE), ELSEWHERE),
        ]

    def add_stay(self) -> None:
        """One more place to fill in; nothing typed is lost and nothing is judged."""
        self.stays.add()
        self.stays.offer(self._find)

    def offer(self) -> None:
        """The candidates beside what is filled in already."""
        self.stays.offer(self._find)

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        self._check_choices()
        if self.away.data == YES:
            self._check_journey()
            self._check_stays()
        else:
            _forget(self.stays, *(field for one in self.stays.entries for field in one.form))
            _forget(self.arrived)
        if self.met_any.data == YES:
            self._check_met()
        else:
            _forget(*self._met_fields().values())
        self._check_texts()
        self._check_rest()
        return not self.mistakes()

    def mistakes(self) -> list[tuple[str, str]]:
        """Pairs of where to go and what is wrong."""
        return [
            (_target(field), f"{field.label.text}：{one}")
            for field in self._all_fields()
            for one in field.errors
            if not isinstance(one, dict)  # of a stay as a whole; its own fields are asked
        ]

    def to_registration(self) -> Registration:
        """What was told; only of a valid form."""
        until = self.observed_until.data
        return Registration(
            stays=self._stays,
            journey=self._journey() if self.away.data == YES else None,
            met=self._met() if self.met_any.data == YES else (),
            symptoms=frozenset(Symptom(one) for one in self.symptoms.data or ()),
            temperature=tenths(self.temperature.data),
            home=self._home(),
            code=HealthCode(self.code.data),
            code_source=self._text(self.code_source),
            observed_until=until,
            observed_by=self._text(self.observed_by) if until else "",
        )

    def _all_fields(self) -> Iterator[Field]:
        for field in self:
            if field is self.stays:
                yield field
                for one in self.stays.entries:
                    yield from one.form
            else:
                yield field

    def _met_fields(self) -> dict[ContactKind, DayField]:
        return {kind: self[f"met_{kind.value}"] for kind in ContactKind}

    def _check_choices(self) -> None:
        """Each question is answered with one of what is offered."""
        for one in (self.away, self.met_any, self.lodging, self.code):
            offered = {value for value, _words in one.choices}
            if one.data not in offered:
                one.errors = [NOT_OFFERED if one.data else _("请选一项。")]
        for one in (self.transport, self.village):
            if (one.data or "") not in {str(value) for value, _words in one.choices}:
                one.errors = [NOT_OFFERED]

    def _check_journey(self) -> None:
        arrived = self.arrived.data
        if arrived and arrived > self._today:
            self.arrived.errors = [_("这一天还没到。到了再填，现在先空着。")]
        if arrived and not self.transport.data and not self.transport.errors:
            self.transport.errors = [_("请选是怎么来的。")]

    def _check_stays(self) -> None:
        filled = self.stays.filled()
        if len(filled) > MOST_STAYS or len(self.stays.entries) > MOST_STAYS:
            self.stays.errors = [_("最多填 %(n)s 处。请把挨着的几处合成一处。", n=MOST_STAYS)]
            return
        self.stays.errors = [] if filled else [_("离开过的，请写去了哪里。")]
        arrived = self.arrived.data
        if arrived and arrived < self._today - A_YEAR:
            self.arrived.errors = [_("太早了。一年以前就到的，不用填这一项。")]
            arrived = None
        edge = min(arrived or self._today, self._today) - timedelta(days=STAY_DAYS)
        read = [read_stay(one, self._find, self._today, edge) for one in filled]
        self._stays = tuple(one for one in read if one is not None)
        last = max((one.until for one in self._stays), default=None)
        if arrived and last and arrived < last and not self.arrived.errors:
            self.arrived.errors = [_("到本地的日子比离开那里的还早。请核对这两天。")]

    def _check_met(self) -> None:
        fields = self._met_fields().values()
        for one in fields:
            one.errors = [*one.errors, *day_fault(one.data, self._today, STAY_DAYS)]
        if not any(one.data or one.errors for one in fields):
            self.met_any.errors = [_("见过的，请在下面写最近一次是哪天。")]

    def _check_texts(self) -> None:
        for one in (self.number, self.seat, self.landlord, self.code_source, self.observed_by):
            _shorten(one, SHORT)
        _shorten(self.address, LONG)

    def _check_rest(self) -> None:
        together = self.together.data
        if together is not None and not 0 <= together <= MOST_TOGETHER:
            self.together.errors = [_("填了 %(n)s。请填 0 到 99。", n=together)]
        shown = self.code.data in {one.value for one in HealthCode if one is not HealthCode.NONE}
        if shown and not self._text(self.code_source):
            self.code_source.errors = [_("请写在哪里看到的颜色。")]
        if self._text(self.observed_by) and not self.observed_until.data:
            self.observed_until.errors = self.observed_until.errors or [_("请写观察到哪天。")]

    def _journey(self) -> Journey | None:
        if self.arrived.data is None:
            return None
        how = Transport(self.transport.data)
        return Journey(self.arrived.data, how, self._text(self.number), self._text(self.seat))

    def _met(self) -> tuple[Met, ...]:
        told: dict[ContactKind, date | None]
        told = {kind: one.data for kind, one in self._met_fields().items()}
        return tuple(Met(kind, day) for kind, day in told.items() if day is not None)

    def _home(self) -> Home:
        return Home(
            lodging=Lodging(self.lodging.data),
            address=self._text(self.address),
            village=self._text(self.village),
            landlord=self._text(self.landlord),
            together=self.together.data or 0,
            together_unwell=bool(self.together_unwell.data),
        )

    def _text(self, field: StringField) -> str:
        return " ".join((clean(field.data) or "").split())


class OwnRegistrationForm(StaffForm, RegistrationForm):
    """What somebody tells of themselves, by their personal link."""


def _target(field: Field) -> str:
    return f"#{field.id}-0" if isinstance(field, RadioField) else f"#{field.id}"


def _forget(*fields: Field) -> None:
    """What is not asked for can't be wrong."""
    for one in fields:
        one.errors = []


def _shorten(field: StringField, most: int) -> None:
    if len(clean(field.data) or "") > most:
        field.errors = [_("写得太长了，最多 %(n)s 个字。", n=most)]
