"""Which lists of cases each kind of officer has: what waits for them, for others, what is done."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from workflow.core.roles import Actor, Role
from workflow.core.states import CLOSED, UNDER_REVIEW, WRITABLE, State

TO_CHECK = frozenset({State.ACCEPTED, State.INSPECTING})
WITH_OTHERS = (UNDER_REVIEW | WRITABLE) - {State.DRAFT}
DONE = frozenset({State.APPROVED, State.ISSUED}) | CLOSED
HANDED_IN = frozenset(State) - {State.DRAFT}


@dataclass(frozen=True, slots=True)
class Tab:
    """One list. ``own``: only in the fields one acts for today; ``level``: of what was referred,
    what one's role decides; ``opinion``: one's department is to say something;
    ``newest``: nothing in it has a last day; ``tick``: to release.
    """

    key: str
    word: LazyString
    states: frozenset[State]
    empty: LazyString
    own: bool = False
    level: bool = False
    opinion: bool = False
    late: bool = False
    newest: bool = False
    tick: bool = False


LIAISON = (
    Tab(
        "todo",
        _l("待核查"),
        TO_CHECK,
        _l("企业办受理以后，会排在这里，先到期的在最上面。"),
        own=True,
    ),
    Tab(
        "others",
        _l("等别人办"),
        WITH_OTHERS - TO_CHECK,
        _l("等企业补正、等企业办初审、等审定和签发的，会列在这里。"),
        own=True,
    ),
    Tab(
        "done",
        _l("办完的"),
        DONE,
        _l("同意了、没同意和撤回的，会列在这里。"),
        own=True,
        newest=True,
    ),
)
OFFICE = (
    Tab("todo", _l("待初审"), frozenset({State.SUBMITTED}), _l("企业提交以后，会排在这里。")),
    Tab(
        "cover",
        _l("代管"),
        TO_CHECK,
        _l("专员和代班人都不在时，他们责任田里的申报会排在这里，由企业办核查。"),
        own=True,
    ),
    Tab(
        "decide",
        _l("待审定"),
        frozenset({State.REFERRED}),
        _l("要由企业办审定的，会排在这里。"),
        level=True,
    ),
    Tab(
        "others",
        _l("等别人办"),
        WITH_OTHERS - {State.SUBMITTED},
        _l("等企业、专员、指挥部和签发人的，会列在这里。"),
    ),
)
DEPARTMENT = (
    Tab(
        "todo",
        _l("要提意见的"),
        WITH_OTHERS - {State.AWAITING_RELEASE},
        _l("要您单位提意见的申报，会排在这里。"),
        opinion=True,
    ),
)
ISSUER = (
    Tab(
        "todo",
        _l("待签发"),
        frozenset({State.AWAITING_RELEASE}),
        _l("审定同意、要您签发的通知单，会排在这里。"),
        tick=True,
    ),
    Tab(
        "done",
        _l("签发了的"),
        frozenset({State.APPROVED, State.ISSUED, State.SUPERSEDED, State.VOIDED}),
        _l("签发了的通知单，会列在这里，最新的在最上面。"),
        newest=True,
    ),
)
COMMAND = (
    Tab(
        "todo",
        _l("待审定"),
        frozenset({State.REFERRED}),
        _l("专员同意、报上来审定的，会排在这里。"),
        level=True,
    ),
    Tab("late", _l("全镇超期的"), WITH_OTHERS, _l("现在没有超期的申报。"), late=True),
)
ALL = (
    Tab(
        "all",
        _l("全部申报"),
        HANDED_IN,
        _l("企业提交以后，会列在这里，最新的在最上面。"),
        newest=True,
    ),
)


def queue_of(actor: Actor) -> tuple[Tab, ...]:
    """The lists of one's own queue, the first of them what waits for oneself."""
    if actor.department_id is not None:
        return DEPARTMENT
    return {
        Role.LIAISON: LIAISON,
        Role.OFFICE: OFFICE,
        Role.ISSUER: ISSUER,
        Role.COMMAND: COMMAND,
    }[actor.role]
