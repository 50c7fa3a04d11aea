"""Claims (登记): who says they act for an enterprise, until an officer has made sure."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Select,
    String,
    exists,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflow.core.claims import (
    Cause,
    ClaimKind,
    ClaimState,
    Means,
    PlaceClass,
    Relation,
    Scope,
)
from workflow.core.refusals import NotFound
from workflow.core.roles import Actor, Role
from workflow.store.accounts import Account
from workflow.store.crypto import EncryptedText, KeyedIndex
from workflow.store.db import Model, db
from workflow.store.towns import Enterprise, Field

MOST_LISTED = 200


class Claim(Model):
    """One registration, or one more place of an enterprise that is in already.

    There is no account before the confirmation: the password's digest waits here, and goes with
    the decision. ``receipt`` is the number by which the claimant, and nobody else, finds it.
    """

    __tablename__ = "claims"
    __table_args__ = (
        CheckConstraint("(state = 'pending') = (decided_at IS NULL)", name="decided_has_time"),
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="decided_by_someone"),
        CheckConstraint("state = 'pending' OR password IS NULL", name="password_goes"),
        CheckConstraint("(state = 'refused') = (cause IS NOT NULL)", name="refused_has_cause"),
        CheckConstraint("state <> 'confirmed' OR verified IS NOT NULL", name="confirmed_by_means"),
        CheckConstraint("(kind = 'place') = (asked_by IS NOT NULL)", name="place_is_asked_for"),
        CheckConstraint(
            "num_nonnulls(credit_code, town_number, why_no_code, asked_by) = 1", name="one_number"
        ),
        Index("ix_claims_waiting", "field_id", "id", postgresql_where=text("state = 'pending'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    receipt: Mapped[str] = mapped_column(String(12), unique=True)
    state: Mapped[ClaimState] = mapped_column(default=ClaimState.PENDING)
    kind: Mapped[ClaimKind | None]
    made_at: Mapped[datetime]
    field_id: Mapped[int | None] = mapped_column(ForeignKey("fields.id"))
    enterprise_name: Mapped[str] = mapped_column(String(120))
    credit_code: Mapped[str | None] = mapped_column(String(18), index=True)
    town_number: Mapped[str | None] = mapped_column(String(60), index=True)
    why_no_code: Mapped[str | None] = mapped_column(String(200))
    legal_rep: Mapped[str | None] = mapped_column(EncryptedText("claims.legal_rep"))
    place_name: Mapped[str] = mapped_column(String(120))
    place_class: Mapped[PlaceClass]
    village: Mapped[str] = mapped_column(String(40))
    address: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(EncryptedText("claims.name"))
    mobile: Mapped[str] = mapped_column(EncryptedText("claims.mobile"))
    mobile_index: Mapped[str] = mapped_column(KeyedIndex("claims.mobile"), index=True)
    password: Mapped[str | None] = mapped_column(String(255))
    relation: Mapped[Relation | None]
    scope: Mapped[Scope | None]
    until: Mapped[date | None]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    enterprise_id: Mapped[int | None] = mapped_column(ForeignKey("enterprises.id"), index=True)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    verified: Mapped[Means | None]
    verified_number: Mapped[str | None] = mapped_column(EncryptedText("claims.verified_number"))
    cause: Mapped[Cause | None]
    note: Mapped[str] = mapped_column(String(200), default="")

    field: Mapped[Field | None] = relationship(lazy="joined")

    @property
    def open(self) -> bool:
        return self.state is ClaimState.PENDING

    @property
    def for_office(self) -> bool:
        """Whether it falls to the office: no code, so no number yet, or nobody's field."""
        unled = self.field is None or self.field.liaison_id is None
        return self.why_no_code is not None or unled


def visible_to(actor: Actor) -> Select[Claim]:
    """Every query for claims of others starts here; roles that see none find nothing."""
    led = exists().where(Field.id == Claim.field_id, Field.liaison_id.is_not(None))
    match actor.role:
        case Role.LIAISON:
            mine = Claim.field_id.in_(actor.fields)
            return select(Claim).where(mine, Claim.why_no_code.is_(None))
        case Role.OFFICE if actor.runs_office:
            # and those of a field for which nobody else acts today
            acted_for = Claim.field_id.in_(actor.fields)
            return select(Claim).where(or_(Claim.why_no_code.is_not(None), ~led, acted_for))
        case Role.ENTERPRISE:
            asked = Claim.kind == ClaimKind.PLACE
            return select(Claim).where(asked, Claim.enterprise_id == actor.enterprise_id)
    raise NotFound(actor.role)


def get(claim_id: int, actor: Actor, *, lock: bool = False) -> Claim:
    """The one way to one claim. Raises ``NotFound`` when there is none in the actor's scope."""
    query = visible_to(actor).where(Claim.id == claim_id)
    if lock:
        query = query.with_for_update(of=Claim).execution_options(populate_existing=True)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound(claim_id)
    return found


def by_receipt(receipt: str) -> Claim:
    """The claim of a receipt number, normalised. Raises ``NotFound``."""
    found = db.session.scalar(select(Claim).where(Claim.receipt == receipt))
    if found is None:
        raise NotFound
    return found


def waiting(actor: Actor) -> list[Claim]:
    """The actor's open claims, the longest waiting first."""
    query = visible_to(actor).where(Claim.state == ClaimState.PENDING)
    return list(db.session.scalars(query.order_by(Claim.id).limit(MOST_LISTED)))


def decided(actor: Actor) -> list[Claim]:
    """The actor's claims that were decided, the latest first."""
    query = visible_to(actor).where(Claim.state != ClaimState.PENDING)
    return list(db.session.scalars(query.order_by(Claim.decided_at.desc()).limit(MOST_LISTED)))


def count_waiting(actor: Actor) -> int:
    """How many claims wait for the actor."""
    query = visible_to(actor).where(Claim.state == ClaimState.PENDING)
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0


def held(claim: Claim) -> Enterprise | None:
    """The enterprise that already has the code or number a claim names."""
    if claim.enterprise_id is not None:
        return db.session.get(Enterprise, claim.enterprise_id)
    if claim.credit_code is not None:
        return db.session.scalar(
            select(Enterprise).where(Enterprise.credit_code == claim.credit_code)
        )
    if claim.town_number is not None:
        return db.session.scalar(
            select(Enterprise).where(Enterprise.town_number == claim.town_number)
        )
    return None


def has_account(claim: Claim) -> Account | None:
    """The account in use that signs in with the mobile number of a claim."""
    return db.session.scalar(select(Account).where(Account.mobile_index == claim.mobile))


def rivals(claim: Claim) -> int:
    """How many other open claims name the same code or number; without one, the same name."""
    if claim.credit_code is not None:
        same = Claim.credit_code == claim.credit_code
    elif claim.town_number is not None:
        same = Claim.town_number == claim.town_number
    else:
        same = Claim.enterprise_name == claim.enterprise_name
    query = select(func.count()).where(Claim.id != claim.id, Claim.state == ClaimState.PENDING)
    return db.session.scalar(query.where(same)) or 0
