"""Forms of the roster: a list pasted or given as a file, one person, why to look at a number."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired

from forms.base import BaseForm, VersionedForm, clean
from forms.rosterwords import (
    COLUMN_WORDS,
    EMPLOYER_WORDS,
    KIND_WORDS,
    LODGING_WORDS,
    MODE_WORDS,
    PERSON_REASONS,
    fault_words,
)
from workflow.core.papers import Document, masked_mobile
from workflow.core.persons import person_of
from workflow.core.reveals import PersonReason
from workflow.core.rostering import EmployerKind, Entry, Mode, Told
from workflow.core.tables import Column


def _choices(words: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return [(member.value, said) for member, said in words.items()]


class ImportForm(BaseForm):
    """A list of staff: pasted, or a file."""

    text = TextAreaField(
        _l("从表格粘贴"),
        description=_l("在 Excel 或 WPS 里连表头一起选中，复制，粘贴到这里。"),
    )
    file = FileField(
        _l("或者传文件"),
        description=_l("Excel（xlsx、xls）或 csv，不超过 20 MB。要是设了密码，先去掉。"),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        pasted, given = bool((self.text.data or "").strip()), bool(self.file.data)
        if pasted == given:
            field = self.file if pasted else self.text
            both, none = _("粘贴了，又选了文件。请只留一样。"), _("请粘贴名册，或者选一个文件。")
            field.errors = [both if pasted else none]
            return False
        return valid

    @property
    def given(self) -> StringField:
        """The field that was used."""
        return self.file if self.file.data else self.text

    def to_source(self) -> tuple[str, str | bytes]:
        """What the list is called, and the list."""
        if not self.file.data:
            return "", self.text.data or ""
        name = (clean(self.file.data.filename) or "").replace("\\", "/").rpartition("/")[2]
        return name[-200:], self.file.data.read()


class TakeForm(BaseForm):
    """What the list is. ``seen``: the version of the roster that the page was about."""

    seen = HiddenField()
    mode = RadioField(
        _l("这份名单是"),
        [InputRequired(_l("请选一种。"))],
        choices=_choices(MODE_WORDS),
        description=_l("选“全部人员”，离开的人会从名册上去掉。"),
    )

    def to_mode(self) -> Mode:
        return Mode(self.mode.data)

    def to_seen(self) -> int | None:
        sent = str(self.seen.raw_data[0] if self.seen.raw_data else "")
        return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else None


class FirstTakeForm(TakeForm):
    """The first list of a place is everybody: there is nothing to choose."""

    mode = None

    def to_mode(self) -> Mode:
        return Mode.WHOLE


class PersonForm(BaseForm):
    """One person. Rules and words are those of a row of a list."""

    name = StringField(COLUMN_WORDS[Column.NAME])
    kind = SelectField(COLUMN_WORDS[Column.KIND], choices=_choices(KIND_WORDS))
    number = StringField(COLUMN_WORDS[Column.NUMBER])
    post = StringField(COLUMN_WORDS[Column.POST], description=_l("比如操作工、店员、会计。"))
    origin = StringField(
        COLUMN_WORDS[Column.ORIGIN],
        description=_l("返岗前在哪里。一直在本县的写“本地”，其他写到省市县，比如“湖北武汉”。"),
    )
    lodging = RadioField(COLUMN_WORDS[Column.LODGING], choices=_choices(LODGING_WORDS))
    employer_kind = RadioField(
        COLUMN_WORDS[Column.EMPLOYER_KIND],
        choices=_choices(EMPLOYER_WORDS),
        default=EmployerKind.OWN.value,
    )
    employer = StringField(
        COLUMN_WORDS[Column.EMPLOYER], description=_l("劳务派遣或分包的，写是哪家。本单位的空着。")
    )
    mobile = StringField(_l("手机号（选填）"))
    returns_on = StringField(_l("到岗日期（选填）"), description=_l("写成 2026-02-10 这样。"))

    def __init__(self, today: date, house: str, **kwargs: Any) -> None:
        """``house`` is the enterprise's own name."""
        super().__init__(**kwargs)
        self._today, self._house = today, house
        self._entry: Entry | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate()
        read = person_of(self._cells(), self._today, self._house)
        self._entry = read.entry
        for mistake in read.mistakes:
            field = self._fields[mistake.column.value]
            field.errors = [fault_words(mistake.fault, mistake.value)]
        if self.lodging.errors and not self.lodging.data:
            self.lodging.errors = [_("请选一种。")]
        return not self.errors

    def to_entry(self) -> Entry:
        assert self._entry is not None
        return self._entry

    def _cells(self) -> dict[Column, str]:
        """What was typed, as if it stood in a row. Choices are told by their values."""
        return {
            column: str(self._fields[column.value].data or "")
            for column in Column
            if column.value in self._fields
        }


class ChangeForm(PersonForm, VersionedForm):
    """What is told of a person who stands on the roster; who they are stays."""

    kind = None
    number = None
    drop_mobile = BooleanField(_l("去掉手机号"))

    def __init__(
        self, today: date, house: str, document: Document, told: Told, version: int
    ) -> None:
        self._document, self._before = document, told
        super().__init__(today, house, data=_filled(told) | {"version": version})
        if told.mobile:
            self.mobile.description = _(
                "现在是 %(mobile)s。不改就空着。", mobile=masked_mobile(told.mobile)
            )
        else:
            del self.drop_mobile

    def to_told(self) -> Told:
        return self.to_entry().told

    def _cells(self) -> dict[Column, str]:
        kept = "" if "drop_mobile" in self and self.drop_mobile.data else self._before.mobile
        cells = super()._cells()
        return cells | {
            Column.MOBILE: cells[Column.MOBILE].strip() or kept,
            Column.KIND: self._document.kind.value,
            Column.NUMBER: self._document.number,
        }


def _filled(told: Told) -> dict[str, object]:
    return {
        "name": told.name,
        "post": told.post,
        "origin": told.origin,
        "lodging": told.lodging.value,
        "employer_kind": told.employer_kind.value,
        "employer": told.employer,
        "returns_on": told.returns_on.isoformat() if told.returns_on else "",
    }


class RemoveForm(VersionedForm):
    """Takes one person off the roster."""


class PersonRevealForm(BaseForm):
    """Why one person's numbers are to be shown."""

    reason = RadioField(
        _l("为什么要看"), [InputRequired(_l("请选一个原因。"))], choices=_choices(PERSON_REASONS)
    )

    def to_reason(self) -> PersonReason:
        return PersonReason(self.reason.data)
