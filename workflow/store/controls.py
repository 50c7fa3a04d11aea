"""Proposed controls (临时管控) that were adopted, for the office, which is to send somebody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from workflow.core.alerts import Proposal
from workflow.core.roles import Role
from workflow.store.accounts import Account
from workflow.store.db import db
from workflow.store.standings import Alert
from workflow.store.towns import Enterprise, Place

SHOWN_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Control:
    """Where, when and by whose office it was adopted, and why; never whose alert it came with."""

    enterprise: str
    place: str
    at: datetime
    role: Role
    words: str


def adopted(at: datetime) -> list[Control]:
    """Those of the last fourteen days, of the whole town, newest first."""
    query = (
        select(Enterprise.name, Place.name, Alert.proposal_at, Account.role, Alert.proposal_words)
        .join(Place, Place.id == Alert.place_id)
        .join(Enterprise, Enterprise.id == Place.enterprise_id)
        .join(Account, Account.id == Alert.proposal_by)
        .where(Alert.proposal == Proposal.TAKEN, Alert.proposal_at > at - SHOWN_FOR)
        .order_by(Alert.proposal_at.desc(), Alert.id.desc())
    )
    return [
        Control(enterprise, place, decided, role, words)
        for enterprise, place, decided, role, words in db.session.execute(query)
        if decided is not None
    ]
