"""The life of a case typed out by hand, apart from the table of the core: what leads where."""

from collections.abc import Callable, Iterator
from enum import Enum
from itertools import product
from typing import NamedTuple

from workflow.core.roles import Role
from workflow.core.states import Action, State


class Situation(NamedTuple):
    """What the way of a case depends on beside its state."""

    accepted: bool
    levels: tuple[Role, ...]
    level: int
    issuer_releases: bool

    @property
    def turn(self) -> Role:
        return self.levels[self.level]

    @property
    def last(self) -> bool:
        return self.level == len(self.levels) - 1


ONE = (Role.LIAISON,)
OFFICE_DECIDES = (Role.LIAISON, Role.OFFICE)
COMMAND_DECIDES = (Role.LIAISON, Role.COMMAND)
THREE = (Role.LIAISON, Role.OFFICE, Role.COMMAND)
OFFICE_LAST = (Role.LIAISON, Role.COMMAND, Role.OFFICE)
LEVELS = (ONE, OFFICE_DECIDES, COMMAND_DECIDES, THREE, OFFICE_LAST)


class When(Enum):
    """In which situations a line of the table counts."""

    ALWAYS = "always"
    UNACCEPTED = "not accepted before"
    ACCEPTED = "accepted before"
    ONE_LEVEL = "the liaison decides alone"
    MORE_LEVELS = "two or three decide"
    SECOND_OF_TWO = "at the second level of two"
    SECOND_OF_THREE = "at the second level of three"
    THIRD = "at the third level"
    ISSUER_RELEASES = "the issuer releases the seal"
    APPROVAL_RELEASES = "the approval releases the seal"


COUNTS: dict[When, Callable[[Situation], bool]] = {
    When.ALWAYS: lambda _: True,
    When.UNACCEPTED: lambda one: not one.accepted,
    When.ACCEPTED: lambda one: one.accepted,
    When.ONE_LEVEL: lambda one: one.levels == ONE,
    When.MORE_LEVELS: lambda one: one.levels != ONE,
    When.SECOND_OF_TWO: lambda one: len(one.levels) == 2 and one.level == 1,
    When.SECOND_OF_THREE: lambda one: len(one.levels) == 3 and one.level == 1,
    When.THIRD: lambda one: len(one.levels) == 3 and one.level == 2,
    When.ISSUER_RELEASES: lambda one: one.issuer_releases,
    When.APPROVAL_RELEASES: lambda one: not one.issuer_releases,
}
ENT, LIA, OFF, COM = Role.ENTERPRISE, Role.LIAISON, Role.OFFICE, Role.COMMAND
ISS, SYS = Role.ISSUER, Role.SYSTEM
A, S = Action, State
Line = tuple[S, A, Role, When]

