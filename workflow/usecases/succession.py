"""An enterprise gets another name, or becomes part of another: recorded, never overwritten."""

from datetime import datetime

from sqlalchemy import select, update

from workflow.core.claims import ChangeKind, Verification
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.roles import Actor
from workflow.store import accounts, audit, cases, enterprises
from workflow.store.db import db, transaction
from workflow.store.towns import Enterprise, Place


def rename(
    enterprise_id: int, name: str, why: str, verification: Verification, actor: Actor, at: datetime
) -> None:
    """Gives an enterprise its new name. What was issued before keeps the old one."""
    with transaction():
        enterprise = enterprises.get(enterprise_id, actor, lock=True)
        was = enterprise.name
        if was == name:
            return
        enterprise.name = name
        told = {"was": was, "became": name, "why": why}
        enterprises.record(enterprise.id, ChangeKind.RENAMED, actor, at, verification, **told)


def merge(
    enterprise_id: int, into: str, why: str, verification: Verification, actor: Actor, at: datetime
) -> int:
    """Makes an enterprise part of the one that has the number ``into``; the id of that one.

    Its places and cases move; the access of its people ends. Both keep a line of it.
    """
    with transaction():
        target = enterprises.by_number(into)
        enterprises.get(enterprise_id, actor)
        if target is None or target.id == enterprise_id:
            raise Refused(Refusal(Reason.NO_SUCH_NUMBER))
        enterprises.get(target.id, actor)  # both must be the officer's: else a shell could be sent
        merged, other = _both(enterprise_id, target.id)
        if merged.merged_into_id is not None or other.merged_into_id is not None:
            raise Refused(Refusal(Reason.MERGED))
        moving = update(Place).where(Place.enterprise_id == merged.id)
        db.session.execute(moving.values(enterprise_id=other.id))
        for case_id in cases.hand_to(merged.id, other.id):
            fact = {"from": merged.id, "to": other.id}
            audit.record(case_id, actor, "merge", at, fact)
        for person in accounts.people_of(merged.id):
            accounts.end(person)
            ended, about = ChangeKind.ENDED, {"account_id": person.id}
            enterprises.record(merged.id, ended, actor, at, verification, **about)
        merged.merged_into_id = other.id
        told = {"was": merged.name, "became": other.name, "why": why}
        for one, kind, another in (
            (merged, ChangeKind.MERGED_INTO, other),
            (other, ChangeKind.TOOK_OVER, merged),
        ):
            enterprises.record(one.id, kind, actor, at, verification, other_id=another.id, **told)
        return other.id


def _both(one: int, another: int) -> tuple[Enterprise, Enterprise]:
    """Both rows, locked in the order of their ids: two mergers never wait for each other."""
    query = select(Enterprise).where(Enterprise.id.in_((one, another))).order_by(Enterprise.id)
    query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    found = {row.id: row for row in db.session.scalars(query)}
    if len(found) != 2:
        raise NotFound(one)
    return found[one], found[another]
