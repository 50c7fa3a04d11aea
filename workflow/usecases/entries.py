"""What a confirmed claim makes: a number, an account, a place. Each in its caller's transaction."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy.dialects.postgresql import insert

from workflow.core.claims import ClaimKind, Standing
from workflow.core.codes import document_number
from workflow.core.days import day_of
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.roles import Role
from workflow.store import documents, duty, towns
from workflow.store.accounts import Account
from workflow.store.claims import Claim
from workflow.store.db import db
from workflow.store.towns import PlaceWords, new_place


def next_town_number(at: datetime) -> str:
    """The town's next number for an enterprise without a credit code; without gaps."""
    agency, year = towns.this_town().agency_local, day_of(at).year
    return document_number(agency, year, documents.next_number(agency, year))


def admit(claim: Claim, enterprise_id: int, standing: Standing) -> int:
    """Makes the claimant's account; its id. Only here does a claim lead to one."""
    if claim.kind is ClaimKind.PLACE:
        raise NotFound(claim.id)
    made = db.session.scalar(
        insert(Account)
        .values(
            role=Role.ENTERPRISE,
            name=claim.name,
            mobile=claim.mobile,
            mobile_index=claim.mobile,
            phone="",
            password=claim.password,
            active=True,
            fs_uniquifier=uuid4().hex,
            enterprise_id=enterprise_id,
            standing=standing,
            authorised_scope=claim.scope,
            authorised_until=claim.until,
            failed_sign_ins=0,
        )
        .on_conflict_do_nothing(index_elements=[Account.mobile_index])
        .returning(Account.id)
    )
    if made is None:
        raise Refused(Refusal(Reason.MOBILE_IN_USE))
    return int(made)


def add_place(claim: Claim, enterprise_id: int) -> int:
    """Makes the claimed place, with the handler as its contact; its id."""
    field_id = claim.field_id
    if field_id is None:
        field = duty.field_for(claim.village, claim.place_class.value)
        if field is None:
            raise Refused(Refusal(Reason.NO_FIELD, (claim.village,)))
        field_id = field.id
    words = PlaceWords(
        name=claim.place_name,
        place_class=claim.place_class.value,
        village=claim.village,
        address=claim.address,
        contact_name=claim.name,
        contact_mobile=claim.mobile,
    )
    return new_place(enterprise_id, field_id, words)
