"""Who is told what, when a case moves or a clock runs out: tables, read top to bottom."""

from collections.abc import Collection, Mapping
from enum import Enum

from workflow.core.clocks import Escalation
from workflow.core.roles import Role
from workflow.core.states import CLOSED, DECIDED, Action, State


class News(Enum):
    """What somebody is told. Each has one next action."""

    TO_ACCEPT = "to_accept"
    TO_INSPECT = "to_inspect"
    TO_ADVISE = "to_advise"
    TO_DECIDE = "to_decide"
    TO_RELEASE = "to_release"
    TO_CORRECT = "to_correct"
    TO_RECTIFY = "to_rectify"
    SENT_BACK = "sent_back"
    HANDED_OVER = "handed_over"
    MESSAGE = "message"
    APPROACHING = "approaching"
    OVERDUE = "overdue"
    REMIND = "remind"  # the stand-in, of a liaison who is late
    FILER_LATE = "filer_late"  # the liaison, of an enterprise that is late
    ESCALATED = "escalated"  # those above, of officers who are late
    NOT_ACCEPTED = "not_accepted"
    REFUSED = "refused"
    ISSUED = "issued"
    VOIDED = "voided"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    HEALTH_CONTROL = "health_control"  # of the staff of a place, as all that follow
    HEALTH_RELEASED = "health_released"
    HEALTH_RED = "health_red"  # of the staff of a place, not of a case
    HEALTH_CALL_BACK = "health_call_back"
    CHECK_INS_MISSING = "check_ins_missing"
    DAY_REPORT_MISSING = "day_report_missing"


class Audience(Enum):
    """Groups of people around a case; who they are today is looked up."""

    OFFICE = "office"
    ACTING = "acting"  # for the field: the liaison, the stand-in, else the office
    STAND_IN = "stand_in"  # while the liaison acts
    DEPARTMENTS = "departments"  # whose opinions are awaited
    COMMAND = "command"
    ISSUERS = "issuers"
    ENTERPRISE = "enterprise"  # its people, and who records for it
    CLINIC = "clinic"


Told = tuple[tuple[News, Audience], ...]

OVER_TIME = frozenset({News.OVERDUE, News.REMIND, News.FILER_LATE, News.ESCALATED})
# Mailed at night as well.
AT_ONCE = OVER_TIME | {News.HEALTH_RED}
CLOCK = OVER_TIME | {News.APPROACHING}
# They end with the turn they belong to: what somebody else has done, nobody is asked to do.
OF_THE_TURN = CLOCK | {
    News.TO_ACCEPT,
    News.TO_INSPECT,
    News.TO_DECIDE,
    News.TO_RELEASE,
    News.TO_CORRECT,
    News.TO_RECTIFY,
    News.SENT_BACK,
    News.HANDED_OVER,
}
# What is told of the staff of a place until somebody has settled it.
OF_STAFF = frozenset(
    {News.HEALTH_RED, News.HEALTH_CALL_BACK, News.HEALTH_CONTROL, News.CHECK_INS_MISSING}
)
# What the liaison of a field is told, and whoever takes the case over is to know instead.
OF_THE_FIELD = frozenset(
    {News.TO_INSPECT, News.SENT_BACK, News.HANDED_OVER, News.REMIND, News.FILER_LATE}
)
OUTCOMES: Mapping[Action, News] = {
    Action.RETURN: News.TO_CORRECT,
    Action.RECTIFY: News.TO_RECTIFY,
    Action.NOT_ACCEPT: News.NOT_ACCEPTED,
    Action.REFUSE: News.REFUSED,
    Action.MARK_ISSUED: News.ISSUED,
    Action.VOID: News.VOIDED,
    Action.SUPERSEDE: News.SUPERSEDED,
}
ARRIVALS: Mapping[State, News] = {
    State.SUBMITTED: News.TO_ACCEPT,
    State.ACCEPTED: News.TO_INSPECT,
    State.REFERRED: News.TO_DECIDE,
    State.AWAITING_RELEASE: News.TO_RELEASE,
}


def holder(state: State, level: Role | None) -> Audience | None:
    """Who has the ball; ``level``: the role that decides at the level of the case."""
    match state:
        case State.SUBMITTED:
            return Audience.OFFICE
        case State.ACCEPTED | State.INSPECTING:
            return Audience.ACTING
        case State.REFERRED:
            return Audience.OFFICE if level is Role.OFFICE else Audience.COMMAND
        case State.AWAITING_RELEASE:
            return Audience.ISSUERS
        case State.RETURNED | State.RECTIFYING:
            return Audience.ENTERPRISE
    return None


def told(
    action: Action, source: State, target: State, levels: tuple[Role | None, Role | None]
) -> Told:
    """Who is told what of a step. ``levels``: who decides at the level before it and after."""
    if action in OUTCOMES:
        return ((OUTCOMES[action], Audience.ENTERPRISE),)
    if action is Action.WITHDRAW:
        had = holder(source, levels[0])
        return ((News.WITHDRAWN, had),) if had else ()
    has = holder(target, levels[1])
    if target not in ARRIVALS or has is None:
        return ()
    news = News.SENT_BACK if action is Action.SEND_BACK else ARRIVALS[target]
    also = ((News.TO_ADVISE, Audience.DEPARTMENTS),) if action is Action.ACCEPT else ()
    return ((news, has), *also)


def settled(action: Action, target: State) -> frozenset[News]:
    """What nobody needs to be told any more after a step."""
    if action is Action.INSPECT:  # the ball stays where it is
        return frozenset()
    asked = {News.TO_ADVISE} if target in CLOSED | DECIDED else frozenset()
    return OF_THE_TURN | asked


def other_side(by: Role, state: State, accepted: bool) -> Audience:
    """Who is told of a message on a case."""
    if by is not Role.ENTERPRISE:
        return Audience.ENTERPRISE
    return Audience.ACTING if accepted or state is State.ISSUED else Audience.OFFICE


def steps_of(has: Audience, due: tuple[Escalation, ...]) -> tuple[Escalation, ...]:
    """The steps that are taken for whoever has the ball: an enterprise that is late with its own
    filing is nobody's business above the liaison.
    """
    mine = (Escalation.APPROACHING, Escalation.OVERDUE)
    return tuple(one for one in due if has is not Audience.ENTERPRISE or one in mine)


def escalated(has: Audience, taken: Collection[Escalation]) -> Told:
    """Who hears of steps taken at one time. Whoever several of them are for hears the first."""
    found: list[tuple[News, Audience]] = []
    if Escalation.APPROACHING in taken:
        found.append((News.APPROACHING, has))
    if Escalation.OVERDUE in taken:
        found.append((News.OVERDUE, has))
        if has is Audience.ACTING:
            found.append((News.REMIND, Audience.STAND_IN))
        if has is Audience.ENTERPRISE:
            found.append((News.FILER_LATE, Audience.ACTING))
    for step, above in (
        (Escalation.OFFICE, Audience.OFFICE),
        (Escalation.COMMAND, Audience.COMMAND),
    ):
        if step in taken:
            found.append((News.OVERDUE if above is has else News.ESCALATED, above))
    return tuple(found)
