"""Tells people of what happens to a case, in the transaction in which it happens.

The functions that begin with ``of_`` belong into the transaction of the fact; the others are what
a reader does and have one of their own.
"""

from collections.abc import Iterable
from datetime import datetime

from workflow.core import telling as rules
from workflow.core.roles import Actor, Role
from workflow.core.states import Action, State
from workflow.core.telling import OF_THE_FIELD, OF_THE_TURN, Audience, News
from workflow.store import notifications
from workflow.store.accounts import Account
from workflow.store.cases import Case
from workflow.store.db import db, transaction

Before = tuple[State, Role | None]


def standing_of(case: Case) -> Before:
    """The state of a case, and who decides at its level; to be asked before the step as well."""
    return case.state, case.kind.levels[case.level] if case.level else None


def of_step(case: Case, action: Action, before: Before, actor: Actor, at: datetime) -> None:
    """Tells of a step that was just taken, and settles what was asked before it."""
    (source, was), (target, level) = before, standing_of(case)
    ended = rules.settled(action, target)
    if ended and source is not State.DRAFT:
        notifications.settle([case.id], ended, at)
    for news, audience in rules.told(action, source, target, (was, level)):
        if audience is Audience.ISSUERS and not case.kind.issuer_releases:
            continue  # the approval itself releases it, in this very transaction
        key = f"step/{case.id}/{case.version}"
        notifications.tell(case, news, audience, f"{key}/{news.value}", actor, at)


def of_message(case: Case, message_id: int, actor: Actor, at: datetime) -> None:
    """Tells the other side of a message."""
    audience = rules.other_side(actor.role, case.state, case.accepted_at is not None)
    notifications.tell(case, News.MESSAGE, audience, f"message/{message_id}", actor, at)


def of_opinion(case: Case, department_id: int, at: datetime) -> None:
    """A department has answered: its other officers need not."""
    notifications.settle([case.id], {News.TO_ADVISE}, at, department_id)


def of_handover(passed_on: Iterable[Case], handover_id: int, actor: Actor, at: datetime) -> None:
    """Tells the new field of the cases it takes over, instead of the field they were in."""
    for case in passed_on:
        if case.state is State.DRAFT:
            continue
        acting = rules.holder(case.state, None) is Audience.ACTING
        notifications.settle([case.id], OF_THE_TURN if acting else OF_THE_FIELD, at)
        key = f"handover/{handover_id}/{case.id}"
        notifications.tell(case, News.HANDED_OVER, Audience.ACTING, key, actor, at)


def read_case(case_id: int, actor: Actor, at: datetime) -> None:
    """Somebody has opened a case, and so read what they were told of it."""
    assert actor.account_id is not None, "the service reads nothing"
    with transaction():
        notifications.read(actor.account_id, at, case_id=case_id)


def read_place(place_id: int, actor: Actor, at: datetime) -> None:
    """Somebody has opened the page of a place's staff, and so read what they were told of them."""
    assert actor.account_id is not None, "the service reads nothing"
    with transaction():
        notifications.read(actor.account_id, at, place_id=place_id)


def read_all(up_to: int, actor: Actor, at: datetime) -> None:
    """Somebody has read all that they were told, up to the latest that their page showed."""
    assert actor.account_id is not None, "the service reads nothing"
    with transaction():
        notifications.read(actor.account_id, at, up_to=up_to)


def set_address(address: str, actor: Actor) -> None:
    """Keeps where somebody wants mail; empty: nowhere. Nobody is told who else has it."""
    with transaction() as session:
        account = session.get_one(Account, actor.account_id)
        account.email, account.email_refused_at = address or None, None


def address_of(actor: Actor) -> tuple[str, bool]:
    """Where somebody wants mail, and whether that address was refused by the server."""
    account = db.session.get_one(Account, actor.account_id)
    return account.email or "", account.email_refused_at is not None


def forget(before: datetime) -> int:
    """Deletes what people were told before that; how much."""
    with transaction():
        return notifications.forget(before)
