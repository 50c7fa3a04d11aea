"""文书设置: the words on being heard and on remedies."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Length

from forms.base import BaseForm, clean

LONGEST = 1000
TOO_LONG = _l("太长了，最多 %(max)d 个字。")


class TownWordsForm(BaseForm):
    """Two paragraphs; one left empty bars adverse documents until it is filled."""

    hearing = TextAreaField(
        _l("陈述和申辩"),
        [Length(max=LONGEST, message=TOO_LONG)],
        description=_l(
            "企业不服时，向谁说、怎么说、几天内说。写进每一份暂不同意、不予受理的文书。"
        ),
    )
    remedies = TextAreaField(
        _l("救济途径"),
        [Length(max=LONGEST, message=TOO_LONG)],
        description=_l(
            "可以向哪里申请复核、复议或起诉，期限多长。请按法制部门给的写，不要自己编。"
        ),
    )

    def to_words(self) -> tuple[str, str]:
        return clean(self.hearing.data) or "", clean(self.remedies.data) or ""
