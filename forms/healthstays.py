"""Where somebody has been: places named in words, with days, and matched to divisions."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, Form, FormField, RadioField, StringField

from forms.base import clean
from forms.inputs import DayField
from workflow.catalogue.divisions import Division
from workflow.core.health import LONGEST_WORDS, MOST_STAYS, Stay

Find = Callable[[str], tuple[Division, ...]]
AS_TYPED = "as-typed"  # the choice of whoever finds none of the candidates right


class StayForm(Form):
    """One stay. ``code`` is asked for only where the words name no division, or several."""

    words = StringField(_l("在哪里"), description=_l("写到县区，比如“江苏南京鼓楼区”。"))
    since = DayField(_l("从哪天"))
    until = DayField(_l("到哪天"))
    code = RadioField(_l("是下面哪一处"), choices=[], validate_choice=False)

    @property
    def blank(self) -> bool:
        """Whether nothing was typed."""
        typed = [clean(str(one.raw_data[0])) for one in self._typed() if one.raw_data]
        return not any(typed) and not any(one.data for one in self._typed())

    def _typed(self) -> tuple[StringField, DayField, DayField]:
        return self.words, self.since, self.until

    def offer(self, find: Find) -> tuple[Division, ...]:
        """The divisions that the words may mean; several, or none, are asked about."""
        self.words.data = clean(self.words.data) or ""
        found = find(self.words.data) if 0 < len(self.words.data) <= LONGEST_WORDS else ()
        if self.words.data and len(found) != 1:
            other = (
                _("都不是，就按我写的记，请单位核实") if found else _("就按我写的记，请单位核实")
            )
            self.code.choices = [(one.code, one.name) for one in found] + [(AS_TYPED, other)]
        return found

    def code_of(self, found: tuple[Division, ...]) -> str | None:
        """The division that is meant, empty for none of them; None while that is not known."""
        if len(found) == 1:
            return found[0].code
        if self.code.data == AS_TYPED:
            return ""
        return self.code.data if self.code.data in {one.code for one in found} else None


class StaysField(FieldList):
    """Any number of stays, at most one more than allowed: nobody looks at the rest."""

    def __init__(self, label: object, **kwargs: Any) -> None:
        super().__init__(
            FormField(StayForm), label, min_entries=1, max_entries=MOST_STAYS + 1, **kwargs
        )

    def add(self) -> None:
        """One more, empty, unless one is or there are enough."""
        if len(self.entries) < MOST_STAYS and not any(one.form.blank for one in self.entries):
            self.append_entry()

    def filled(self) -> list[StayForm]:
        return [one.form for one in self.entries if not one.form.blank]

    def offer(self, find: Find) -> None:
        """Candidates beside every stay that needs them, as when the page is only shown."""
        for one in self.filled():
            one.offer(find)


def read_stay(form: StayForm, find: Find, today: date, edge: date) -> Stay | None:
    """The stay, or None with the reason beside the field. One that ended before ``edge`` is of no
    use any more.
    """
    found = form.offer(find)
    code = form.code_of(found)
    if not form.words.data:
        form.words.errors = [_("没写在哪里。请写到县区，不要这一处就把日期也清空。")]
    elif len(form.words.data) > LONGEST_WORDS:
        form.words.errors = [_("写得太长了，最多 %(n)s 个字。", n=LONGEST_WORDS)]
    elif code is None and found:
        form.code.errors = [_("叫“%(words)s”的有几处，请选一处。", words=form.words.data)]
    elif code is None:
        said = _("没认出“%(words)s”。请写全省市县，或者选下面这一项。", words=form.words.data)
        form.code.errors = [said]
    _check_days(form, today, edge)
    since, until = form.since.data, form.until.data
    if any(one.errors for one in form) or code is None or since is None or until is None:
        return None
    return Stay(code, _words(form.words.data, code, found), since, until)


def _words(typed: str, code: str, found: tuple[Division, ...]) -> str:
    """As typed; where that named several, all of the name of the one that was chosen."""
    chosen = (one.name for one in found if one.code == code)
    return next(chosen, typed) if len(found) > 1 else typed


def _check_days(form: StayForm, today: date, edge: date) -> None:
    for one in (form.since, form.until):
        if one.data is None and not one.errors:
            one.errors = [_("没填日期。记不准的，填大概的。")]
        elif one.data and one.data > today:
            one.errors = [_("这一天还没到。请填到今天为止。")]
    since, until = form.since.data, form.until.data
    if since is None or until is None or form.since.errors or form.until.errors:
        return
    if until < since:
        form.until.errors = [_("离开的日子比到的早。请核对这两天。")]
    elif until < edge:
        form.until.errors = [_("这一处在 14 天以前，不用填。请清空这一处。")]
