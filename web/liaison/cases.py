"""The queue of the own fields, the case, the checklist, the approval."""

from flask import current_app, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from forms.review import ChecklistForm, RevealForm, checklist_form
from web import plan
from web.casepages import case_views, history, progress_words
from web.clock import now
from web.guards import allow
from web.labels import refusal_words
from web.liaison.blueprint import bp
from workflow.core.checklist import Check
from workflow.core.codes import typed_code
from workflow.core.facts import Facts
from workflow.core.roles import Role
from workflow.core.states import Action, State
from workflow.core.transitions import refusals
from workflow.store import cases, documents
from workflow.store.cases import Case
from workflow.usecases import review
from workflow.usecases.notices import Codes
from workflow.usecases.views import review_view, submitted_facts

TOKEN_BYTES = 16


@bp.get("/")
@allow(Role.LIAISON)
def queue():
    """What waits for me, the longest waiting first; below it what I have decided."""
    return render_template(
        "liaison/queue.html",
        most=cases.MOST_LISTED,
        waiting=cases.listed(g.actor, frozenset({State.SUBMITTED})),
        decided=cases.listed(g.actor, frozenset({State.APPROVED, State.ISSUED}), newest_first=True),
    )


@bp.get("/cases/<int:case_id>")
@allow(Role.LIAISON)
def case(case_id: int):
    found = cases.get(case_id, g.actor)
    return _page(found, _checklist(found))


@bp.post("/cases/<int:case_id>/checks")
@allow(Role.LIAISON)
def checks(case_id: int):
    found = cases.get(case_id, g.actor)
    form = _checklist(found)
    if not form.validate_on_submit():
        return _page(found, form), 422
    review.confirm(case_id, form.to_checks(), form.to_version(), g.actor, now())
    flash(_("已存下核查结果"))
    return redirect(url_for(".case", case_id=case_id))


@bp.post("/cases/<int:case_id>/approve")
@allow(Role.LIAISON)
def approve(case_id: int):
    """Keeps the marks as they stand on the page, then approves: nothing unsaved is lost."""
    found = cases.get(case_id, g.actor)
    form = _checklist(found)
    if not form.validate_on_submit():
        return _page(found, form), 422
    g.pack = found.catalogue.pack
    version = review.confirm(case_id, form.to_checks(), form.to_version(), g.actor, now())
    number = review.approve(case_id, version, g.actor, now(), _new_codes())
    flash(_("已同意，文号 %(number)s", number=number))
    return redirect(url_for(".case", case_id=case_id))


@bp.route("/cases/<int:case_id>/contact", methods=["GET", "POST"])
@allow(Role.LIAISON)
def contact(case_id: int):
    """The telephone of the place, in clear for a stated reason, which is recorded."""
    found = cases.get(case_id, g.actor)
    form, shown = RevealForm(), None
    if form.validate_on_submit():
        shown = review.reveal_contact(case_id, form.to_reason(), g.actor, now())
    status = 422 if form.is_submitted() and shown is None else 200
    page = render_template("liaison/contact.html", case=found, form=form, shown=shown)
    return page, status


case_views(bp, Role.LIAISON)


def _checklist(case: Case) -> ChecklistForm:
    known = {one.code: Check(one.code, one.verdict, one.note) for one in case.submission.checks}
    return checklist_form((held.code for held in review_view(case).held), known, case.version)


def _page(case: Case, form: ChecklistForm) -> str:
    pack, facts = case.catalogue.pack, submitted_facts(case)
    against = refusals(review_view(case), Action.APPROVE, g.actor)
    return render_template(
        "liaison/case.html",
        case=case,
        form=form,
        open=case.state is State.SUBMITTED,
        told=plan.told(case, facts),
        writings=plan.writings(case, facts, case.submission.answers),
        rows=_rows(case, facts),
        against=[refusal_words(refusal, pack) for refusal in against],
        briefly=[refusal_words(refusal) for refusal in against],
        history=history(case.id),
        progress=progress_words(case, documents.of_case(case.id), bp.name),
    )


def _rows(case: Case, facts: Facts) -> list[plan.Row]:
    submission = case.submission
    files = plan.submitted(submission.attachments)
    written = plan.written(case, facts, submission.answers)
    return plan.rows(case, facts, files, submission.checks, written)


def _new_codes() -> Codes:
    """Fresh codes for a document: 128 bits for the QR, 58 bits to type."""
    random = current_app.config["RANDOM"]
    token = random.randbytes(TOKEN_BYTES).hex()
    address = (
        f"{current_app.config['SETTINGS'].public_url}{url_for('public.by_token', token=token)}"
    )
    return Codes(token, typed_code(random.choice), address)
