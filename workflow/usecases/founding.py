"""What must be there before anyone can file: town, fields, accounts, enterprises, catalogue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from uuid import uuid4

from workflow.catalogue.loading import load
from workflow.core.claims import Scope, Standing
from workflow.core.roles import Capability, Role
from workflow.store import departments, duty
from workflow.store.accounts import Account, Digested, password_digest
from workflow.store.catalogues import CatalogueVersion
from workflow.store.db import transaction
from workflow.store.towns import Enterprise, Field, PlaceWords, Stop, Town, Village, new_place


@dataclass(frozen=True, slots=True)
class TownWords:
    """The town's names. ``mark`` is printed on everything; empty only for a real town."""

    name: str
    issuer: str
    agency: str
    agency_filed: str
    phone: str
    mark: str = ""
    clinic_phone: str = ""
    hearing: str = ""
    remedies: str = ""


def found_town(words: TownWords) -> None:
    """Makes the one town of this database. A mark makes it a demo, for good."""
    with transaction() as session:
        session.add(
            Town(
                id=1,
                name=words.name,
                issuer=words.issuer,
                agency=words.agency,
                agency_filed=words.agency_filed,
                phone=words.phone,
                clinic_phone=words.clinic_phone,
                hearing=words.hearing,
                remedies=words.remedies,
                mark=words.mark,
                demo=bool(words.mark),
            )
        )


def add_account(
    role: Role,
    name: str,
    username: str | None,
    password: str | Digested,
    enterprise_id: int | None = None,
    phone: str = "",
    mobile: str | None = None,
    standing: Standing = Standing.OWNER,
    until: date | None = None,
    department: str = "",
) -> int:
    """Makes an account that signs in by user name or mobile number; its id.

    ``standing`` and ``until``, the last day of the authority, count for enterprise people only;
    ``department`` for an officer who gives the opinions of another department.
    """
    member = role is Role.ENTERPRISE
    with transaction() as session:
        account = Account(
            role=role,
            name=name,
            phone=phone,
            username=username,
            mobile=mobile,
            mobile_index=mobile,
            password=password_digest(password),
            active=True,
            fs_uniquifier=uuid4().hex,
            enterprise_id=enterprise_id,
            standing=standing if member else None,
            authorised_scope=Scope.ALL if member else None,
            authorised_until=until if member else None,
            department_id=departments.department(department).id if department else None,
        )
        session.add(account)
        session.flush()
        return account.id


def add_department(name: str, capability: Capability | None) -> None:
    """Makes a department of the town, or says what it does besides giving opinions."""
    with transaction():
        departments.department(name).capability = capability


def add_village(name: str, code: str | None = None) -> int:
    """Makes a village of the town; its id."""
    with transaction() as session:
        village = Village(name=name, code=code)
        session.add(village)
        session.flush()
        return village.id


def add_field(
    name: str,
    liaison_id: int | None,
    villages: Sequence[str] = (),
    classes: Sequence[str] = (),
    stand_in_id: int | None = None,
) -> int:
    """Makes a field (责任田) with its one liaison; its id. Raises ``Refused`` for an overlap."""
    with transaction() as session:
        duty.hold_fields()
        made = Field(
            name=name,
            liaison_id=liaison_id,
            stand_in_id=stand_in_id,
            villages=sorted(villages),
            classes=sorted(classes),
        )
        session.add(made)
        session.flush()
        duty.refuse_overlap(made)
        return made.id


def add_enterprise(
    name: str,
    credit_code: str | None,
    town_number: str | None = None,
    legal_rep: str | None = None,
) -> int:
    """Makes an enterprise (主体); its id. It needs a credit code or a number of the town."""
    with transaction() as session:
        enterprise = Enterprise(
            name=name, credit_code=credit_code, town_number=town_number, legal_rep=legal_rep
        )
        session.add(enterprise)
        session.flush()
        return enterprise.id


def add_place(enterprise_id: int, field_id: int, words: PlaceWords) -> int:
    """Makes a place (复工单元) in a field; its id."""
    with transaction():
        return new_place(enterprise_id, field_id, words)


def publish_catalogue(text: str, publisher: int | None, at: datetime) -> int:
    """Puts a pack in force; its id. Raises ``PackError`` for one that does not hang together."""
    pack = load(text)
    with transaction() as session:
        version = CatalogueVersion(
            campaign=pack.campaign,
            version=pack.version,
            digest=sha256(text.encode()).hexdigest(),
            content=text,
            published_at=at,
            published_by=publisher,
        )
        session.add(version)
        session.flush()
        return version.id


@dataclass(frozen=True, slots=True)
class Situation:
    """What the town says of a stop: see ``Stop``. ``opening``: days by class and tier."""

    told: Mapping[str, object] = field(default_factory=dict)
    opening: Mapping[str, Sequence[date]] = field(default_factory=dict)
    local_names: tuple[str, ...] = ()
    severe_names: tuple[str, ...] = ()


def open_stop(campaign: str, name: str, began_on: date, situation: Situation | None = None) -> int:
    """Opens a stop: from now on its places can file to reopen; its id."""
    said = situation or Situation()
    with transaction() as session:
        stop = Stop(
            campaign=campaign,
            name=name,
            began_on=began_on,
            open=True,
            told=dict(said.told),
            opening={
                kind: [one.isoformat() for one in days] for kind, days in said.opening.items()
            },
            local_names=list(said.local_names),
            severe_names=list(said.severe_names),
        )
        session.add(stop)
        session.flush()
        return stop.id
