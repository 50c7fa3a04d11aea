"""What the tests of rosters share."""

import pytest

from tests.cast import Cast
from workflow.store.towns import places_of


@pytest.fixture
def place(cast: Cast) -> int:
    """He's place: nobody stands on its roster yet."""
    return places_of(cast.he.enterprise_id)[0].id
