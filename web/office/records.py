"""代录: recording what an enterprise without an account brings on paper."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from forms.lists import FindForm
from forms.recording import EnterpriseForm, OpenRecordForm, PlaceForm, ScanForm, TierForm
from web import plan
from web.casepages import history
from web.clock import now
from web.dutypages import responsible_words
from web.filing import filing_views
from web.filing.frame import of_case
from web.guards import allow
from web.office.blueprint import bp
from web.refusalwords import refusal_words
from web.uploads import KEPT, kept
from workflow.core.days import day_of
from workflow.core.refusals import NotFound, Reason, Refused
from workflow.core.roles import Role
from workflow.core.states import Action, State
from workflow.core.transitions import refusals
from workflow.store import caselists, cases, catalogues, duty, enterprises, towns
from workflow.store.cases import Case
from workflow.store.towns import PlaceWords
from workflow.usecases import dividing, filing, recording
from workflow.usecases.steps import may_write
from workflow.usecases.views import SCAN, draft_facts, draft_view

BESIDE = {Reason.NO_FIELD: "village"}


@bp.get("/records")
@allow(Role.OFFICE)
def records():
    """What I recorded, and where to begin another: is the enterprise known already?"""
    form = FindForm()
    words = form.to_words()
    return render_template(
        "office/records.html",
        form=form,
        words=words,
        found=enterprises.found(words) if words else [],
        most=enterprises.MOST_FOUND,
        mine=caselists.recorded(g.actor),
    )


@bp.route("/enterprises/new", methods=["GET", "POST"])
@allow(Role.OFFICE)
def new_enterprise():
    form = EnterpriseForm(data={"name": request.args.get("name", "")[:120]})
    enterprise_id = _enterprise_made(form) if form.validate_on_submit() else None
    if enterprise_id is not None:
        return redirect(url_for(".enterprise", enterprise_id=enterprise_id))
    page = render_template("office/new_enterprise.html", form=form)
    return page, 422 if form.is_submitted() else 200


@bp.route("/enterprises/<int:enterprise_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def enterprise(enterprise_id: int):
    """Its places, to choose the one the paper is about; or the form for another."""
    found = enterprises.get(enterprise_id, g.actor)
    form = PlaceForm(catalogues.classes().items(), [one.name for one in duty.villages()])
    if form.validate_on_submit() and _place_made(enterprise_id, form):
        flash(_("已记下%(name)s", name=form.to_words()["name"]))
        return redirect(url_for(".enterprise", enterprise_id=enterprise_id))
    page = render_template(
        "office/enterprise.html",
        form=form,
        enterprise=found,
        for_itself=enterprises.has_account(enterprise_id),
        offers=[(one, s) for s in towns.open_stops() for one in towns.places_of(enterprise_id)],
    )
    return page, 422 if form.is_submitted() else 200


@bp.post("/records")
@allow(Role.OFFICE)
def open_record():
    form = OpenRecordForm()
    if not form.validate_on_submit():
        raise NotFound
    case_id = recording.open_recorded(form.place.data, form.stop.data, g.actor, now())
    return redirect(url_for(".record", case_id=case_id))


@bp.route("/records/<int:case_id>", methods=["GET", "POST"])
@allow(Role.OFFICE)
def record(case_id: int):
    """The recorded filing while it is written or corrected: its scan, what it says so far, what is
    missing. Otherwise the case.
    """
    case = _recorded(case_id)
    if not may_write(case, g.actor):
        return redirect(url_for(".case", case_id=case_id))
    form = ScanForm()
    status = _scan_kept(case_id, form) if form.validate_on_submit() else 422
    if status == KEPT:
        flash(_("已传上"))
        return redirect(url_for(".record", case_id=case_id))
    return _draft_page(case, form), status if form.is_submitted() else 200


@bp.post("/places/<int:place_id>/tier")
@allow(Role.OFFICE)
def tier(place_id: int):
    """Sets from which of its class's days a place may open."""
    form = TierForm()
    if not form.validate_on_submit():
        raise NotFound(place_id)
    dividing.assign_tier(place_id, form.to_tier(), g.actor, now())
    flash(_("已存下批次"))
    return redirect(url_for(".enterprise", enterprise_id=towns.held_place(place_id).enterprise_id))


def _draft_page(case: Case, form: ScanForm) -> str:
    facts, pack = draft_facts(case), case.catalogue.pack
    action = Action.SUBMIT if case.state is State.DRAFT else Action.RESUBMIT
    against = refusals(draft_view(case, facts, now()), action, g.actor)
    return render_template(
        "office/record.html",
        form=form,
        case=case,
        scans=[one for one in plan.attached(case.attachments) if SCAN in one.codes],
        told=plan.told(case, facts),
        against=[refusal_words(one, pack) for one in against],
        responsible=responsible_words(duty.duty_of(case.field_id, day_of(now()))),
        onward=next(one.url for one in of_case(case, bp.name).steps("") if not one.done),
        history=history(case.id),
    )


def _recorded(case_id: int) -> Case:
    case = cases.get(case_id, g.actor)
    if case.recorded_by is None:
        raise NotFound(case_id)
    return case


def _enterprise_made(form: EnterpriseForm) -> int | None:
    try:
        return recording.add_enterprise(form.to_name(), form.to_code(), g.actor, now())
    except Refused as refused:
        form.credit_code.errors = [refusal_words(one) for one in refused.refusals]
        return None


def _place_made(enterprise_id: int, form: PlaceForm) -> bool:
    try:
        recording.add_place(enterprise_id, PlaceWords(**form.to_words()), g.actor)
    except Refused as refused:
        for one in refused.refusals:
            form[BESIDE.get(one.reason, "name")].errors = [refusal_words(one)]
        return False
    return True


def _scan_kept(case_id: int, form: ScanForm) -> int:
    name, data = form.to_name(), form.file.data.read()
    scan, actor, at = frozenset({SCAN}), g.actor, now()
    return kept(form.file, lambda: filing.attach(case_id, name, data, scan, actor, at))


filing_views(bp, Role.OFFICE)
