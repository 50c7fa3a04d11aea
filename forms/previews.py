"""What a preview is made of beside the case: the words that would go into the document."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Length

from forms.base import BaseForm, clean

LONGEST = 2000


class PreviewForm(BaseForm):
    """Conditions of a notice, or facts and basis of an adverse document; a line each."""

    words = TextAreaField(_l("事实和理由，一条一行"), [Length(max=LONGEST)])
    basis = TextAreaField(_l("依据，一条一行"), [Length(max=LONGEST)])

    def to_words(self) -> tuple[str, str]:
        return clean(self.words.data) or "", clean(self.basis.data) or ""
