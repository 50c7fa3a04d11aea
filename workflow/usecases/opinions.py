"""会签: a department says what it thinks of a filing; the decision stays with those who decide."""

from datetime import datetime

from workflow.core.deciding import View
from workflow.core.refusals import NotFound, Reason, Refusal, Refused
from workflow.core.roles import Actor
from workflow.core.states import CLOSED, DECIDED
from workflow.store import audit, cases, decisions, proofs
from workflow.store.db import transaction
from workflow.usecases import telling


def answer(case_id: int, view: View, words: str, actor: Actor, at: datetime) -> None:
    """Gives the opinion of the actor's department, once, while the case is not yet decided:
    also while the enterprise corrects, since the department's time runs on.

    An objection needs its reason. A late answer is kept like one in time.
    """
    with transaction():
        case = cases.get(case_id, actor, lock=True)
        asked = decisions.opinions(case.id)
        mine = next((one for one in asked if one.department_id == actor.department_id), None)
        if mine is None:
            raise NotFound(case_id)
        if mine.view is not None:
            raise Refused(Refusal(Reason.ANSWERED_ALREADY))
        if case.state in DECIDED | CLOSED:
            raise Refused(Refusal(Reason.NO_SUCH_STEP, (case.state.value,)))
        if view is View.OBJECTS and not words.strip():
            raise Refused(Refusal(Reason.WORDS_NEEDED))
        mine.view, mine.words = view, words.strip()
        mine.answered_by, mine.answered_at = actor.account_id, at
        telling.of_opinion(case, mine.department_id, at)
        cases.touch(case, case.version)
        fact = {**proofs.of_opinion(mine), "view": view.value}
        audit.record(case.id, actor, "opinion", at, fact)
