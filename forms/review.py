"""Forms of a review: the checklist, the approval, the reason to see a telephone number."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length, Optional

from forms.base import BaseForm, VersionedForm, clean
from workflow.core.checklist import Check, Verdict
from workflow.core.reveals import RevealReason

MOST_NOTE = 500
REASONS = {
    RevealReason.VISIT: _l("约时间到现场"),
    RevealReason.ASK: _l("核对申报内容"),
    RevealReason.URGENT: _l("紧急情况"),
}


class ChecklistForm(VersionedForm):
    """A verdict and a note for each requirement; nothing preselected."""

    codes: tuple[str, ...] = ()

    def verdict(self, code: str) -> RadioField:
        return self._fields[code]

    def note(self, code: str) -> StringField:
        return self._fields[f"{code}-note"]

    def validate(self, extra_validators: object = None) -> bool:
        valid = super().validate(extra_validators)
        for code in self.codes:
            silent = not clean(self.note(code).data)
            if self.verdict(code).data in {"fail", "na"} and silent:
                self.note(code).errors = [_l("请写一句为什么，企业会看到。")]
                valid = False
        return valid

    def to_checks(self) -> list[Check]:
        """The verdicts that were given; a requirement not yet looked at is left out."""
        return [
            Check(code, Verdict(self.verdict(code).data), self._words(code))
            for code in self.codes
            if self.verdict(code).data
        ]

    def _words(self, code: str) -> str:
        """The note; none with a pass, where what was wrong before is hidden and must not stay."""
        passed = self.verdict(code).data == Verdict.PASS.value
        return "" if passed else clean(self.note(code).data) or ""


def checklist_form(codes: Iterable[str], known: dict[str, Check], version: int) -> ChecklistForm:
    """The checklist of a case, filled with the verdicts already kept."""
    codes = tuple(codes)
    choices = [("pass", _l("合格")), ("fail", _l("不合格")), ("na", _l("不涉及"))]
    members: dict[str, object] = {"codes": codes}
    filled: dict[str, object] = {"version": version}
    for code in codes:
        members[code] = RadioField(_l("结果"), [Optional(strip_whitespace=False)], choices=choices)
        members[f"{code}-note"] = StringField(
            _l("说明"), [Length(max=MOST_NOTE, message=_l("最多写 %(max)d 个字。"))]
        )
        if code in known:
            filled[code] = known[code].verdict.value
            filled[f"{code}-note"] = known[code].note
    return type("ChecklistFormOfCase", (ChecklistForm,), members)(data=filled)


class RevealForm(BaseForm):
    """Why a telephone number is to be shown."""

    reason = RadioField(
        _l("为什么要看"),
        [InputRequired(_l("请选一个原因。"))],
        choices=[(reason.value, words) for reason, words in REASONS.items()],
    )

    def to_reason(self) -> RevealReason:
        return RevealReason(self.reason.data)
