"""Home and case pages of an enterprise."""

from dataclasses import dataclass
from datetime import date

from flask import g, redirect, render_template, url_for

from forms.filing import OpenForm
from web import plan
from web.casepages import case_views, history, progress_words
from web.clock import now
from web.dutypages import responsible_words
from web.enterprise.blueprint import bp
from web.filing import filing_views
from web.filing.frame import of_case
from web.guards import allow
from workflow.core.days import day_of
from workflow.core.filings import Filing
from workflow.core.refusals import NotFound
from workflow.core.roles import Role
from workflow.core.states import State
from workflow.store import cases, catalogues, documents, towns
from workflow.store.cases import Case
from workflow.store.duty import duties, duty_of
from workflow.store.towns import Place, Stop
from workflow.usecases import filing
from workflow.usecases.views import submitted_facts


@dataclass(frozen=True, slots=True)
class Offer:
    """A place that can file to reopen after a stop: how, from which day, or its case so far."""

    place: Place
    stop: Stop
    case: Case | None
    filings: tuple[Filing, ...]
    opens: date | None


@bp.get("/")
@allow(Role.ENTERPRISE)
def home():
    """Every place with every stop it can file for, and whose turn it is."""
    mine = {(case.place_id, case.stop_id): case for case in cases.listed(g.actor, frozenset(State))}
    offers = [
        Offer(
            place,
            stop,
            mine.get((place.id, stop.id)),
            catalogues.in_force(stop.campaign).pack.filings,
            stop.opens_on(place),
        )
        for stop in towns.open_stops()
        for place in towns.places_of(g.actor.enterprise_id)
    ]
    lying_in = {offer.place.field_id for offer in offers}
    answering = duties(day_of(now()), lying_in) if offers else []
    responsible = {one.field.id: responsible_words(one) for one in answering}
    return render_template("enterprise/home.html", offers=offers, responsible=responsible)


@bp.post("/cases")
@allow(Role.ENTERPRISE)
def open_case():
    form = OpenForm()
    if not form.validate_on_submit():
        raise NotFound
    case_id = filing.open_case(
        form.place.data, form.stop.data, form.kind.data or "", g.actor, now()
    )
    return redirect(url_for(".case", case_id=case_id))


@bp.get("/cases/<int:case_id>")
@allow(Role.ENTERPRISE)
def case(case_id: int):
    """Where the case stands. A draft leads on to its first section that is not complete."""
    found = cases.get(case_id, g.actor)
    if found.state is State.DRAFT:
        steps = of_case(found, bp.name).steps("")
        return redirect(next((one.url for one in steps if not one.done), steps[0].url))
    facts, submission = submitted_facts(found), found.submission
    files = plan.submitted(submission.attachments)
    written = plan.written(found, facts, submission.answers, submission.roster_seq is not None)
    listed = plan.rows(found, facts, files, submission.checks, written)
    return render_template(
        "enterprise/case.html",
        case=found,
        responsible=responsible_words(duty_of(found.field_id, day_of(now()))),
        told=plan.told(found, facts),
        writings=plan.writings(found, facts, submission.answers),
        rows=listed,
        failed=[row for row in listed if row.failed],
        history=history(found.id),
        progress=progress_words(found, documents.of_case(found.id), bp.name),
    )


case_views(bp, Role.ENTERPRISE)
filing_views(bp, Role.ENTERPRISE)
