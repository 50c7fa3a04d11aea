"""What an officer may do with a case now: asked of the table of transitions, action by action."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial

from flask import url_for
from flask_babel import gettext as _

from web.guards import admits
from web.labels import label
from web.refusalwords import refusal_words
from workflow.core.guards import CaseView
from workflow.core.letters import LetterKind
from workflow.core.packs import Pack
from workflow.core.refusals import Reason, Refusal, Refused
from workflow.core.requirements import Held
from workflow.core.roles import Actor, Role
from workflow.core.states import Action
from workflow.core.transitions import TRANSITIONS, checkable, refusals

# In the order of the bar: what leads on, what asks for more, what ends it.
OFFERED = (
    Action.ACCEPT,
    Action.INSPECT,
    Action.RELEASE,
    Action.APPROVE,
    Action.REFER,
    Action.RETURN,
    Action.RECTIFY,
    Action.SEND_BACK,
    Action.REFUSE,
    Action.NOT_ACCEPT,
    Action.VOID,
)
ENDING = frozenset({Action.SEND_BACK, Action.REFUSE, Action.NOT_ACCEPT, Action.VOID})
# Agreeing: what stands in its way is said beside the button; other actions just wait.
AGREEING = frozenset({Action.ACCEPT, Action.INSPECT, Action.APPROVE, Action.REFER, Action.RELEASE})
# About who reads the page: said once for the whole page.
PERSONAL = frozenset({Reason.RECORDED_BY_YOU, Reason.DECIDED_BY_YOU})
# What the reader can do nothing about: the action is another's, or another one's turn.
ANOTHERS = PERSONAL | {
    Reason.NO_SUCH_STEP,
    Reason.NOT_YOUR_ROLE,
    Reason.NOT_YOUR_FIELD,
    Reason.NOT_YOUR_LEVEL,
    Reason.LAST_LEVEL,
    Reason.NOT_LAST_LEVEL,
    Reason.RELEASED_BY_APPROVAL,
    Reason.RELEASED_BY_ISSUER,
}


@dataclass(frozen=True, slots=True)
class Offered:
    """An action of the bar. ``against``: what is still to be done first, in words."""

    action: Action
    word: str
    url: str
    against: tuple[str, ...]
    leads: bool
    ends: bool

    @property
    def key(self) -> str:
        return self.action.value


def offered(view: CaseView, actor: Actor, door: str, case_id: int, pack: Pack) -> list[Offered]:
    """Every action this actor may take now, or could once something else is done."""
    found = []
    for action in OFFERED:
        against = against_it(view, action, actor)
        reasons = {one.reason for one in against}
        url = address(door, action.value, actor, case_id)
        if not url or reasons & ANOTHERS or (against and action not in AGREEING | ENDING):
            continue
        words = tuple(_why(one, pack) for one in against)
        leads = action in AGREEING and not against
        found.append(Offered(action, _word(view, action), url, words, leads, action in ENDING))
    return found


def against_it(view: CaseView, action: Action, actor: Actor) -> tuple[Refusal, ...]:
    """What stands against an action, but for the words that are written on its own page."""
    against = refusals(view, action, actor)
    return tuple(one for one in against if one.reason is not Reason.WORDS_NEEDED)


def barred(view: CaseView, actor: Actor) -> list[str]:
    """Why this very person may do nothing, where that is so."""
    found = {
        one.reason: one
        for action in OFFERED
        for one in refusals(view, action, actor)
        if one.reason in PERSONAL
    }
    return [refusal_words(one) for one in found.values()]


def _why(refusal: Refusal, pack: Pack) -> str:
    """What stands in the way; of what failed also the names, the rest is seen in the list."""
    return refusal_words(refusal, pack if refusal.reason is Reason.VETO_FAILED else None)


def collects(view: CaseView, actor: Actor) -> bool:
    """Whether this actor may note points to be corrected."""
    against = refusals(view, Action.RETURN, actor)
    return all(one.reason is Reason.NO_POINTS for one in against)


def to_mark(view: CaseView, actor: Actor) -> tuple[Held, ...]:
    """The requirements on which this actor may give a verdict now; none for most."""
    try:
        return checkable(view, actor)
    except Refused:
        return ()


def address(door: str, endpoint: str, actor: Actor, case_id: int) -> str:
    """The address of a page of this door for a case; empty where there is none for this actor."""
    if not admits(f"{door}.{endpoint}", actor):
        return ""
    return url_for(f"{door}.{endpoint}", case_id=case_id)


def preview_of(door: str, kind: LetterKind | None, actor: Actor, case_id: int) -> str:
    """The address that lays a document out before it is decided on; empty where there is none."""
    found = address(door, "preview", actor, case_id) if kind else ""
    return f"{found}?kind={kind.value}" if found and kind else ""


def addresses(door: str, actor: Actor, case_id: int) -> partial[str]:
    """``address`` as templates ask it: by the name of the page alone."""
    return partial(_address_of, door=door, actor=actor, case_id=case_id)


def ever(action: Action, roles: Collection[Role]) -> bool:
    """Whether any of these roles can ever take the action: whether a door needs its page."""
    return any(row.action is action and row.by & set(roles) for row in TRANSITIONS)


def _address_of(endpoint: str, *, door: str, actor: Actor, case_id: int) -> str:
    return address(door, endpoint, actor, case_id)


def _word(view: CaseView, action: Action) -> str:
    if action is Action.RETURN:
        return _("发出补正告知（%(n)s 处）", n=view.points)
    return _("退回重办") if action is Action.SEND_BACK else label(action)
