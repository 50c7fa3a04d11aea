"""Who may act: the closed set of roles and the actor that every use case is told."""

from dataclasses import dataclass
from enum import Enum

from workflow.core.refusals import Reason, Refusal, Refused


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


class Capability(Enum):
    """What a department does besides giving opinions."""

    CLINIC = "clinic"
    LABOUR = "labour"


ACCOUNT_ROLES = tuple(role for role in Role if role is not Role.SYSTEM)


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts, as far as the rules need to know them.

    ``enterprise_id`` is set for enterprise accounts; ``manages``: may add and end the people and
    places of their enterprise. ``fields`` (责任田) are those one may act for today: a liaison's own
    and those one stands in for, which ``standing_in`` names; for the office those of which liaison
    and stand-in are both away. ``department_id`` is set for an officer of another department, who
    gives opinions and does what its ``capability`` says. ``account_id`` is None only for the
    service itself.
    """

    account_id: int | None
    role: Role
    name: str
    enterprise_id: int | None = None
    fields: frozenset[int] = frozenset()
    manages: bool = False
    standing_in: frozenset[int] = frozenset()
    department_id: int | None = None
    capability: Capability | None = None

    @property
    def runs_office(self) -> bool:
        """Of the town's own office (企业办), not of a department that is asked for opinions."""
        return self.role is Role.OFFICE and self.department_id is None


SYSTEM = Actor(account_id=None, role=Role.SYSTEM, name="系统")


def office_only(actor: Actor) -> None:
    """Raises ``Refused`` for whoever is not of the town's own office."""
    if not actor.runs_office:
        raise Refused(Refusal(Reason.NOT_YOUR_ROLE))


def liaisons_and_office_only(actor: Actor) -> None:
    """Raises ``Refused`` for whoever is neither a liaison nor of the town's own office."""
    if actor.role is not Role.LIAISON:
        office_only(actor)
