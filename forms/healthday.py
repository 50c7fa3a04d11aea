"""What the clerk tells of a day for others: of several at once, of one person, and the report."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from unicodedata import normalize

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired

from forms.base import BaseForm, clean
from forms.healthwords import HEALTH_WORDS
from forms.inputs import TicksField
from forms.rosterwords import PERSON_REASONS
from workflow.core.health import COLDEST, HOTTEST, Absence, CheckIn, Half, Symptom
from workflow.core.reveals import PersonReason

ABSENCES = [(one.value, HEALTH_WORDS[one]) for one in Absence]
_DEGREES = re.compile(r"([0-9]{2})(?:[.。．,，·]([0-9]))?")
_ROW = re.compile(r"[0-9]{1,9}")


class BadTemperature(ValueError):
    """No temperature that somebody can have; the message says what to put right."""


def tenths(typed: str) -> int | None:
    """36.5 as 365; None for nothing. Raises ``BadTemperature``, never guesses at what was meant."""
    text = normalize("NFKC", clean(typed) or "").strip().removesuffix("度").removesuffix("℃")
    text = text.removesuffix("°C").strip()
    if not text:
        return None
    found = _DEGREES.fullmatch(text)
    if found is None:
        words = _("填了“%(text)s”。体温写成 36.5 这样。", text=typed.strip()[:20])
        raise BadTemperature(words)
    value = int(found[1]) * 10 + int(found[2] or 0)
    if not COLDEST <= value <= HOTTEST:
        words = _("填了“%(text)s”。体温在 34 到 42 之间，请再量一次。", text=typed.strip()[:20])
        raise BadTemperature(words)
    return value


@dataclass(frozen=True, slots=True)
class TypedRow:
    """What was typed of one person, what it tells, or why it can't be taken. ``apart``: it tells
    of somebody who is unwell, which has a page of its own; a fever is told at once all the same.
    """

    temperature: str = ""
    absence: str = ""
    unwell: bool = False
    told: CheckIn | None = None
    apart: bool = False
    error: str = ""


class SeveralForm(BaseForm):
    """A page of people, each with a row; rows that were left empty tell nothing."""

    absences = ABSENCES
    day = HiddenField()
    half = HiddenField()

    def to_half(self, today: date) -> Half | None:
        """The half day that the page was about; None: of another day, or no page of ours."""
        known = {one.value: one for one in Half}
        return known.get(str(self.half.data)) if self.day.data == today.isoformat() else None


def lines_in(sent: Mapping[str, str]) -> list[int]:
    """Whose rows a form has, at most a page of them."""
    named = (key.removeprefix("t-") for key in sent if key.startswith("t-"))
    return [int(one) for one in named if _ROW.fullmatch(one)][:100]


def read_row(
    sent: Mapping[str, str], line: int, day: date, half: Half, fever: int
) -> TypedRow | None:
    """The row of one person; None if nothing was filled in."""
    typed, absence = sent.get(f"t-{line}", "").strip(), sent.get(f"a-{line}", "")
    unwell = f"u-{line}" in sent
    if not (typed or absence or unwell):
        return None
    row = TypedRow(typed[:20], absence, unwell)
    away = next((one for one in Absence if one.value == absence), None)
    try:
        temperature = tenths(typed)
    except BadTemperature as error:
        return replace(row, error=str(error))
    if (temperature or 0) >= fever:
        return replace(row, apart=True, told=CheckIn(day, half, temperature, frozenset(), away))
    if unwell:
        return replace(row, apart=True)
    if temperature is None and away is None:
        return replace(row, error=_("还没填体温。不在岗的，选为什么不在。"))
    return replace(row, told=CheckIn(day, half, temperature, frozenset(), away))


class OneForm(BaseForm):
    """One person's half day, told by the clerk."""

    day = HiddenField()
    half = HiddenField()
    temperature = StringField(
        _l("体温"),
        description=_l(
            "写成 36.5 这样。37.3 或更高的，请再量一次再填。不舒服又没有体温计的，可以空着。"
        ),
    )
    symptoms = TicksField(
        _l("哪里不舒服"),
        choices=[(one.value, HEALTH_WORDS[one]) for one in Symptom],
        description=_l("没有不舒服的，都不选。"),
    )
    absence = SelectField(_l("在不在岗"), choices=[("", _l("在岗")), *ABSENCES])

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        try:
            temperature = tenths(self.temperature.data or "")
        except BadTemperature as error:
            self.temperature.errors = [str(error)]
            return False
        if temperature is None and not self.absence.data and not self.symptoms.data:
            words = _("还没填体温。不舒服的，选哪里不舒服；不在岗的，选为什么不在。")
            self.temperature.errors = [words]
            return False
        return valid

    def to_check_in(self, day: date, half: Half) -> CheckIn:
        felt = frozenset(Symptom(one) for one in self.symptoms.data or ())
        away = Absence(self.absence.data) if self.absence.data else None
        return CheckIn(day, half, tenths(self.temperature.data or ""), felt, away)


class ReportForm(BaseForm):
    """The report of the day. ``seen``: how many unwell the page showed."""

    seen = HiddenField()
    nobody = HiddenField()

    def to_seen(self) -> int:
        sent = str(self.seen.data or "")
        return int(sent) if _ROW.fullmatch(sent) else 0


class MobileForm(BaseForm):
    """Why somebody's mobile number is to be shown."""

    reason = RadioField(
        _l("为什么要看"),
        [InputRequired(_l("请选一个原因。"))],
        choices=[(one.value, words) for one, words in PERSON_REASONS.items()],
    )

    def to_reason(self) -> PersonReason:
        return PersonReason(self.reason.data)
