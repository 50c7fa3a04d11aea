"""Whom the clinic has taken into its care (卫生院在管), for the page where it finds them again."""

from sqlalchemy import func, select

from workflow.core.alerts import Settlement
from workflow.core.roles import Actor
from workflow.store.standings import Alert
from workflow.store.townhealth import CLEARED, PAGE, Red, listed, reds


def in_care(actor: Actor, *, before: int | None = None, limit: int = PAGE) -> list[Red]:
    """Once each, by their last such alert, newest first; whoever was released since is left out."""
    taken = Alert.settlement == Settlement.TO_CLINIC, ~CLEARED
    last = select(func.max(Alert.id)).where(*taken).group_by(Alert.place_id, Alert.line)
    query = reds(actor).where(Alert.id.in_(last))
    if before is not None:
        query = query.where(Alert.id < before)
    return listed(query, limit=limit)
