"""Short texts of people: names, addresses, numbers, and what can't be one."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, PasswordField, StringField
from wtforms.validators import StopValidation, ValidationError

from forms.base import clean
from workflow.core.identifiers import CodeFault, credit_code_fault, mobile_number, plain_code

SHOWN = 40  # characters of a text that are said back in an error
LONGEST_KEPT = 2_000  # characters looked at and shown again; nobody typed more into one line
SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 128
_NAME_KINDS = ("L", "M")
_TITLE_KINDS = ("L", "M", "N", "P", "Z")
_LETTER, _DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"\d")

Check = Callable[[Any, Field], None]


def line(text: str | None) -> str | None:
    """One line: no control characters, no marks that can't be seen, single blanks."""
    kept = "".join(
        char if not unicodedata.category(char).startswith("Z") else " "
        for char in (clean((text or "")[:LONGEST_KEPT]) or "")
        if unicodedata.category(char) not in {"Cf", "Co", "Cs"}
    )
    return " ".join(kept.split()) or None


def needed(words: str) -> Check:
    """Refuses an empty field, in words that say what to fill in."""

    def check(_form: object, field: Field) -> None:
        if not field.data:
            field.errors = []
            raise StopValidation(words)

    return check


def at_most(most: int) -> Check:
    """Refuses a text that is too long, saying how long it is."""

    def check(_form: object, field: Field) -> None:
        length = len(field.data or "")
        if length > most:
            raise StopValidation(
                _("填了 %(length)s 个字，最多 %(most)s 个。请写短些。", length=length, most=most)
            )

    return check


def person_name(_form: object, field: Field) -> None:
    """Letters of any script, with · and the like between them."""
    _only(field, _NAME_KINDS, "·.-'’‐ ", _("姓名"))


def title(_form: object, field: Field) -> None:
    """The name of an enterprise or a place: no pictures, no brackets of markup."""
    _only(field, _TITLE_KINDS, "+", _("名称"))


def _only(field: Field, kinds: tuple[str, ...], besides: str, what: str) -> None:
    strange = [
        char
        for char in field.data or ""
        if char not in besides and not unicodedata.category(char).startswith(kinds)
    ]
    if strange:
        raise ValidationError(
            _("%(what)s里有“%(char)s”。请照证件上的写。", what=what, char=strange[0])
        )


def mobile(_form: object, field: Field) -> None:
    """A mainland mobile number, however it is typed."""
    if mobile_number(field.data or "") is None:
        raise ValidationError(
            _(
                "“%(text)s”不是手机号。请填 11 位、13 到 19 开头的手机号，比如 13800000000。",
                text=(field.data or "")[:SHOWN],
            )
        )


def credit_code(_form: object, field: Field) -> None:
    """A unified social credit code (GB 32100-2015)."""
    code = plain_code(field.data or "")
    match credit_code_fault(code):
        case CodeFault.LENGTH:
            raise ValidationError(_("填了 %(n)s 位，代码是 18 位。请照营业执照核对。", n=len(code)))
        case CodeFault.LETTER:
            raise ValidationError(
                _(
                    "“%(code)s”里有代码不用的字。代码只有数字和大写字母，没有 I、O、S、V、Z，"
                    "请看是不是 1、0、5、U、2。",
                    code=code[:SHOWN],
                )
            )
        case CodeFault.CHECK_DIGIT:
            raise ValidationError(
                _(
                    "“%(code)s”这个代码对不上校验位，多半抄错了一位。请照营业执照再核对一遍。",
                    code=code,
                )
            )


def good_password(_form: object, field: Field) -> None:
    """Long enough, letters and digits; the words never repeat it."""
    text = field.data or ""
    if not SHORTEST_PASSWORD <= len(text) <= LONGEST_PASSWORD:
        raise ValidationError(
            _("密码要 %(least)s 到 %(most)s 位。", least=SHORTEST_PASSWORD, most=LONGEST_PASSWORD)
        )
    if "\0" in text or not _LETTER.search(text) or not _DIGIT.search(text):
        raise ValidationError(_("密码里字母和数字都要有。"))


def text_field(label: Any, *checks: Check, most: int = 120, **kwargs: Any) -> StringField:
    """A field of one line, which must be filled in."""
    words = _missing(label)
    return StringField(label, [words, at_most(most), *checks], filters=[line], **kwargs)


def password_field(label: Any, **kwargs: Any) -> PasswordField:
    """A new password. It is never sent back to the page."""
    return PasswordField(label, [_missing(label), good_password], **kwargs)


def _missing(label: Any) -> Check:
    def check(_form: object, field: Field) -> None:
        if not field.data:
            raise StopValidation(_("请填%(what)s。", what=str(label)))

    return check
