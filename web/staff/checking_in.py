"""The daily check-in: three taps on a usual day, one more page for whoever is unwell."""

from flask import current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forms.checkin import HALF, CheckInForm
from web.clock import now
from web.guards import public
from web.healthwords import ground_words
from web.staff import session, words
from web.staff.blueprint import bp
from web.staff.limits import per_link
from workflow.core.days import day_of
from workflow.core.health import Half, open_halves
from workflow.store import healthcampaigns
from workflow.store.checkins import as_told
from workflow.usecases.health import checking_in
from workflow.usecases.health.checking_in import OwnWeek

REGISTER = "staff.register"


@bp.get("/check-in")
@public
def check_in() -> ResponseReturnValue:
    """Asks for the present half of the day; ``half`` names one to be told late, or put right."""
    at, week = now(), _week()
    if not week.registered and REGISTER in current_app.view_functions:
        return redirect(url_for(REGISTER), 303)
    asked = HALF.green.get(request.args.get("half", ""))
    if asked is None and (day_of(at), open_halves(at)[0]) in week.told:
        return redirect(url_for(".done"), 303)
    return _asking(CheckInForm(at), "staff/checkin.html", asked)


@bp.get("/absent")
@public
def absent() -> ResponseReturnValue:
    """Asks whoever does not work today for the reason."""
    session.needed()
    return _asking(CheckInForm(now()), "staff/absent.html")


@bp.post("/check-in")
@per_link
@public
def keep() -> ResponseReturnValue:
    """Everything that the fast lane did not take."""
    link, form = session.needed(), CheckInForm(now())
    page = "staff/absent.html" if form.absent else "staff/checkin.html"
    if not form.validate():
        return _asking(form, "staff/more.html" if form.more.data else page), 422
    if form.asks_more:
        return _asking(form, "staff/more.html")
    checking_in.check_in(link, form.to_check_in(), now())
    return redirect(url_for(".done"), 303)


@bp.get("/done")
@public
def done() -> ResponseReturnValue:
    """Whether somebody may work, with the reasons, and the week so far."""
    at, week = now(), _week()
    last = words.last_told(week, at)
    return render_template(
        "staff/done.html",
        week=week,
        last=last,
        told=words.told_words(as_told(last)) if last else "",
        fitness=week.judgement.fitness.value,
        title=words.title(week.judgement),
        advice=words.advice(week.judgement),
        grounds=[ground_words(one) for one in week.judgement.grounds],
        days=words.days(week, at),
        untold=[half for half in open_halves(at) if (day_of(at), half) not in week.told],
        later=Half.AFTERNOON not in open_halves(at),
        register=REGISTER if REGISTER in current_app.view_functions else "",
    )


def _week() -> OwnWeek:
    """What the holder of the link may see, read once for each request."""
    if "week" not in g:
        g.week = checking_in.own_week(session.needed(), now())
    found: OwnWeek = g.week
    return found


def _asking(form: CheckInForm, template: str, half: Half | None = None) -> str:
    at, week = now(), _week()
    if form.half.data not in HALF.green:
        form.half.data = (half or open_halves(at)[0]).value
    form.day.data = form.day.data or day_of(at).isoformat()
    before = week.told.get((day_of(at), HALF.green[form.half.data]))
    return render_template(
        template,
        form=form,
        week=week,
        greeting=words.greeting(at),
        half=HALF.green[form.half.data],
        before=words.told_words(as_told(before)) if before else "",
        today=day_of(at),
        campaign=healthcampaigns.needed(day_of(at)),
    )
