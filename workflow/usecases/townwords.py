"""文书设置: the words on being heard and on remedies that adverse documents carry."""

from datetime import datetime

from workflow.core.roles import Actor, office_only
from workflow.store.db import transaction
from workflow.store.towns import this_town
from workflow.store.townwords import TownChange


def set_words(hearing: str, remedies: str, actor: Actor, at: datetime) -> None:
    """Sets the town's words; who set which when is kept. Documents already written stay."""
    with transaction() as session:
        office_only(actor)
        town = this_town()
        if (town.hearing, town.remedies) == (hearing, remedies):
            return
        town.hearing, town.remedies = hearing, remedies
        session.add(
            TownChange(
                hearing=hearing, remedies=remedies, changed_by=actor.account_id, changed_at=at
            )
        )
