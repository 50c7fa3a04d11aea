"""Writes to people what they have not read in the site: one mail each, and never twice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from workflow.core.days import day_of, is_daytime
from workflow.core.roles import Role
from workflow.notify.mail import AddressRefused, Letter, NotTaken, Post, ServerAway, Unsure
from workflow.store import newslists, notifications
from workflow.store.accounts import Account, actor_of, may_act
from workflow.store.db import transaction
from workflow.store.newslists import Line

QUIET = timedelta(minutes=10)  # who is in the site reads it there, and what comes together goes so
NO_LONGER_NEWS = timedelta(days=7)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Words:
    """What a mail says."""

    subject: str
    text: str


Write = Callable[[Role, Sequence[Line]], Words]


def write_to_all(post: Post, write: Write, at: datetime) -> int:
    """Sends what has waited long enough; how many mails the server took. At night only those are
    written to who are told of something overdue.
    """
    since, before = at - NO_LONGER_NEWS, at - QUIET
    waiting = notifications.unmailed(since, before, urgent=not is_daytime(at))
    sent = 0
    for account_id in [one.id for one in waiting]:
        try:
            sent += _write_to(account_id, post, write, at)
        except ServerAway as error:
            log.warning("mail_server_away", reason=str(error))
            break
    return sent


def _write_to(account_id: int, post: Post, write: Write, at: datetime) -> bool:
    """Claims, then sends. A worker that dies in between has sent nothing, and nothing is sent
    again: the person finds it in the site.
    """
    with transaction() as session:
        account = session.get_one(Account, account_id)
        address = account.email
        if address is None or not may_act(account, day_of(at)):
            return False
        ids = notifications.claim(actor_of(account, day_of(at)), at - NO_LONGER_NEWS, at)
        words = write(account.role, newslists.claimed(ids)) if ids else None
    if words is None:
        return False
    try:
        post.send(Letter(address, words.subject, words.text, f"news-{account_id}-{max(ids)}", at))
    except NotTaken as error:
        _not_taken(account_id, ids, address, error, at)
        return False
    except Unsure as error:
        log.warning("mail_unsure", account_id=account_id, reason=str(error))
        return False
    log.info("mailed", account_id=account_id, news=len(ids))
    return True


def _not_taken(
    account_id: int, ids: Sequence[int], address: str, error: NotTaken, at: datetime
) -> None:
    with transaction() as session:
        notifications.give_back(ids)
        account = session.get_one(Account, account_id)
        if isinstance(error, AddressRefused) and account.email == address:
            account.email_refused_at = at
    if isinstance(error, ServerAway):
        raise error
    log.warning("mail_not_taken", account_id=account_id, reason=str(error))