WRITTEN: dict[Line, S] = {
    (S.DRAFT, A.SUBMIT, ENT, When.ALWAYS): S.SUBMITTED,
    (S.DRAFT, A.SUBMIT, OFF, When.ALWAYS): S.SUBMITTED,
    (S.RETURNED, A.RESUBMIT, ENT, When.UNACCEPTED): S.SUBMITTED,
    (S.RETURNED, A.RESUBMIT, OFF, When.UNACCEPTED): S.SUBMITTED,
    (S.RETURNED, A.RESUBMIT, ENT, When.ACCEPTED): S.ACCEPTED,
    (S.RETURNED, A.RESUBMIT, OFF, When.ACCEPTED): S.ACCEPTED,
    (S.RECTIFYING, A.RESUBMIT, ENT, When.ALWAYS): S.ACCEPTED,
    (S.RECTIFYING, A.RESUBMIT, OFF, When.ALWAYS): S.ACCEPTED,
    (S.SUBMITTED, A.WITHDRAW, ENT, When.ALWAYS): S.WITHDRAWN,
    (S.SUBMITTED, A.WITHDRAW, OFF, When.ALWAYS): S.WITHDRAWN,
    (S.RETURNED, A.WITHDRAW, ENT, When.ALWAYS): S.WITHDRAWN,
    (S.RETURNED, A.WITHDRAW, OFF, When.ALWAYS): S.WITHDRAWN,
    (S.ACCEPTED, A.WITHDRAW, ENT, When.ALWAYS): S.WITHDRAWN,
    (S.ACCEPTED, A.WITHDRAW, OFF, When.ALWAYS): S.WITHDRAWN,
    (S.INSPECTING, A.WITHDRAW, ENT, When.ALWAYS): S.WITHDRAWN,
    (S.INSPECTING, A.WITHDRAW, OFF, When.ALWAYS): S.WITHDRAWN,
    (S.RECTIFYING, A.WITHDRAW, ENT, When.ALWAYS): S.WITHDRAWN,
    (S.RECTIFYING, A.WITHDRAW, OFF, When.ALWAYS): S.WITHDRAWN,
    (S.REFERRED, A.WITHDRAW, ENT, When.ALWAYS): S.WITHDRAWN,
    (S.REFERRED, A.WITHDRAW, OFF, When.ALWAYS): S.WITHDRAWN,
    (S.SUBMITTED, A.ACCEPT, OFF, When.ALWAYS): S.ACCEPTED,
    (S.SUBMITTED, A.NOT_ACCEPT, OFF, When.ALWAYS): S.NOT_ACCEPTED,
    (S.SUBMITTED, A.RETURN, OFF, When.ALWAYS): S.RETURNED,
    (S.ACCEPTED, A.RETURN, LIA, When.ALWAYS): S.RETURNED,
    (S.ACCEPTED, A.RETURN, OFF, When.ALWAYS): S.RETURNED,
    (S.INSPECTING, A.RETURN, LIA, When.ALWAYS): S.RETURNED,
    (S.INSPECTING, A.RETURN, OFF, When.ALWAYS): S.RETURNED,
    (S.ACCEPTED, A.INSPECT, LIA, When.ALWAYS): S.INSPECTING,
    (S.ACCEPTED, A.INSPECT, OFF, When.ALWAYS): S.INSPECTING,
    (S.INSPECTING, A.RECTIFY, LIA, When.ALWAYS): S.RECTIFYING,
    (S.INSPECTING, A.RECTIFY, OFF, When.ALWAYS): S.RECTIFYING,
    (S.ACCEPTED, A.REFER, LIA, When.MORE_LEVELS): S.REFERRED,
    (S.ACCEPTED, A.REFER, OFF, When.MORE_LEVELS): S.REFERRED,
    (S.INSPECTING, A.REFER, LIA, When.MORE_LEVELS): S.REFERRED,
    (S.INSPECTING, A.REFER, OFF, When.MORE_LEVELS): S.REFERRED,
    (S.REFERRED, A.REFER, OFF, When.SECOND_OF_THREE): S.REFERRED,
    (S.REFERRED, A.REFER, COM, When.SECOND_OF_THREE): S.REFERRED,
    (S.ACCEPTED, A.APPROVE, LIA, When.ONE_LEVEL): S.AWAITING_RELEASE,
    (S.ACCEPTED, A.APPROVE, OFF, When.ONE_LEVEL): S.AWAITING_RELEASE,
    (S.INSPECTING, A.APPROVE, LIA, When.ONE_LEVEL): S.AWAITING_RELEASE,
    (S.INSPECTING, A.APPROVE, OFF, When.ONE_LEVEL): S.AWAITING_RELEASE,
    (S.REFERRED, A.APPROVE, OFF, When.SECOND_OF_TWO): S.AWAITING_RELEASE,
    (S.REFERRED, A.APPROVE, COM, When.SECOND_OF_TWO): S.AWAITING_RELEASE,
    (S.REFERRED, A.APPROVE, OFF, When.THIRD): S.AWAITING_RELEASE,
    (S.REFERRED, A.APPROVE, COM, When.THIRD): S.AWAITING_RELEASE,
    (S.ACCEPTED, A.REFUSE, LIA, When.ONE_LEVEL): S.REFUSED,
    (S.ACCEPTED, A.REFUSE, OFF, When.ONE_LEVEL): S.REFUSED,
    (S.INSPECTING, A.REFUSE, LIA, When.ONE_LEVEL): S.REFUSED,
    (S.INSPECTING, A.REFUSE, OFF, When.ONE_LEVEL): S.REFUSED,
    (S.REFERRED, A.REFUSE, OFF, When.SECOND_OF_TWO): S.REFUSED,
    (S.REFERRED, A.REFUSE, COM, When.SECOND_OF_TWO): S.REFUSED,
    (S.REFERRED, A.REFUSE, OFF, When.THIRD): S.REFUSED,
    (S.REFERRED, A.REFUSE, COM, When.THIRD): S.REFUSED,
    (S.REFERRED, A.SEND_BACK, OFF, When.SECOND_OF_TWO): S.ACCEPTED,
    (S.REFERRED, A.SEND_BACK, COM, When.SECOND_OF_TWO): S.ACCEPTED,
    (S.REFERRED, A.SEND_BACK, OFF, When.SECOND_OF_THREE): S.ACCEPTED,
    (S.REFERRED, A.SEND_BACK, COM, When.SECOND_OF_THREE): S.ACCEPTED,
    (S.REFERRED, A.SEND_BACK, OFF, When.THIRD): S.REFERRED,
    (S.REFERRED, A.SEND_BACK, COM, When.THIRD): S.REFERRED,
    (S.AWAITING_RELEASE, A.SEND_BACK, ISS, When.ONE_LEVEL): S.ACCEPTED,
    (S.AWAITING_RELEASE, A.SEND_BACK, ISS, When.MORE_LEVELS): S.REFERRED,
    (S.AWAITING_RELEASE, A.RELEASE, ISS, When.ISSUER_RELEASES): S.APPROVED,
    (S.AWAITING_RELEASE, A.RELEASE, SYS, When.APPROVAL_RELEASES): S.APPROVED,
    (S.APPROVED, A.MARK_ISSUED, SYS, When.ALWAYS): S.ISSUED,
    (S.AWAITING_RELEASE, A.VOID, ISS, When.ALWAYS): S.VOIDED,
    (S.APPROVED, A.VOID, ISS, When.ALWAYS): S.VOIDED,
    (S.ISSUED, A.VOID, ISS, When.ALWAYS): S.VOIDED,
    (S.ISSUED, A.SUPERSEDE, SYS, When.ALWAYS): S.SUPERSEDED,
}


