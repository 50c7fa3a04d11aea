"""How somebody feels: a temperature, and the day of something that has been."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from unicodedata import normalize

from flask_babel import gettext as _
from wtforms.validators import ValidationError

from forms.inputs import NumberField
from workflow.core.health import COLDEST, HOTTEST

_POINTS = str.maketrans("。,", "..")


class TemperatureField(NumberField):
    """A temperature in degrees, with or without its unit; its point may be a comma or 。."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = [normalize("NFKC", one).strip().rstrip("°C度 ") for one in valuelist]
        super().process_formdata([one.translate(_POINTS) for one in typed])

    def pre_validate(self, form: Any) -> None:
        told = tenths(self.data)
        if told is not None and not COLDEST <= told <= HOTTEST:
            words = _(
                "填了 %(told)s。人的体温在 34 到 42 ℃之间，比如 36.5。", told=self._value()[:40]
            )
            raise ValidationError(words)


def tenths(degrees: Decimal | None) -> int | None:
    """Tenths of a degree, halves upwards."""
    if degrees is None:
        return None
    return int((degrees * 10).quantize(Decimal(1), ROUND_HALF_UP))


def day_fault(day: date | None, today: date, most: int) -> list[str]:
    """What is wrong with the day of something of the last days."""
    if day is None:
        return []
    if day > today:
        return [_("这一天还没到。请填最近一次见是哪天。")]
    if day < today - timedelta(days=most):
        return [_("这是 14 天以前的事，不用填，请清空。")]
    return []
