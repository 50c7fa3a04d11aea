"""Home and case pages of an enterprise."""

from flask import g, redirect, render_template, url_for

from forms.filing import OpenForm
from web import plan
from web.casepages import case_views, history, progress_words
from web.clock import now
from web.enterprise.blueprint import bp
from web.guards import allow
from workflow.core.refusals import NotFound
from workflow.core.roles import Role
from workflow.core.states import State
from workflow.store import accounts, cases, documents, towns
from workflow.usecases import filing
from workflow.usecases.views import submitted_facts


@bp.get("/")
@allow(Role.ENTERPRISE)
def home():
    """Every place with every stop it can file for, and whose turn it is."""
    mine = {(case.place_id, case.stop_id): case for case in cases.listed(g.actor, frozenset(State))}
    offers = [
        (place, stop, mine.get((place.id, stop.id)))
        for stop in towns.open_stops()
        for place in towns.places_of(g.actor.enterprise_id)
    ]
    return render_template("enterprise/home.html", offers=offers)


@bp.post("/cases")
@allow(Role.ENTERPRISE)
def open_case():
    form = OpenForm()
    if not form.validate_on_submit():
        raise NotFound
    case_id = filing.open_case(form.place.data, form.stop.data, g.actor, now())
    return redirect(url_for(".case", case_id=case_id))


@bp.get("/cases/<int:case_id>")
@allow(Role.ENTERPRISE)
def case(case_id: int):
    """Where the case stands. A draft leads on to its first section that is not complete."""
    found = cases.get(case_id, g.actor)
    if found.state is State.DRAFT:
        return redirect(url_for(".section", case_id=case_id, key=_first_open(found)))
    pack, facts = found.catalogue.pack, submitted_facts(found)
    files = plan.submitted(found.submission.attachments)
    listed = plan.rows(pack, facts, files, found.submission.checks)
    return render_template(
        "enterprise/case.html",
        case=found,
        liaison=accounts.liaison_of(found.field_id),
        told=plan.told(pack, facts, found.place.place_class),
        rows=listed,
        failed=[row for row in listed if row.failed],
        history=history(found.id),
        progress=progress_words(found, documents.of_case(found.id), bp.name),
    )


case_views(bp, Role.ENTERPRISE)


def _first_open(case: cases.Case) -> str:
    pack = case.catalogue.pack
    missing = set(pack.missing(case.facts))
    sections = pack.filing.sections
    return next((one.key for one in sections if missing & set(one.facts)), sections[0].key)
