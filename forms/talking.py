"""A message on a case."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired, Length

from forms.base import BaseForm
from forms.inputs import TextField

LONGEST_MESSAGE = 1000


class MessageForm(BaseForm):
    """What one side writes to the other about a case."""

    text = TextField(
        _l("写一句话"),
        [
            InputRequired(_l("还没写。")),
            Length(max=LONGEST_MESSAGE, message=_l("太长了，最多 %(max)d 个字。")),
        ],
    )
