"""A form that came from somebody signed out is kept for an hour, and given back once."""

import json
from collections.abc import Iterable
from datetime import datetime

from workflow.store import keptforms
from workflow.store.db import transaction

Fields = tuple[tuple[str, str], ...]
LONGEST_PATH = 200


def keep_form(
    token: str, path: str, fields: Iterable[tuple[str, str]], address: str, at: datetime
) -> bool:
    """Whether it could be kept: it may be too large, or too much may lie there already.

    ``token`` is known to the sender's browser alone, and must not be guessable.
    """
    body = json.dumps(list(fields), ensure_ascii=False)
    if len(path) > LONGEST_PATH:
        return False
    with transaction():
        keptforms.forget(at - keptforms.KEPT)
        if not keptforms.has_room(address, len(body.encode())):
            return False
        keptforms.keep(token, path, body, address, at)
        return True


def take_form(token: str, path: str, at: datetime) -> Fields | None:
    """The fields kept for a browser on a path; they are gone then. The caller has made sure that
    who asks may fill in this form.
    """
    with transaction():
        body = keptforms.take(token, path, at)
    return None if body is None else tuple((name, value) for name, value in json.loads(body))


def forget_forms(at: datetime) -> int:
    """Deletes what has been kept for an hour; how many forms that were."""
    with transaction():
        return keptforms.forget(at - keptforms.KEPT)
