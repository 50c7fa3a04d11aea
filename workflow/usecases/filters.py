"""常用筛选: how somebody likes to see a list, kept under a name."""

from workflow.core.refusals import Reason, Refusal, Refused
from workflow.core.roles import Actor
from workflow.store import keptfilters
from workflow.store.db import transaction
from workflow.store.keptfilters import LONGEST_NAME, MOST_KEPT, KeptFilter


def keep(page: str, name: str, asked: dict[str, str], actor: Actor) -> None:
    """Keeps a filter; one of the same name is replaced."""
    with transaction() as session:
        name = " ".join(name.split())[:LONGEST_NAME]
        mine = keptfilters.of_page(actor.account_id, page)
        found = next((one for one in mine if one.name == name), None)
        if found is not None:
            found.asked = asked
        elif len(mine) >= MOST_KEPT:
            raise Refused(Refusal(Reason.TOO_MANY_KEPT))
        else:
            row = {"account_id": actor.account_id, "page": page}
            session.add(KeptFilter(**row, name=name, asked=asked, preset=False))


def drop(page: str, kept_id: int, actor: Actor) -> None:
    """Forgets one of one's own filters."""
    with transaction() as session:
        session.delete(keptfilters.get(kept_id, actor.account_id, page))


def preset(page: str, kept_id: int | None, actor: Actor) -> None:
    """The list opens with this filter from now on; with None it opens without."""
    with transaction():
        found = keptfilters.get(kept_id, actor.account_id, page) if kept_id is not None else None
        keptfilters.unset(actor.account_id, page)
        if found is not None:
            found.preset = True
