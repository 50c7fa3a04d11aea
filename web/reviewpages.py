"""Reviewing a case, for every door whose people may: the case, the checklist, the approval."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from forms.review import ChecklistForm, RevealForm, checklist_form
from web import plan
from web.casepages import case_views, history, progress_words
from web.clock import now
from web.codes import new_codes
from web.dutypages import passed_on, responsible_words
from web.guards import allow
from web.handoverpages import handover_views, submitted
from web.refusalwords import refusal_words
from workflow.core.checklist import Check
from workflow.core.days import day_of
from workflow.core.roles import Role
from workflow.core.states import Action, State
from workflow.core.transitions import against_reviewing, refusals
from workflow.store import caselists, cases, documents
from workflow.store.cases import Case
from workflow.store.duty import duty_of
from workflow.usecases import review
from workflow.usecases.views import SCAN, review_view, submitted_facts

DECIDED = frozenset({State.APPROVED, State.ISSUED})


def review_views(door: Blueprint, *roles: Role, queue_at: str = "/") -> None:
    """Adds to a door its queue and everything one does to a case in it."""

    @door.get(queue_at)
    @allow(*roles)
    def queue():
        """What waits for me, the longest waiting first; below it what has been decided."""
        waiting = caselists.acted_for(g.actor, frozenset({State.SUBMITTED}))
        return render_template(
            "review/queue.html",
            door=door.name,
            most=cases.MOST_LISTED,
            waiting=waiting,
            passed_on=passed_on(waiting),
            decided=caselists.acted_for(g.actor, DECIDED, newest_first=True),
        )

    @door.get("/cases/<int:case_id>")
    @allow(*roles)
    def case(case_id: int):
        found = submitted(case_id)
        return _page(door, found, _checklist(found))

    _deciding(door, *roles)
    handover_views(door, *roles)
    case_views(door, *roles)


def _deciding(door: Blueprint, *roles: Role) -> None:
    @door.post("/cases/<int:case_id>/checks")
    @allow(*roles)
    def checks(case_id: int):
        found = submitted(case_id)
        form = _checklist(found)
        if not form.validate_on_submit():
            return _page(door, found, form), 422
        review.confirm(case_id, form.to_checks(), form.to_version(), g.actor, now())
        flash(_("已存下核查结果"))
        return redirect(url_for(".case", case_id=case_id))

    @door.post("/cases/<int:case_id>/approve")
    @allow(*roles)
    def approve(case_id: int):
        """Keeps the marks as they stand on the page, then approves: nothing unsaved is lost."""
        found = submitted(case_id)
        form = _checklist(found)
        if not form.validate_on_submit():
            return _page(door, found, form), 422
        g.pack = found.catalogue.pack
        version = review.confirm(case_id, form.to_checks(), form.to_version(), g.actor, now())
        number = review.approve(case_id, version, g.actor, now(), new_codes())
        flash(_("已同意，文号 %(number)s", number=number))
        return redirect(url_for(".case", case_id=case_id))

    @door.route("/cases/<int:case_id>/contact", methods=["GET", "POST"])
    @allow(*roles)
    def contact(case_id: int):
        """The telephone of the place, in clear for a stated reason, which is recorded."""
        found = submitted(case_id)
        form, shown = RevealForm(), None
        if form.validate_on_submit():
            shown = review.reveal_contact(case_id, form.to_reason(), g.actor, now())
        status = 422 if form.is_submitted() and shown is None else 200
        told = {"case": found, "form": form, "shown": shown, "door": door.name}
        return render_template("review/contact.html", **told), status


def _checklist(case: Case) -> ChecklistForm:
    known = {one.code: Check(one.code, one.verdict, one.note) for one in case.submission.checks}
    return checklist_form((held.code for held in review_view(case).held), known, case.version)


def _page(door: Blueprint, case: Case, form: ChecklistForm) -> str:
    pack, facts, view = case.catalogue.pack, submitted_facts(case), review_view(case)
    files = plan.submitted(case.submission.attachments)
    written = plan.written(
        case, facts, case.submission.answers, case.submission.roster_seq is not None
    )
    barred = against_reviewing(view, g.actor)
    against = refusals(view, Action.APPROVE, g.actor)
    return render_template(
        "review/case.html",
        door=door.name,
        case=case,
        form=form,
        open=case.state is State.SUBMITTED and not barred,
        waiting=case.state is State.SUBMITTED,
        barred=[refusal_words(refusal) for refusal in barred],
        mine=case.field_id in g.actor.fields,
        responsible=responsible_words(duty_of(case.field_id, day_of(now()))),
        passed_on=passed_on([case]).get(case.id, ""),
        told=plan.told(case, facts),
        writings=plan.writings(case, facts, case.submission.answers),
        rows=plan.rows(case, facts, files, case.submission.checks, written),
        scans=[one for one in files if SCAN in one.codes],
        against=[refusal_words(refusal, pack) for refusal in against],
        briefly=[refusal_words(refusal) for refusal in against],
        history=history(case.id),
        progress=progress_words(case, documents.of_case(case.id), door.name),
    )
