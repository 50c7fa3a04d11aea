"""The officer decides a claim, having made sure: one enterprise for each code, whoever asks."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from workflow.core.claims import (
    Cause,
    ChangeKind,
    ClaimKind,
    ClaimState,
    Means,
    Standing,
    Verification,
)
from workflow.core.days import day_of
from workflow.core.identifiers import bare_number
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.roles import Actor, liaisons_and_office_only
from workflow.store import accounts, claims, enterprises
from workflow.store.claims import Claim
from workflow.store.db import db, transaction
from workflow.store.towns import Enterprise
from workflow.usecases.entries import add_place, admit, next_town_number

SHORTEST_NUMBER = 5  # digits: a switchboard within the town may be as short


def confirm_new(claim_id: int, verification: Verification, actor: Actor, at: datetime) -> str:
    """Makes the enterprise, its place and its owner's account; the code or number it has now.

    Without a credit code the town's next number is given. Raises ``Refused`` when the code is
    held already: there is never a second enterprise of one code.
    """
    with transaction():
        claim = _open(claim_id, verification, actor, at)
        if claim.kind is ClaimKind.PLACE or claim.town_number:
            raise Refused(Refusal(Reason.NO_SUCH_NUMBER))
        number = None if claim.credit_code else next_town_number(at)
        enterprise_id = db.session.scalar(
            insert(Enterprise)
            .values(
                name=claim.enterprise_name,
                credit_code=claim.credit_code,
                town_number=number,
                legal_rep=claim.legal_rep,
            )
            .on_conflict_do_nothing()
            .returning(Enterprise.id)
        )
        if enterprise_id is None:
            raise Refused(Refusal(Reason.CODE_HELD))
        account_id = admit(claim, enterprise_id, Standing.OWNER)
        place_id = add_place(claim, enterprise_id)
        _settle(claim, ClaimKind.NEW, enterprise_id, verification, actor, at)
        enterprises.record(
            enterprise_id,
            ChangeKind.REGISTERED,
            actor,
            at,
            verification,
            account_id=account_id,
            place_id=place_id,
        )
        return claim.credit_code or number or ""


def let_in(
    claim_id: int,
    owner_asked: bool,
    with_place: bool,
    verification: Verification,
    actor: Actor,
    at: datetime,
) -> None:
    """Lets the claimant join the enterprise as a clerk, if whoever answers for it was asked.

    A place comes with the claim only where the officer looks after the enterprise already: else
    the village that a stranger names would put it into that officer's hands.
    """
    with transaction():
        claim = _open(claim_id, verification, actor, at)
        enterprise = _held(claim)
        if not owner_asked:
            raise Refused(Refusal(Reason.OWNER_NOT_ASKED))
        if with_place and not enterprises.looks_after(enterprise.id, actor):
            raise Refused(Refusal(Reason.PLACE_BY_OWNER))
        account_id = admit(claim, enterprise.id, Standing.CLERK)
        if with_place:
            _add_and_record(claim, enterprise.id, verification, actor, at)
        _settle(claim, ClaimKind.JOIN, enterprise.id, verification, actor, at)
        kind = ChangeKind.JOINED
        enterprises.record(enterprise.id, kind, actor, at, verification, account_id=account_id)


def hand_over(
    claim_id: int,
    leaving: int | None,
    with_place: bool,
    verification: Verification,
    actor: Actor,
    at: datetime,
) -> None:
    """Puts the claimant in the place of the account ``leaving``, whose access ends with it.

    None as ``leaving`` is for an enterprise that nobody answers for. A liaison hands over only
    where the enterprise has a place in an own field.
    """
    with transaction():
        claim = _open(claim_id, verification, actor, at)
        enterprise = _held(claim)
        enterprises.get(enterprise.id, actor)
        if leaving is None:
            standing = _vacant(enterprise.id)
        else:
            person = accounts.of_person(leaving, enterprise.id, lock=True)
            standing = person.standing or Standing.CLERK
            accounts.end(person)
            db.session.flush()
        account_id = admit(claim, enterprise.id, standing)
        if with_place:
            _add_and_record(claim, enterprise.id, verification, actor, at)
        _settle(claim, ClaimKind.HANDOVER, enterprise.id, verification, actor, at)
        kind, told = ChangeKind.HANDED_OVER, {"account_id": account_id}
        if leaving is not None:
            ended = ChangeKind.ENDED
            enterprises.record(enterprise.id, ended, actor, at, verification, account_id=leaving)
        enterprises.record(enterprise.id, kind, actor, at, verification, **told)


def confirm_place(claim_id: int, verification: Verification, actor: Actor, at: datetime) -> None:
    """Adds the place an enterprise asked for, in the field it lies in."""
    with transaction():
        claim = _open(claim_id, verification, actor, at)
        if claim.kind is not ClaimKind.PLACE:
            raise NotFound(claim_id)
        enterprise = _held(claim)
        _add_and_record(claim, enterprise.id, verification, actor, at)
        _settle(claim, ClaimKind.PLACE, enterprise.id, verification, actor, at)


def refuse(claim_id: int, cause: Cause, note: str, actor: Actor, at: datetime) -> None:
    """Refuses a claim; the claimant reads the cause and the note by the receipt number."""
    with transaction():
        claim = claims.get(claim_id, actor, lock=True)
        _still_open(claim, actor)
        if cause is Cause.DISPUTED and claim.kind is None:
            claim.kind = ClaimKind.DISPUTE
        claim.state, claim.cause, claim.note = ClaimState.REFUSED, cause, note
        claim.decided_at, claim.decided_by, claim.password = at, actor.account_id, None


def _open(claim_id: int, verification: Verification, actor: Actor, at: datetime) -> Claim:
    """The claim, locked, if it may be confirmed now."""
    claim = claims.get(claim_id, actor, lock=True)
    _still_open(claim, actor)
    if verification.means is Means.CALL:
        called = bare_number(verification.number)
        if len(called) < SHORTEST_NUMBER or called == claim.mobile:
            raise Refused(Refusal(Reason.NUMBER_NOT_KNOWN))
    if claim.until is not None and claim.until < day_of(at):
        raise Refused(Refusal(Reason.AUTHORITY_EXPIRED))
    return claim


def _still_open(claim: Claim, actor: Actor) -> None:
    liaisons_and_office_only(actor)
    if not claim.open:
        raise Refused(Refusal(Reason.NO_SUCH_STEP, (claim.state.value,)))


def _held(claim: Claim) -> Enterprise:
    """The enterprise a claim is on, locked: it may be merged or renamed at the same time."""
    found = claims.held(claim)
    if found is None:
        raise Refused(Refusal(Reason.NO_SUCH_NUMBER))
    query = select(Enterprise).where(Enterprise.id == found.id).with_for_update(key_share=True)
    enterprise = db.session.scalars(query.execution_options(populate_existing=True)).one()
    if enterprise.merged_into_id is not None:
        raise Refused(Refusal(Reason.MERGED))
    return enterprise


def _vacant(enterprise_id: int) -> Standing:
    if any(one.standing is Standing.OWNER for one in accounts.people_of(enterprise_id)):
        raise Refused(Refusal(Reason.HAS_AN_OWNER))
    return Standing.OWNER


def _add_and_record(
    claim: Claim, enterprise_id: int, verification: Verification, actor: Actor, at: datetime
) -> None:
    place_id = add_place(claim, enterprise_id)
    kind = ChangeKind.PLACE_ADDED
    enterprises.record(enterprise_id, kind, actor, at, verification, place_id=place_id)


def _settle(
    claim: Claim,
    kind: ClaimKind,
    enterprise_id: int,
    verification: Verification,
    actor: Actor,
    at: datetime,
) -> None:
    claim.state, claim.kind, claim.enterprise_id = ClaimState.CONFIRMED, kind, enterprise_id
    claim.decided_at, claim.decided_by, claim.password = at, actor.account_id, None
    claim.verified, claim.verified_number = verification.means, verification.number or None
