"""Keeping an uploaded file: what stands in the way is said beside its field."""

import sys
from collections.abc import Callable

from flask import current_app
from flask_babel import lazy_gettext as _l
from wtforms import Field

from web.refusalwords import refusal_words
from workflow.core.refusals import Refused
from workflow.store.files import NotKept

KEPT, REFUSED, NO_ROOM = 200, 422, 503
NO_ROOM_WORDS = _l(
    "现在存不下文件，这一份没有传上，别的都还在。请过几分钟再传一次；还不行，请打咨询电话。"
)


def kept(field: Field, keep: Callable[[], None]) -> int:
    """Does ``keep`` and returns the status of the answer: ``KEPT`` only if the file is."""
    try:
        keep()
    except Refused as refused:
        field.errors = [refusal_words(one) for one in refused.refusals]
        return REFUSED
    except NotKept:
        current_app.log_exception(sys.exc_info())  # an operator has to make room
        field.errors = [str(NO_ROOM_WORDS)]
        return NO_ROOM
    return KEPT
