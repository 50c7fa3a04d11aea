"""What is said and seen around a case: messages, and who has looked."""

from datetime import datetime, timedelta

from workflow.core.refusals import Reason, Refusal, Refused
from workflow.core.roles import Actor, Role
from workflow.core.states import State
from workflow.store import cases, talk
from workflow.store.db import transaction
from workflow.store.talk import Message
from workflow.usecases import telling

A_DAY = timedelta(days=1)
MOST_A_DAY = 50  # of one person on one case: all are on its page, and each tells the other side
TALKING = frozenset({Role.ENTERPRISE, Role.LIAISON, Role.OFFICE})


def may_talk(actor: Actor) -> bool:
    """Whether somebody writes on cases: a department answers those who ask it, nobody else."""
    return actor.role in TALKING and actor.department_id is None


def say(case_id: int, text: str, actor: Actor, at: datetime) -> int:
    """Adds a message to a case that was handed in; its id."""
    with transaction() as session:
        case = cases.get(case_id, actor)
        if not may_talk(actor):
            raise Refused(Refusal(Reason.NOT_YOUR_ROLE))
        if case.state is State.DRAFT:
            raise Refused(Refusal(Reason.NO_SUCH_STEP, (case.state.value,)))
        if not text.strip():
            raise Refused(Refusal(Reason.WORDS_NEEDED))
        if talk.written_since(case.id, actor.account_id, at - A_DAY) >= MOST_A_DAY:
            raise Refused(Refusal(Reason.TOO_MANY_MESSAGES))
        message = Message(
            case_id=case.id,
            author_id=actor.account_id,
            role=actor.role,
            text=text.strip(),
            at=at,
        )
        session.add(message)
        session.flush()
        telling.of_message(case, message.id, actor, at)
        return message.id


def look(case_id: int, actor: Actor, at: datetime) -> None:
    """Notes that an officer or a clerk has opened a case: others see who has looked."""
    with transaction():
        case = cases.get(case_id, actor)
        if actor.account_id is not None:
            talk.note_look(case.id, actor.account_id, case.version, at)
