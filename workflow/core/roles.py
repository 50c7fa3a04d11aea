"""Who may act: the closed set of roles and the actor that every use case is told."""

from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """What an account is for. New kinds of officer are capabilities of OFFICE, never new roles."""

    ENTERPRISE = "enterprise"
    STAFF = "staff"
    LIAISON = "liaison"
    OFFICE = "office"
    ISSUER = "issuer"
    COMMAND = "command"
    AUDITOR = "auditor"
    ADMIN = "admin"
    SYSTEM = "system"  # the service itself, in its jobs; no account can hold it


ACCOUNT_ROLES = tuple(role for role in Role if role is not Role.SYSTEM)


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts, as far as the rules need to know them.

    ``enterprise_id`` is set for enterprise accounts, ``fields`` (责任田) for liaisons.
    ``manages``: may add and end the people and places of their enterprise.
    ``account_id`` is None only for the service itself.
    """

    account_id: int | None
    role: Role
    name: str
    enterprise_id: int | None = None
    fields: frozenset[int] = frozenset()
    manages: bool = False


SYSTEM = Actor(account_id=None, role=Role.SYSTEM, name="系统")
