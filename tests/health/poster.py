"""A fever that somebody tells through a poster."""

from dataclasses import replace

from tests.cast import Cast
from tests.health.alarms import newest
from tests.health.town import AT, NUMBERS, STAYED_HOME, place_of
from workflow.core.papers import Document, DocumentKind
from workflow.usecases.health import declaring, links
from workflow.usecases.health.declaring import Identity


def tell(cast: Cast, once: str = "form-1") -> int:
    """The entry."""
    poster = links.make_poster(place_of(cast), cast.he, AT)
    identity = Identity("赵甲", Document(DocumentKind.RESIDENT, NUMBERS[0]), "13900000001")
    declaring.tell_poster(poster, identity, replace(STAYED_HOME, temperature=390), once, AT)
    entry_id = newest().entry_id
    assert entry_id is not None
    return entry_id
