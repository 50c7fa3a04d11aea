"""Places and people with red alerts, for the doors of those who look after them: masked, details
only for a reason that is kept, and how it ended.
"""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forms.healthacts import ProposalForm, ReleaseForm, RevealForm, SettleForm
from web import alertwords, healthdetails
from web.clock import now
from web.guards import allow
from web.healthwords import ground_words
from web.rosterpages import number_in
from workflow.core.alerts import Proposal
from workflow.core.days import day_of
from workflow.core.judging import NOT_RELEASED, GroundKind
from workflow.core.roles import Capability, Role
from workflow.store import healthcampaigns, placecounts, stamps, townhealth
from workflow.usecases.health import looking, settling

HOMES: Mapping[str, str] = {"liaison": "health", "office": "alerts"}  # by door


def health_on() -> bool:
    """Whether staff are asked for their health today; once for each request."""
    if "health_on" not in g:
        g.health_on = healthcampaigns.on(day_of(now())) is not None
    return bool(g.health_on)


def menu(door: Blueprint) -> None:
    """The door's menu shows staff health while a campaign is on."""
    door.context_processor(lambda: {"health_on": health_on, "health_menu": _office_menu})


def _office_menu() -> list[tuple[str, str]]:
    """What an officer has of staff health in the office's door, by what their department does."""
    match g.actor.capability:
        case Capability.CLINIC:
            return [("office.alerts", _("要停岗的人"))]
        case Capability.LABOUR:
            return [("office.calls", _("返岗电话"))]
    if not g.actor.runs_office:
        return []
    acting = [("office.alerts", _("代管的预警"))] if g.actor.fields else []
    return [("office.health", _("员工健康")), *acting]


def person_views(door: Blueprint, *roles: Role) -> None:
    """Adds to a door the pages of a place and of a person, and what is done there."""
    _looking(door, *roles)
    _settling(door, *roles)


def _looking(door: Blueprint, *roles: Role) -> None:
    @door.get("/health/places/<int:place_id>")
    @allow(*roles)
    def health_place(place_id: int) -> str:
        """The reds of a place; for whoever answers for it also its numbers and who is observed."""
        today, after = day_of(now()), number_in("after") or 0
        healthcampaigns.needed(today)
        place = townhealth.place(place_id, g.actor)
        before, most = number_in("before"), townhealth.PAGE
        reds = townhealth.open_reds(g.actor, place_id=place_id, before=before, limit=most + 1)
        found: dict[str, Any] = {"counts": None, "people": [], "more": None}
        if g.actor.capability is not Capability.CLINIC:
            people = townhealth.not_free(place_id, g.actor, after, most + 1)
            more = people[most - 1].line if len(people) > most else None
            counts = placecounts.of_place(place_id, today)
            alarmed = {red.line for red in reds[:most]}
            others = [one for one in people[:most] if one.line not in alarmed]
            found = {"counts": counts, "people": others, "more": more}
        told = {"home": f"{door.name}.{HOMES[door.name]}", "place": place, "reds": reds[:most]}
        told["older"] = reds[most - 1].id if len(reds) > most else None
        told["undecided"] = undecided(place_id=place_id)
        return render("health/place.html", door=door.name, **told, **found)

    @door.get("/health/places/<int:place_id>/people/<int:line>")
    @allow(*roles)
    def health_person(place_id: int, line: int) -> str:
        return _person(door, place_id, line)

    @door.post("/health/places/<int:place_id>/people/<int:line>/reveal")
    @allow(*roles)
    def health_reveal(place_id: int, line: int) -> ResponseReturnValue:
        """The details on this one page only; loaded again, they are masked."""
        healthcampaigns.needed(day_of(now()))
        form = RevealForm(looking.reasons_for(g.actor))
        if not form.validate_on_submit():
            return _person(door, place_id, line, reveal=form), 422
        said = form.to_reason(), form.to_words()
        details = looking.reveal(place_id, line, *said, g.actor, now())
        return _person(door, place_id, line, details=details)


