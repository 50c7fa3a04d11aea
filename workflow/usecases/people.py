"""The people of an enterprise: who may go on acting for it, and how they get back in."""

from datetime import date, datetime, timedelta
from hmac import compare_digest

from sqlalchemy import update

from workflow.core.claims import ChangeKind, Scope, Standing, Verification
from workflow.core.codes import normalised
from workflow.core.days import day_of
from workflow.core.identifiers import mobile_number
from workflow.core.refusals import Reason, Refusal, Refused
from workflow.core.roles import Actor, Role
from workflow.store import accounts, enterprises
from workflow.store.accounts import Account
from workflow.store.crypto import keyed_digest
from workflow.store.db import db, transaction
from workflow.store.enterprises import RecoveryCode

CODE_LASTS = timedelta(hours=24)
CODE_TRIES = 5
_CONTEXT = "recovery_codes.code"


def end_clerk(account_id: int, actor: Actor, at: datetime) -> None:
    """Whoever answers for the enterprise ends a clerk's access; open sessions die at once."""
    with transaction():
        clerk = _own_clerk(account_id, actor)
        accounts.end(clerk)
        kind = ChangeKind.ENDED
        enterprises.record(clerk.enterprise_id or 0, kind, actor, at, account_id=clerk.id)


def extend_clerk(account_id: int, until: date, actor: Actor, at: datetime) -> None:
    """Sets the last day of a clerk's authority."""
    with transaction():
        clerk = _own_clerk(account_id, actor)
        if until < day_of(at):
            raise Refused(Refusal(Reason.AUTHORITY_EXPIRED))
        was, clerk.authorised_until = clerk.authorised_until, until
        enterprises.record(
            clerk.enterprise_id or 0,
            ChangeKind.EXTENDED,
            actor,
            at,
            account_id=clerk.id,
            was=was.isoformat() if was else "",
            became=until.isoformat(),
        )


def end_person(
    enterprise_id: int, account_id: int, verification: Verification, actor: Actor, at: datetime
) -> None:
    """The officer ends anybody's access to an enterprise of their own field."""
    with transaction():
        person = _person(enterprise_id, account_id, actor)
        accounts.end(person)
        kind = ChangeKind.ENDED
        enterprises.record(enterprise_id, kind, actor, at, verification, account_id=account_id)


def make_owner(
    enterprise_id: int, account_id: int, verification: Verification, actor: Actor, at: datetime
) -> None:
    """Hands the enterprise over to one of its people; the access of who answered for it ends."""
    with transaction():
        person = _person(enterprise_id, account_id, actor)
        for one in accounts.people_of(enterprise_id):
            if one.standing is Standing.OWNER and one.id != person.id:
                accounts.end(one)
                ended = ChangeKind.ENDED
                enterprises.record(enterprise_id, ended, actor, at, verification, account_id=one.id)
        person.standing, person.authorised_scope = Standing.OWNER, Scope.ALL
        kind = ChangeKind.HANDED_OVER
        enterprises.record(enterprise_id, kind, actor, at, verification, account_id=account_id)


def give_code(
    enterprise_id: int,
    account_id: int,
    code: str,
    verification: Verification,
    actor: Actor,
    at: datetime,
) -> None:
    """Keeps the digest of a code with which the person sets a new password; earlier ones die."""
    with transaction() as session:
        person = _person(enterprise_id, account_id, actor)
        older = RecoveryCode.account_id == person.id, RecoveryCode.expires_at > at
        session.execute(update(RecoveryCode).where(*older).values(expires_at=at))
        session.add(
            RecoveryCode(
                account_id=person.id,
                code=code,
                given_by=actor.account_id,
                given_at=at,
                expires_at=at + CODE_LASTS,
            )
        )
        kind = ChangeKind.CODE_GIVEN
        enterprises.record(enterprise_id, kind, actor, at, verification, account_id=account_id)


def recover(identity: str, typed: str, password: str, at: datetime) -> bool:
    """Sets a new password by a code; every session of the account ends, its lock too.

    False for every miss alike: nobody of that number, a wrong code, one used, expired or tried
    too often. A miss on a living code counts against it. The password is digested either way.
    """
    digest = accounts.password_digest(password)
    code = normalised(typed) or ""
    with transaction():
        account = _known_as(identity)
        living = enterprises.live_code(account.id if account else 0, at, CODE_TRIES)
        if account is None or living is None:
            return False
        if not compare_digest(living.code, keyed_digest(code, _CONTEXT)):
            living.tries += 1
            return False
        living.used_at = at
        account.password, account.failed_sign_ins, account.locked_until = digest, 0, None
        accounts.end_sessions(account)
        actor = accounts.actor_of(account, day_of(at))
        kind, enterprise_id = ChangeKind.RECOVERED, account.enterprise_id or 0
        enterprises.record(enterprise_id, kind, actor, at, account_id=account.id)
        return True


def _known_as(identity: str) -> Account | None:
    """The account in use of an enterprise's person, by mobile number or user name, locked.

    Before its code, in the order of who gives one: else the two would wait for each other.
    """
    found = accounts.of_mobile(mobile_number(identity) or identity)
    found = found or accounts.of_username(identity)
    if found is None or found.role is not Role.ENTERPRISE:
        return None
    db.session.refresh(found, with_for_update={"key_share": True})
    return found if found.active else None


def _own_clerk(account_id: int, actor: Actor) -> Account:
    if actor.role is not Role.ENTERPRISE:
        raise Refused(Refusal(Reason.NOT_YOUR_ROLE))
    person = accounts.of_person(account_id, actor.enterprise_id, lock=True)
    if not actor.manages or person.standing is not Standing.CLERK:
        raise Refused(Refusal(Reason.NOT_THE_OWNER))
    return person


def _person(enterprise_id: int, account_id: int, actor: Actor) -> Account:
    """One of the people of an enterprise the officer looks after, locked."""
    enterprise = enterprises.get(enterprise_id, actor, lock=True)
    person = accounts.of_person(account_id, enterprise.id, lock=True)
    db.session.flush()
    return person
