"""What the poster of a place says."""

from workflow.core.days import day_of
from workflow.issuing.poster import PosterContent
from workflow.store import healthcampaigns, stafflinks
from workflow.store.db import db
from workflow.store.stafflinks import Poster
from workflow.store.towns import Place, this_town

PATH = "/p/"


def address_of(poster: Poster, public_url: str) -> str:
    """Where the poster leads."""
    return f"{public_url}{PATH}{stafflinks.code_of(poster)}"


def awaited(poster_id: int, public_url: str) -> PosterContent | None:
    """What is to be laid out; None where there is nothing to do, or the campaign is over."""
    poster = stafflinks.poster_to_lay_out(poster_id)
    campaign = healthcampaigns.on(day_of(poster.made_at)) if poster else None
    if poster is None or campaign is None:
        return None
    place, town = db.session.get_one(Place, poster.place_id), this_town()
    return PosterContent(
        enterprise=place.enterprise.name,
        place=place.name,
        url=address_of(poster, public_url),
        since=campaign.starts_on,
        until=campaign.ends_on,
        deleted_on=campaign.deleted_on,
        issuer=town.issuer,
        contact=town.phone,
        mark=town.mark,
    )
