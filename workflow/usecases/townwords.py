"""文书设置: the words on being heard and on remedies that adverse documents carry."""

from datetime import datetime

from workflow.core.refusals import Reason, Refusal, Refused
from workflow.core.roles import Actor, Role
from workflow.store.db import transaction
from workflow.store.towns import this_town
from workflow.store.townwords import TownChange


def set_words(hearing: str, remedies: str, actor: Actor, at: datetime) -> None:
    """Sets the town's words; who set which when is kept. Documents already written stay."""
    with transaction() as session:
        if actor.role is not Role.OFFICE or actor.department_id:
            raise Refused(Refusal(Reason.NOT_YOUR_ROLE))
        town = this_town()
        if (town.hearing, town.remedies) == (hearing, remedies):
            return
        town.hearing, town.remedies = hearing, remedies
        session.add(
            TownChange(
                hearing=hearing, remedies=remedies, changed_by=actor.account_id, changed_at=at
            )
        )
