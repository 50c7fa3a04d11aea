"""成批签发: an issuer ticks notices and lets them go together, each in a transaction of its own."""

from collections.abc import Mapping
from datetime import datetime

from workflow.core.batches import Outcome, found_as
from workflow.core.days import day_of
from workflow.core.refusals import Reason, Refusal, Refused
from workflow.core.roles import Actor, Role
from workflow.store import batches, cases, documents, outbox
from workflow.store.accounts import Account, actor_of, may_act
from workflow.store.batches import ReleaseBatch, ReleaseItem
from workflow.store.cases import MOST_LISTED, Case
from workflow.store.db import db, transaction
from workflow.usecases.releasing import let_go

TASK = "release_item"


def start(chosen: Mapping[int, int], actor: Actor, at: datetime) -> int:
    """Sends off what was ticked: case ids with the version seen of each; the id of the batch.

    A job for each case is part of the same transaction, so that none is forgotten.
    """
    with transaction() as session:
        if actor.role is not Role.ISSUER:
            raise Refused(Refusal(Reason.NOT_YOUR_ROLE))
        batch = ReleaseBatch(made_by=actor.account_id, made_at=at)
        for case_id, version in list(chosen.items())[:MOST_LISTED]:
            case = cases.get(case_id, actor)
            batch.items.append(ReleaseItem(case_id=case.id, version=version))
        session.add(batch)
        session.flush()
        for item in batch.items:
            outbox.add(TASK, item_id=item.id)
        return batch.id


def release_item(item_id: int, at: datetime) -> Outcome:
    """Releases one case of a batch, or notes why not. Done again, it does nothing.

    The one who ticked it must be an issuer still; what changed since is not released unseen.
    """
    with transaction():
        item = batches.held_item(item_id)
        if item.outcome is not None:
            return item.outcome
        account = db.session.get_one(Account, item.batch.made_by)
        actor = actor_of(account, day_of(at))
        case = cases.get(item.case_id, actor, lock=True)
        outcome = found_as(case.state, same=case.version == item.version)
        if outcome is None:
            outcome = _released(item, case, account, actor, at)
        elif outcome is Outcome.BY_OTHER:
            item.released_by = _released_by(case)
        item.outcome, item.done_at = outcome, at
        return outcome


def _released(
    item: ReleaseItem, case: Case, account: Account, actor: Actor, at: datetime
) -> Outcome:
    if not may_act(account, day_of(at)):
        item.reason = Reason.NOT_YOUR_ROLE.value
        return Outcome.FAILED
    try:
        let_go(case, item.version, actor, at)
    except Refused as refused:  # raised before anything was written
        item.reason = refused.refusals[0].reason.value
        return Outcome.FAILED
    return Outcome.RELEASED


def _released_by(case: Case) -> int | None:
    notice = documents.of_case(case.id)
    return notice.released_by if notice else None
