"""The one page of a case: what was handed in, found, said and decided, and what may be done."""

from typing import Any

from flask import g, render_template, request

from forms.review import ChecklistForm
from web import plan
from web.casepages import event_words, history, progress_words
from web.clock import now
from web.dutypages import passed_on, responsible_words
from web.letterpages import letters_of
from web.review import actions, points
from web.review.checklist import groups
from web.review.compare import changed
from web.review.papers import papers
from web.review.voices import asked_of, voices
from web.talkpages import talk_of
from web.turnwords import turn_of
from workflow.core.corrections import Anchor
from workflow.core.days import day_of
from workflow.core.guards import CaseView
from workflow.core.states import UNDER_REVIEW
from workflow.store import changes, corrections, decisions, documents, inspections, rosters
from workflow.store.cases import Case
from workflow.store.duty import duty_of
from workflow.store.inspections import InspectionPhoto
from workflow.usecases import confirming
from workflow.usecases.views import SCAN, review_view, submitted_facts

ONLY_OPEN = "open"


def case_page(door: str, case: Case, form: ChecklistForm) -> str:
    """The page, as this reader may see it and act on it now."""
    at = now()
    view = review_view(case, at)
    responsible = responsible_words(duty_of(case.field_id, day_of(at)))
    asked = asked_of(case, g.actor)
    return render_template(
        "review/case.html",
        door=door,
        case=case,
        page=actions.addresses(door, g.actor, case.id),
        form=form,
        waiting=case.state in UNDER_REVIEW and not g.actor.department_id,
        mine=case.field_id in g.actor.fields,
        responsible=responsible,
        turn=turn_of(case, g.actor, responsible, at, asked.due_on if asked else None),
        passed_on=passed_on([case]).get(case.id, ""),
        barred=actions.barred(view, g.actor),
        actions=actions.offered(view, g.actor, door, case.id, case.catalogue.pack),
        asked=asked,
        progress=progress_words(case, documents.of_case(case.id), door),
        changed=changed(case),
        **_handed_in(case),
        **_list(case, view),
        **_points(case, view),
        **_around(case, door),
    )


def _handed_in(case: Case) -> dict[str, Any]:
    """What the enterprise told, wrote and gave."""
    facts, submission = submitted_facts(case), case.submission
    files, seq = plan.submitted(submission.attachments), submission.roster_seq
    return {
        "told": plan.told(case, facts),
        "writings": plan.writings(case, facts, submission.answers),
        "scans": [one for one in files if SCAN in one.codes],
        "papers": papers(case, facts, files),
        "people": rosters.summary(case.place_id, seq) if seq else None,
    }


def _list(case: Case, view: CaseView) -> dict[str, Any]:
    """The requirement list, with what may be marked, and the photographs taken so far."""
    facts, submission = submitted_facts(case), case.submission
    files = plan.submitted(submission.attachments)
    written = plan.written(case, facts, submission.answers, submission.roster_seq is not None)
    rows = plan.rows(case, facts, files, confirming.checks(case, view), written)
    marking = {one.code for one in actions.to_mark(view, g.actor)}
    only_open = bool(marking) and ONLY_OPEN in request.args
    made = inspections.of_case(case.id)
    return {
        "marking": bool(marking),
        "only_open": only_open,
        "marked": groups((one for one in rows if one.code in marking), only_open),
        "listed": groups(one for one in rows if one.code not in marking),
        "left": sum(one.check is None for one in rows if one.code in marking),
        "lacking": {code: one.missing for code, one in view.from_data.items() if one.missing},
        "inspections": made,
        "photos": _by_code(photo for one in made for photo in one.photos),
        "under_way": next((one for one in made if one.ended_at is None), None),
    }


def _points(case: Case, view: CaseView) -> dict[str, Any]:
    """What is to be corrected: noted and not told yet, and told before with its answers."""
    names = points.Names(case)
    noted = names.words(corrections.untold(case.id))
    told = points.told(case, names)
    by_anchor: dict[tuple[Anchor, str], list[points.Point]] = {}
    for one in [*noted, *(told[0].points if told else [])]:
        by_anchor.setdefault((one.anchor, one.key), []).append(one)
    return {
        "collects": actions.collects(view, g.actor),
        "noted": noted,
        "requests": told,
        "fixes": by_anchor,
        "anchors": {one.value: one for one in Anchor},
    }


def _around(case: Case, door: str) -> dict[str, Any]:
    """What was said, seen and decided around the case."""
    news = changes.since_looked(g.actor.account_id, [case.id])
    return {
        "voices": voices(case, day_of(now())),
        "decided": decisions.of_case(case.id),
        "letters": letters_of(case, door),
        "talk": talk_of(case, door),
        "history": history(case.id),
        "news": [event_words(*one) for one in news.get(case.id, [])],
    }


def _by_code(photos: Any) -> dict[str, list[InspectionPhoto]]:
    found: dict[str, list[InspectionPhoto]] = {}
    for one in photos:
        found.setdefault(one.code, []).append(one)
    return found
