"""What an issuer ticks: cases with the version seen of each."""

import re

from flask import request

from forms.base import BaseForm
from forms.filing import LARGEST_ID

_CHOSEN = re.compile(r"([0-9]{1,10}):([0-9]{1,9})")
MOST = 50


class BatchForm(BaseForm):
    """Ticked rows, or with the other button all rows of the page. Anything else is left out."""

    def to_chosen(self) -> dict[int, int]:
        name = "row" if request.form.get("which") == "page" else "chosen"
        found = (_CHOSEN.fullmatch(one) for one in request.form.getlist(name)[:MOST])
        pairs = ((int(one[1]), int(one[2])) for one in found if one)
        return {case_id: version for case_id, version in pairs if case_id <= LARGEST_ID}
