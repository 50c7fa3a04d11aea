"""Whose turn a case is and until when, in words: the same for every door."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from web.dutypages import Responsible
from workflow.core import clocks
from workflow.core.days import day_of
from workflow.core.roles import Actor, Role
from workflow.core.states import State
from workflow.store import turns
from workflow.store.calendar import calendar
from workflow.store.cases import Case


@dataclass(frozen=True, slots=True)
class TurnWords:
    """``yours``: the reader must act. ``relay`` are the steps, ``step`` the one with the baton.

    ``left``: how long is left in words, empty where nobody has the ball; ``late``: it is overdue.
    """

    yours: bool
    title: str
    relay: tuple[str, ...]
    step: int
    due: date | None
    left: str
    late: bool


def turn_of(
    case: Case,
    actor: Actor,
    responsible: Responsible,
    at: datetime,
    opinion_due: date | None = None,
) -> TurnWords:
    """Whose turn it is, as this reader is told. ``opinion_due``: the last day for the opinion that
    the reader's department has still to give.
    """
    relay, (yours, title) = _relay(case), whose(case, actor, responsible)
    if opinion_due:
        yours, title = True, _("轮到您单位提意见")
    due = opinion_due or case.due_on
    left, late = left_words(due, day_of(at), calendar()) if due else ("", False)
    return TurnWords(yours, title, relay, _step(case, len(relay)), due, left, late)


def whose(case: Case, actor: Actor, responsible: Responsible) -> tuple[bool, str]:
    """Whether the reader must act, and whose turn it is in words."""
    if _is_yours(case, actor):
        return True, _("轮到您%(what)s", what=_what(case))
    return False, _title(case, responsible)


def left_words(due: date, today: date, known: clocks.Calendar) -> tuple[str, bool]:
    """How many working days are left, and whether it is overdue."""
    left = clocks.left(due, today, known)
    if left > 0:
        return _("还有 %(n)s 个工作日", n=left), False
    if today <= due or left == 0:
        return _("今天到期"), False
    return _("超了 %(n)s 个工作日", n=-left), True


def is_uncertain(case: Case) -> bool:
    """Whether the last day may still move, because a year's days off are not arranged yet."""
    now = next((one for one in turns.of_case(case.id) if one.ended_on is None), None)
    return now is not None and clocks.uncertain(now.began_on, now.due_on, calendar())


def _relay(case: Case) -> tuple[str, ...]:
    above = (_("上一级|审定"),) if len(case.kind.levels) > 1 else ()
    begin = (_("企业|填报"), _("企业办|初审"), _("专员|核查"))
    return (*begin, *above, _("签发|通知单"), _("复工"))


def _step(case: Case, steps: int) -> int:
    return {
        State.DRAFT: 0,
        State.RETURNED: 0,
        State.SUBMITTED: 1,
        State.NOT_ACCEPTED: 1,
        State.WITHDRAWN: 0,
        State.ACCEPTED: 2,
        State.INSPECTING: 2,
        State.RECTIFYING: 2,
        State.REFERRED: 3,
        State.REFUSED: steps - 3,
        State.AWAITING_RELEASE: steps - 2,
        State.APPROVED: steps - 2,
    }.get(case.state, steps - 1)


def _is_yours(case: Case, actor: Actor) -> bool:
    match case.state:
        case State.DRAFT | State.RETURNED | State.RECTIFYING:
            return actor.role is Role.ENTERPRISE or actor.account_id == case.recorded_by
        case State.SUBMITTED:
            return actor.role is Role.OFFICE and not actor.department_id
        case State.ACCEPTED | State.INSPECTING:
            return case.field_id in actor.fields
        case State.REFERRED:
            return actor.role is case.kind.levels[case.level] and not actor.department_id
        case State.AWAITING_RELEASE:
            return actor.role is Role.ISSUER
    return False


def _what(case: Case) -> str:
    return {
        State.DRAFT: _("接着填"),
        State.RETURNED: _("补正"),
        State.RECTIFYING: _("整改"),
        State.SUBMITTED: _("初审"),
        State.ACCEPTED: _("核查"),
        State.INSPECTING: _("核查、决定"),
        State.REFERRED: _("审定"),
        State.AWAITING_RELEASE: _("签发"),
    }[case.state]


def _title(case: Case, responsible: Responsible) -> str:
    if case.state in {State.ACCEPTED, State.INSPECTING}:
        return responsible.turn
    if case.state is State.REFERRED:
        office = case.kind.levels[case.level] is Role.OFFICE
        return _("轮到企业办审定") if office else _("轮到指挥部审定")
    return {
        State.DRAFT: _("企业还在填"),
        State.RETURNED: _("等企业补正"),
        State.RECTIFYING: _("等企业整改"),
        State.SUBMITTED: _("轮到企业办初审"),
        State.AWAITING_RELEASE: _("已同意，等签发人签发"),
        State.APPROVED: _("正在签发通知单"),
        State.ISSUED: _("通知单已签发"),
        State.NOT_ACCEPTED: _("不予受理"),
        State.REFUSED: _("暂不同意复工"),
        State.WITHDRAWN: _("企业已撤回"),
        State.SUPERSEDED: _("已由变更后的通知单代替"),
        State.VOIDED: _("通知单已作废"),
    }[case.state]
