"""员工健康: a place today, and one person of it."""

from datetime import timedelta
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forms.duty import tidy
from forms.healthday import ReportForm
from web.clock import now
from web.dutypages import responsible_words
from web.enterprise.blueprint import bp
from web.enterprise.healthpages import (
    SHOWN_WORDS,
    chat_text,
    here,
    link_address,
    maybe_url,
    row_of,
    state_of,
)
from web.guards import allow
from web.healthwords import degrees, ground_words
from web.refusalwords import refusal_words
from web.rosterpages import number_in
from workflow.core.days import day_of
from workflow.core.health import Half, half_of
from workflow.core.judging import GroundKind
from workflow.core.refusals import NotFound, Refused
from workflow.core.roles import Role
from workflow.issuing import qr
from workflow.store import (
    checkins,
    duty,
    entrylists,
    healthcampaigns,
    placehealth,
    rosterlines,
    rosters,
    stafflinks,
    standings,
    towns,
)
from workflow.store.checkins import CheckInRow
from workflow.store.healthjson import grounds_of
from workflow.store.healthlines import Line
from workflow.store.placehealth import PAGE, Shown
from workflow.store.towns import Place
from workflow.usecases.health import reporting, watching
from workflow.usecases.health.campaign import rules_on

FIRST = 20  # of each list, on the page of a place
A_WEEK = 7


@bp.context_processor
def _switched() -> dict[str, object]:
    """``health_on``: whether health is asked for today; asked once for each page."""
    return {"health_on": lambda: healthcampaigns.on(day_of(now())) is not None}


@bp.get("/health")
@allow(Role.ENTERPRISE)
def health_home() -> ResponseReturnValue:
    """The places; of a single one its page at once."""
    healthcampaigns.needed(day_of(now()))
    places = towns.places_of(g.actor.enterprise_id)
    if len(places) == 1:
        return redirect(url_for(".health", place_id=places[0].id))
    rows = [(place, reporting.numbers_now(place.id, now())) for place in places]
    return render_template("enterprise/health_home.html", rows=rows)


@bp.get("/places/<int:place_id>/health")
@allow(Role.ENTERPRISE)
def health(place_id: int) -> str:
    """The place today: who must not work, who has not told, then everybody else."""
    place = here(place_id)
    watching.bring_up_to_date(place_id, g.actor, now())
    return _page(place, ReportForm(formdata=None))


@bp.post("/places/<int:place_id>/health/report")
@allow(Role.ENTERPRISE)
def health_report(place_id: int) -> ResponseReturnValue:
    """The enterprise's word for today; made again, the last one counts."""
    place, form = here(place_id), ReportForm()
    if not form.validate_on_submit():
        raise NotFound(place_id)
    closed = bool(form.nobody.data)
    try:
        reporting.report_day(place_id, form.to_seen(), g.actor, now(), nobody_worked=closed)
    except Refused as refused:
        return _page(place, form, [("", refusal_words(one)) for one in refused.refusals]), 409
    flash(_("已交今天的日报"))
    return redirect(url_for(".health", place_id=place_id))


@bp.get("/places/<int:place_id>/health/people/<int:line>")
@allow(Role.ENTERPRISE)
def health_person(place_id: int, line: int) -> str:
    """One person: may they work, why not, what they told this week, their link."""
    place = here(place_id)
    watching.bring_up_to_date(place_id, g.actor, now())
    one, standing = rosters.one(place_id, line), standings.of_line(place_id, line)
    fitness = standing.fitness if standing else None
    begun = healthcampaigns.needed(day_of(now())).starts_on
    since = standing.registered_at if standing else None
    registered = since is not None and day_of(since) >= begun
    grounds = grounds_of(standing.grounds) if standing else ()
    link = stafflinks.links_of(place_id, now(), [line]).get(line)
    address = link_address(stafflinks.code_of(link)) if link else ""
    return render_template(
        "enterprise/health_person.html",
        place=place,
        one=one,
        state=state_of(fitness, registered=registered),
        standing=standing,
        why=[ground_words(one_, brief=True) for one_ in grounds],
        week=_week(place_id, line),
        told=entrylists.registered_of(place_id, line),
        responsible=responsible_words(duty.duty_of(place.field_id, day_of(now()))),
        waits=any(one.kind == GroundKind.MILDER.value for one in grounds),
        link=link,
        address=address,
        code=qr.drawn(address, border=4) if link else "",
        register_url=maybe_url("enterprise.register_person", place_id=place_id, line=line),
    )


def _page(place: Place, form: ReportForm, why_not: list[tuple[str, str]] | None = None) -> str:
    at, place_id = now(), place.id
    latest, day, half = rosters.version(place_id), day_of(at), half_of(at)
    return render_template(
        "enterprise/health.html",
        place=place,
        latest=latest,
        day=day,
        half=half,
        numbers=reporting.numbers_now(place_id, at),
        report=checkins.report_of(place_id, day),
        form=form,
        why_not=why_not or [],
        waiting=entrylists.count_waiting(place_id),
        alerts=[one for one in entrylists.alerts(place_id, at) if not one.alert.settled_at],
        words=SHOWN_WORDS,
        **_lists(place, latest.seq if latest else 0, half),
    )


def _lists(place: Place, seq: int, half: Half) -> dict[str, Any]:
    """The people: of one kind, or, where none is asked for, the pressing ones before the rest."""
    day, after = day_of(now()), number_in("after") or 0
    known = {one.value: one for one in Shown}
    shown = known.get(request.args.get("show", ""))
    employer = tidy(request.args.get("employer"))[:80]
    pressing = shown is None and not after and not employer
    listed = shown or (Shown.REST if pressing else Shown.ALL)
    held: list[Line] = []
    missing: list[Line] = []
    if pressing:
        limits = FIRST, PAGE, FIRST + 1
        held, missing, rest = placehealth.pressing(place.id, seq, day, half, limits)
    else:
        asked = {"after": after, "limit": PAGE + 1}
        rest = placehealth.people(place.id, seq, day, half, listed, employer=employer, **asked)
    most = FIRST if pressing else PAGE
    to_name = watching.may_be_named(missing)
    return {
        "shown": shown,
        "listed": listed,
        "employer": employer,
        "employers": rosterlines.employers(place.id, seq),
        "held": [row_of(one) for one in held],
        "missing": [row_of(one) for one in missing[:FIRST]],
        "rows": [row_of(one) for one in rest[:most]],
        "after": rest[most - 1].line if len(rest) > most else None,
        "chat": chat_text(place, half, to_name, len(to_name) == PAGE) if to_name else "",
    }


def _week(place_id: int, line: int) -> list[tuple[CheckInRow, str]]:
    """What one person told in the last days, newest first, in words."""
    day = day_of(now())
    rules = rules_on(day)
    rows = checkins.of_person(place_id, line, day - timedelta(days=A_WEEK - 1), day)
    return [(row, _told_words(row, rules.fever)) for row in reversed(rows)]


def _told_words(row: CheckInRow, fever: int) -> str:
    told = checkins.as_told(row)
    heat = degrees(told.temperature) if told.temperature is not None else ""
    warm = _("发烧") if told.temperature is not None and told.temperature >= fever else ""
    felt = _("不舒服") if told.symptoms else ""
    return "，".join(part for part in (heat, warm, felt) if part)