def _settling(door: Blueprint, *roles: Role) -> None:
    @door.post("/health/alerts/<int:alert_id>/settle")
    @allow(*roles)
    def health_settle(alert_id: int) -> ResponseReturnValue:
        alert, form = townhealth.red(alert_id, g.actor), SettleForm()
        if not form.validate_on_submit():
            return _person(door, alert.place_id, alert.line or 0, settle=form), 422
        said = form.to_settlement(), form.to_words()
        settling.settle(alert_id, *said, g.actor, now(), form.to_seen())
        flash(_("已办结。企业会看到本人能不能上班。"))
        if undecided(place_id=alert.place_id, line=alert.line):  # asked next, on the same page
            page = f"{door.name}.health_person"
            return redirect(url_for(page, place_id=alert.place_id, line=alert.line))
        return redirect(url_for(f"{door.name}.{HOMES[door.name]}"))

    @door.post("/health/alerts/<int:alert_id>/proposal")
    @allow(*roles)
    def health_proposal(alert_id: int) -> ResponseReturnValue:
        alert, form = townhealth.red(alert_id, g.actor), ProposalForm()
        if not form.validate_on_submit():
            return _person(door, alert.place_id, alert.line or 0, proposal=form), 422
        settling.decide_proposal(alert_id, form.taken, form.to_words(), g.actor, now())
        flash(_("记下了，已请企业办安排。") if form.taken else _("记下了，没有采纳。"))
        page = f"{door.name}.health_person"
        return redirect(url_for(page, place_id=alert.place_id, line=alert.line))

    @door.post("/health/places/<int:place_id>/people/<int:line>/release")
    @allow(*roles)
    def health_release(place_id: int, line: int) -> ResponseReturnValue:
        form = ReleaseForm()
        if not form.validate_on_submit():
            return _person(door, place_id, line, release=form), 422
        said = form.to_words(), g.actor, now(), form.to_seen()
        settling.release_person(place_id, line, *said)
        flash(_("已解除。企业会看到本人能不能上班。"))
        return redirect(url_for(f"{door.name}.{HOMES[door.name]}"))


def _person(door: Blueprint, place_id: int, line: int, **given: Any) -> str:
    """The page of a person. ``given``: a form with its mistakes, or the details."""
    healthcampaigns.needed(day_of(now()))
    found = townhealth.person(place_id, line, g.actor)
    seen = {"seen": stamps.tellings(place_id, line)}  # first: what comes meanwhile is not seen
    reds = townhealth.open_reds(g.actor, place_id=place_id, line=line)
    left = undecided(place_id=place_id, line=line)
    judged = looking.judged_now(place_id, line, now())
    kinds = {GroundKind(one.kind).value for one in judged.grounds}
    forms = {
        "reveal": RevealForm(looking.reasons_for(g.actor), formdata=None),
        "settle": SettleForm(formdata=None, data=seen),
        "proposal": ProposalForm(formdata=None),
        "release": ReleaseForm(formdata=None, data=seen),
        "details": None,
    }
    return render(
        "health/person.html",
        door=door.name,
        place=townhealth.place(place_id, g.actor),
        one=found,
        line=line,
        judged=judged,
        reds=reds,
        proposed=next((red for red in (*reds, *left) if red.proposal is Proposal.OPEN), None),
        others=looking.elsewhere(place_id, line, g.actor),
        ended=townhealth.ended(place_id, line, g.actor),
        can_release=not reds and bool(kinds - NOT_RELEASED),
        decides=g.actor.capability is not Capability.CLINIC,
        wrong=next((form for name, form in given.items() if name != "details"), None),
        home=f"{door.name}.{HOMES[door.name]}",
        telling=healthdetails.telling,
        check_in_words=healthdetails.check_in_words,
        call_words=healthdetails.call_words,
        **(forms | given),
    )


def undecided(place_id: int | None = None, line: int | None = None) -> list[townhealth.Red]:
    """Proposals that nobody has decided though the alert is settled; the clinic decides none."""
    if g.actor.capability is Capability.CLINIC:
        return []
    return townhealth.undecided(g.actor, place_id=place_id, line=line)


def render(template: str, **told: Any) -> str:
    """A page of staff health, with the words that its lists need."""
    shown: dict[str, Any] = {"kinds": alertwords.kinds, "until_words": alertwords.until_words}
    shown |= {"is_late": alertwords.is_late, "tags": alertwords.FITNESS_TAGS}
    shown |= {"report_words": alertwords.report_words, "ground_words": ground_words}
    shown |= {"today": day_of(now()), "at": now()}
    return render_template(template, **shown, **told)