def allowed(state: S, action: A, role: Role, one: Situation) -> S | None:
    """Where the action leads by the lines above; None where nothing is written.

    Of the lines for a level above, only that of the role whose level it is counts.
    """
    found = {
        target
        for (source, does, who, when), target in WRITTEN.items()
        if (source, does, who) == (state, action, role) and COUNTS[when](one)
    }
    assert len(found) <= 1, "two lines lead to two states"
    if state is S.REFERRED and action is not A.WITHDRAW and one.turn is not role:
        return None
    return found.pop() if found else None


def situations(state: S) -> Iterator[Situation]:
    """Every situation in which a case in that state can be."""
    once = {True}
    if state in {S.DRAFT, S.SUBMITTED, S.NOT_ACCEPTED}:
        once = {False}
    elif state in {S.RETURNED, S.WITHDRAWN}:
        once = {True, False}
    for levels, accepted, issuer in product(LEVELS, once, (True, False)):
        last = len(levels) - 1
        match state:
            case S.REFERRED | S.WITHDRAWN:
                passed = range(1 if state is S.REFERRED else 0, last + 1)
            case S.AWAITING_RELEASE | S.APPROVED | S.ISSUED | S.SUPERSEDED | S.VOIDED | S.REFUSED:
                passed = range(last, last + 1)
            case _:
                passed = range(1)
        yield from (Situation(accepted, levels, level, issuer) for level in passed)
