"""The office's completeness check (初审): accept, or tell why a filing can't be accepted."""

from datetime import date, datetime

from workflow.core import clocks
from workflow.core.days import day_of
from workflow.core.letters import LetterKind
from workflow.core.roles import Actor
from workflow.core.states import Action
from workflow.issuing import wording
from workflow.issuing.content import DocumentContent
from workflow.issuing.wording import Heading
from workflow.store import cases, decisions, departments, proofs
from workflow.store.calendar import calendar
from workflow.store.cases import Case
from workflow.store.db import db, transaction
from workflow.store.decisions import Opinion
from workflow.usecases import letters
from workflow.usecases.letters import NewCodes
from workflow.usecases.refusing import adverse
from workflow.usecases.steps import note_decision, refuse_unless, step, with_words
from workflow.usecases.views import review_view, submitted_facts


def accept(case_id: int, version: int, actor: Actor, at: datetime, new_codes: NewCodes) -> str:
    """Accepts a complete filing: the liaison's turn begins, departments are asked for their
    opinions, 受理通知书 goes out; its number.
    """
    with transaction():
        case = cases.get(case_id, actor, lock=True)
        view = review_view(case, at)
        refuse_unless(view, Action.ACCEPT, actor)
        due_on = clocks.due_on(day_of(at), case.kind.days_to_answer, (), calendar())
        made = letters.write(
            case, LetterKind.ACCEPTANCE, _acceptance(case, due_on), at, new_codes()
        )
        _ask_departments(case, at)
        fact = proofs.of_letters([made]) | {"submission": case.submission.id}
        step(
            case,
            view,
            Action.ACCEPT,
            actor,
            at,
            version=version,
            fact=fact,
            stamps={"accepted_at": at},
        )
        return made.full_number


def not_accept(
    case_id: int,
    words: str,
    basis: str,
    version: int,
    actor: Actor,
    at: datetime,
    new_codes: NewCodes,
) -> str:
    """不予受理: says the facts and the basis, and how to be heard; the number of the document."""
    with transaction():
        case = cases.get(case_id, actor, lock=True)
        view = with_words(review_view(case, at), words)
        refuse_unless(view, Action.NOT_ACCEPT, actor)
        compose = adverse(LetterKind.NON_ACCEPTANCE, words, basis)
        made = letters.write(case, LetterKind.NON_ACCEPTANCE, compose, at, new_codes())
        fact = proofs.of_letters([made])
        fact |= note_decision(case, Action.NOT_ACCEPT, words, actor, at)
        step(case, view, Action.NOT_ACCEPT, actor, at, version=version, fact=fact)
        return made.full_number


def _acceptance(case: Case, due_on: date) -> letters.Compose:
    pack, facts = case.catalogue.pack, submitted_facts(case)
    given = tuple(one.label for one in pack.materials(case.kind, facts))
    submitted_on = day_of(case.submission.submitted_at)

    def compose(head: Heading) -> DocumentContent:
        return wording.acceptance(head, submitted_on=submitted_on, materials=given, due_on=due_on)

    return compose


def _ask_departments(case: Case, at: datetime) -> None:
    """A department is asked once for a case, however often it comes back."""
    today, days = day_of(at), calendar()
    asked = {one.department.name for one in decisions.opinions(case.id)}
    for one in case.kind.opinions:
        if one.department in asked:
            continue
        db.session.add(
            Opinion(
                case_id=case.id,
                department_id=departments.department(one.department).id,
                asked_on=today,
                due_on=clocks.due_on(today, one.days, (), days),
                silence=one.silence,
            )
        )
