"""Files a crash left behind are found by having no row, and only when they are old."""

import os
from datetime import datetime, timedelta

import pytest

from tests.cast import PAPER, Cast, filled
from workflow.core.refusals import NotFound
from workflow.store import cases, files
from workflow.store.files import Vault


def test_only_old_files_without_a_row_are_discarded(cast: Cast) -> None:
    known = cases.get(filled(cast.he), cast.he).attachments[0].sha256
    old, young = files.put(PAPER + b"old"), files.put(PAPER + b"young")
    for sha256 in (known, old):
        os.utime(Vault.path(sha256), (0, 0))
    assert files.discard_strays(datetime.now().astimezone() - timedelta(days=1)) == 1
    assert files.read(known)
    assert files.read(young)
    with pytest.raises(NotFound):
        files.read(old)
