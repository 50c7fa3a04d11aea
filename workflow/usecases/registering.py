"""Somebody registers: a claim on an enterprise, or one more place of it. Nothing is let in yet.

What is known of the code or the mobile number is looked at by the officer only, never here: the
answer and the time it takes must be the same whatever was entered.
"""

from datetime import datetime

from workflow.core.claims import ClaimedPlace, ClaimKind, ClaimState, ClaimWords
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.roles import Actor
from workflow.store import duty
from workflow.store.accounts import Digested, password_digest
from workflow.store.claims import Claim
from workflow.store.db import transaction
from workflow.store.towns import Enterprise


def claim(words: ClaimWords, password: str | Digested, receipt: str, at: datetime) -> int:
    """Keeps a registration for the officer responsible for the place; its id.

    There is no account until the claim is confirmed; of the password only the digest is kept.
    """
    digest = password_digest(password)
    place, handler = words.place, words.handler
    with transaction() as session:
        made = Claim(
            receipt=receipt,
            state=ClaimState.PENDING,
            made_at=at,
            enterprise_name=words.enterprise,
            credit_code=words.credit_code,
            town_number=words.town_number,
            why_no_code=words.why_no_code,
            legal_rep=words.legal_rep,
            name=handler.name,
            mobile=handler.mobile,
            mobile_index=handler.mobile,
            password=digest,
            relation=handler.relation,
            scope=handler.scope,
            until=handler.until,
            **_lying(place),
        )
        session.add(made)
        session.flush()
        return made.id


def claim_place(
    place: ClaimedPlace,
    contact_name: str,
    contact_mobile: str,
    receipt: str,
    actor: Actor,
    at: datetime,
) -> int:
    """Asks for one more place of the actor's enterprise; the id of the claim."""
    with transaction() as session:
        if not actor.manages:
            raise Refused(Refusal(Reason.NOT_THE_OWNER))
        enterprise = session.get(Enterprise, actor.enterprise_id)
        if enterprise is None:
            raise NotFound(actor.enterprise_id)
        made = Claim(
            receipt=receipt,
            state=ClaimState.PENDING,
            kind=ClaimKind.PLACE,
            made_at=at,
            enterprise_name=enterprise.name,
            enterprise_id=enterprise.id,
            asked_by=actor.account_id,
            name=contact_name,
            mobile=contact_mobile,
            mobile_index=contact_mobile,
            **_lying(place),
        )
        session.add(made)
        session.flush()
        return made.id


def _lying(place: ClaimedPlace) -> dict[str, object]:
    """The columns of a claimed place, with the field it lies in."""
    field = duty.field_for(place.village, place.place_class.value)
    return {
        "place_name": place.name,
        "place_class": place.place_class,
        "village": place.village,
        "address": place.address,
        "field_id": field.id if field else None,
    }
