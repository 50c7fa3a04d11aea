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
from web.enterprise.standing import Next, next_of
from web.filing import filing_views
from web.filing.frame import of_case
from web.guards import allow
from web.letterpages import letters_of, refusal_of
from web.notificationpages import notification_views
from web.talkpages import look, talk_of
from web.turnwords import TurnWords, turn_of
from workflow.core.days import day_of
from workflow.core.filings import Filing
from workflow.core.refusals import NotFound
from workflow.core.roles import Role
from workflow.core.states import CLOSED, Action, State
from workflow.core.transitions import refusals
from workflow.store import cases, catalogues, documents, towns
from workflow.store.cases import Case
from workflow.store.duty import OnDuty, duties, duty_of
from workflow.store.towns import Place, Stop
from workflow.usecases import confirming, filing
from workflow.usecases.views import review_view, submitted_facts


@dataclass(frozen=True, slots=True)
class Living:
    """A case that is not closed: whose turn it is, and what to do."""

    case: Case
    turn: TurnWords
    next: Next


@dataclass(frozen=True, slots=True)
class Offer:
    """A place that can file to reopen after a stop: its living cases (one in force, and one under
    way), those that are closed, and how and from which day it can file where none is alive.
    """

    place: Place
    stop: Stop
    living: tuple[Living, ...]
    past: tuple[Case, ...]
    filings: tuple[Filing, ...]
    opens: date | None


@bp.get("/")
@allow(Role.ENTERPRISE)
def home():
    """Every place with every stop it can file for, and whose turn it is."""
    pairs = [
        (place, stop)
        for stop in towns.open_stops()
        for place in towns.places_of(g.actor.enterprise_id)
    ]
    answering = duties(day_of(now()), {place.field_id for place, _ in pairs}) if pairs else []
    on_duty = {one.field.id: one for one in answering}
    mine = cases.listed(g.actor, frozenset(State), newest_first=True)
    return render_template(
        "enterprise/home.html",
        offers=[_offer(place, stop, mine, on_duty) for place, stop in pairs],
        responsible={key: responsible_words(one) for key, one in on_duty.items()},
    )


def _offer(place: Place, stop: Stop, mine: list[Case], on_duty: dict[int, OnDuty]) -> Offer:
    here = sorted(
        (one for one in mine if (one.place_id, one.stop_id) == (place.id, stop.id)),
        key=lambda one: -one.id,
    )
    duty, at = responsible_words(on_duty[place.field_id]), now()
    return Offer(
        place,
        stop,
        tuple(
            Living(one, turn_of(one, g.actor, duty, at), next_of(one))
            for one in here
            if one.state not in CLOSED
        ),
        tuple(one for one in here if one.state in CLOSED),
        catalogues.in_force(stop.campaign).pack.openings,
        stop.opens_on(place),
    )


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


@bp.post("/cases/<int:case_id>/change")
@allow(Role.ENTERPRISE)
def open_change(case_id: int):
    """变更: begins the filing that changes what the notice of this case allows."""
    return redirect(url_for(".case", case_id=filing.open_change(case_id, g.actor, now())))


@bp.get("/cases/<int:case_id>")
@allow(Role.ENTERPRISE)
def case(case_id: int):
    """Where the case stands. A draft leads on to its first section that is not complete."""
    found = cases.get(case_id, g.actor)
    if found.state is State.DRAFT:
        steps = of_case(found, bp.name).steps("")
        return redirect(next((one.url for one in steps if not one.done), steps[0].url))
    look(found)
    facts, submission = submitted_facts(found), found.submission
    files = plan.submitted(submission.attachments)
    written = plan.written(found, facts, submission.answers, submission.roster_seq is not None)
    responsible = responsible_words(duty_of(found.field_id, day_of(now())))
    view = review_view(found, now())
    checks = confirming.checks(found, view)
    return render_template(
        "enterprise/case.html",
        case=found,
        responsible=responsible,
        turn=turn_of(found, g.actor, responsible, now()),
        next=next_of(found),
        told=plan.told(found, facts),
        writings=plan.writings(found, facts, submission.answers),
        rows=plan.rows(found, facts, files, checks, written),
        lacking=confirming.unregistered(view),
        history=history(found.id),
        progress=progress_words(found, documents.of_case(found.id), bp.name),
        letters=letters_of(found, bp.name),
        refusal=refusal_of(found),
        talk=talk_of(found, bp.name),
        change=_change(found),
        can_withdraw=not refusals(view, Action.WITHDRAW, g.actor),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """What an issued case offers: to begin a change filing, or the one that is under way."""

    kind: Filing
    case: Case | None


def _change(case: Case) -> Change | None:
    """None where nothing is in force, or the campaign knows no change filing."""
    if case.state is not State.ISSUED:
        return None
    kind = catalogues.in_force(case.stop.campaign).pack.change
    alive = cases.alive(case.place_id, case.stop_id)
    under_way = alive if alive is not None and alive.id != case.id else None
    return Change(kind, under_way) if kind else None


case_views(bp, Role.ENTERPRISE)
filing_views(bp, Role.ENTERPRISE)
notification_views(bp, Role.ENTERPRISE)
